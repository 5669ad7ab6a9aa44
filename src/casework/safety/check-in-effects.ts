import { newId } from '../../platform/ids';
import { CheckIn } from '../../records/entities/check-in';
import { addDays } from '../../rules/counting';
import type { StepName } from '../../rules/steps';
import { expectReprisal } from '../intake/intake-effects';
import type { ClockKeeper } from '../keep-clocks';
import { nextNumber, type CaseContext, type StepContext } from '../step-context';
import type { StepEffect } from '../step-effect';

/** Check-ins as the person wants them, and what her answer means. */
export const CHECK_IN_EFFECTS: Partial<Record<StepName, StepEffect>> = {
  'plan-check-ins': async (step) => {
    await stopCheckIns(step);
    const everyDays = Number(step.answer<string>('checkInEvery'));
    await planCheckIn(step, everyDays, addDays(step.today, everyDays));
  },
  'stop-check-ins': stopCheckIns,
  'answer-check-in': async (step, clocks) => {
    const answer = step.answer<string>('safeNow');
    const asked = step.file.checkIns.findLast(({ status }) => status === 'ASKED')!;
    await step.update(CheckIn, asked.id, { status: 'ANSWERED', answer, answeredOn: step.today });
    for (const { id, everyDays } of step.file.checkIns.filter(({ status }) => status === 'PLANNED'))
      await step.update(CheckIn, id, { dueOn: addDays(step.today, everyDays) });
    await (answer === 'OK' ? endSilence : answer === 'TALK' ? alertOf : expectReprisal)(step, clocks);
  },
};

/** The next time at which the person is asked. */
export async function planCheckIn(context: CaseContext, everyDays: number, dueOn: string): Promise<void> {
  await context.insert(CheckIn, {
    id: newId(),
    caseId: context.caseId,
    n: nextNumber(context.file.checkIns),
    everyDays,
    dueOn,
    status: 'PLANNED',
    askedOn: null,
    answer: null,
    answeredOn: null,
  });
}

export async function stopCheckIns(context: CaseContext): Promise<void> {
  for (const { id, status } of context.file.checkIns)
    if (status === 'PLANNED' || status === 'ASKED') await context.update(CheckIn, id, { status: 'STOPPED' });
}

/** A protection officer has to reach the person. */
export async function alertOf(context: CaseContext, clocks: ClockKeeper): Promise<void> {
  await clocks.start('TARGET-SAFETY-CHECK');
  context.patch.alertSince = context.file.case.alertSince ?? context.today;
}

/** She is safe: nobody has to look any more, unless she reported something besides. */
async function endSilence(step: StepContext, clocks: ClockKeeper): Promise<void> {
  await clocks.stop(({ code }) => code === 'TARGET-SAFETY-CHECK');
  const isReported = step.file.clocks.some(
    ({ code, status }) => code === 'TARGET-RETALIATION' && status !== 'STOPPED',
  );
  if (!isReported) step.patch.alertSince = null;
}
