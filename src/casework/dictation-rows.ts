import type { Day } from '../platform/time';
import type { Dictation } from '../records/entities/dictation';
import type { Proposal } from '../records/entities/proposal';
import { waitsOnlyDictated } from '../rules/dictated-row';
import type { CaseFacts, Word } from '../rules/needs/facts';
import type { CaseFile } from './case-file';
import type { WrittenDown } from './record-views';

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

/** What staff wrote down for her and what still waits for a second person. */
export function waitingDictations({ proposals }: CaseFile): Proposal[] {
  return proposals.filter(({ step, status }) => status === 'OPEN' && waitsOnlyDictated(step));
}

/** What the person says that they never said, and nobody answered yet. */
export function waitingDenials({ proposals }: CaseFile): Proposal[] {
  return proposals.filter(({ deniedOn, denialAnsweredOn }) => deniedOn !== null && denialAnsweredOn === null);
}

/** The day on which the person last denied that they said this step; null where they never did. */
export function lastDenialOf({ proposals }: CaseFile, step: string): Day | null {
  const days = proposals.filter((each) => each.step === step).flatMap(({ deniedOn }) => deniedOn ?? []);
  return days.sort().at(-1) ?? null;
}

/** Who is to have said what waits: she, or who speaks for her under a mandate. */
export function saidIn({ mandates }: CaseFile, { saidBy, mandateNumber }: Proposal): Word {
  return { saidBy, partyId: mandates.find(({ n }) => n === mandateNumber)?.partyId ?? null };
}

/** What she denied, and who wrote it down. */
export function denialFacts({ proposals }: CaseFile): CaseFacts['denials'] {
  return proposals
    .filter(({ deniedOn }) => deniedOn !== null)
    .map(({ proposedBy, denialAnsweredOn }) => ({
      penHolder: proposedBy,
      answered: denialAnsweredOn !== null,
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

/** How the answer to a question came in, where staff wrote it down that day. */
export function answeredThrough({ dictations }: CaseFile, answeredOn: Day | null): WrittenDown | null {
  const found = dictations.find(
    ({ step, writtenOn }) => step === 'answer-question' && writtenOn === answeredOn,
  );
  return found ? writtenDown(found) : null;
}

/** Through which role, how and when something of hers came in that staff wrote down. */
export function writtenDown({ byRole, saidOn, saidThrough }: Dictation): WrittenDown {
  return { byRole, saidOn, saidThrough };
}
