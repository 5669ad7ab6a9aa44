// Source: HRD Declaration (UNGA 53/144); Dir. (EU) 2019/1937 Arts 19 to 21; ISO 37002:2021 8.3.2 and 8.4.2 to 8.4.5; practice of
// development-bank accountability mechanisms (CAO, MICI, GCF-IRM). Levels, intervals and codes are ours.
import { addDays, type Length } from './counting';
import type { Day } from '../platform/time';
import type { Score } from './severity';

/** `duty`: done for everybody; every other measure needs the wish of the person it protects. */
export const PROTECTION_MEASURES = {
  'PM-01': { label: 'Identity vault, access list', duty: true },
  'PM-02': { label: 'Pseudonymised case copies', duty: true },
  'PM-03': { label: 'Safe-contact plan and code word', duty: false },
  'PM-04': { label: 'Handler from outside the site or unit', duty: true },
  'PM-05': { label: 'Batch disclosure that hides the origin', duty: false },
  'PM-06': { label: 'Check before any contact with the respondent', duty: true },
  'PM-07': { label: 'Metadata and files stripped', duty: true },
  'PM-08': { label: 'Secure channel', duty: true },
  'PM-09': { label: 'Trusted intermediary or representative', duty: false },
  'PM-10': { label: 'Neutral meeting place, companion', duty: false },
  'PM-11': { label: 'Independent interpreter, checked for conflict', duty: false },
  'PM-12': { label: 'Findings redacted by risk', duty: true },
  'PM-13': { label: 'Legal support', duty: false },
  'PM-14': { label: 'Paid leave, remote work or transfer at own wish', duty: false },
  'PM-15': { label: 'No dismissal, shift or pay change without sign-off', duty: false },
  'PM-16': { label: 'Written reminder of no retaliation to managers', duty: false },
  'PM-17': { label: 'No-retaliation instruction to the vendor', duty: false },
  'PM-18': { label: 'Public support for defenders, only if wanted', duty: false },
  'PM-19': { label: 'Legal threat withdrawn; no counter-claims', duty: false },
  'PM-20': { label: 'Referral to support for human rights defenders', duty: false },
  'PM-21': { label: 'Psychosocial support', duty: false },
  'PM-22': { label: 'Relocation or emergency contact', duty: false },
  'PM-23': { label: 'AI surveillance of the person switched off', duty: false },
  'PM-24': { label: 'Incident log and response within 48 hours', duty: true },
  'PM-25': { label: 'Watch after closure, at 3, 6 and 12 months', duty: false },
} as const satisfies Record<string, { label: string; duty: boolean }>;
export type ProtectionMeasureCode = keyof typeof PROTECTION_MEASURES;
export const PROTECTION_MEASURE_CODES = Object.keys(PROTECTION_MEASURES) as ProtectionMeasureCode[];

/** Where a measure of the plan stands. One that stands is looked at again on a day. */
export const PROTECTION_STATES = {
  PLANNED: { label: 'Planned', stands: true },
  IN_FORCE: { label: 'In force', stands: true },
  ENDED: { label: 'Ended', stands: false },
} as const satisfies Record<string, { label: string; stands: boolean }>;
export type ProtectionState = keyof typeof PROTECTION_STATES;
export const PROTECTION_STATE_CODES = Object.keys(PROTECTION_STATES) as ProtectionState[];

/** Whether somebody looks at a measure again, by where it stands. */
export function protectionStands(status: string): boolean {
  return PROTECTION_STATES[status as ProtectionState].stands;
}

/** From lowest to highest; the risk is looked at again after at most `reviewAfter`. */
export const REPRISAL_LEVELS = {
  LOW: { label: 'Low', reviewAfter: { length: 90, unit: 'calendarDays' } },
  MEDIUM: { label: 'Medium', reviewAfter: { length: 30, unit: 'calendarDays' } },
  HIGH: { label: 'High', reviewAfter: { length: 7, unit: 'calendarDays' } },
  EXTREME: { label: 'Extreme', reviewAfter: { length: 24, unit: 'hours' } },
} as const satisfies Record<
  string,
  { label: string; reviewAfter: Length & { unit: 'calendarDays' | 'hours' } }
>;
export type ReprisalLevel = keyof typeof REPRISAL_LEVELS;
export const REPRISAL_LEVEL_CODES = Object.keys(REPRISAL_LEVELS) as ReprisalLevel[];

export const PERSONS_AT_RISK = {
  COMPLAINANT: { label: 'Complainant' },
  FAMILY: { label: 'Family' },
  REPRESENTATIVE: { label: 'Representative' },
  WITNESS: { label: 'Witness' },
  INTERPRETER: { label: 'Interpreter' },
  STAFF_HELPER: { label: 'Staff who helped' },
  COMMUNITY: { label: 'Community' },
  DEFENDER: { label: 'Human rights defender' },
} as const satisfies Record<string, { label: string }>;
export type PersonAtRisk = keyof typeof PERSONS_AT_RISK;
export const PERSON_AT_RISK_CODES = Object.keys(PERSONS_AT_RISK) as PersonAtRisk[];

