import type { Day } from '../platform/time';
import { compareRows, type CaseTable } from './compare-rows';
import type { Difference } from './difference';
import { wrongPlaces } from './check-places';
import { wrongStays } from './check-stays';
import type { CaseReader, StoredCase } from './read-cases';
import { replay } from './replay';

const LOOKS = 20;

export interface VerifiedCase {
  entries: number;
  differences: Difference[];
}

/**
 * On a house that works meanwhile, a change between the read of the rows and that of their history looks like a difference. Every
 * change writes an entry: once the next look finds the history no longer than it was, its rows lay still, and what it says is true.
 */
export async function verifyCalmly(
  reader: CaseReader,
  stored: StoredCase,
  today?: Day,
): Promise<VerifiedCase> {
  let verified = verifyStored(reader.tables, stored, today);
  for (let looks = 1; looks < LOOKS && verified.differences.length > 0; looks++) {
    const before = verified.entries;
    verified = verifyStored(reader.tables, await reader.one(stored.ledgerId), today);
    if (verified.entries === before) break;
  }
  return verified;
}

/**
 * Derives the history of a case again and holds its rows of these tables against it; then what follows from them, where it was read: the
 * stays, and, where it is said which day it is, the places in the queue.
 */
export function verifyStored(
  tables: readonly CaseTable[],
  { ledgerId, history, rows: stored, derived }: StoredCase,
  today?: Day,
): VerifiedCase {
  const { rows, moves, differences } = replay(ledgerId, history);
  if (differences.length === 0) {
    differences.push(...compareRows(tables, ledgerId, rows, stored));
    const areAsTold = differences.length === 0;
    if (derived) differences.push(...wrongStays(ledgerId, { rows, moves }, derived.stays));
    if (derived && today && areAsTold)
      differences.push(...wrongPlaces(ledgerId, rows, derived.places, today));
  }
  if (history.length === 0 || rows.get('cases')?.size !== 1)
    differences.push({
      ledgerId,
      n: null,
      table: 'entries',
      column: null,
      sentence: `case ${ledgerId}: the history does not begin with a lodging; entries are missing.`,
    });
  return { entries: history.length, differences };
}
