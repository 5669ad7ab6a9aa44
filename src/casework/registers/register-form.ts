import { Refusal } from '../../platform/refusal';
import { readLabel, type RegisterForm } from '../../rules/register-form';
import { parseFields, type Answer } from '../answers';

type Column = Answer | null;

/**
 * What a form of a register says, every ask of it as a column: what was left out is null. Refuses with everything that is missing or
 * cannot be taken, at once.
 */
export function readRegisterForm(
  form: RegisterForm,
  raw: Record<string, unknown> | null | undefined,
): Record<string, Column> {
  // A request without a body, or with one that says nothing, has answered nothing.
  const { answers, faults } = parseFields(form.asks, raw ?? {}, 'This is not asked here; leave it out.');
  const missing = form.must
    .filter((name) => answers[name] === undefined && !faults.some(({ field }) => field === name))
    .map((field) => ({
      name: 'answer',
      field,
      sentence: `Answer this: ${readLabel(form.asks[field]!).replace(/[.?]$/, '')}.`,
    }));
  const needs = [...faults, ...missing];
  if (needs.length > 0)
    throw new Refusal('invalid', 'Nothing was saved: some answers are missing or cannot be taken.', needs);
  return Object.fromEntries(Object.keys(form.asks).map((name) => [name, answers[name] ?? null]));
}

/** A refusal about one field. */
export function wrongField(field: string, sentence: string): Refusal {
  return new Refusal('invalid', 'Nothing was saved.', [{ name: field, field, sentence }]);
}

/** The number of a row in an address; 0, which none has, for anything that is no number. */
export function registerNumber(text: string): number {
  return /^\d{1,6}$/.test(text) ? Number(text) : 0;
}
