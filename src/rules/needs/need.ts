// A need of the step table: what has to hold before a step, and the sentence for whoever tried without.
import type { AskName } from '../asks';
import type { CaseFacts, StepAnswers } from './facts';

/** One thing that a step requires. Pure: same facts and answers, same result. */
export interface Need {
  /** What to do about it, as a sentence to whoever tried. */
  sentence: string;
  met(facts: CaseFacts, answers: StepAnswers): boolean;
  /** Of a need for something that the step acts on; null where it is about anything else. */
  object: NeededObject | null;
  /** The same with what is there already, where it takes several. */
  now?(facts: CaseFacts): string;
}

/** Something that a step acts on. */
export interface NeededObject {
  /** Whether there is any; where there is none, no answer meets the need. */
  isThere(facts: CaseFacts): boolean;
  /** What to say where there is none. */
  sentence: string;
  /** The answer that says which one; null where there is nothing to choose. */
  answer: AskName | null;
}

export const need = (
  sentence: string,
  met: Need['met'],
  object: Omit<NeededObject, 'answer'> | null = null,
): Need => ({ sentence, met, object: object && { ...object, answer: null } });

/** A need that something is there, with nothing to choose. */
export const thereIs = (sentence: string, isThere: NeededObject['isThere']): Need =>
  need(sentence, isThere, { isThere, sentence });

/** A need that an answer is the number of one of these. */
export function oneOf(
  what: string,
  answer: AskName,
  among: (facts: CaseFacts) => readonly { n: number }[],
): Need {
  return {
    sentence: `Give the number of ${/^[aeiou]/i.test(what) ? 'an' : 'a'} ${what}.`,
    met: (facts, answers) => among(facts).some(({ n }) => n === answers[answer]),
    object: {
      isThere: (facts) => among(facts).length > 0,
      sentence: `There is no ${what}.`,
      answer,
    },
  };
}
