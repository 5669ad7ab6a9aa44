import { Consent } from '../records/entities/consent';
import type { ConsentCode } from '../rules/consents';
import { endMembership } from './collective/memberships';
import { consentRow, decisionFacts, newestOf, type ConsentDecision } from './consent-rows';
import { forgetSpecialGroups } from './noted-groups';
import { replaceProposals } from './replace-proposals';
import { nextNumber, type CaseContext } from './step-context';

/**
 * Writes decisions into a case, each in the place of the one before of its code. A no to CN-SENS takes
 * away what it held back; one to CN-GROUP ends that the case is part of a collective complaint. Returns what the ledger says of them.
 */
export async function writeConsents(
  context: CaseContext,
  decisions: readonly ConsentDecision[],
  language: string,
): Promise<Record<string, ConsentCode[]>> {
  // A text that waits was written for the limits of before.
  if (decisions.some(({ code }) => code === 'CN-STORY')) await replaceProposals(context, ['publish-story']);
  const first = nextNumber(context.file.consents);
  for (const [index, decision] of decisions.entries()) {
    const before = newestOf(context.file).find(({ code }) => code === decision.code);
    if (before) await context.update(Consent, before.id, { endedOn: context.today });
    await context.insert(
      Consent,
      consentRow(decision, {
        caseId: context.caseId,
        n: first + index,
        language,
        today: context.today,
        role: context.actor.role,
        personId: context.actor.personId,
        seal: (id, scope) => context.seal('consents', 'scopeSealed', id, scope),
      }),
    );
  }
  if (decisions.some(({ code, given }) => code === 'CN-SENS' && !given)) await forgetSpecialGroups(context);
  if (decisions.some(({ code, given }) => code === 'CN-GROUP' && !given)) await endMembership(context);
  return decisionFacts(decisions);
}
