import type { Day } from '../platform/time';
import { protectionStands } from '../rules/protection';
import type { RoleCode } from '../rules/roles';
import { INTAKE_STATES, REACH_OF } from '../rules/sight';
import { TASKS, taskOfClock, type TaskKind } from '../rules/tasks';
import type { TaskView, UntaskedView } from './views';

/** Everything that somebody owes in a case as its reader sees it, the earliest day first; what has no day comes last. */
export function tasksOf(view: UntaskedView, today: Day): TaskView[] {
  const task = (
    kind: TaskKind,
    owedBy: RoleCode,
    {
      n = null,
      dueOn = null,
      who = null,
      step = TASKS[kind].step,
      text = null,
    }: Partial<Pick<TaskView, 'n' | 'dueOn' | 'who' | 'step' | 'text'>>,
    isReached = who !== null || reaches(view, owedBy),
  ): TaskView => ({
    kind,
    n,
    text,
    owedBy,
    who,
    dueOn,
    overdue: dueOn !== null && dueOn < today,
    step,
    isReached,
  });
  const clockDay = (code: string) =>
    view.clocks.find((clock) => clock.code === code && clock.status === 'RUNNING')?.dueInternal ?? null;
  const tasks = [
    ...(view.alertSince ? [task('SAFETY', 'PRT', { dueOn: view.alertSince })] : []),
    ...view.proposals.map(({ step, agreedBy, mayAgree, dueOn }) => {
      const role = agreedBy as RoleCode;
      const who = mayAgree.length > 0 ? mayAgree.join(', ') : null;
      return task('AGREEMENT', role, { who, step, dueOn }, who !== null || REACH_OF[role] === 'EVERY');
    }),
    ...view.teamTasks
      .filter(({ status }) => status === 'OPEN')
      .map(({ n, text, owner, ownerRole, dueOn }) =>
        task('TEAM_TASK', ownerRole as RoleCode, { n, text, who: owner, dueOn }),
      ),
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
      .filter(({ code, status }) => status === 'RUNNING' && taskOfClock(code) !== 'CLOCK')
      .map(({ code, dueInternal }) => task(taskOfClock(code), 'INV', { dueOn: dueInternal })),
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
    ...view.dictations
      .filter(({ objectedOn, holds }) => objectedOn !== null && holds === null)
      .map(({ n }) => task('OBJECTION', 'PRT', { n, dueOn: clockDay('TARGET-OBJECTION') })),
    ...(view.denials.some(({ answeredOn }) => answeredOn === null)
      ? [task('DENIAL', 'PRT', { dueOn: clockDay('TARGET-OBJECTION') })]
      : []),
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

/** Whether somebody in this role learns of the case without being brought onto its team; the person's side always does. */
function reaches({ state, assignments }: UntaskedView, role: RoleCode): boolean {
  const reach = REACH_OF[role];
  if (reach === null || reach === 'EVERY') return true;
  if (reach === 'INTAKE' && (INTAKE_STATES as readonly string[]).includes(state)) return true;
  return assignments.some((each) => each.role === role && !each.isAsked && !each.hasLeft);
}
