import { newId } from '../../platform/ids';
import { Case } from '../../records/entities/case';
import { Merger } from '../../records/entities/merger';
import type { StepName } from '../../rules/steps';
import { nextNumber, type StepContext } from '../step-context';
import type { StepEffect } from '../step-effect';
import { standingMerger } from './mergers';

/** Joining a case to the one that it duplicates, and taking that back: its receipt, texts and files stay its own. */
export const MERGER_EFFECTS: Partial<Record<StepName, StepEffect>> = {
  'close-merged': async (step, clocks) => {
    const into = await step.db.findOneByOrFail(Case, { reference: step.answer<string>('otherCase') });
    await step.insert(Merger, {
      id: newId(),
      caseId: step.caseId,
      n: nextNumber(step.file.mergers),
      intoCaseId: into.id,
      stateBefore: step.file.case.state,
      clocks: clocks.endingWith('closed'),
      mergedOn: step.today,
      endedOn: null,
      toldState: null,
    });
    step.told.joinedTo = into.reference;
  },
  'undo-merge': (step, clocks) => clocks.runAgain(standingMerger(step.file)!.clocks),
};

/** Whatever way a case goes on again: it is no longer looked at in another one. */
export async function endMerger(step: StepContext): Promise<void> {
  const standing = standingMerger(step.file);
  if (standing) await step.update(Merger, standing.id, { endedOn: step.today });
}
