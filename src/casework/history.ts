import { Like, type EntityManager } from 'typeorm';
import { readEntry, type EntryBody } from '../ledger/entry';
import type { Day } from '../platform/time';
import { Entry } from '../records/entities/entry';
import { nameOf, type Names } from './case-objects';
import type { HistoryLine } from './record-views';

/** A line whose actor is still a reference, before it is shown under a name or a pseudonym. */
export type UnnamedLine = Omit<HistoryLine, 'by'> & { ref: string | null };

/** Stands for what an entry said whose text was changed from outside; `verify` tells more. */
export const UNREADABLE = 'unreadable';

/** The day of an entry: its own, or that of its instant. */
export function dayOf({ on, at }: EntryBody): Day {
  return on ?? at!.slice(0, 10);
}

/** Reads the entries of one case, oldest first, without opening anything; only those whose text is `like` this, if given. */
export async function historyOf(db: EntityManager, ledgerId: string, like?: string): Promise<UnnamedLine[]> {
  const where = { ledgerId, ...(like ? { body: Like(like) } : {}) };
  const entries = await db.find(Entry, { where, order: { n: 'ASC' } });
  return entries.map(lineOf);
}

/** What an entry says, as one line. */
export function lineOf({ n, body, leafHash }: Entry): UnnamedLine {
  const entry = readEntry(body);
  if (!entry)
    return {
      n,
      act: UNREADABLE,
      byRole: 'SYS',
      ref: null,
      on: null,
      at: null,
      from: null,
      to: null,
      facts: {},
      leafHash,
    };
  return {
    n,
    act: entry.act,
    byRole: entry.by.role,
    ref: entry.by.ref,
    on: dayOf(entry),
    at: entry.at ?? null,
    from: entry.from,
    to: entry.to,
    facts: entry.facts,
    leafHash,
  };
}

/** Everybody that the lines name, once. */
export function refsOf(lines: readonly UnnamedLine[]): string[] {
  return [...new Set(lines.map(({ ref }) => ref).filter((ref): ref is string => ref !== null))];
}

/** The lines under the names of staff. */
export function named(lines: readonly UnnamedLine[], names: Names): HistoryLine[] {
  return lines.map(({ ref, ...line }) => ({
    ...line,
    by: ref ? nameOf(names, ref) : null,
  }));
}

/** The lines under pseudonyms: the same person has the same one within a history, and another in the next. */
export function pseudonymous(lines: readonly UnnamedLine[]): HistoryLine[] {
  return named(lines, new Map(refsOf(lines).map((ref, index) => [ref, `person ${index + 1}`])));
}
