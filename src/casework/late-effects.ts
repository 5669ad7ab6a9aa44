import { newId } from '../platform/ids';
import { LateReport } from '../records/entities/late-report';
import { Notice } from '../records/entities/notice';
import { rungFor } from '../rules/lateness';
import type { RoleCode } from '../rules/roles';
import { STATES, type State } from '../rules/states';
import type { StepName } from '../rules/steps';
import { LATE_ANSWER, unreported, waitingReport, waitingRow } from './lateness';
import { nextNumber, type StepContext } from './step-context';
import type { StepEffect } from './step-effect';
import { teamNow } from './team/team';

/** The person says that something is late; whoever stands on the ladder answers. */
export const LATENESS_EFFECTS: Partial<Record<StepName, StepEffect>> = {
  'report-late': async (step, clocks) => {
    const { file, today, caseId } = step;
    const about = unreported(file, today).map(({ id }) => id);
    const before = waitingRow(file);
    const role = rungFor(
      STATES[file.case.state as State].owner,
      await teamNow(step.db, file),
      waitingReport(file, today),
    );
    // Whoever was told and still has time is told of this too, and answers both by the same day.
    const isSame = before?.role === role && !waitingReport(file, today)!.answerIsLate;
    if (before) await settle(step, before, isSame ? 'REPLACED' : 'PASSED_UP');
    if (!isSame) await clocks.stop(({ code }) => code === LATE_ANSWER);
    const answerDueOn = isSame ? before.answerDueOn : (await clocks.start(LATE_ANSWER))!.dueInternal;
    await step.insert(LateReport, {
      id: newId(),
      caseId,
      n: nextNumber(file.lateReports),
      about,
      role,
      reportedOn: today,
      answerDueOn,
      status: 'WAITING',
      settledOn: null,
    });
    step.patch.lateToldTo = role;
    Object.assign(step.told, { toldRole: role, answerDueOn });
    await noticeTo(step, role);
  },
  'answer-late': async (step) => {
    await settle(step, waitingRow(step.file)!, 'ANSWERED');
    step.patch.lateToldTo = null;
  },
};

/** The case ended: nobody owes an answer about what was late in it any more. */
export async function endLateReports(step: StepContext): Promise<void> {
  const report = waitingRow(step.file);
  if (report) await settle(step, report, 'OVER');
  step.patch.lateToldTo = null;
}

function settle(step: StepContext, { id }: LateReport, status: string): Promise<void> {
  return step.update(LateReport, id, { status, settledOn: step.today });
}

/** A notice to those on the rung, of which nothing says what the case is about or whose it is. */
function noticeTo(step: StepContext, role: RoleCode): Promise<void> {
  return step.insert(Notice, {
    id: newId(),
    caseId: step.caseId,
    letter: 'late-alert',
    language: 'en',
    revision: step.file.case.revision + 1,
    queuedOn: step.today,
    status: 'QUEUED',
    forRole: role,
  });
}
