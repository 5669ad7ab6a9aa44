// Source: AI Act (Regulation (EU) 2024/1689) Art. 26(5) and (6), Art. 73(2) to (4); Regulation (EU) 2026/1744. What a case asks of others about a system that it names.
import type { Day } from '../platform/time';
import { addDays } from './days';
import type { RoleCode } from './roles';

/** Who holds logs that are asked for. */
export const LOG_HOLDERS = {
  'LH-VENDOR': { label: 'The vendor or provider' },
  'LH-UNIT': { label: 'A unit of ours' },
} as const satisfies Record<string, { label: string }>;
export const LOG_HOLDER_CODES = Object.keys(LOG_HOLDERS);

/** What came of a request to keep logs. */
export const PRESERVATION_ANSWERS = {
  KEPT: { label: 'They are kept' },
  PARTLY: { label: 'Kept in part; the rest is gone' },
  GONE: { label: 'They are gone' },
  REFUSED: { label: 'Refused' },
} as const satisfies Record<string, { label: string }>;
export const PRESERVATION_ANSWER_CODES = Object.keys(PRESERVATION_ANSWERS);

/** Why a deployer has to tell others (Art. 26(5)); with a risk, use is suspended too. */
export const ARTICLE_26_GROUNDS = {
  RISK: { label: 'Reason to think that its use presents a risk (Art. 79(1)); its use is suspended too' },
  SERIOUS_INCIDENT: { label: 'Serious incident (Art. 3(49))' },
} as const satisfies Record<string, { label: string }>;
export const ARTICLE_26_GROUND_CODES = Object.keys(ARTICLE_26_GROUNDS);

/** How serious an incident is, and within how many calendar days it is reported (Art. 73(2) to (4)). */
export const INCIDENT_KINDS = {
  DEATH: { label: 'Somebody died, or may have died of it', reportInDays: 10 },
  WIDESPREAD: {
    label: 'A widespread infringement, or critical infrastructure is seriously disrupted',
    reportInDays: 2,
  },
  OTHER: { label: 'Any other serious incident', reportInDays: 15 },
} as const satisfies Record<string, { label: string; reportInDays: number }>;
export type IncidentKind = keyof typeof INCIDENT_KINDS;
export const INCIDENT_KIND_CODES = Object.keys(INCIDENT_KINDS) as IncidentKind[];

/** What came of a task. */
export const ARTICLE_26_OUTCOMES = {
  TOLD: { label: 'Told' },
  UNREACHABLE: { label: 'Cannot be reached' },
  NONE_THERE: { label: 'There is none, or it is us' },
  SUSPENDED: { label: 'Its use is suspended' },
  NOT_IN_USE: { label: 'It is not in use' },
} as const satisfies Record<string, { label: string }>;
export type Article26Outcome = keyof typeof ARTICLE_26_OUTCOMES;
export const ARTICLE_26_OUTCOME_CODES = Object.keys(ARTICLE_26_OUTCOMES) as Article26Outcome[];

/**
 * Whom the deployer tells, those of the chain in this order (Art. 26(5)); the unit that uses the system stands for the suspension of its
 * use. There is always an authority, and it can be reached.
 */
export const ARTICLE_26_ADDRESSEES = {
  PROVIDER: { label: 'Provider', inChain: true, outcomes: ['TOLD', 'UNREACHABLE', 'NONE_THERE'] },
  IMPORTER_OR_DISTRIBUTOR: {
    label: 'Importer or distributor',
    inChain: true,
    outcomes: ['TOLD', 'UNREACHABLE', 'NONE_THERE'],
  },
  MSA: { label: 'Market surveillance authority', inChain: true, outcomes: ['TOLD'] },
  USING_UNIT: {
    label: 'The unit that uses it: suspend its use',
    inChain: false,
    outcomes: ['SUSPENDED', 'NOT_IN_USE'],
  },
  MSA_REPORT: {
    label: 'Market surveillance authority: the report of Art. 73, in the place of the provider',
    inChain: false,
    outcomes: ['TOLD'],
  },
} as const satisfies Record<
  string,
  { label: string; inChain: boolean; outcomes: readonly Article26Outcome[] }
>;
export type Article26Addressee = keyof typeof ARTICLE_26_ADDRESSEES;
export const ARTICLE_26_ADDRESSEE_CODES = Object.keys(ARTICLE_26_ADDRESSEES) as Article26Addressee[];

/** The tasks that a ground brings at once, in the order of duty. */
export function article26Tasks(ground: string): Article26Addressee[] {
  const chain = ARTICLE_26_ADDRESSEE_CODES.filter((code) => ARTICLE_26_ADDRESSEES[code].inChain);
  return ground === 'RISK' ? [...chain, 'USING_UNIT'] : chain;
}

/** Whether the report of Art. 73 falls to the deployer: nobody else is there who can make it. */
export function reportFallsToUs(notice: { ground: string; addressee: string }, outcome: string): boolean {
  return (
    notice.ground === 'SERIOUS_INCIDENT' &&
    notice.addressee === 'PROVIDER' &&
    (outcome === 'UNREACHABLE' || outcome === 'NONE_THERE')
  );
}

/** Since when, and for what, each article of the AI Act has these things done: Regulation (EU) 2026/1744 moved Art. 26. */
export const ARTICLE_FORCE_STATUS = {
  ART_26:
    'Art. 26 applies from 2 December 2027 to systems of Annex III, from 2 August 2028 to those of Annex I. Before that, it is our own promise.',
  ART_73:
    'Art. 73 is in force since 2 August 2026, but whether it holds for high-risk systems before 2 December 2027 is disputed; we act as if it did.',
} as const;

/** What was still to be done about a system that the case turned out not to be about; open again when it is named again. */
export const NOT_CONCERNED = 'NOT_CONCERNED';
/** Who may end notices and requests that are open by taking their system back. */
export const TASK_ENDERS: readonly RoleCode[] = ['LEG', 'DPO'];

/** “Immediately” has no number of days in Art. 26(5): 24 hours are our own target, counted as the next day. */
export function articleNoticeDueOn(since: Day): Day {
  return addDays(since, 1);
}

/**
 * The day of a report to the authority. It is the careful one: neither a holiday at its end nor the two working days that such a period
 * holds at least (Reg. 1182/71 Art. 3(4) and (5)) put it off. A kind that nobody gave counts as the longest.
 */
export function article73ReportDueOn(since: Day, kind: string | null): Day {
  return addDays(since, INCIDENT_KINDS[(kind ?? 'OTHER') as IncidentKind].reportInDays);
}
