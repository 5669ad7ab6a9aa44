import type { Day } from '../platform/time';
import type { LateReport } from '../records/entities/late-report';
import { isOverdue } from '../rules/due-dates';
import { lateThings, type LateThing, type WaitingReport } from '../rules/lateness';
import type { RoleCode } from '../rules/roles';
import type { CaseFile } from './case-file';
import type { LateReportView, LateView } from './views';

/** The clock by which whoever was told answers. */
export const LATE_ANSWER = 'TARGET-LATE-ANSWER';

/** The newest report while nobody has answered it. */
export function waitingRow({ lateReports }: CaseFile): LateReport | undefined {
  return lateReports.findLast(({ status }) => status === 'WAITING');
}

/** What is late and was not reported before. */
export function unreported(file: CaseFile, today: Day): LateThing[] {
  const reported = new Set(file.lateReports.flatMap(({ about }) => about));
  return lateThings(file.clocks, file.actions, today).filter(({ id }) => !reported.has(id));
}

/** The report that waits for an answer, if any. */
export function waitingReport(file: CaseFile, today: Day): WaitingReport | null {
  const report = waitingRow(file);
  if (!report) return null;
  const clock = file.clocks.findLast(({ code }) => code === LATE_ANSWER);
  return { role: report.role as RoleCode, answerIsLate: clock !== undefined && isOverdue(clock, today) };
}

export function lateViews(file: CaseFile, today: Day): LateView[] {
  const open = new Set(unreported(file, today).map(({ id }) => id));
  return lateThings(file.clocks, file.actions, today).map(({ id, ...late }) => ({
    ...late,
    isReported: !open.has(id),
  }));
}

export function lateReportViews(file: CaseFile): LateReportView[] {
  return file.lateReports.map(({ n, role, reportedOn, answerDueOn, status, settledOn }) => ({
    n,
    role,
    reportedOn,
    answerDueOn,
    status,
    settledOn,
  }));
}
