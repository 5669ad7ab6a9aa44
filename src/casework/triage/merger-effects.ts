import { newId } from '../../platform/ids';
import { Case } from '../../records/entities/case';
import { Merger } from '../../records/entities/merger';
import type { StepName } from '../../rules/steps';
import type { ClockKeeper } from '../keep-clocks';
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
  },
  'undo-merge': (step, clocks) => clocks.runAgain(standingMerger(step.file)!.clocks),
};

/** Whatever way a case goes on again: it is no longer looked at in another one, and what the law gives days for is owed here as before. */
export async function endMerger(step: StepContext, clocks: ClockKeeper): Promise<void> {
  const standing = standingMerger(step.file);
  if (!standing) return;
  const legal = step.file.clocks.filter(({ basis }) => basis === 'legal').map(({ id }) => id);
  await clocks.runAgain(standing.clocks.filter((id) => legal.includes(id)));
  await step.update(Merger, standing.id, { endedOn: step.today });
}
