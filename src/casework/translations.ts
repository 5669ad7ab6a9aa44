import { IsNull, type EntityManager } from 'typeorm';
import { Evidence } from '../records/entities/evidence';
import { Message } from '../records/entities/message';
import { Notice } from '../records/entities/notice';
import type { StepAnswers } from '../rules/needs/facts';
import type { TranslatedKind } from '../rules/taking-part';
import type { CaseFile } from './case-file';
import type { OpenWords } from './open-words';
import type { TranslationView } from './party-views';

/** Whether the text that these answers would translate stands in the case. */
export async function textIsThere(
  db: EntityManager,
  file: CaseFile,
  { translatedKind, translatedNumber }: StepAnswers,
): Promise<boolean> {
  if (translatedKind === undefined) return false;
  const kind = translatedKind as TranslatedKind;
  if (kind === 'COMPLAINT') return translatedNumber === undefined;
  const n = translatedNumber as number | undefined;
  if (n === undefined) return false;
  const caseId = file.case.id;
  switch (kind) {
    case 'MESSAGE':
      return db.existsBy(Message, { caseId, n });
    case 'LETTER':
      return db.existsBy(Notice, { caseId, revision: n, forRole: IsNull() });
    case 'FILE':
      return db.existsBy(Evidence, { caseId, n });
    case 'FINDING':
      return file.allegations.some((row) => row.n === n && row.findingReasonsSealed !== null);
    case 'AMENDMENT':
      return file.amendments.some((row) => row.n === n);
    case 'QUESTION':
      return file.questions.some((row) => row.n === n);
    case 'OFFER':
      return file.offers.some((row) => row.n === n);
    case 'TRANSCRIPT':
      return file.transcripts.some((row) => row.n === n);
  }
}

/** Whether a guest is not shown this text, so that for them it is not there: a refusal must not tell that it is. */
export function isKeptFromGuest(
  { guests, amendments }: CaseFile,
  guestId: string,
  { translatedKind, translatedNumber }: StepAnswers,
): boolean {
  switch (translatedKind as TranslatedKind | undefined) {
    case 'LETTER':
      return true;
    case 'FILE':
      return !guests.some(
        ({ personId, seesFiles, endedOn }) => personId === guestId && seesFiles && !endedOn,
      );
    case 'AMENDMENT':
      return amendments.some(({ n, part }) => n === translatedNumber && part === 'reprisalText');
    default:
      return false;
  }
}

/** Every translation of the case, oldest first. */
export function translationViews(file: CaseFile, words: OpenWords): TranslationView[] {
  return file.translations.map((row) => ({
    n: row.n,
    ofKind: row.ofKind as TranslatedKind,
    ofNumber: row.ofNumber,
    language: row.language,
    author: row.author,
    status: row.status,
    text: words.text('translations', 'textSealed', row.id, row.textSealed),
    addedOn: row.addedOn,
    checkedOn: row.checkedOn,
  }));
}
