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

/** Whatever the interval: the risk is reviewed at these moments too. */
export const REPRISAL_REVIEW_MOMENTS = {
  INTAKE: { label: 'At intake' },
  BEFORE_DISCLOSURE: { label: 'Before anything goes to the respondent or the vendor' },
  DECISION: { label: 'At the decision' },
  CLOSURE: { label: 'At closure' },
  AFTER_3_MONTHS: { label: 'Three months after closure' },
  AFTER_6_MONTHS: { label: 'Six months after closure' },
} as const satisfies Record<string, { label: string }>;
export type ReprisalReviewMoment = keyof typeof REPRISAL_REVIEW_MOMENTS;

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

/** Whether a level may stand beside the person's own rating: below it only with a reason. */
export function reprisalLevelIsAllowed(
  level: ReprisalLevel,
  ownRating: ReprisalLevel | null,
  reasonGiven: boolean,
): boolean {
  return ownRating === null || reasonGiven || reprisalRank(level) >= reprisalRank(ownRating);
}
