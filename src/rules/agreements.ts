// Source: process model 6.3 (a second person agrees). No law says within how many days: three working days are a target of our own, as
// long as an interim measure of a severe case may wait for its decision (6.2).
import type { UnmetNeed } from '../platform/refusal';
import type { Day } from '../platform/time';
import { addWorkingDays } from './calendars';
import type { AgreementNeed } from './met-by';
import { heldPen, holdsNoOtherPart } from './needs/dictations';
import type { CaseFacts } from './needs/facts';
import { investigators, ownersOf } from './needs/who-acts';
import type { RoleCode } from './roles';
import type { State } from './states';
import { STEPS, type StepRow } from './steps';
import { agreementsOf, needsOf, stepRow } from './workflow';

const AGREEMENT_WORKING_DAYS = 3;

/** By when a second person should have agreed to what was proposed, or refused it. */
export function agreementDueOn(proposedOn: Day, calendar: string): Day {
  return addWorkingDays(proposedOn, AGREEMENT_WORKING_DAYS, calendar);
}

/** Steps to which somebody with these roles may agree where nothing says that another role is due. */
export function stepsAgreedBy(roles: readonly RoleCode[]): string[] {
  return STEPS.filter((row: StepRow) => {
    const [usual] = agreementsOf(row);
    return usual !== undefined && roles.includes(usual.role);
  }).map(({ step }) => step);
}

/** Whether what was proposed can no longer be done, since the case went on without it. */
export function isMoot(step: string, state: State): boolean {
  return !stepRow(step).from.includes(state);
}

/**
 * What keeps somebody from refusing a step; empty: nothing. What a person is to have said against a decision is looked at by nobody who
 * investigated or decided, either way.
 */
export function refusingNeeds(
  row: StepRow,
  facts: CaseFacts,
  who: { isDictated: boolean; personId: string },
): UnmetNeed[] {
  return who.isDictated && row.to === 'appeal' ? agreeingNeeds(row, facts, who) : [];
}

/** What keeps somebody from agreeing to a step, who may refuse it all the same; empty: nothing. `isDictated`: the person is to have said it. */
export function agreeingNeeds(
  row: StepRow,
  facts: CaseFacts,
  { isDictated, personId }: { isDictated: boolean; personId: string },
): UnmetNeed[] {
  const name = 'secondPersonIndependent' satisfies AgreementNeed;
  if (investigators(facts).has(personId))
    return [{ name, sentence: 'You investigated this case; somebody else has to agree.' }];
  const decides = needsOf(row).includes('deciderHeldNoPen');
  if (decides && ownersOf(facts).has(personId))
    return [{ name, sentence: 'You own an action of this remedy; somebody else has to agree.' }];
  // Whoever agrees to what she is said to have said has no other part in the case, and decides nothing in it.
  const isApart = isDictated ? holdsNoOtherPart(facts, personId) : !decides || !heldPen(facts, personId);
  if (isApart) return [];
  const sentence =
    'Whoever decides, investigates, mediates, reviews or owns an action here does not say what the person said; somebody else has to agree.';
  return [{ name, sentence }];
}
