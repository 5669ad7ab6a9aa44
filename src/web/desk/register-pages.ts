import type { OfferedEntry } from '../../casework/registers/register';
import { choicesFor, REGISTER_CHOICES } from '../../casework/registers/register-filter';
import { readLabel, type RegisterForm } from '../../rules/register-form';
import { REGISTER_NAMES, REGISTERS, type RegisterRow } from '../../rules/registers';
import type { Ask } from '../../rules/asks';
import type { UnmetNeed } from '../../platform/refusal';
import { Refusal } from '../../platform/refusal';
import { askField, type StepField } from '../step-form';
import { codeLabel } from './code-label';
import { typed } from './desk-pages';
import type { FilterLine } from './queue-lines';

type Option = { value: string; label: string };

/** The ways between the registers; `current`: the address of the one that is shown. */
export function registerTabs(current: string): { href: string; label: string; current: boolean }[] {
  const kept = REGISTER_NAMES.map((name) => ({ href: `/desk/${name}`, label: REGISTERS[name].title }));
  const tabs = [...kept, { href: '/desk/proceedings', label: 'Parallel proceedings' }];
  return tabs.map((tab) => ({ ...tab, current: tab.href === current }));
}

/** What a form offers where an entry of another register is named. */
export function offeredChoices(
  { asks }: RegisterForm,
  offered: Readonly<Record<string, readonly OfferedEntry[]>>,
): Record<string, Option[]> {
  const choices = Object.entries(offered).map(([name, entries]): [string, Option[]] => [
    name,
    entries.map(({ number, entryName, retiredOn }) => ({
      value: String(number),
      label: `${number}: ${entryName}${retiredOn === null ? '' : ` (retired on ${retiredOn})`}`,
    })),
  ]);
  return Object.fromEntries(
    choices.map(([name, entries]) => [
      name,
      asks[name]!.kind === 'number' ? [{ value: '', label: 'Not known, or none' }, ...entries] : entries,
    ]),
  );
}

/** What an entry says, line by line, with ways to the entries of other registers that it names. */
export function entryLines(
  { asks }: RegisterForm,
  answers: Readonly<Record<string, unknown>>,
  offered: Readonly<Record<string, readonly OfferedEntry[]>>,
): EntryLine[] {
  return Object.entries(asks).flatMap(([name, ask]): EntryLine[] => {
    const answer = answers[name] ?? null;
    if (answer === null) return [];
    const label = readLabel(ask);
    if ('of' in ask && ask.of) {
      const named = (offered[name] ?? []).filter(({ number }) => [answer].flat().includes(number));
      const links = named.map(({ number, entryName }) => ({
        href: `/desk/${ask.of}/${number}`,
        label: `${number}: ${entryName}`,
      }));
      return [{ label, text: null, links }];
    }
    return [{ label, text: saidAs(name, ask, answer), links: [] }];
  });
}

/** One answer as words; empty where there is none. */
export function saidAs(name: string, ask: Ask, answer: unknown): string {
  if (answer === null || answer === undefined) return '';
  if (typeof answer === 'boolean') return answer ? 'Yes' : 'No';
  if (Array.isArray(answer)) return answer.map((code) => codeLabel(name, String(code))).join('; ');
  const said = typeof answer === 'number' ? String(answer) : (answer as string);
  return ask.kind === 'code' ? codeLabel(name, said) : said;
}

/** What an entry says in answer to one ask; entries of other registers are named by `links`. */
export interface EntryLine {
  label: string;
  text: string | null;
  links: { href: string; label: string }[];
}

/** The lines by which a list can be narrowed, with what is chosen in each. */
export function registerFilterLines(
  row: RegisterRow,
  chosen: Readonly<Record<string, unknown>>,
  offered: Readonly<Record<string, readonly OfferedEntry[]>>,
): FilterLine[] {
  const lineOf = (name: string, label: string, choices: Option[]): FilterLine => ({
    name,
    label,
    all: 'All',
    choices: choices.map((choice) => ({ ...choice, chosen: chosen[name] === choice.value })),
  });
  const asked = row.filters.map((name) => {
    const ask = row.form.asks[name]!;
    return lineOf(name, readLabel(ask), filterChoices(name, ask, offered[name] ?? []));
  });
  const own = choicesFor(row).map((name) =>
    lineOf(
      name,
      FILTER_LABELS[name]!,
      REGISTER_CHOICES[name]!.map((value) => ({ value, label: CHOICE_LABELS[`${name} ${value}`]! })),
    ),
  );
  return [...asked, ...own];
}

