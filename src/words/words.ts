import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import IntlMessageFormat from 'intl-messageformat';
import en from './en.json';

/** Languages of what rightsholders read. All but English are translations that no native speaker has checked yet. */
export const LANGUAGES = ['en', 'ar', 'zh', 'fr', 'ru', 'es', 'pt', 'de', 'hi', 'sw', 'fa', 'tr'] as const;
export type Language = (typeof LANGUAGES)[number];
export type WordKey = Exclude<keyof typeof en, '_status'>;
type Params = Record<string, string | number | undefined>;

const texts = new Map<Language, Record<string, string>>([['en', en]]);
const compiled = new Map<string, IntlMessageFormat>();
const dayFormats = new Map<Language, Intl.DateTimeFormat>();

/** Best offered language for a BCP 47 tag or an Accept-Language header (weights count); English when none fits. */
export function languageOf(wanted: string | null | undefined): Language {
  const ranges = (wanted ?? '').split(',').map((range) => {
    const [tag = '', ...params] = range.split(';');
    const weight = params.map((param) => /^\s*q=([\d.]+)\s*$/i.exec(param)?.[1]).find((q) => q !== undefined);
    return {
      code: tag.trim().toLowerCase().split('-')[0],
      weight: weight === undefined ? 1 : Number(weight),
    };
  });
  const found = ranges
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ code }) => LANGUAGES.find((language) => language === code))
    .find((language) => language !== undefined);
  return found ?? 'en';
}

export function direction(language: Language): 'ltr' | 'rtl' {
  return language === 'ar' || language === 'fa' ? 'rtl' : 'ltr';
}

/** Whether no native speaker has checked a language yet, as its file says; its pages say so too. */
export function isUnchecked(language: Language): boolean {
  return !['original', 'checked'].includes(textsOf(language)._status!);
}

/** A file is read when its language is first spoken: a start needs none but English. */
function textsOf(language: Language): Record<string, string> {
  let known = texts.get(language);
  if (!known) {
    known = JSON.parse(readFileSync(join(__dirname, `${language}.json`), 'utf8')) as Record<string, string>;
    texts.set(language, known);
  }
  return known;
}

/** Whether a key has words. */
export function has(key: string): key is WordKey {
  return Object.hasOwn(en, key) && key !== '_status';
}

/** The words of a key (ICU MessageFormat) in a language. A key without words is said as it is: a test keeps files complete. */
export function say(language: string, key: string, params: Params = {}): string {
  const offered = languageOf(language);
  if (!has(key)) return key;
  const text = textsOf(offered)[key] ?? en[key];
  if (!text.includes('{')) return text;
  const id = `${offered} ${key}`;
  let format = compiled.get(id);
  if (!format)
    compiled.set(id, (format = new IntlMessageFormat(text, offered, undefined, { ignoreTag: true })));
  return String(format.format(params));
}

/** The words of a key as they stand in their file, with the places that are filled in. */
export function asWritten(language: Language, key: string): string {
  return textsOf(language)[key] ?? key;
}

/** Between the things of a list. */
const COMMAS: Partial<Record<Language, string>> = { ar: '، ', fa: '، ', zh: '、' };

/** Things one after the other, with the comma of the language. */
export function sayList(language: string, things: readonly string[]): string {
  return things.join(COMMAS[languageOf(language)] ?? ', ');
}

/** Between what is named and what is said of it. */
const COLONS: Partial<Record<Language, string>> = { fr: '\u00a0: ', zh: '：' };

/** The colon of the language, with the spaces that belong to it. */
export function colonOf(language: string): string {
  return COLONS[languageOf(language)] ?? ': ';
}

/** A day in words, as the language writes it, in UTC. Without a full stop at its end: in Russian, the year is written out. */
export function sayDay(language: string, day: string): string {
  const offered = languageOf(language);
  let format = dayFormats.get(offered);
  if (!format)
    dayFormats.set(
      offered,
      (format = new Intl.DateTimeFormat(offered, { dateStyle: 'long', timeZone: 'UTC' })),
    );
  return format.format(new Date(`${day}T00:00:00Z`)).replace(/ г\.$/, ' года');
}
