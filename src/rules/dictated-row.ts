// Source: the table of steps; what is asked and needed besides where the person says a step and staff write it down (dictations.ts).
import type { AskName } from './asks';
import type { NeedName } from './needs';
import type { RoleCode } from './roles';
import type { State } from './states';
import type { StepAnswers } from './needs/facts';
import type { StepName, StepRow } from './steps';
import { agreementsOf, answerNaming, needsOf, stepRow } from './workflow';

/** What is asked besides what the step itself asks. */
export const DICTATION_ASKS = [
  'saidBy',
  'saidThrough',
  'saidOn',
  'saidWords',
  'knownBy',
  'channelWasSafe',
] as const satisfies readonly AskName[];
/** What may be said besides. */
export const DICTATION_MAY_ASK = ['saidThroughWhom', 'mandateNumber'] as const satisfies readonly AskName[];

/** What has to hold besides what the step itself needs. */
export const DICTATION_NEEDS = [
  'penHolderIsApart',
  'penHolderNotDenied',
  'saidInTime',
  'throughWhomSaid',
  'speakerHasMandate',
] as const satisfies readonly NeedName[];

/**
 * The same step where the person says it and staff write it down: besides, it is asked how, when and in which words she said it, and
 * whoever writes has no other part in the case. What she may leave out herself may be left out here, too.
 */
export function dictatedRow(row: StepRow): StepRow {
  const { freeFor, ...rest } = row;
  return {
    ...rest,
    needs: [...row.needs, ...DICTATION_NEEDS],
    asks: [...(freeFor ? [] : row.asks), ...DICTATION_ASKS],
    mayAsk: [...(freeFor ? row.asks : []), ...(row.mayAsk ?? []), ...DICTATION_MAY_ASK],
  };
}

/** What is asked of a second person who does not accept what somebody wrote down for her. */
export const DICTATION_REFUSAL_ASK = 'dictationRefusedFor' satisfies AskName;

/** Whether the step waits, under every policy, for a second person only where staff wrote it down for her: whatever waits of it is hers. */
export function waitsOnlyDictated(step: string): boolean {
  const agreements = agreementsOf(stepRow(step));
  return agreements.length > 0 && agreements.every(({ when }) => when === 'dictated');
}

/** Steps of hers that say the same thing or its opposite, while the case stays where both can be said. */
const ONE_QUESTION: readonly (readonly StepName[])[] = [
  ['accept-offer', 'refuse-offer', 'counter-offer'],
  ['accept-offer', 'appeal'],
  ['take-back-acceptance', 'start-sooner'],
  ['accept-facilitator', 'refuse-facilitator'],
  ['approve-transcript', 'dispute-transcript'],
  ['plan-check-ins', 'stop-check-ins'],
];

/** Whether what she says now settles what waits: the same step, or one that answers the same question, about the same object. */
export function settlesSame(
  row: StepRow,
  answers: StepAnswers,
  waiting: StepRow,
  waitingAnswers: StepAnswers,
): boolean {
  const isSame =
    row.step === waiting.step ||
    ONE_QUESTION.some((steps) => [row, waiting].every(({ step }) => steps.includes(step as StepName)));
  const objects = needsOf(row).flatMap((name) => answerNaming(name) ?? []);
  return isSame && objects.every((name) => answers[name] === waitingAnswers[name]);
}

/** Of these rows the steps that the person may dictate to these roles in this state. */
export function dictatedFrom(rows: readonly StepRow[], state: State, roles: readonly RoleCode[]): StepRow[] {
  return rows
    .filter((row) => row.from.includes(state) && row.dictatedTo?.some((role) => roles.includes(role)))
    .map(dictatedRow);
}
