import type { CaseFacts } from '../rules/needs/facts';
import type { CaseFile } from './case-file';

/** What the rules look at. */
export function dictationFacts({ dictations, answers }: CaseFile): CaseFacts['dictations'] {
  return dictations.map(({ n, step, revision, personId, agreedBy, objectUntil, objectedOn, holds }) => ({
    n,
    step,
    penHolders: agreedBy === null ? [personId] : [personId, agreedBy],
    isLast: answers.findLast((each) => each.step === step)?.revision === revision,
    objectUntil,
    objected: objectedOn !== null,
    holds,
  }));
}

/** Whoever held the pen took part in the case. */
export function penHoldersTaken({ dictations }: CaseFile): CaseFacts['taken'] {
  return dictations.map(({ step, personId, byRole }) => ({
    step: `dictation:${step}`,
    personId,
    role: byRole,
  }));
}
