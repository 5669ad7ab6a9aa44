// Source: process model 5.5 (CN-STORY) and 7.4, rules 7 to 9: a case is told only as the person agreed, after the protection officer
// looked at it, without anything that identifies, and never where revenge is feared.

/** Languages a story can be written in: those of the page that shows it. */
export const STORY_LANGUAGES = [
  'en',
  'ar',
  'zh',
  'fr',
  'ru',
  'es',
  'pt',
  'de',
  'hi',
  'sw',
  'fa',
  'tr',
] as const;

/** What can be seen of a text without understanding it: addresses, references, days, numbers as long as a telephone's. */
const TELL_TALES: readonly RegExp[] = [
  /\S@\S/u,
  /(https?:|www\.)/iu,
  // However a reference is written: in small letters, in one word, with other signs between.
  /(?<![\p{L}\p{Nd}])RD[^\p{L}\p{Nd}]{0,3}[\p{Nd}A-Z]{4}[^\p{L}\p{Nd}]{0,3}[\p{Nd}A-Z]{4}(?![\p{L}\p{Nd}])/iu,
  /\p{Nd}{1,4}[-./]\p{Nd}{1,2}[-./]\p{Nd}{1,4}/u,
  /\p{Nd}(?:[\s()/.+-]?\p{Nd}){6,}/u,
];

/** Whether a text says something that no story may say. That it says nothing does not make it safe: people have to read it. */
export function tellsTooMuch(text: string): boolean {
  const plain = text.normalize('NFKC').replace(/\p{Cf}/gu, '');
  return TELL_TALES.some((pattern) => pattern.test(plain));
}
