// Source: process model 6.3; feature 45 (tasks with due days). What is owed is read from the objects of a case, and nobody ticks it off: it is settled
// by the step that it is about. What follows from no object is a task that the team gives itself.
import { SAFETY_REVIEW_CLOCKS } from './clocks';
import type { NeedSection } from './met-by';
import type { StepName } from './steps';

/** What can be owed in a case, each with what it means on the screen, the step that settles it (null: more than one does), and where it stands on the page of the case. */
export const TASKS = {
  CLOCK: { label: 'Keep a day of the law, or one that we promised', step: null, section: 'clocks' },
  TEAM_TASK: { label: 'Task of the team', step: 'finish-task', section: 'tasks' },
  PAUSE: { label: 'Look whether the pause goes on', step: 'resume', section: 'clocks' },
  AGREEMENT: { label: 'Agree to a proposal, or refuse it', step: null, section: 'steps' },
  SAFETY: { label: 'Look whether the person is safe', step: 'respond-to-retaliation', section: 'check-ins' },
  LATE_REPORT: { label: 'Answer what is late', step: 'answer-late', section: 'late' },
  QUESTION: { label: 'Answer to our question', step: 'answer-question', section: 'questions' },
  OFFER: { label: 'Answer to the offer', step: null, section: 'offers' },
  SUPPORT: {
    label: 'Answer to what the person asked for to take part',
    step: 'arrange-support',
    section: 'supports',
  },
  TRANSCRIPT: { label: 'Look at the transcript', step: 'approve-transcript', section: 'transcripts' },
  TRANSLATION_REQUEST: {
    label: 'Have a text translated',
    step: 'add-translation',
    section: 'translations',
  },
  TRANSLATION: { label: 'Check a translation', step: 'check-translation', section: 'translations' },
  EVIDENCE_REQUEST: {
    label: 'Answer to a request for evidence',
    step: 'record-evidence-answer',
    section: 'evidence-requests',
  },
  MEETING: { label: 'Interview or session', step: 'record-meeting', section: 'meetings' },
  MEASURE: {
    label: 'Put an interim measure in force',
    step: 'activate-interim-measure',
    section: 'measures',
  },
  ACTION: { label: 'Action of remedy', step: 'complete-action', section: 'actions' },
  PROTECTION: { label: 'Put protection in force', step: 'begin-protection', section: 'protection' },
  PROTECTION_REVIEW: { label: 'Look at protection again', step: 'review-protection', section: 'protection' },
  REPRISAL_REVIEW: {
    label: 'Look at the risk of reprisal again',
    step: 'assess-reprisal',
    section: 'assessment',
  },
  SAFETY_REVIEW: { label: 'Review of safety after the end', step: 'review-safety', section: 'clocks' },
  FOLLOW_UP: { label: 'Follow-up after the end', step: 'record-follow-up', section: 'clocks' },
  PRESERVATION: {
    label: 'Answer to a request to keep logs',
    step: 'record-preservation-answer',
    section: 'systems',
  },
  NOTICE: {
    label: 'Notice about an AI system (AI Act Art. 26)',
    step: 'record-article-26-notice',
    section: 'systems',
  },
  APPEAL: { label: 'Decide on the appeal', step: null, section: 'appeals' },
  ERASURE: { label: 'Decide on a request for erasure', step: 'refuse-erasure', section: 'erasure' },
  OBJECTION: {
    label: 'Answer that something was not what the person said',
    step: 'answer-objection',
    section: 'dictations',
  },
  DENIAL: {
    label: 'Find out why something was written down that the person says they never said',
    step: 'answer-denial',
    section: 'dictations',
  },
  MANDATE: {
    label: 'Look at who says that they speak for the person',
    step: 'confirm-mandate',
    section: 'mandates',
  },
  ASKED: {
    label: 'Say whether there is a conflict of interest',
    step: 'declare-no-conflict',
    section: 'assignments',
  },
  LEFT: { label: 'Hand over the place of somebody who has left', step: 'hand-over', section: 'assignments' },
  EMERGENCY: { label: 'Look at an emergency opening', step: 'review-break-glass', section: 'break-glass' },
} as const satisfies Record<
  string,
  { label: string; step: StepName | null; section: NeedSection | 'steps' | 'tasks' }
>;
export type TaskKind = keyof typeof TASKS;
export const TASK_KINDS = Object.keys(TASKS) as TaskKind[];

/** The clocks after which a task of their own is done. */
const REVIEWS: Readonly<Record<string, TaskKind>> = {
  ...Object.fromEntries(SAFETY_REVIEW_CLOCKS.map((code) => [code, 'SAFETY_REVIEW'])),
  'TARGET-FOLLOW-UP-6': 'FOLLOW_UP',
  'TARGET-FOLLOW-UP-12': 'FOLLOW_UP',
};

/** What is to be done by the day of a clock. */
export function taskOfClock(code: string): TaskKind {
  return Object.hasOwn(REVIEWS, code) ? REVIEWS[code]! : 'CLOCK';
}
