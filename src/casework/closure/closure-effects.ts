import { newId } from '../../platform/ids';
import { Appeal } from '../../records/entities/appeal';
import { Offer } from '../../records/entities/offer';
import { FOLLOW_UP_CLOCKS, SAFETY_REVIEW_CLOCKS } from '../../rules/clocks';
import { APPEAL_OUTCOME_OF, CLOSURE_OF, type StepName } from '../../rules/steps';
import { STATES, type State } from '../../rules/states';
import { nextNumber, type StepContext } from '../step-context';
import type { StepEffect } from '../step-effect';
import type { ClockKeeper } from '../keep-clocks';
import { endLateReports } from '../late-effects';
import { endMerger } from '../triage/merger-effects';
import { endStories } from './story-effects';

/** Closing, withdrawing, reopening and appeal. */
export const CLOSURE_EFFECTS: Partial<Record<StepName, StepEffect>> = {
  // Looked at again six and twelve months after the remedy was verified, however soon after it the case is closed.
  close: async (step, clocks) => {
    const since = step.file.clocks.findLast(({ code }) => code === 'TARGET-MONITORING')?.startedOn;
    for (const code of FOLLOW_UP_CLOCKS) await clocks.start(code, since ?? step.today);
  },
  'record-follow-up': async (step, clocks) => {
    const due = FOLLOW_UP_CLOCKS.find((code) =>
      step.file.clocks.some((clock) => clock.code === code && clock.status !== 'STOPPED'),
    );
    await clocks.stop(({ code }) => code === due);
  },
  'review-safety': async (step, clocks) => {
    const due = SAFETY_REVIEW_CLOCKS.find((code) =>
      step.file.clocks.some((clock) => clock.code === code && clock.status !== 'STOPPED'),
    );
    await clocks.stop(({ code }) => code === due);
  },
  'close-unsubstantiated': (step) => {
    if (step.file.case.involvement === 'NOT_INVOLVED') step.patch.closureCode = 'CR-NOLINK';
  },
  appeal: async (step) => {
    const id = newId();
    const against = step.file.case.state as State;
    const window = step.file.clocks.findLast(({ code }) => code === 'APPEAL-WINDOW');
    await step.insert(Appeal, {
      id,
      caseId: step.caseId,
      n: nextNumber(step.file.appeals),
      against,
      groundsSealed: step.sealMaybe('appeals', 'groundsSealed', id, step.text('grounds')),
      filedOn: step.today,
      late:
        !['remedy-proposed', 'implementation'].includes(against) &&
        window !== undefined &&
        window.dueLegalLatest < (step.text('saidOn') || step.today),
      reviewerId: null,
      outcome: null,
      reasonsSealed: null,
      decidedOn: null,
    });
    for (const offer of step.file.offers.filter(
      ({ status, kind }) => status === 'OPEN' && kind !== 'COUNTER_OFFER',
    ))
      await step.update(Offer, offer.id, { status: 'REFUSED', answeredOn: step.today });
  },
  'continue-own-initiative': (step) => {
    step.patch.closedOn = null;
  },
};

const ENDING_CODES: Partial<Record<State, string>> = {
  declined: 'CR-DECLINED',
  referred: 'CR-REFERRED',
  withdrawn: 'CR-WITHDRAWN',
};

/** What every step that ends or reopens a case means for the row of the case and for the appeal it decides. */
export async function settleEnding(step: StepContext, clocks: ClockKeeper, to: State): Promise<void> {
  const name = step.row.step as StepName;
  const closure = CLOSURE_OF[name];
  if (closure) step.patch.closureCode ??= closure;
  const ended = ENDING_CODES[to];
  if (ended && !closure && to !== step.file.case.state) step.patch.closureCode = ended;
  if (to !== step.file.case.state) {
    // Whatever comes of it now, what was told of it may not be true any more.
    await endStories(step);
    step.patch.closedOn = STATES[to].ended ? step.today : null;
    if (!STATES[to].ended && to !== 'appeal' && to !== 'own-initiative') step.patch.closureCode = null;
    if (STATES[step.file.case.state as State].ended && to !== 'appeal') {
      // What was agreed and verified then says nothing about the remedy that a reopened case leads to.
      step.patch.agreement = null;
      step.patch.verification = null;
    }
    if (!STATES[to].ended && to !== 'appeal') await endMerger(step, clocks);
    if (STATES[to].ended) {
      await endLateReports(step);
      step.patch.suspendedGround = null;
      step.patch.suspendedUntil = null;
    }
  }
  const outcome = APPEAL_OUTCOME_OF[name];
  const appeal = step.file.appeals.at(-1);
  if (outcome && appeal)
    await step.update(Appeal, appeal.id, {
      outcome,
      reasonsSealed: step.seal('appeals', 'reasonsSealed', appeal.id, step.text('reasons')),
      decidedOn: step.today,
    });
}
