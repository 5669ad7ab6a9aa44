import type { EntityManager } from 'typeorm';
import { areTwoPersons, noSecondPersons } from '../people/second-person';
import type { UnmetNeed } from '../platform/refusal';
import type { Proposal } from '../records/entities/proposal';
import { agreeingNeeds, partakers, refusingNeeds } from '../rules/agreements';
import type { AgreementNeed } from '../rules/met-by';
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

/** What keeps somebody from agreeing to what they may settle otherwise, and what from refusing it; empty: nothing. */
export async function needsOfSecond(
  db: EntityManager,
  row: StepRow,
  facts: CaseFacts,
  { answers, personId }: { answers: StepAnswers; personId: string },
): Promise<{ toAgree: UnmetNeed[]; toRefuse: UnmetNeed[] }> {
  const accounts = await noSecondPersons(db, personId, [personId, ...partakers(facts)]);
  const who = { isDictated: isDictated(answers), accounts };
  return { toAgree: agreeingNeeds(row, facts, who), toRefuse: refusingNeeds(row, facts, who) };
}
