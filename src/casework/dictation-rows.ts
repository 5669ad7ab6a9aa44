import type { EntityManager } from 'typeorm';
import type { Day } from '../platform/time';
import type { Dictation } from '../records/entities/dictation';
import { Mandate } from '../records/entities/mandate';
import type { Proposal } from '../records/entities/proposal';
import type { Question } from '../records/entities/question';
import { waitsOnlyDictated } from '../rules/dictated-row';
import type { CaseFacts, StepAnswers, Word } from '../rules/needs/facts';
import type { HolderRole } from '../rules/roles';
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

/** Whose word it is, kept open for the rules; nothing of a step that is no word of hers. */
export function wordOf({ saidBy, mandateNumber }: StepAnswers): Pick<Proposal, 'saidBy' | 'mandateNumber'> {
  return {
    saidBy: (saidBy as string | undefined) ?? null,
    mandateNumber: (mandateNumber as number | undefined) ?? null,
  };
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

/** The answer to a question as staff wrote it down; undefined where nobody did. From before an answer named its entry, the day has to do. */
export function answerWrittenDown(
  { dictations }: CaseFile,
  { answeredOn, answeredRevision }: Question,
): Dictation | undefined {
  return dictations.find(
    ({ step, writtenOn, revision }) =>
      step === 'answer-question' &&
      (answeredRevision === null ? writtenOn === answeredOn : revision === answeredRevision),
  );
}

/** Somebody of her side who reads the case: in which role, and the mandates of a representative. */
export interface OwnReader {
  role: HolderRole;
  mandates: readonly number[];
}

/** Who holds a receipt, as a reader of their case. */
export async function ownReader(
  db: EntityManager,
  { caseId, partyId, role }: { caseId: string; partyId: string; role: HolderRole },
): Promise<OwnReader> {
  const mandates = role === 'REP' ? await db.findBy(Mandate, { caseId, partyId }) : [];
  return { role, mandates: mandates.map(({ n }) => n) };
}

/**
 * Whether somebody is told how, when and in which words something was said to staff: staff (null), the person, and who said it.
 * Anybody else would learn that she, or another representative, rang or came in person behind their back.
 */
export function knowsHowSaid(
  reader: OwnReader | null,
  { saidBy, mandateNumber }: { saidBy: string; mandateNumber: number | null },
): boolean {
  if (reader === null || reader.role === 'RH') return true;
  return reader.role === saidBy && mandateNumber !== null && reader.mandates.includes(mandateNumber);
}

/** Who said something that staff wrote down, through which role, how and when; null where nobody wrote it down, or the reader is not told. */
export function writtenDown(dictation: Dictation | undefined, reader: OwnReader | null): WrittenDown | null {
  if (!dictation || !knowsHowSaid(reader, dictation)) return null;
  const { saidBy, byRole, saidOn, saidThrough } = dictation;
  return { saidBy, byRole, saidOn, saidThrough };
}
