import type { UnmetNeed } from '../platform/refusal';
import { languageName, WRITTEN_LANGUAGES } from '../rules/languages';
import { ASKS, type Ask, type AskName } from '../rules/asks';

/** One choice of a field. */
export interface Choice {
  value: string;
  label: string;
  chosen: boolean;
}

/** One question of a step as a page shows it; `shape` names the macro that draws it. */
export interface StepField {
  name: string;
  shape: 'textarea' | 'line' | 'radios' | 'checkboxes' | 'select' | 'confirm' | 'number' | 'day';
  label: string;
  hint: string | null;
  optional: boolean;
  choices: Choice[];
  /** What was typed before, as typed. */
  value: string;
  error: string | null;
}

/** How the asks are said to the reader, and what they can choose from where the table leaves it to the case. */
export interface StepFormWords {
  label(name: AskName): string;
  code(name: AskName, code: string): string;
  yes: string;
  no: string;
  hint?(name: AskName, ask: Ask): string | null;
  /** Choices that the case offers for a `person`, a `case` or a number of one of its objects. */
  choices?: Partial<Record<AskName, { value: string; label: string }[]>>;
}

const MANY_CHOICES = 12;

/** Draws the questions of a step, in the order of the table: what is asked, then what may be said. */
export function stepFields(
  step: { asks: readonly AskName[]; mayAsk: readonly AskName[] },
  words: StepFormWords,
  answers: Record<string, unknown> = {},
  faults: readonly UnmetNeed[] = [],
): StepField[] {
  return [
    ...step.asks.map((name) => stepField(name, false, words, answers[name], faults)),
    ...step.mayAsk.map((name) => stepField(name, true, words, answers[name], faults)),
  ];
}

function stepField(
  name: AskName,
  optional: boolean,
  words: StepFormWords,
  answer: unknown,
  faults: readonly UnmetNeed[],
): StepField {
  const ask: Ask = ASKS[name];
  const given = valuesOf(answer);
  const offered = words.choices?.[name];
  const choices = (offered ?? choicesOf(name, ask, words)).map((choice) => ({
    ...choice,
    chosen: given.includes(choice.value),
  }));
  return {
    name,
    shape: shapeOf(ask, choices.length, offered !== undefined),
    label: words.label(name),
    hint: words.hint?.(name, ask) ?? null,
    optional,
    choices,
    value: given[0] ?? '',
    error: faults.find(({ field }) => field === name)?.sentence ?? null,
  };
}

function choicesOf(name: AskName, ask: Ask, words: StepFormWords): { value: string; label: string }[] {
  switch (ask.kind) {
    case 'code':
    case 'codes':
      return ask.codes.map((value) => ({ value, label: words.code(name, value) }));
    case 'language':
      return WRITTEN_LANGUAGES.map((value) => ({ value, label: languageName(value) }));
    case 'yesNo':
      return [
        { value: 'yes', label: words.yes },
        { value: 'no', label: words.no },
      ];
    default:
      return [];
  }
}

function shapeOf(ask: Ask, choices: number, offered: boolean): StepField['shape'] {
  if (offered) return choices > MANY_CHOICES ? 'select' : 'radios';
  switch (ask.kind) {
    case 'text':
      return ask.maxLength <= 500 ? 'line' : 'textarea';
    case 'language':
      return 'select';
    case 'code':
      return choices > MANY_CHOICES ? 'select' : 'radios';
    case 'codes':
      return 'checkboxes';
    case 'yesNo':
      return 'radios';
    case 'confirm':
      return 'confirm';
    case 'number':
      return 'number';
    case 'day':
      return 'day';
    default:
      return 'line';
  }
}

function valuesOf(answer: unknown): string[] {
  if (Array.isArray(answer)) return answer.filter((value): value is string => typeof value === 'string');
  if (typeof answer === 'string') return [answer];
  if (typeof answer === 'number') return [String(answer)];
  if (typeof answer === 'boolean') return [answer ? 'yes' : 'no'];
  return [];
}

const NOT_ANSWERS = new Set(['_csrf', 'revision', 'agree', 'key']);

/** The answers in a posted form: everything but the fields that the page itself put there. */
export function answersOf(body: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !NOT_ANSWERS.has(name)));
}
