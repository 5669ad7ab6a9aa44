import { Proposal } from '../records/entities/proposal';
import type { StepName } from '../rules/steps';
import type { CaseContext } from './step-context';

/** What was proposed on a case as it no longer is waits for nobody any more: whoever still wants it proposes it anew. */
export async function replaceProposals(context: CaseContext, steps: readonly StepName[]): Promise<void> {
  for (const { id, step, status } of context.file.proposals)
    if (status === 'OPEN' && (steps as readonly string[]).includes(step))
      await context.update(Proposal, id, { status: 'REPLACED' });
}
