// Source: UN Guiding Principles 29 and 31 (no waiver, what can be done next, understandable words); process model 6.3 (what each letter tells).
import { LETTERS, type Letter } from './letters';
import { withoutTurns } from './saved-name';

/** LETTER_TEXT: words of a letter of ours in place of the built-in ones. BLOCK: a paragraph that staff put into what they write. */
export const WORDING_KINDS = ['LETTER_TEXT', 'BLOCK'] as const;
export type WordingKind = (typeof WORDING_KINDS)[number];

/** Letters to the person; what is told to those who work here stays as it is. */
export const WORDED_LETTERS: readonly Letter[] = LETTERS.filter((letter) => letter !== 'late-alert');

export const WORDING_STATUSES = ['DRAFT', 'ON', 'OFF', 'DROPPED'] as const;
export type WordingStatus = (typeof WORDING_STATUSES)[number];

export const SUBJECT_MAX_LENGTH = 150;
export const BODY_MAX_LENGTH = 10_000;
/** How a block is called in addresses; the same in every language. */
export const BLOCK_NAME = /^[a-z][a-z0-9-]{1,39}$/;

/** What a letter fills in: what its words have to hold, and what they may hold besides. */
export interface Places {
  must: readonly string[];
  may: readonly string[];
}

export const NO_PLACES: Places = { must: [], may: [] };

export interface WordingText {
  subject: string;
  body: string;
}

export interface WordingFault {
  field: keyof WordingText;
  sentence: string;
}

const LONGEST: Record<keyof WordingText, number> = { subject: SUBJECT_MAX_LENGTH, body: BODY_MAX_LENGTH };
// eslint-disable-next-line no-control-regex -- these are the characters that must not be stored
const CONTROL_CHARACTERS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]/;

/** As it is kept: a browser sends other ends of lines. */
export function keptWording({ subject, body }: WordingText): WordingText {
  const plain = (text: string) => text.replaceAll('\r\n', '\n').trim();
  return { subject: plain(subject), body: plain(body) };
}

/** Everything that is wrong with words before anybody reads them; empty when they can be drafted. */
export function wordingFaults(text: WordingText, places: Places): WordingFault[] {
  const faults = (['subject', 'body'] as const).flatMap((field) =>
    fieldFaults(text[field], LONGEST[field], places).map((sentence) => ({ field, sentence })),
  );
  if (text.subject.includes('\n')) faults.push({ field: 'subject', sentence: 'The first line is one line.' });
  const missing = places.must.filter((name) => !text.body.includes(`{${name}}`));
  return [
    ...faults,
    ...missing.map((name) => ({
      field: 'body' as const,
      sentence: `Say {${name}} in the text: this letter must not leave it out.`,
    })),
  ];
}

function fieldFaults(text: string, most: number, { must, may }: Places): string[] {
  if (text === '') return ['Write this.'];
  if (text.length > most) return [`Shorten this to ${most} characters.`];
  if (!text.isWellFormed() || CONTROL_CHARACTERS.test(text))
    return ['This holds characters that cannot be stored; retype it.'];
  if (withoutTurns(text) !== text)
    return ['This holds a character that nobody sees and that can turn text around; retype it.'];
  const known = [...must, ...may];
  const places = [...text.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name!);
  const unknown = [...new Set(places)].filter((name) => !known.includes(name));
  if (unknown.length > 0)
    return [
      `Nothing is filled in for ${unknown.map((name) => `{${name.slice(0, 40)}}`).join(', ')}. ${
        known.length > 0 ? `Here can stand: ${known.map((name) => `{${name}}`).join(', ')}.` : ''
      }`.trim(),
    ];
  return /[{}]/.test(text.replaceAll(/\{[^{}]*\}/g, ''))
    ? ['A brace stands alone: { and } are only for what is filled in.']
    : [];
}
