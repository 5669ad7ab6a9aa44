import type { OfferedEntry } from '../../casework/registers/register';
import type { RegisterForm } from '../../rules/ai-systems';
import type { Ask } from '../../rules/asks';
import type { UnmetNeed } from '../../platform/refusal';
import { Refusal } from '../../platform/refusal';
import { askField, type StepField } from '../step-form';
import { codeLabel } from './code-label';
import { typed } from './desk-pages';

type Option = { value: string; label: string };

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
  if (error instanceof Refusal && ['invalid', 'stale', 'conflict'].includes(error.kind)) return error;
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
