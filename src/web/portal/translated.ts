import type { MyCaseView } from '../../casework/views';
import type { TranslatedKind } from '../../rules/taking-part';
import { writtenLanguageOf } from '../../rules/languages';
import { say } from '../../words/words';

/** A translation as the person sees it: what it is, in which language, and its words. */
export interface BesideLine {
  label: string;
  language: string;
  /** Empty while it is under way. */
  text: string;
}

/** The translations of a text into the language of the page or of the case; the person may read both. */
export function besideIn(view: MyCaseView, language: string) {
  const read = new Set([language, writtenLanguageOf(view.complaint.language)]);
  const isOf = (kind: TranslatedKind, n: number) => (each: { ofKind: string; ofNumber: number }) =>
    each.ofKind === kind && each.ofNumber === n;
  return (kind: TranslatedKind, n: number): BesideLine[] => [
    ...view.translations
      .filter((each) => isOf(kind, n)(each) && read.has(each.language))
      .map((each) => ({
        label: say(language, `mycase.translation.${each.author}.${each.status}`, {
          language: languageIn(language, each.language),
        }),
        language: each.language,
        text: each.text,
      })),
    ...view.translationsUnderWay.filter(isOf(kind, n)).map((each) => ({
      label: say(language, 'mycase.translation.under-way', {
        language: languageIn(language, each.language),
      }),
      language: each.language,
      text: '',
    })),
  ];
}

/** The name of a language in the language of the reader. */
export function languageIn(reader: string, code: string): string {
  return new Intl.DisplayNames([reader], { type: 'language', fallback: 'code' }).of(code) ?? code;
}
