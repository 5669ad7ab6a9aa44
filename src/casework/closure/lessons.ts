import { newId } from '../../platform/ids';
import { Lesson } from '../../records/entities/lesson';
import type { StepName } from '../../rules/steps';
import type { CaseFile } from '../case-file';
import type { OpenWords } from '../open-words';
import { nextNumber } from '../step-context';
import type { StepEffect } from '../step-effect';
import type { LessonView } from './views';

/** What is learnt from a case about one of its AI systems. */
export const LESSON_EFFECTS: Partial<Record<StepName, StepEffect>> = {
  'record-lesson': async (step) => {
    const id = newId();
    await step.insert(Lesson, {
      id,
      caseId: step.caseId,
      n: nextNumber(step.file.lessons),
      systemNumber: step.answer('systemNumber'),
      recordNumber: step.answer<number | undefined>('diligenceRecord') ?? null,
      rootCauses: step.answer('lessonCauses'),
      textSealed: step.seal('lessons', 'textSealed', id, step.text('lessonText')),
      byRole: step.actor.role,
      personId: step.actor.personId!,
      recordedOn: step.today,
    });
  },
};

/** For staff, oldest first. */
export function lessonViews({ lessons }: CaseFile, words: OpenWords): LessonView[] {
  return lessons.map((row) => ({
    n: row.n,
    systemNumber: row.systemNumber,
    recordNumber: row.recordNumber,
    rootCauses: row.rootCauses,
    text: words.text('lessons', 'textSealed', row.id, row.textSealed),
    byRole: row.byRole,
    recordedOn: row.recordedOn,
  }));
}
