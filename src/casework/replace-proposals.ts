import { Proposal } from '../records/entities/proposal';
import { isMoot } from '../rules/agreements';
import type { State } from '../rules/states';
import type { StepName } from '../rules/steps';
import { giveWay } from './dictations';
import type { CaseContext } from './step-context';

/** What was proposed on a case as it no longer is waits for nobody any more: whoever still wants it proposes it anew. */
export async function replaceProposals(context: CaseContext, steps: readonly StepName[]): Promise<void> {
  for (const { id, step, status } of context.file.proposals)
    if (status === 'OPEN' && (steps as readonly string[]).includes(step))
      await context.update(Proposal, id, { status: 'REPLACED' });
}

/** What still waits at the end of a change that led to this state; what can no longer be done in it waits for nobody any more, and the person is told what of it was hers. */
export async function leaveMoot(context: CaseContext, to: State): Promise<Proposal[]> {
  const waiting = await context.db.findBy(Proposal, { caseId: context.caseId, status: 'OPEN' });
  for (const proposal of waiting.filter(({ step }) => isMoot(step, to))) await giveWay(context, proposal);
  return waiting.filter(({ step }) => !isMoot(step, to));
}
