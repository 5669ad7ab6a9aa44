import { In, IsNull, Not, type EntityManager } from 'typeorm';
import { Message } from '../records/entities/message';
import { writtenLanguageOf } from '../rules/languages';
import type { HolderRole } from '../rules/roles';
import type { TranslatedKind } from '../rules/taking-part';
import type { CaseFile } from './case-file';
import type { NumberedNotice } from './letters';
import type { OpenWords } from './open-words';
import type { TranslationView } from './party-views';
import { translationViews } from './translations';

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

/**
 * For the person: those into languages of her side, of the letters on this page, numbered by themselves. Any other would tell who else reads
 * the case, and a gap or the revision of a letter how often.
 */
export function myTranslationViews(
  file: CaseFile,
  words: OpenWords,
  own: ReadonlySet<string>,
  letters: readonly NumberedNotice[],
): TranslationView[] {
  return translationViews(file, words)
    .filter(({ language }) => own.has(language))
    .flatMap((view) => ownNumbers(view, letters).map((ofNumber) => ({ ...view, ofNumber })))
    .map((view, index) => ({ ...view, n: index + 1 }));
}

/** By which numbers she knows a text: what one change sent are letters of one revision. */
export function ownNumbers(
  { ofKind, ofNumber }: { ofKind: string; ofNumber: number },
  letters: readonly NumberedNotice[],
): number[] {
  return ofKind === ('LETTER' satisfies TranslatedKind)
    ? letters.filter(({ revision }) => revision === ofNumber).map(({ n }) => n)
    : [ofNumber];
}
