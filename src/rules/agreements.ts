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

/** Who agrees to what was proposed before it was written down which role has to: then there was no policy but the table in code. */
export function usualSecond(step: string): RoleCode {
  return agreementsOf(stepRow(step))[0]!.role;
}

/** Steps to which somebody with these roles is the usual second person. */
export function stepsAgreedBy(roles: readonly RoleCode[]): string[] {
  return STEPS.filter((row: StepRow) => {
    const [usual] = agreementsOf(row);
    return usual !== undefined && roles.includes(usual.role);
  }).map(({ step }) => step);
}

/** Whether what was proposed can no longer be done, since the case went on without it; no policy changes where a step can be taken. */
export function isMoot(step: string, state: State): boolean {
  return !stepRow(step).from.includes(state);
}

/** Everybody who has a part in a case that may keep them, or whoever counts as one with them, from agreeing. */
export function partakers(facts: CaseFacts): string[] {
  return [
    ...[...facts.places, ...facts.taken].flatMap(({ personId }) => personId ?? []),
    ...ownersOf(facts),
    ...facts.dictations.flatMap(({ penHolders }) => penHolders),
    ...facts.denials.map(({ penHolder }) => penHolder),
    ...(facts.appeal?.reviewerId ? [facts.appeal.reviewerId] : []),
  ];
}

/**
 * What keeps somebody from refusing a step; empty: nothing. What a person is to have said against a decision is looked at by nobody who
 * investigated or decided, either way.
 */
export function refusingNeeds(row: StepRow, facts: CaseFacts, who: SecondPerson): UnmetNeed[] {
  return who.isDictated && row.to === 'appeal' ? agreeingNeeds(row, facts, who) : [];
}

/** Who is to agree. `isDictated`: the person is to have said it; `accounts`: their own, and of those who have a part in the case every one that is no other person. */
interface SecondPerson {
  isDictated: boolean;
  accounts: readonly string[];
}

/** What keeps somebody from agreeing to a step, who may refuse it all the same; empty: nothing. */
export function agreeingNeeds(
  row: StepRow,
  facts: CaseFacts,
  { isDictated, accounts }: SecondPerson,
): UnmetNeed[] {
  const kept = (sentence: string): UnmetNeed[] => [
    {
      name: 'secondPersonIndependent' satisfies AgreementNeed,
      sentence: `${sentence}; somebody else has to agree.`,
    },
  ];
  if (accounts.some((id) => investigators(facts).has(id)))
    return kept('You, or somebody who counts as one person with you, investigated this case');
  const decides = needsOf(row).includes('deciderHeldNoPen');
  if (decides && accounts.some((id) => ownersOf(facts).has(id)))
    return kept('You, or somebody who counts as one person with you, own an action of this remedy');
  if (isDictated && facts.denials.some(({ penHolder }) => accounts.includes(penHolder)))
    return kept('The person says that they never said what you wrote down in this case');
  // Whoever agrees to what she is said to have said has no other part in the case, and decides nothing in it.
  const isApart = accounts.every((id) =>
    isDictated ? holdsNoOtherPart(facts, id) : !decides || !heldPen(facts, id),
  );
  return isApart
    ? []
    : kept(
        'Whoever decides, investigates, mediates, reviews or owns an action here does not say what the person said',
      );
}
