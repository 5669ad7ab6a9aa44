import { TASKS, type TaskKind } from '../../rules/tasks';
import { codeLabel, stepLabel } from './code-label';

/** Of which list the code of a task is; a step that was proposed is of none. */
const CODE_OF_TASK: Readonly<Partial<Record<TaskKind, string>>> = {
  CLOCK: 'clockCode',
  SAFETY_REVIEW: 'clockCode',
  FOLLOW_UP: 'clockCode',
  ACTION: 'action',
  MEASURE: 'measure',
  PROTECTION: 'measure',
  PROTECTION_REVIEW: 'measure',
  REPRISAL_REVIEW: 'reprisalLevel',
  LATE_REPORT: 'role',
  TRANSLATION_REQUEST: 'storyLanguage',
  EVIDENCE_REQUEST: 'askedOf',
  PRESERVATION: 'logHolder',
  NOTICE: 'noticeAddressee',
  SUPPORT: 'supportKind',
};

/** What of its kind a task is about; null where that says no more. */
export function whatOf({ kind, code }: { kind: TaskKind; code: string | null }): string | null {
  if (code === null) return null;
  if (kind === 'AGREEMENT') return stepLabel(code);
  const list = CODE_OF_TASK[kind];
  return list ? codeLabel(list, code) : null;
}

/** A task in one line; a clock is called by what it counts. */
export function taskLabel(kind: TaskKind, code: string | null): string {
  const what = whatOf({ kind, code });
  if (kind === 'CLOCK' && what !== null) return what;
  return what === null ? TASKS[kind].label : `${TASKS[kind].label}: ${what}`;
}
