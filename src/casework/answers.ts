import { isDay } from '../rules/counting';
import { ASKS, type Ask, type AskName } from '../rules/asks';
import { isWrittenLanguage } from '../rules/languages';
import { latinDigits } from '../rules/searchable-words';
import { seenLength } from '../rules/seen-length';
import { tellSpecialCategory } from '../rules/groups';
import { readLabel } from '../rules/register-form';
import type { StepAnswers } from '../rules/needs/facts';
import type { StepRow } from '../rules/steps';
import { Refusal, type TextMeasure, type UnmetNeed } from '../platform/refusal';
import { isStorableText } from './intake/complaint-form';

export type Answer = string | number | boolean | string[] | number[] | Record<string, string>;

/**
 * Turns what a form or a program sent into answers of the step: texts as written, codes, numbers and days checked.
 * Unknown fields, unknown codes and wrong types are refused together; what is merely missing is left to the rules.
 */
export function parseAnswers(row: StepRow, raw: Record<string, unknown>): StepAnswers {
  const asks = Object.fromEntries([...row.asks, ...(row.mayAsk ?? [])].map((name) => [name, ASKS[name]]));
  const { answers, faults } = parseFields(asks, raw, notAsked(row));
  if (faults.length > 0) throw new Refusal('invalid', 'Some answers cannot be taken as they are.', faults);
  return answers;
}

/** Refuses answers that are asked under another policy, and not under that of this case. */
export function refuseUnasked(row: StepRow, answers: StepAnswers): void {
  const asked: readonly string[] = [...row.asks, ...(row.mayAsk ?? [])];
  const unasked = Object.keys(answers).filter((name) => !asked.includes(name));
  if (unasked.length > 0)
    throw new Refusal(
      'invalid',
      'Some answers cannot be taken as they are.',
      unasked.map((field) => ({ name: 'unknown-field', field, sentence: notAsked(row) })),
    );
}

const notAsked = ({ step }: StepRow) => `“${step}” does not ask this; leave it out.`;

/**
 * Like `parseAnswers`, for any table of asks: what could be read, and everything that could not, under the words of its question; `strange` is
 * said of what is not asked.
 */
export function parseFields(
  asks: Readonly<Record<string, Ask>>,
  raw: Record<string, unknown>,
  strange: string,
): { answers: Record<string, Answer>; faults: UnmetNeed[] } {
  const faults: UnmetNeed[] = [];
  const answers: Record<string, Answer> = {};
  for (const [name, value] of Object.entries(raw)) {
    const ask = Object.hasOwn(asks, name) ? asks[name] : undefined;
    if (!ask) {
      faults.push({ name: 'unknown-field', field: name.slice(0, 64), sentence: strange });
      continue;
    }
    if (value === undefined || value === null || value === '') continue;
    const parsed = parseAnswer(ask, value);
    if (parsed instanceof Fault)
      faults.push({
        name: parsed.name,
        field: parsed.part ? `${name}.${parsed.part}` : name,
        sentence: `“${readLabel(ask)}”: ${parsed.sentence}`,
        ...(parsed.measure && { measure: parsed.measure }),
      });
    else if (typeof parsed !== 'object' || Object.keys(parsed).length > 0) answers[name] = parsed;
  }
  return { answers, faults };
}

/**
 * `sentence` for staff and programs; `name`: the key of what a rightsholder reads instead; `part`: the action that the answer is for, where
 * there is one for each; `measure`: how long a text is that is too long.
 */
class Fault {
  constructor(
    readonly sentence: string,
    readonly name = 'answer',
    readonly part: string | null = null,
    readonly measure?: TextMeasure,
  ) {}
}

const CHOICE = 'error.choice';

const MOST_ACTIONS = 200;
const MOST_ENTRIES = 100;
const ENTRY_NUMBER = /^[1-9]\d{0,5}$/;
const ACTION_NUMBER = /^[1-9]\d{0,3}$/;

/** An answer for each action; one that is empty is left out. */
function parseByAction(each: Ask, value: unknown): Record<string, string> | Fault {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return new Fault('Send an answer for each action under its number.');
  const answers: Record<string, string> = {};
  const given = Object.entries(value);
  if (given.length > MOST_ACTIONS) return new Fault(`Answer for at most ${MOST_ACTIONS} actions.`);
  for (const [n, answer] of given) {
    if (!ACTION_NUMBER.test(n)) return new Fault('Name each action by its number.');
    if (answer === null || answer === '') continue;
    const parsed = parseAnswer(each, answer);
    if (parsed instanceof Fault) return new Fault(parsed.sentence, parsed.name, n, parsed.measure);
    answers[n] = parsed as string;
  }
  return answers;
}

