import type { Letter } from '../rules/letters';
import { say, sayDay } from '../words/words';

export interface RenderedLetter {
  subject: string;
  paragraphs: string[];
}

/** Answers of staff that a letter quotes, in the order in which the complainant reads them. */
const QUOTED = ['questionText', 'why', 'aiRole', 'evidenceList', 'offerText', 'body', 'reasons', 'reply', 'signposting'];
const DAYS = ['dueOn', 'suspendedUntil'];

/** The words of a letter in the language of the reader: our own text first, then what staff wrote, as they wrote it. */
export function renderLetter(language: string, letter: Letter, params: Record<string, string>): RenderedLetter {
  const body = say(language, `letter.${letter}.body`, params).split('\n\n');
  const quoted = QUOTED.filter((name) => params[name]).map((name) => `${say(language, `letter.quoted.${name}`)} ${params[name]}`);
  const days = DAYS.filter((name) => params[name]).map(
    (name) => `${say(language, `letter.quoted.${name}`)} ${sayDay(language, params[name]!)}`,
  );
  return { subject: say(language, `letter.${letter}.subject`, params), paragraphs: [...body, ...quoted, ...days] };
}
