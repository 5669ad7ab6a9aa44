// Source: UN Guiding Principle 31(e) (reasons that can be understood); process model 6.3, last column: reasoned letter at each ending, refusal,
// finding and appeal. Which steps have such a letter drafted from the case is read off the table of steps.
import type { Letter } from './letters';
import type { StepRow } from './steps';

/** Letters that give the reasons of what ends or decides a case. */
const REASONED: readonly Letter[] = [
  'declined',
  'referred',
  'draft-findings',
  'steps',
  'closed',
  'merged',
  'appeal-decided',
];

/** Raised when the draft is put together in another way; it stands in the history beside each letter that began as one. */
export const REASONS_DRAFT_VERSION = 1;

/** Steps whose reasons are those of the findings, or that what was promised was done. Of every other one somebody has to say why. */
const FOLLOWS_FROM_THE_CASE: readonly string[] = ['share-findings', 'close', 'close-unsubstantiated'];

/** Whether a draft can be the whole letter of this step once findings have their reasons. */
export function followsFromTheCase({ step }: StepRow): boolean {
  return FOLLOWS_FROM_THE_CASE.includes(step);
}

/** Whether the reasons of this step are drafted from the case. What corrects one finding gives the reasons of that one alone. */
export function hasReasonsLetter({ step, tells, asks, mayAsk = [] }: StepRow): boolean {
  return (
    tells !== null &&
    REASONED.includes(tells) &&
    step !== 'correct-finding' &&
    [...asks, ...mayAsk].includes('reasons')
  );
}
