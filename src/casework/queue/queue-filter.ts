import type { UnmetNeed } from '../../platform/refusal';
import { WRITTEN_LANGUAGES } from '../../rules/languages';
import { QUEUE_CHOICES } from '../../rules/queue';
import type { QueueFilter } from './views';
import { NOBODY } from './queue-ways';

/** In place of a person: whoever asks. */
export const MYSELF = 'me';

const PERSON = /^(me|nobody|[0-9a-f-]{36})$/;

const ALLOWED: Record<string, readonly string[] | RegExp> = {
  ...QUEUE_CHOICES,
  language: WRITTEN_LANGUAGES,
  system: /^[1-9]\d{0,5}$/,
  vendor: /^[1-9]\d{0,5}$/,
  assignee: PERSON,
  cursor: /^[\w-]{1,200}$/,
  limit: /^([1-9]\d?|100)$/,
};

/** A filter as it stands in an address, and what in it says nothing: an unknown name, or a value that is none of its choices. */
export function readQueueFilter(
  query: Record<string, unknown>,
  personId: string,
): { filter: QueueFilter; faults: UnmetNeed[] } {
  const faults: UnmetNeed[] = [];
  const filter: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(query)) {
    const allowed = Object.hasOwn(ALLOWED, field) ? ALLOWED[field] : undefined;
    if (!allowed)
      faults.push({ name: 'unknown-field', field: field.slice(0, 64), sentence: 'error.unknown-field' });
    else if (typeof value === 'string' && fits(allowed, value)) filter[field] = value;
    else faults.push({ name: 'answer', field, sentence: choicesOf(allowed) });
  }
  if (filter.assignee === MYSELF) filter.assignee = personId;
  for (const field of ['system', 'vendor', 'limit'])
    if (typeof filter[field] === 'string') filter[field] = Number(filter[field]);
  return { filter, faults };
}

/** The lines of an address that say something, as they stand in it, without the page: what is kept under a name, and goes on from page to page. */
export function linesOf(query: Record<string, unknown>, personId: string): Record<string, string> {
  const { filter } = readQueueFilter(query, personId);
  const names = Object.keys(filter).filter((name) => name !== 'cursor' && name !== 'limit');
  return Object.fromEntries(names.map((name) => [name, String(query[name])]));
}

/** What an entry says of a filter: its codes and numbers, without the page. */
export function narrowedBy({ cursor: _, limit: __, ...codes }: QueueFilter): QueueFilter {
  return codes;
}

function fits(allowed: readonly string[] | RegExp, value: string): boolean {
  return allowed instanceof RegExp ? allowed.test(value) : allowed.includes(value);
}

function choicesOf(allowed: readonly string[] | RegExp): string {
  if (allowed === PERSON) return `Use ${MYSELF}, ${NOBODY}, or the id of a person.`;
  if (allowed instanceof RegExp) return 'This value cannot be read; leave it out.';
  return `Use one of: ${allowed.join(', ')}.`;
}