/** What somebody defends, where somebody counts as a human rights defender. */
export const DEFENDER_TYPES = {
  UNION: { label: 'Trade unionist' },
  COMMUNITY_LEADER: { label: 'Community leader' },
  JOURNALIST: { label: 'Journalist' },
  LAWYER: { label: 'Lawyer' },
  NGO: { label: 'Member of an organisation for human rights' },
  WHISTLEBLOWER: { label: 'Whistleblower' },
  INDIGENOUS: { label: 'Defender of an indigenous people' },
  LGBTI: { label: 'Defender of LGBTI people' },
  OTHER: { label: 'Other' },
} as const satisfies Record<string, { label: string }>;
export type DefenderType = keyof typeof DEFENDER_TYPES;
export const DEFENDER_TYPE_CODES = Object.keys(DEFENDER_TYPES) as DefenderType[];

/** From whom reprisal is feared. */
export const THREAT_ACTORS = {
  MANAGER: { label: 'Manager' },
  COLLEAGUE: { label: 'Colleague' },
  VENDOR: { label: 'Vendor' },
  STATE_BODY: { label: 'State body' },
  POLICE: { label: 'Police' },
  COMMUNITY: { label: 'Community' },
  ONLINE: { label: 'People online' },
  UNKNOWN: { label: 'Not known' },
} as const satisfies Record<string, { label: string }>;
export type ThreatActor = keyof typeof THREAT_ACTORS;
export const THREAT_ACTOR_CODES = Object.keys(THREAT_ACTORS) as ThreatActor[];

/** What is feared, or has happened. */
export const THREAT_TYPES = {
  DISMISSAL: { label: 'Dismissal' },
  DEMOTION: { label: 'Demotion' },
  SHIFT_OR_PAY: { label: 'Worse shifts or pay' },
  BLACKLISTING: { label: 'Blacklisting' },
  CONTRACT_LOSS: { label: 'Loss of a contract' },
  ACCOUNT_BAN: { label: 'Account closed' },
  SMEAR: { label: 'Smear' },
  DOXXING: { label: 'Private details made public' },
  SURVEILLANCE: { label: 'Surveillance' },
  LEGAL_THREAT: { label: 'Legal threat, a lawsuit to silence' },
  CRIMINALISATION: { label: 'Criminal charges' },
  IMMIGRATION: { label: 'Visa or immigration status' },
  VIOLENCE: { label: 'Violence' },
  SEXUAL_VIOLENCE: { label: 'Sexual violence' },
  FAMILY: { label: 'Harm to the family' },
  EVICTION: { label: 'Eviction' },
  BENEFIT_LOSS: { label: 'Loss of a benefit' },
  DIGITAL_ATTACK: { label: 'Digital attack' },
  OTHER: { label: 'Other' },
} as const satisfies Record<string, { label: string }>;
export type ThreatType = keyof typeof THREAT_TYPES;
export const THREAT_TYPE_CODES = Object.keys(THREAT_TYPES) as ThreatType[];

/** What makes reprisal likelier, or worse. */
export const RISK_FACTORS = {
  CLOSED_CIVIC_SPACE: { label: 'Closed civic space' },
  STATE_INTEREST: { label: 'The State has an interest' },
  ISOLATED: { label: 'Isolated' },
  ECONOMIC_DEPENDENCY: { label: 'Depends on us or the vendor for a living' },
  IRREGULAR_STATUS: { label: 'Irregular status' },
  CHILD: { label: 'A child' },
  DETENTION: { label: 'In detention' },
  SMALL_TEAM: { label: 'A small team, in which anybody is recognised' },
} as const satisfies Record<string, { label: string }>;
export type RiskFactor = keyof typeof RISK_FACTORS;
export const RISK_FACTOR_CODES = Object.keys(RISK_FACTORS) as RiskFactor[];

/** 0 for LOW up to 3 for EXTREME. */
export function reprisalRank(level: ReprisalLevel): number {
  return REPRISAL_LEVEL_CODES.indexOf(level);
}

/** The last day on which a risk of this level, and what protects from it, is looked at again. */
export function reviewDay(level: ReprisalLevel, from: Day): Day {
  const { length, unit } = REPRISAL_LEVELS[level].reviewAfter;
  return addDays(from, unit === 'hours' ? Math.ceil(length / 24) : length);
}

/** Level by likelihood × impact: up to 4 LOW, 5 to 9 MEDIUM, 10 to 15 HIGH, from 16 EXTREME. */
export function reprisalLevel(likelihood: Score, impact: Score): ReprisalLevel {
  const risk = likelihood * impact;
  if (risk >= 16) return 'EXTREME';
  if (risk >= 10) return 'HIGH';
  return risk >= 5 ? 'MEDIUM' : 'LOW';
}
