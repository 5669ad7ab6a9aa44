// A need of the step table: what has to hold before a step, and the sentence for whoever tried without.
import type { CaseFacts, StepAnswers } from './facts';

/** One thing that a step requires. Pure: same facts and answers, same result. */
export interface Need {
  /** What to do about it, as a sentence to whoever tried. */
  sentence: string;
  met(facts: CaseFacts, answers: StepAnswers): boolean;
  /** The same with what is there already, where it takes several. */
  now?(facts: CaseFacts): string;
}

export const need = (sentence: string, met: Need['met']): Need => ({ sentence, met });
