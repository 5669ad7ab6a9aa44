import { CLOCK_CODES, type ClockTable } from '../rules/clocks';
import { NO_WAIVER_LETTERS, type Letter } from '../rules/letters';
import type { WordingText } from '../rules/wordings';
import { has, languageOf, say, sayDay, type Language } from '../words/words';
import { filledIn } from './letter-words';

export interface RenderedLetter {
  subject: string;
  paragraphs: string[];
}

/** Answers of staff that a letter quotes, in the order in which the complainant reads them. */
const QUOTED = [
  'questionText',
  'why',
  'aiRole',
  'evidenceList',
  'facilitator',
  'facilitatorNeutral',
  'meetingDetails',
  'offerText',
  'body',
  'reasons',
  'reply',
  'alternative',
  'signposting',
  'recipient',
  'sharedWhat',
  'legalDuty',
  'consentSaid',
  'saidWords',
  'limits',
  'storyText',
];
/** Sentences of our own that a letter holds only where they are true. */
const ALSO = {
  toldCorrected: 'letter.also.finding-corrected',
  toldMissing: 'letter.also.missing-records',
  objectUntil: 'letter.also.written-down',
};
const STEPS = ['toldStep'];
/** Letters of a step that was written down and does not count, or not yet: nothing was done. */
const WITHOUT_DEED: readonly Letter[] = ['dictation-waits', 'dictation-refused', 'dictation-over'];
const ROLES = ['toldRole', 'toldSpeaker', 'toldPen'];
const CODES: Record<string, string> = {
  saidThrough: 'code.saidThrough',
  refusedFor: 'code.dictationRefusedFor',
};
const DAYS = [
  'saidOn',
  'agreeUntil',
  'objectUntil',
  'plannedFor',
  'dueOn',
  'suspendedUntil',
  'answerDueOn',
  'reviewUntil',
];

const lengths = new WeakMap<ClockTable, Map<Language, Record<string, string>>>();

/**
 * The words of a letter in the language of the reader: our own text first, then what staff wrote, as they wrote it, on lines of
 * its own so that it keeps its direction. `params` names at least `reference` and `url`. The text may name the length of a clock
 * (`{appealWindow}` for APPEAL-WINDOW), so that a letter never promises another time than the rules keep. `own`: the words of the
 * organisation in place of the built-in ones.
 */
export function renderLetter(
  clocks: ClockTable,
  language: string,
  letter: Letter,
  params: Record<string, string>,
  own: WordingText | null = null,
): RenderedLetter {
  const reader = languageOf(language);
  const known = { ...clockLengths(clocks, reader), ...params };
  const worded = (part: keyof WordingText) =>
    own ? filledIn(own[part], reader, known) : say(reader, `letter.${letter}.${part}`, known);
  const body = worded('body')
    .split(/\n{2,}/)
    .filter((paragraph) => paragraph.trim() !== '');
  const rights = say(reader, 'start.rights');
  const mustSay = NO_WAIVER_LETTERS.includes(letter) && !body.some((each) => each.includes(rights));
  const outcome = `outcome.${params.outcome}`;
  const quoted = QUOTED.filter((name) => params[name]).map((name) => quote(reader, name, params[name]!));
  const also = Object.entries(ALSO)
    .filter(([name]) => params[name])
    .map(([, key]) => say(reader, key));
  const told = WITHOUT_DEED.includes(letter) ? 'name' : 'done';
  const steps = STEPS.filter((name) => params[name]).map((name) =>
    quote(reader, name, say(reader, `step.${params[name]!}.${told}`)),
  );
  const roles = ROLES.filter((name) => params[name]).map((name) =>
    quote(reader, name, say(reader, `role.${params[name]!}`)),
  );
  const codes = Object.entries(CODES)
    .filter(([name]) => params[name])
    .map(([name, family]) => quote(reader, name, say(reader, `${family}.${params[name]!}`)));
  const days = DAYS.filter((name) => params[name]).map((name) =>
    quote(reader, name, sayDay(reader, params[name]!)),
  );
  return {
    subject: worded('subject'),
    paragraphs: [
      ...body,
      ...(mustSay ? [rights] : []),
      ...also,
      ...(has(outcome) ? [quote(reader, 'outcome', say(reader, outcome))] : []),
      ...steps,
      ...quoted,
      ...roles,
      ...codes,
      ...days,
    ],
  };
}

function quote(language: Language, name: string, text: string): string {
  return `${say(language, `letter.quoted.${name}`)}\n${text}`;
}

function clockLengths(clocks: ClockTable, language: Language): Record<string, string> {
  const known = lengths.get(clocks) ?? new Map<Language, Record<string, string>>();
  lengths.set(clocks, known);
  const made = known.get(language) ?? Object.fromEntries(clockLengthsIn(clocks, language));
  known.set(language, made);
  return made;
}

function clockLengthsIn(clocks: ClockTable, language: Language): [name: string, length: string][] {
  return CLOCK_CODES.flatMap((code) => {
    const { period } = clocks[code];
    const name = code.toLowerCase().replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
    return period ? [[name, say(language, `how.length.${period.unit}`, { n: period.length })]] : [];
  });
}
