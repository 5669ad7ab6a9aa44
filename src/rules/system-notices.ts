// Source: AI Act (Regulation (EU) 2024/1689) Art. 26(5) and (6), Art. 73(2); Regulation (EU) 2026/1744. What a case asks of others about a system that it names.
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

/** Whom the deployer tells, in this order (Art. 26(5)). */
export const ARTICLE_26_ADDRESSEES = {
  PROVIDER: { label: 'Provider' },
  IMPORTER_OR_DISTRIBUTOR: { label: 'Importer or distributor' },
  MSA: { label: 'Market surveillance authority' },
} as const satisfies Record<string, { label: string }>;
export const ARTICLE_26_ADDRESSEE_CODES = Object.keys(ARTICLE_26_ADDRESSEES);

/** Since when, and for what, each article of the AI Act has these things done: Regulation (EU) 2026/1744 moved Art. 26. */
export const ARTICLE_FORCE_STATUS = {
  ART_26:
    'Art. 26 applies from 2 December 2027 to systems of Annex III, from 2 August 2028 to those of Annex I. Before that, it is our own promise.',
  ART_73:
    'Art. 73 is in force since 2 August 2026, but whether it holds for high-risk systems before 2 December 2027 is disputed; we act as if it did.',
} as const;

/** What came of a notice. Where the provider cannot be reached, Art. 73 holds for the deployer as it would for the provider. */
export const ARTICLE_26_OUTCOMES = {
  TOLD: { label: 'Told' },
  UNREACHABLE: { label: 'Cannot be reached' },
  NONE_THERE: { label: 'There is none, or it is us' },
} as const satisfies Record<string, { label: string }>;
export const ARTICLE_26_OUTCOME_CODES = Object.keys(ARTICLE_26_OUTCOMES);

/** What was still to be done about a system that the case turned out not to be about; open again when it is named again. */
export const NOT_CONCERNED = 'NOT_CONCERNED';
/** Who may end notices and requests that are open by taking their system back. */
export const TASK_ENDERS: readonly RoleCode[] = ['LEG', 'DPO'];

/** “Immediately” has no number of days in Art. 26(5): 24 hours are our own target, counted as the next day. */
export function articleNoticeDueOn(since: Day): Day {
  return addDays(since, 1);
}

/** The last day of a report to the authority where the provider cannot be reached (Art. 73(2): 15 calendar days; less for a death). */
export function article73LatestOn(since: Day): Day {
  return addDays(since, 15);
}
