import type { UnmetNeed } from '../../platform/refusal';
import type { AskName } from '../../rules/asks';
import { answerNaming } from '../../rules/workflow';

/** The question at which a need stands that speaks of its answer; one for something that is there knows its own. */
const STANDS_AT: Partial<Record<string, AskName>> = {
  someActionAccepted: 'actionAnswers',
  residualAcceptedIfPartly: 'residualAccepted',
  actionNumberFits: 'actionNumber',
  mandateEndsAhead: 'mandateUntil',
  mandateProofIsThere: 'mandateProof',
};

/**
 * Needs, each at the question of the page that it is about: the first one, where it is asked of every action. A need of a question that the
 * page does not ask stands in the summary alone.
 */
export function needsAtFields(needs: readonly UnmetNeed[], asked: readonly string[]): UnmetNeed[] {
  return needs.map(({ field, ...need }) => {
    const about = field ?? STANDS_AT[need.name] ?? answerNaming(need.name);
    const place = asked.find((name) => name === about) ?? asked.find((name) => name.split('.')[0] === about);
    return { ...need, field: place };
  });
}
