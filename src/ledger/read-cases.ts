import type { EntityManager, EntityTarget } from 'typeorm';
import { Case } from '../records/entities/case';
import { Entry } from '../records/entities/entry';
import { readBetween, readEach, readRows, type RowReader } from '../records/read-rows';
import { CASE_TABLES } from './case-tables';
import { caseTable, type CaseTable, type StoredRows } from './compare-rows';
import { HOUSE } from './house';

/** More of them outlive the collector's next round, and moving them costs more than the queries that are saved. */
const CASES_AT_ONCE = 64;

/** One case as it stands in the database; without rows where there is only a history. */
export interface StoredCase {
  ledgerId: string;
  /** In order. */
  history: Entry[];
  rows: StoredRows;
}

/**
 * Reads cases whole, many at a time: each table by one walk along its key, since ids are given in the order of time. Rows come before
 * their history: a history that has not grown by the next time tells that they lay still.
 */
export class CaseReader {
  readonly tables: readonly CaseTable[];
  private readonly readers: readonly RowReader[];

  constructor(private readonly db: EntityManager) {
    const [cases, ...children] = CASE_TABLES as readonly EntityTarget<{ id: string; caseId: string }>[];
    this.readers = [
      readBetween(db, cases!, 'id'),
      ...children.map((entity) => readBetween(db, entity, 'caseId')),
    ];
    this.tables = this.readers.map(caseTable);
  }

  /** Every case, a batch at a time. */
  async *all(): AsyncGenerator<StoredCase[]> {
    for (let after = ''; ;) {
      const next: { id: string }[] = await this.db
        .createQueryBuilder(Case, 'c')
        .select('c.id', 'id')
        .where('c.id > :after', { after })
        .orderBy('c.id')
        .limit(CASES_AT_ONCE)
        .getRawMany();
      if (next.length === 0) return;
      const [first, last] = [next[0]!.id, next.at(-1)!.id];
      yield await this.between(first, last);
      after = last;
    }
  }

  /** Every history that has no case, a batch at a time. */
  async *allWithoutCase(): AsyncGenerator<StoredCase[]> {
    for (let after = ''; ;) {
      const next: { ledgerId: string }[] = await this.db
        .createQueryBuilder(Entry, 'e')
        .select('e.ledgerId', 'ledgerId')
        .leftJoin(Case, 'c', 'c.ledgerId = e.ledgerId')
        .where('c.id IS NULL AND e.ledgerId > :after AND e.ledgerId <> :house', { after, house: HOUSE })
        .groupBy('e.ledgerId')
        .orderBy('e.ledgerId')
        .limit(CASES_AT_ONCE)
        .getRawMany();
      if (next.length === 0) return;
      const ledgerIds = next.map(({ ledgerId }) => ledgerId);
      yield await withHistories(this.db, new Map(ledgerIds.map((ledgerId) => [ledgerId, []])));
      after = ledgerIds.at(-1)!;
    }
  }

  /** One case, as it stands now. */
  async one(ledgerId: string): Promise<StoredCase> {
    const found = await this.db.findOne(Case, { where: { ledgerId }, select: { id: true } });
    const [stored] = found
      ? await this.between(found.id, found.id)
      : await withHistories(this.db, new Map([[ledgerId, []]]));
    return stored!;
  }

  private async between(from: string, to: string): Promise<StoredCase[]> {
    return [...(await readWhole(this.db, this.readers, [from, to])).values()];
  }
}

/** These cases by their ids, and of each no other rows than those of `tables`, the first of which is that of cases. */
export async function readThese(
  db: EntityManager,
  [cases, ...children]: readonly EntityTarget<{ id: string; caseId: string }>[],
  ids: readonly string[],
): Promise<{ tables: CaseTable[]; cases: Map<string, StoredCase> }> {
  const readers = [
    readEach(db, cases!, 'id', ids.length),
    ...children.map((entity) => readEach(db, entity, 'caseId', ids.length)),
  ];
  return { tables: readers.map(caseTable), cases: await readWhole(db, readers, ids) };
}

/** The cases that these readers find with these parameters, by id, with their histories. */
async function readWhole(
  db: EntityManager,
  readers: readonly RowReader[],
  parameters: readonly string[],
): Promise<Map<string, StoredCase>> {
  const rowsOfCase = new Map<unknown, StoredRows>();
  const ledgerIds = new Map<string, string>();
  for (const [at, { columns, read }] of readers.entries()) {
    const caseId = placeOf(columns, at === 0 ? 'id' : 'caseId');
    const ledgerId = placeOf(columns, 'ledgerId');
    for (const row of await read(parameters)) {
      if (at === 0) {
        rowsOfCase.set(row[caseId], []);
        ledgerIds.set(row[ledgerId] as string, row[caseId] as string);
      }
      // A row of no case at all is found apart.
      const rows = rowsOfCase.get(row[caseId]);
      if (rows) (rows[at] ??= []).push(row);
    }
  }
  const stored = await withHistories(
    db,
    new Map([...ledgerIds].map(([ledgerId, caseId]) => [ledgerId, rowsOfCase.get(caseId)!])),
  );
  return new Map(stored.map((each) => [ledgerIds.get(each.ledgerId)!, each]));
}

async function withHistories(
  db: EntityManager,
  rowsOfLedger: ReadonlyMap<string, StoredRows>,
): Promise<StoredCase[]> {
  const ledgerIds = [...rowsOfLedger.keys()];
  const histories = new Map<string, Entry[]>(ledgerIds.map((ledgerId) => [ledgerId, []]));
  for (const entry of await readRows(db, Entry, 'ledgerId', ledgerIds))
    histories.get(entry.ledgerId)!.push(entry);
  return [...rowsOfLedger].map(([ledgerId, rows]) => ({
    ledgerId,
    history: histories.get(ledgerId)!.sort((a, b) => a.n - b.n),
    rows,
  }));
}

function placeOf(columns: RowReader['columns'], name: string): number {
  return columns.findIndex((column) => column.name === name);
}
