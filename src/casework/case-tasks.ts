import type { Day } from '../platform/time';
import { SAFETY_REVIEW_CLOCKS } from '../rules/clocks';
import { protectionStands } from '../rules/protection';
import type { RoleCode } from '../rules/roles';
import { TASKS, type TaskKind } from '../rules/tasks';
import type { TaskView, UntaskedView } from './views';

/** The clocks of this case after which a day is named in no object of it. */
const REVIEWS: Record<string, TaskKind> = {
  ...Object.fromEntries(SAFETY_REVIEW_CLOCKS.map((code) => [code, 'SAFETY_REVIEW'])),
  'TARGET-FOLLOW-UP-6': 'FOLLOW_UP',
  'TARGET-FOLLOW-UP-12': 'FOLLOW_UP',
};

/** Everything that somebody owes in a case as its reader sees it, the earliest day first; what has no day comes last. */
export function tasksOf(view: UntaskedView, today: Day): TaskView[] {
  const task = (
    kind: TaskKind,
    owedBy: RoleCode,
    { n = null, dueOn = null, who = null }: Partial<Pick<TaskView, 'n' | 'dueOn' | 'who'>>,
  ): TaskView => ({
    kind,
    n,
    owedBy,
    who,
    dueOn,
    overdue: dueOn !== null && dueOn < today,
    step: TASKS[kind].step,
  });
  const clockDay = (code: string) =>
    view.clocks.find((clock) => clock.code === code && clock.status === 'RUNNING')?.dueInternal ?? null;
  const tasks = [
    ...(view.alertSince ? [task('SAFETY', 'PRT', { dueOn: view.alertSince })] : []),
    ...view.lateReports
      .filter(({ status }) => status === 'WAITING')
      .map(({ n, role, answerDueOn }) => task('LATE_REPORT', role as RoleCode, { n, dueOn: answerDueOn })),
    ...view.questions
      .filter(({ answeredOn }) => answeredOn === null)
      .map(({ n, dueOn }) => task('QUESTION', 'RH', { n, dueOn })),
    ...view.offers
      .filter(({ status }) => status === 'OPEN')
      .map(({ n, replyDueOn }) => task('OFFER', 'RH', { n, dueOn: replyDueOn })),
    ...view.supports
      .filter(({ status }) => status === 'ASKED')
      .map(({ n, dueOn }) => task('SUPPORT', view.heldBy.role as RoleCode, { n, dueOn })),
    ...view.transcripts
      .filter(({ status }) => status === 'WAITING')
      .map(({ n }) => task('TRANSCRIPT', 'RH', { n })),
    ...view.translationRequests
      .filter(({ status }) => status === 'ASKED')
      .map(({ n, owner, byRole, dueOn }) =>
        task('TRANSLATION_REQUEST', byRole as RoleCode, { n, who: owner, dueOn }),
      ),
    ...view.translations
      .filter(({ status }) => status === 'DRAFT')
      .map(({ n }) => task('TRANSLATION', view.heldBy.role as RoleCode, { n })),
    ...view.evidenceRequests
      .filter(({ status }) => status === 'ASKED')
      .map(({ n, dueOn }) => task('EVIDENCE_REQUEST', 'INV', { n, dueOn })),
    ...view.meetings
      .filter(({ status }) => status === 'PLANNED')
      .map(({ n, byRole, plannedFor }) => task('MEETING', byRole as RoleCode, { n, dueOn: plannedFor })),
    ...view.measures
      .filter(({ status }) => status === 'IM_ORDERED')
      .map(({ n, owner, dueOn }) => task('MEASURE', 'REM', { n, who: owner, dueOn })),
    ...view.actions
      .filter(({ status }) => ['AGREED', 'STARTED'].includes(status))
      .map(({ n, owner, dueOn }) => task('ACTION', 'REM', { n, who: owner, dueOn })),
    ...view.protection
      .filter(({ status }) => status === 'PLANNED')
      .map(({ n, owner, reviewOn }) => task('PROTECTION', 'PRT', { n, who: owner, dueOn: reviewOn })),
    ...view.protection
      .filter(({ status }) => status !== 'PLANNED' && protectionStands(status))
      .map(({ n, owner, reviewOn }) => task('PROTECTION_REVIEW', 'PRT', { n, who: owner, dueOn: reviewOn })),
    ...(view.assessment.reprisalReviewOn
      ? [task('REPRISAL_REVIEW', 'PRT', { dueOn: String(view.assessment.reprisalReviewOn) })]
      : []),
    ...view.clocks
      .filter(({ code, status }) => status === 'RUNNING' && Object.hasOwn(REVIEWS, code))
      .map(({ code, dueInternal }) => task(REVIEWS[code]!, 'INV', { dueOn: dueInternal })),
    ...view.preservationRequests
      .filter(({ answer }) => answer === null)
      .map(({ n, byRole, dueOn }) => task('PRESERVATION', byRole as RoleCode, { n, dueOn })),
    ...view.article26Notices
      .filter(({ outcome }) => outcome === null)
      .map(({ n, dueOn }) => task('NOTICE', 'LEG', { n, dueOn })),
    ...view.appeals
      .filter(({ decidedOn }) => decidedOn === null)
      .map(({ n, reviewer }) =>
        task('APPEAL', 'IRV', {
          n,
          // Of a reviewer who may not decide, nobody is owed it.
          who: view.heldBy.role === 'IRV' ? reviewer : null,
          dueOn: clockDay('TARGET-APPEAL-DECISION'),
        }),
      ),
    ...view.erasureRequests
      .filter(({ status }) => status === 'OPEN')
      .map(({ n }) => task('ERASURE', 'DPO', { n, dueOn: clockDay('GDPR-ERASURE') })),
    ...view.mandates
      .filter(({ status }) => status === 'CLAIMED')
      .map(({ n }) => task('MANDATE', view.heldBy.role as RoleCode, { n })),
    ...view.assignments
      .filter(({ isAsked }) => isAsked)
      .map(({ role, name }) => task('ASKED', role as RoleCode, { who: name })),
    ...view.assignments
      .filter(({ hasLeft }) => hasLeft)
      .map(({ name }) => task('LEFT', 'TRI', { who: name })),
    ...view.breakGlass
      .filter(({ reviewedOn }) => reviewedOn === null)
      .map(({ n }) => task('EMERGENCY', 'PRT', { n })),
  ];
  const LAST = '9999-12-31';
  return tasks.sort((a, b) => (a.dueOn ?? LAST).localeCompare(b.dueOn ?? LAST));
}
