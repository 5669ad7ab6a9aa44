// Source: process model 5.5 (CN-STORY) and 7.4, rules 7 to 9: a case is told only as the person agreed, after the protection officer
// looked at it, without anything that identifies, and never where revenge is feared.

/** Languages a story can be written in: those of the page that shows it. */
export const STORY_LANGUAGES = ['en', 'ar', 'fr', 'es'] as const;

/** What can be seen of a text without understanding it: addresses, references, days, numbers as long as a telephone's. */
const TELL_TALES: readonly RegExp[] = [
  /\S@\S/u,
  /(https?:|www\.)/iu,
  /\bRD-[0-9A-Z]{4}-[0-9A-Z]{4}\b/iu,
  /\p{Nd}{1,4}[-./]\p{Nd}{1,2}[-./]\p{Nd}{1,4}/u,
  /\p{Nd}(?:[\s()/.+-]?\p{Nd}){6,}/u,
];

/** Whether a text says something that no story may say. That it says nothing does not make it safe: people have to read it. */
export function tellsTooMuch(text: string): boolean {
  return TELL_TALES.some((pattern) => pattern.test(text));
}
