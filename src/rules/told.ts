// Source: process model 6.3, last column: what the complainant is told at each step. What of the answers of a step its letter quotes.
import type { AskName } from './asks';
import type { Letter } from './letters';
import { BUILT_IN } from './policy';
import type { StepRow } from './steps';
import { isStep } from './workflow';

/** Which answers the complainant reads in each letter. What is not named here stays inside. */
const QUOTED_IN: Partial<Record<Letter, readonly AskName[]>> = {
  declined: ['reasons', 'signposting'],
  referred: ['body', 'sharedWhat', 'reasons'],
  question: ['questionText', 'why', 'dueOn'],
  'draft-findings': ['aiRole', 'evidenceList', 'reasons'],
  'facilitator-proposed': ['facilitator', 'facilitatorNeutral'],
  meeting: ['meetingDetails', 'plannedFor'],
  offer: ['offerText', 'reply'],
  steps: ['reasons'],
  'action-without-agreement': ['reasons'],
  closed: ['reasons', 'signposting'],
  merged: ['reasons'],
  'appeal-decided': ['reasons', 'offerText', 'signposting'],
  suspended: ['suspendedUntil', 'reasons'],
  extended: ['reasons'],
  'late-answered': ['reply'],
  'support-declined': ['reasons', 'alternative'],
  'erasure-refused': ['reasons', 'signposting'],
  message: ['reply'],
  shared: ['recipient', 'sharedWhat', 'legalDuty'],
  'consent-recorded': ['consentSaid', 'limits'],
  'story-published': ['storyText'],
  'story-taken-down': ['reasons'],
};

/**
 * The answers of a step that its letter tells the person: only what the table in code asks or may ask there. What a version of the process
 * asks besides is for those who work on the case, and stays with them. Whoever writes one of these is told on the form that she reads it.
 */
export function toldAsks({ step, tells }: Pick<StepRow, 'step' | 'tells'>): readonly AskName[] {
  const { asks, mayAsk } = BUILT_IN.row(step);
  const quoted = (tells && QUOTED_IN[tells]) ?? [];
  return quoted.filter((name) => asks.includes(name) || mayAsk?.includes(name));
}

/** Answers that stand in her case, beside what they are about, whatever a letter quotes. */
const STANDS_IN_HER_CASE: Partial<Record<string, readonly AskName[]>> = {
  'record-finding': ['reasons'],
  'correct-finding': ['reasons'],
  'confirm-mandate': ['reasons'],
  'end-mandate': ['reasons'],
};

/** Whether the person reads this answer of a step: in its letter, or in her case. */
export function isTold(step: string, ask: AskName): boolean {
  if (!isStep(step)) return false;
  return toldAsks(BUILT_IN.row(step)).includes(ask) || (STANDS_IN_HER_CASE[step]?.includes(ask) ?? false);
}