const FILTER_LABELS: Record<string, string> = {
  standing: 'In use',
  verified: 'Verified',
  due: 'To be looked at',
};
const CHOICE_LABELS: Record<string, string> = {
  'standing in-use': 'In use',
  'standing retired': 'Retired or set aside',
  'verified yes': 'Verified',
  'verified no': 'Unverified',
  'due yes': 'Its day is over',
};

function filterChoices(name: string, ask: Ask, entries: readonly OfferedEntry[]): Option[] {
  if (ask.kind === 'yesNo')
    return [
      { value: 'yes', label: 'Yes' },
      { value: 'no', label: 'No' },
    ];
  if ('codes' in ask) return ask.codes.map((value) => ({ value, label: codeLabel(name, value) }));
  return entries.map(({ number, entryName }) => ({
    value: String(number),
    label: `${number}: ${entryName}`,
  }));
}

/** What stands in a register, line by line: what is not known is left out. */
export function registerLines(fields: readonly StepField[]): { label: string; value: string }[] {
  return fields.flatMap(({ label, choices, value }) => {
    const chosen = choices.filter((choice) => choice.chosen && choice.value !== '');
    const said = choices.length > 0 ? chosen.map((choice) => choice.label).join('; ') : value;
    return said === '' ? [] : [{ label, value: said }];
  });
}

/** The questions of a register, with what was answered before; `offered` are choices that other rows of the registers give. */
export function registerFields(
  { asks, must }: RegisterForm,
  answers: Record<string, unknown> = {},
  faults: readonly UnmetNeed[] = [],
  offered: Readonly<Record<string, Option[]>> = {},
): StepField[] {
  return Object.entries(asks).map(([name, ask]) =>
    askField(
      name,
      ask,
      !must.includes(name),
      {
        label: ask.label,
        hint: hintOf(ask),
        code: (code) => codeLabel(name, code),
        yes: 'Yes',
        no: 'No',
        offered: offered[name] ?? (must.includes(name) ? undefined : withNotKnown(name, ask)),
      },
      answers[name],
      faults,
    ),
  );
}

/** What may stay open can be opened again: a radio button that was chosen cannot be left without another. */
function withNotKnown(name: string, ask: Ask): Option[] | undefined {
  const open = { value: '', label: 'Not known' };
  if (ask.kind === 'yesNo') return [open, { value: 'yes', label: 'Yes' }, { value: 'no', label: 'No' }];
  if (ask.kind !== 'code') return undefined;
  return [open, ...ask.codes.map((value) => ({ value, label: codeLabel(name, value) }))];
}

function hintOf({ kind }: Ask): string | null {
  if (kind === 'day') return 'As year, month and day, for example 2026-11-24.';
  return kind === 'codes' ? 'Choose all that hold.' : null;
}

/** What a form was refused for, to be drawn again with what was typed; everything else is thrown on. */
export function shownAgain(error: unknown): Refusal {
  if (error instanceof Refusal && ['invalid', 'stale', 'conflict', 'unmet'].includes(error.kind))
    return error;
  throw error;
}

/** The revision that a form was drawn from; one without a readable revision is as good as stale. */
export function revisionTyped(body: unknown): number {
  const revision = typed(body, 'revision');
  return /^\d{1,9}$/.test(revision) ? Number(revision) : -1;
}

/** What a refusal names, or the refusal itself where it names nothing. */
export function needsOf(refusal: Refusal | undefined): readonly UnmetNeed[] {
  if (!refusal) return [];
  return refusal.needs.length > 0 ? refusal.needs : [{ name: refusal.kind, sentence: refusal.message }];
}
