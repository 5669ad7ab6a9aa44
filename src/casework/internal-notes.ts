import { newId } from '../platform/ids';
import { InternalNote } from '../records/entities/internal-note';
import type { StepName } from '../rules/steps';
import { nameOf, type Names } from './case-objects';
import type { OpenWords } from './open-words';
import type { StepEffect } from './step-effect';
import type { InternalNoteView } from './views';

/** Notes of staff for each other. They stand in a table of their own, which nothing that the person or a guest reads looks at. */
export const INTERNAL_NOTE_EFFECTS: Partial<Record<StepName, StepEffect>> = {
  'write-internal-note': async (step) => {
    const { caseId, db, actor, today } = step;
    const id = newId();
    await step.insert(InternalNote, {
      id,
      caseId,
      n: (await db.countBy(InternalNote, { caseId })) + 1,
      byRole: actor.role,
      personId: actor.personId!,
      writtenOn: today,
      textSealed: step.seal('internal_notes', 'textSealed', id, step.text('internalNote')),
    });
  },
};

/** For staff alone, oldest first. */
export function internalNoteViews(
  rows: readonly InternalNote[],
  words: OpenWords,
  names: Names,
): InternalNoteView[] {
  return rows.map((row) => ({
    n: row.n,
    byRole: row.byRole,
    by: nameOf(names, row.personId),
    writtenOn: row.writtenOn,
    text: words.text('internal_notes', 'textSealed', row.id, row.textSealed),
  }));
}
