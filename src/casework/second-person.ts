import type { EntityManager } from 'typeorm';
import { areTwoPersons } from '../people/second-person';
import type { UnmetNeed } from '../platform/refusal';
import type { Proposal } from '../records/entities/proposal';
import type { AgreementNeed } from '../rules/met-by';
import type { CaseFacts } from '../rules/needs/facts';

/** What keeps somebody from settling a proposal, either way; empty: nothing. */
export async function settlingNeeds(
  db: EntityManager,
  { proposedBy }: Proposal,
  personId: string,
): Promise<UnmetNeed[]> {
  if (await areTwoPersons(db, proposedBy, personId)) return [];
  const sentence =
    'You proposed this, or one of you created the other’s account; somebody else has to agree.';
  return [{ name: 'secondPerson' satisfies AgreementNeed, sentence }];
}

/** What keeps somebody from agreeing, who may refuse all the same; empty: nothing. */
export function agreeingNeeds({ assigned, taken }: CaseFacts, personId: string | null): UnmetNeed[] {
  const investigated = [...assigned, ...taken].some(
    (part) => part.role === 'INV' && part.personId === personId,
  );
  if (!investigated) return [];
  const sentence = 'You investigated this case; somebody else has to agree.';
  return [{ name: 'secondPersonIndependent' satisfies AgreementNeed, sentence }];
}
