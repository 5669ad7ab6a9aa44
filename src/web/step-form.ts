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
  /** The action of remedy that it is asked about, where each is asked about on its own. */
  action: string | null;
  shape: 'textarea' | 'line' | 'radios' | 'checkboxes' | 'select' | 'confirm' | 'number' | 'day';
  label: string;
  hint: string | null;
  optional: boolean;
  choices: Choice[];
  /** Values of the choices made before. */
  chosen: string[];
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
  /** Numbers of the actions that each is asked about on its own. */
  actions?: readonly string[];
}

const MANY_CHOICES = 12;

/** Draws the questions of a step, in the order of the table: what is asked, then what may be said. */
export function stepFields(
  step: { asks: readonly AskName[]; mayAsk: readonly AskName[] },
  words: StepFormWords,
  answers: Record<string, unknown> = {},
  faults: readonly UnmetNeed[] = [],
): StepField[] {
  const fields = (names: readonly AskName[], optional: boolean) =>
    names.flatMap((name) =>
      isByAction(ASKS[name])
        ? (words.actions ?? []).map((action) =>
            stepField(name, optional, words, ofAction(answers[name], action), faults, action),
          )
        : [stepField(name, optional, words, answers[name], faults)],
    );
  return [...fields(step.asks, false), ...fields(step.mayAsk, true)];
}

function isByAction({ kind }: Ask): boolean {
  return kind === 'codeByAction' || kind === 'textByAction';
}

function ofAction(answer: unknown, action: string): unknown {
  return typeof answer === 'object' && answer !== null
    ? (answer as Record<string, unknown>)[action]
    : undefined;
}

function stepField(
  name: AskName,
  optional: boolean,
  words: StepFormWords,
  answer: unknown,
  faults: readonly UnmetNeed[],
  action: string | null = null,
): StepField {
  const ask: Ask = ASKS[name];
  const said: FieldWords = {
    label: words.label(name),
    hint: words.hint?.(name, ask) ?? null,
    code: (code) => words.code(name, code),
    yes: words.yes,
    no: words.no,
    offered: words.choices?.[name],
  };
  const field = action === null ? name : `${name}.${action}`;
  return { ...askField(field, ask, optional, said, answer, faults), action };
}

/** How one ask is said, and what is offered for it where the table leaves that open. */
export interface FieldWords {
  label: string;
  hint: string | null;
  code(code: string): string;
  yes: string;
  no: string;
  offered?: { value: string; label: string }[] | undefined;
}

/** One question of any table of asks, with what was answered before and what was wrong with it. */
export function askField(
  name: string,
  ask: Ask,
  optional: boolean,
  words: FieldWords,
  answer: unknown,
  faults: readonly UnmetNeed[],
): StepField {
  const given = valuesOf(answer);
  const choices = (words.offered ?? choicesOf(ask, words)).map((choice) => ({
    ...choice,
    chosen: given.includes(choice.value),
  }));
  return {
    name,
    action: null,
    shape: shapeOf(ask, choices.length, words.offered !== undefined),
    label: words.label,
    hint: words.hint,
    optional,
    choices,
    chosen: given,
    value: given[0] ?? '',
    error: faults.find((fault) => fault.field === name)?.sentence ?? null,
  };
}

function choicesOf(ask: Ask, words: FieldWords): { value: string; label: string }[] {
  switch (ask.kind) {
    case 'code':
    case 'codeByAction':
    case 'codes':
      return ask.codes.map((value) => ({ value, label: words.code(value) }));
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
  if (ask.kind === 'entries') return 'checkboxes';
  if (offered) return choices > MANY_CHOICES ? 'select' : 'radios';
  switch (ask.kind) {
    case 'textByAction':
      return 'textarea';
    case 'text':
      return ask.maxLength <= 500 ? 'line' : 'textarea';
    case 'language':
      return 'select';
    case 'code':
    case 'codeByAction':
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
  if (Array.isArray(answer))
    return answer
      .filter((value): value is string | number => typeof value === 'string' || typeof value === 'number')
      .map(String);
  if (typeof answer === 'string') return [answer];
  if (typeof answer === 'number') return [String(answer)];
  if (typeof answer === 'boolean') return [answer ? 'yes' : 'no'];
  return [];
}

const NOT_ANSWERS = new Set(['_csrf', 'revision', 'seen', 'agree', 'key', 'insert', 'said']);

/** The answers in a posted form: everything but the fields that the page itself put there. `actionAnswers.2` is that for action 2. */
export function answersOf(body: Record<string, unknown>): Record<string, unknown> {
  const answers: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(body)) {
    if (NOT_ANSWERS.has(field)) continue;
    const [, name, action] = /^(\w+)\.(\d+)$/.exec(field) ?? [];
    if (name && action && Object.hasOwn(ASKS, name) && isByAction(ASKS[name as AskName]))
      answers[name] = { ...(answers[name] as object | undefined), [action]: value };
    else answers[field] = value;
  }
  return answers;
}
