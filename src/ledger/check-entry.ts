import type { Entry } from '../records/entities/entry';
import { isCanonical, leafHash, readEntry, type EntryBody } from './entry';

/** What the entry before leads to. */
export interface Expected {
  ledgerId: string;
  n: number;
  prev: string;
  state: string;
}

/** Holds one stored entry against its own hash and the entry before it; without a body when it is none any more. */
export function checkEntry(
  { n, body, leafHash: stored }: Entry,
  { ledgerId, n: expected, prev, state }: Expected,
): { entry: EntryBody | null; faults: string[] } {
  const entry = readEntry(body);
  if (!entry) return { entry, faults: ['is not an entry any more; its text was changed.'] };
  const faults: string[] = [];
  if (leafHash(body) !== stored) faults.push('its text does not have the hash that stands beside it.');
  if (!isCanonical(entry, body)) faults.push('is not in canonical form; it was rewritten.');
  if (n !== expected || entry.n !== n)
    faults.push(`stands where entry ${expected} should; entries are missing or were moved.`);
  if (entry.case !== ledgerId) faults.push('belongs to another case.');
  if (entry.prev !== prev) faults.push('does not follow from the entry before it.');
  if (entry.from !== state)
    faults.push(`begins in state “${entry.from}”, but the entry before ended in “${state}”.`);
  return { entry, faults };
}
