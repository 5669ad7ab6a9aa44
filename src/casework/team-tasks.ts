import { newId } from '../platform/ids';
import { TeamTask } from '../records/entities/team-task';
import type { StepName } from '../rules/steps';
import type { CaseFile } from './case-file';
import { nameOf, type Names } from './case-objects';
import type { OpenWords } from './open-words';
import { nextNumber, type StepContext } from './step-context';
import type { StepEffect } from './step-effect';
import { placesOn } from './team/team';
import type { TeamTaskView } from './views';

const settled =
  (status: 'DONE' | 'DROPPED') =>
  async (step: StepContext): Promise<void> => {
    const { id } = step.file.teamTasks.find(({ n }) => n === step.answers.taskNumber)!;
    await step.update(TeamTask, id, { status, settledOn: step.today });
  };

/** What follows from no object of the case and somebody of its team does by a day. Neither the person nor a guest learns of it. */
export const TEAM_TASK_EFFECTS: Partial<Record<StepName, StepEffect>> = {
  'add-task': async (step) => {
    const id = newId();
    const ownerId = step.answer<string>('owner');
    await step.insert(TeamTask, {
      id,
      caseId: step.caseId,
      n: nextNumber(step.file.teamTasks),
      textSealed: step.seal('team_tasks', 'textSealed', id, step.text('taskText')),
      ownerId,
      ownerRole: placesOn(step.file, 'NONE').find(({ personId }) => personId === ownerId)!.role,
      addedOn: step.today,
      dueOn: step.answer('dueOn'),
      status: 'OPEN',
      settledOn: null,
    });
  },
  'finish-task': settled('DONE'),
  'drop-task': settled('DROPPED'),
};

/** For staff alone, oldest first, settled ones too. */
export function teamTaskViews({ teamTasks }: CaseFile, words: OpenWords, names: Names): TeamTaskView[] {
  return teamTasks.map((row) => ({
    n: row.n,
    text: words.text('team_tasks', 'textSealed', row.id, row.textSealed),
    owner: nameOf(names, row.ownerId),
    ownerRole: row.ownerRole,
    addedOn: row.addedOn,
    dueOn: row.dueOn,
    status: row.status,
    settledOn: row.settledOn,
  }));
}
