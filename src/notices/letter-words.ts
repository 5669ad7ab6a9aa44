import { NO_WAIVER_LETTERS, type Letter } from '../rules/letters';
import { WORDED_LETTERS, type Places, type WordingText } from '../rules/wordings';
import { asWritten, say, type Language } from '../words/words';

const PLACE = /\{(\w+)\}/g;
/** The sentence that no right is given up: an organisation places it, and cannot word it. */
const NO_WAIVER = 'noWaiver';

/** The built-in words of a letter with the places that are filled in, as somebody can begin to word it. */
export function builtInLetter(language: Language, letter: Letter): WordingText {
  const rights = say(language, 'start.rights');
  return {
    subject: asWritten(language, `letter.${letter}.subject`),
    body: asWritten(language, `letter.${letter}.body`).replace(rights, `{${NO_WAIVER}}`),
  };
}

/** What the words of a letter have to fill in, in whatever language: all that the built-in text does, and that no right is given up. */
export function placesOf(letter: Letter): Places {
  const { subject, body } = builtInLetter('en', letter);
  const must = new Set([...body.matchAll(PLACE)].map(([, name]) => name!));
  if (NO_WAIVER_LETTERS.includes(letter)) must.add(NO_WAIVER);
  // The letter of a check-in may be seen by somebody else: it names neither us nor the case.
  const known = letter === 'check-in' ? [] : ['reference', 'organisation'];
  const may = [...subject.matchAll(PLACE)].map(([, name]) => name!);
  return { must: [...must], may: [...new Set([...may, ...known])].filter((name) => !must.has(name)) };
}

/** Fills in the places; a place that nothing is known for stays as it is, which a test rules out. */
export function filledIn(text: string, language: Language, known: Record<string, string>): string {
  const values: Record<string, string> = { ...known, [NO_WAIVER]: say(language, 'start.rights') };
  return text.replaceAll(PLACE, (place, name: string) =>
    Object.hasOwn(values, name) ? values[name]! : place,
  );
}

/** Whether the person gets this letter, and so an organisation may word it. */
export function isWordedLetter(name: string): name is Letter {
  return (WORDED_LETTERS as readonly string[]).includes(name);
}
