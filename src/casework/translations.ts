import { In, IsNull, Not, type EntityManager } from 'typeorm';
import { Evidence } from '../records/entities/evidence';
import { Message } from '../records/entities/message';
import { Notice } from '../records/entities/notice';
import { writtenLanguageOf } from '../rules/languages';
import type { StepAnswers } from '../rules/needs/facts';
import type { HolderRole } from '../rules/roles';
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

const HER_SIDE: readonly HolderRole[] = ['RH', 'REP', 'SUP'];

/** Languages of the person’s side: that of the case, and those in which she, or who stands beside her, wrote. */
export async function ownLanguages(
  db: EntityManager,
  { case: { id: caseId, language }, amendments }: CaseFile,
): Promise<ReadonlySet<string>> {
  const messages = await db
    .createQueryBuilder(Message, 'm')
    .select('m.language', 'language')
    .distinct()
    .where({ caseId, fromRole: In(HER_SIDE), language: Not(IsNull()) })
    .getRawMany<{ language: string }>();
  return new Set([{ language }, ...messages, ...amendments].map((each) => writtenLanguageOf(each.language)));
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

/** For the person: those into languages of her side, numbered by themselves. Any other would tell who else reads the case. */
export function myTranslationViews(
  file: CaseFile,
  words: OpenWords,
  own: ReadonlySet<string>,
): TranslationView[] {
  return translationViews(file, words)
    .filter(({ language }) => own.has(language))
    .map((view, index) => ({ ...view, n: index + 1 }));
}
