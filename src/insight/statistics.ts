import type { SurveyQuestion } from '../rules/survey';

/** What cases are counted by. */
export const DIMENSIONS = [
  'state',
  'tier',
  'channel',
  'language',
  'identityMode',
  'useDomain',
  'involvement',
  'closureCode',
] as const;

/** A collective complaint, the case of a member of one, or a complaint that stands alone. */
export const KINDS = ['COLLECTIVE', 'MEMBER', 'SINGLE'] as const;

export interface Counted {
  code: string | null;
  count: number;
}

/** Exact counts, for staff and auditors only; nothing here is published. */
export interface Statistics {
  asOf: string;
  /** Cases: a collective complaint is one of them however many it speaks for, and so is the case of each member. */
  total: number;
  /** What kind of case each of these is; they add up to the total. */
  kinds: Counted[];
  by: Record<(typeof DIMENSIONS)[number], Counted[]>;
  /** A case may have several harms: these do not add up to the total. */
  harms: Counted[];
  /** Of what the organisation owes; the time that a person has is not counted. */
  clocks: { code: string; running: number; stopped: number; stoppedInTime: number; overdue: number }[];
  remedy: { actions: number; done: number; confirmedByComplainant: number };
  appeals: { filed: number; decided: number; outcomes: Counted[] };
  /** How people rated what happened: of each question, from 1 to 5, how often. What was skipped is not counted. */
  survey: { given: number; scores: Record<SurveyQuestion, Counted[]> };
  daysToOutcome: { count: number; median: number | null; p90: number | null };
}
