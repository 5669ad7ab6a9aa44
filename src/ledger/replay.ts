import type { Entry } from '../records/entities/entry';
import type { Move } from '../rules/stays';
import { checkEntry } from './check-entry';
import type { Difference } from './difference';
import { NO_PREVIOUS, type EntryBody } from './entry';

/** What a history says of the rows of its case: by table, then by id. */
export type ToldRows = Map<string, Map<string, Record<string, unknown>>>;

/** Adds what an entry wrote to what the entries before it wrote. */
export function fold(told: ToldRows, { rows }: EntryBody): void {
  for (const { table, id, set } of rows) {
    let ofTable = told.get(table);
    if (!ofTable) told.set(table, (ofTable = new Map<string, Record<string, unknown>>()));
    const before = ofTable.get(id);
    ofTable.set(id, before ? { ...before, ...set } : set);
  }
}

/** Re-derives one chain and folds what its entries wrote; `moves` are the states that it went through. */
export function replay(
  ledgerId: string,
  history: Entry[],
): { rows: ToldRows; moves: Move[]; differences: Difference[] } {
  const rows: ToldRows = new Map();
  const moves: Move[] = [];
  const differences: Difference[] = [];
  let prev = NO_PREVIOUS;
  let state = 'new';
  history.forEach((stored, index) => {
    const { n } = stored;
    const { entry, faults } = checkEntry(stored, { ledgerId, n: index + 1, prev, state });
    for (const what of faults)
      differences.push({
        ledgerId,
        n,
        table: 'entries',
        column: null,
        sentence: `case ${ledgerId}, entry ${n}: ${what}`,
      });
    if (!entry) return;
    prev = stored.leafHash;
    state = entry.to;
    if (entry.from !== entry.to)
      moves.push({ state: entry.to, on: entry.on ?? entry.at?.slice(0, 10) ?? '' });
    fold(rows, entry);
  });
  const row = [...(rows.get('cases')?.values() ?? [])][0];
  if (row && row.state !== state)
    differences.push({
      ledgerId,
      n: history.length,
      table: 'entries',
      column: null,
      sentence: `case ${ledgerId}: the last entry ends in “${state}” but wrote “${String(row.state)}”.`,
    });
  if (row && row.revision !== history.length)
    differences.push({
      ledgerId,
      n: history.length,
      table: 'entries',
      column: null,
      sentence: `case ${ledgerId}: ${history.length} entries for revision ${String(row.revision)}; entries are missing.`,
    });
  return { rows, moves, differences };
}
