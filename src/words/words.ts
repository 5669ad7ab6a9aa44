import IntlMessageFormat from 'intl-messageformat';
import ar from './ar.json';
import en from './en.json';
import es from './es.json';
import fr from './fr.json';

/** Languages of what rightsholders read. All but English are translations that no native speaker has checked yet. */
export const LANGUAGES: readonly Language[] = ['en'];
export type Language = 'en' | 'ar' | 'fr' | 'es';
export type WordKey = Exclude<keyof typeof en, '_status'>;
type Params = Record<string, string | number | undefined>;

const TEXTS: Record<Language, Record<string, string>> = { en, ar, fr, es };
const compiled = new Map<string, IntlMessageFormat>();

/** Best offered language for a BCP 47 tag or an Accept-Language header; English when none fits. */
export function languageOf(wanted: string | null | undefined): Language {
  for (const part of (wanted ?? '').split(',')) {
    const code = part.split(';')[0]!.trim().toLowerCase().split('-')[0]!;
    const found = LANGUAGES.find((language) => language === code);
    if (found) return found;
  }
  return 'en';
}

export function direction(language: Language): 'ltr' | 'rtl' {
  return language === 'ar' ? 'rtl' : 'ltr';
}

/** Whether a key has words. */
export function has(key: string): key is WordKey {
  return key in en && key !== '_status';
}

/** The words of a key (ICU MessageFormat) in a language. A key without words is said as it is: a test keeps files complete. */
export function say(language: string, key: string, params: Params = {}): string {
  const offered = languageOf(language);
  const text = TEXTS[offered][key] ?? TEXTS.en[key];
  if (text === undefined) return key;
  if (!text.includes('{') && !text.includes("'")) return text;
  const id = `${offered} ${key}`;
  let format = compiled.get(id);
  if (!format) compiled.set(id, (format = new IntlMessageFormat(text, offered, undefined, { ignoreTag: true })));
  return String(format.format(params));
}

/** A day in words, as the language writes it, in UTC. */
export function sayDay(language: string, day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  return new Intl.DateTimeFormat(languageOf(language), { dateStyle: 'long', timeZone: 'UTC' }).format(date);
}
