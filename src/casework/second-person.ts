import type { EntityManager } from 'typeorm';
import { areTwoPersons } from '../people/second-person';
import type { UnmetNeed } from '../platform/refusal';
import type { Proposal } from '../records/entities/proposal';
import type { AgreementNeed } from '../rules/met-by';
import { heldPen, holdsNoOtherPart } from '../rules/needs/dictations';
import type { CaseFacts, StepAnswers } from '../rules/needs/facts';
import type { RoleCode } from '../rules/roles';
import type { StepRow } from '../rules/steps';
import type { CaseFile } from './case-file';
import { isDictated, speakerOf } from './dictations';
import type { Actor } from './facts';

/** Who takes what was proposed: whoever proposed it, or the person, where they wrote down what she said. */
export function proposerOf(file: CaseFile, { byRole, proposedBy }: Proposal, answers: StepAnswers): Actor {
  const hand = { role: byRole as RoleCode, personId: proposedBy };
  return isDictated(answers) ? speakerOf(file, answers, hand) : hand;
}

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

/** What keeps somebody from agreeing to a step with these answers, who may refuse all the same; empty: nothing. */
export function agreeingNeeds(
  row: StepRow,
  facts: CaseFacts,
  answers: StepAnswers,
  personId: string,
): UnmetNeed[] {
  const name = 'secondPersonIndependent' satisfies AgreementNeed;
  const { assigned, taken } = facts;
  if ([...assigned, ...taken].some((part) => part.role === 'INV' && part.personId === personId))
    return [{ name, sentence: 'You investigated this case; somebody else has to agree.' }];
  // Whoever agrees to what she is said to have said has no other part in the case, and decides nothing in it.
  const isApart = isDictated(answers)
    ? holdsNoOtherPart(facts, personId)
    : !row.decides || !heldPen(facts, personId);
  if (isApart) return [];
  const sentence =
    'Whoever decides, investigates, mediates, reviews or owns an action here does not say what the person said; somebody else has to agree.';
  return [{ name, sentence }];
}
