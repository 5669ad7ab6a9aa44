import type { EntityManager, EntityTarget } from 'typeorm';
import { Case } from '../records/entities/case';
import { Entry } from '../records/entities/entry';
import { readRows } from '../records/read-rows';
import { CASE_TABLES } from './case-tables';
import { compareRows } from './compare-rows';
import type { Difference } from './difference';
import { noRows, replay, type Rows } from './replay';

const LOOKS = 20;

export interface VerifiedCase {
  entries: number;
  differences: Difference[];
}

/**
 * On a house that works meanwhile, a change between the read of a history and that of its rows looks like a difference. Every
 * change writes an entry: a difference is real once the next look finds the history no longer than it was.
 */
export async function verifyCases(db: EntityManager, ledgerIds: string[]): Promise<VerifiedCase[]> {
  const verified = await verifyBatch(db, ledgerIds);
  for (const [at, ledgerId] of ledgerIds.entries())
    for (let looks = 1; looks < LOOKS && verified[at]!.differences.length > 0; looks++) {
      const [again] = (await verifyBatch(db, [ledgerId])) as [VerifiedCase];
      if (again.entries === verified[at]!.entries) break;
      verified[at] = again;
    }
  return verified;
}

async function verifyBatch(db: EntityManager, ledgerIds: string[]): Promise<VerifiedCase[]> {
  const byCase = new Map<string, Entry[]>(ledgerIds.map((ledgerId) => [ledgerId, []]));
  for (const entry of await readRows(db, Entry, 'ledgerId', ledgerIds))
    byCase.get(entry.ledgerId)!.push(entry);
  const stored = await storedRows(db, ledgerIds);
  return ledgerIds.map((ledgerId) => {
    const history = byCase.get(ledgerId)!.sort((a, b) => a.n - b.n);
    const { rows, differences } = replay(ledgerId, history);
    const last = rows.get('cases');
    if (differences.length === 0)
      differences.push(...compareRows(db, ledgerId, rows, stored.get(ledgerId) ?? noRows()));
    if (history.length === 0 || (last?.size ?? 0) !== 1)
      differences.push({
        ledgerId,
        n: null,
        table: 'entries',
        column: null,
        sentence: `case ${ledgerId}: the history does not begin with a lodging; entries are missing.`,
      });
    return { entries: history.length, differences };
  });
}

async function storedRows(db: EntityManager, ledgerIds: string[]): Promise<Map<string, Rows>> {
  const all = new Map<string, Rows>();
  const put = (ledgerId: string, table: string, row: { id: string }) => {
    const rows = all.get(ledgerId) ?? noRows();
    all.set(ledgerId, rows);
    const ofTable = rows.get(table) ?? new Map<string, Record<string, unknown>>();
    rows.set(table, ofTable.set(row.id, row));
  };
  const cases = await readRows(db, Case, 'ledgerId', ledgerIds);
  const ledgerIdOf = new Map(cases.map(({ id, ledgerId }) => [id, ledgerId]));
  for (const row of cases) put(row.ledgerId, 'cases', row);
  for (const entity of CASE_TABLES.slice(1) as EntityTarget<{ id: string; caseId: string }>[]) {
    const { tableName } = db.dataSource.getMetadata(entity);
    for (const row of await readRows(db, entity, 'caseId', [...ledgerIdOf.keys()]))
      put(ledgerIdOf.get(row.caseId)!, tableName, row);
  }
  return all;
}