function parseAnswer(ask: Ask, value: unknown): Answer | Fault {
  switch (ask.kind) {
    case 'text':
      if (typeof value !== 'string') return new Fault('Send this as text.', 'error.text.not-text');
      if (!isStorableText(value))
        return new Fault(
          'This text holds characters that cannot be stored; retype it.',
          'error.text.unreadable',
        );
      if (seenLength(value) === 0) return new Fault('Write at least one word.', 'error.message.empty');
      if (seenLength(value) < (ask.minLength ?? 1))
        return new Fault(`Write at least ${ask.minLength} characters.`);
      if (value.length > ask.maxLength)
        return new Fault(
          `Shorten this to ${ask.maxLength} characters. It has ${value.length} now.`,
          'error.text.too-long',
          null,
          { length: value.length, most: ask.maxLength },
        );
      return value;
    case 'code':
      if (typeof value === 'string' && ask.codes.includes(value)) return value;
      return new Fault(`Choose one of: ${listed(ask.codes)}.`, CHOICE);
    case 'codes': {
      const codes: unknown[] = Array.isArray(value) ? value : [value];
      if (codes.every((code): code is string => typeof code === 'string' && ask.codes.includes(code)))
        return [...new Set(codes)];
      return new Fault(`Choose among: ${listed(ask.codes)}.`, CHOICE);
    }
    case 'yesNo':
      if (typeof value === 'boolean') return value;
      if (value === 'yes') return true;
      if (value === 'no') return false;
      return new Fault('Answer yes or no.', 'error.yes-or-no');
    case 'confirm':
      if (value === true || value === 'yes' || value === 'on') return true;
      return new Fault('Confirm this, or leave it out.');
    case 'number': {
      const digits = typeof value === 'string' ? latinDigits(value.trim()) : '';
      const number = /^\d{1,9}$/.test(digits) ? Number(digits) : value;
      if (typeof number === 'number' && Number.isInteger(number) && number >= ask.min && number <= ask.max)
        return number;
      // A number of the case's own is typed; any other names one of several things that are listed.
      return new Fault(
        `Give a whole number from ${ask.min} to ${ask.max}.`,
        ask.column ? 'error.number' : CHOICE,
      );
    }
    case 'day':
      if (typeof value === 'string' && isDay(value)) return value;
      return new Fault('Give a day as YYYY-MM-DD, for example 2026-11-24.', 'error.day');
    case 'language':
      if (typeof value === 'string' && isWrittenLanguage(value)) return value;
      return new Fault('Choose a language by its code, for example en or ar.', CHOICE);
    case 'person':
      if (typeof value === 'string' && /^[0-9a-f-]{36}$/.test(value)) return value;
      return new Fault('Choose a person.');
    case 'passcode':
      if (typeof value === 'string' && value.length <= ask.maxLength) return value;
      return new Fault('Send the code as text.', 'error.join-code.unknown');
    case 'codeByAction':
      return parseByAction({ ...ask, kind: 'code' }, value);
    case 'textByAction':
      return parseByAction({ ...ask, kind: 'text' }, value);
    case 'entries': {
      const numbers = [value].flat().map((each) => (typeof each === 'string' ? each.trim() : each));
      if (numbers.length <= MOST_ENTRIES && numbers.every((each) => ENTRY_NUMBER.test(String(each))))
        return [...new Set(numbers.map(Number))];
      return new Fault(`Name at most ${MOST_ENTRIES} entries of the register by their numbers.`, CHOICE);
    }
    case 'case':
      if (typeof value === 'string' && /^RD-[0-9A-Z]{4}-[0-9A-Z]{4}$/.test(value.trim())) return value.trim();
      return new Fault('Give a reference such as RD-7K3F-9QXM.');
  }
}

function listed(codes: readonly string[]): string {
  return codes.length > 12 ? `${codes.slice(0, 12).join(', ')} … (${codes.length} codes)` : codes.join(', ');
}

/** Words of a person, which are sealed wherever they are kept. */
export function isText(ask: Ask | undefined): boolean {
  return ask?.kind === 'text' || ask?.kind === 'textByAction';
}

/** What is only compared: it stands neither in the case nor in the ledger. */
function isPasscode(ask: Ask | undefined): boolean {
  return ask?.kind === 'passcode';
}

/** Answers that are codes, numbers, days and ids: what may stand in the ledger. Texts never do, nor what is secret. */
export function codedAnswers(answers: StepAnswers): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(answers).filter(([name]) => {
      const ask: Ask | undefined = ASKS[name as AskName];
      return !isText(ask) && !isPasscode(ask) && !(ask && 'secret' in ask && ask.secret);
    }),
  );
}

/** What stands in one place of the case, so that it can be taken away there: groups, and what somebody needs to take part. */
const KEPT_ELSEWHERE: readonly string[] = [
  'groups',
  'sensitiveLaw',
  'wish',
  'arrangement',
  'internalNote',
  'taskText',
  'actionCost',
];

/**
 * Answers as the case keeps them for good, without what is kept elsewhere. What stays of groups is that some were of a special category,
 * and the law, so that she can read it.
 */
export function keptAnswers(answers: StepAnswers): StepAnswers {
  const { groups, sensitiveLaw } = answers;
  const kept = Object.fromEntries(
    Object.entries(answers).filter(
      ([name]) => !KEPT_ELSEWHERE.includes(name) && !isPasscode(ASKS[name as AskName]),
    ),
  );
  if (!tellSpecialCategory((groups as readonly string[] | undefined) ?? [])) return kept;
  return { ...kept, sensitiveNoted: true, ...(sensitiveLaw ? { sensitiveLaw } : {}) };
}

/** Columns of the case that the answers set. */
export function columnsOf(answers: StepAnswers): Record<string, unknown> {
  const columns: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(answers)) {
    const ask: Ask = ASKS[name as AskName];
    if ('column' in ask && ask.column) columns[ask.column] = value;
  }
  return columns;
}
