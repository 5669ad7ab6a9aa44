import { compareRows, type CaseTable } from './compare-rows';
import type { Difference } from './difference';
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
export async function verifyCalmly(reader: CaseReader, stored: StoredCase): Promise<VerifiedCase> {
  let verified = verifyStored(reader.tables, stored);
  for (let looks = 1; looks < LOOKS && verified.differences.length > 0; looks++) {
    const before = verified.entries;
    verified = verifyStored(reader.tables, await reader.one(stored.ledgerId));
    if (verified.entries === before) break;
  }
  return verified;
}

/** Derives the history of a case again and holds its rows of these tables against it. */
export function verifyStored(
  tables: readonly CaseTable[],
  { ledgerId, history, rows: stored, stays }: StoredCase,
): VerifiedCase {
  const { rows, moves, differences } = replay(ledgerId, history);
  if (differences.length === 0) {
    differences.push(...compareRows(tables, ledgerId, rows, stored));
    if (stays) differences.push(...wrongStays(ledgerId, { rows, moves }, stays));
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
