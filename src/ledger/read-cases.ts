import type { EntityManager, EntityTarget } from 'typeorm';
import { CaseStay } from '../records/entities/case-stay';
import { Case } from '../records/entities/case';
import { Entry } from '../records/entities/entry';
import { QueuePlace } from '../records/entities/queue-place';
import { readAfter, readBetween, readEach, type RowReader } from '../records/read-rows';
import { CASE_TABLES } from './case-tables';
import { caseTable, type CaseTable, type StoredRows } from './compare-rows';
import { HOUSE } from './house';
import { HistoryReader } from './read-histories';

/** More of them outlive the collector's next round, and moving them costs more than the queries that are saved. */
const CASES_AT_ONCE = 64;

/** One case as it stands in the database; without rows where there is only a history. */
export interface StoredCase {
  ledgerId: string;
  /** In order. */
  history: Entry[];
  rows: StoredRows;
  /** Null where they were not read. */
  derived: DerivedRows | null;
}

/** Rows about which the history says nothing, and which follow from what it says. */
export interface DerivedRows {
  stays: unknown[][];
  places: unknown[][];
}

/**
 * Reads cases whole, many at a time: each table by one walk along its key, since ids are given in the order of time. Rows come before
 * their history: a history that has not grown by the next time tells that they lay still.
 */
export class CaseReader {
  readonly tables: readonly CaseTable[];
  private readonly next: RowReader;
  private readonly same: RowReader;
  private readonly children: readonly RowReader[];
  private readonly stays: RowReader;
  private readonly places: RowReader;
  private readonly histories: HistoryReader;

  constructor(private readonly db: EntityManager) {
    const [cases, ...children] = CASE_TABLES as readonly EntityTarget<{ id: string; caseId: string }>[];
    this.next = readAfter(db, cases!, 'id', CASES_AT_ONCE);
    this.same = readBetween(db, cases!, 'id');
    this.children = children.map((entity) => readBetween(db, entity, 'caseId'));
    this.stays = readBetween(db, CaseStay, 'caseId');
    this.places = readBetween(db, QueuePlace, 'caseId');
    this.histories = new HistoryReader(db, CASES_AT_ONCE);
    this.tables = [this.same, ...this.children].map(caseTable);
  }

  /** Every case, a batch at a time. */
  async *all(): AsyncGenerator<StoredCase[]> {
    for (let after: unknown = ''; ;) {
      const { rows, first, last } = await this.batchAfter(after);
      if (rows.length === 0) return;
      yield [...(await this.whole(rows, [first, last])).values()];
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
      const histories = await this.histories.of(ledgerIds);
      yield ledgerIds.map((ledgerId) => ({
        ledgerId,
        history: histories.get(ledgerId)!,
        rows: [],
        derived: null,
      }));
      after = ledgerIds.at(-1)!;
    }
  }

  /** One case, as it stands now. */
  async one(ledgerId: string): Promise<StoredCase> {
    const found = await this.db.findOne(Case, { where: { ledgerId }, select: { id: true } });
    const range = found && [found.id, found.id];
    const [stored] = range ? (await this.whole(await this.same.read(range), range)).values() : [];
    const history = stored?.history ?? (await this.histories.of([ledgerId])).get(ledgerId)!;
    return stored ?? { ledgerId, history, rows: [], derived: null };
  }

  private async batchAfter(after: unknown): Promise<{ rows: unknown[][]; first: unknown; last: unknown }> {
    const rows = await this.next.read([after]);
    const id = placeOf(this.next, 'id');
    return { rows, first: rows[0]?.[id], last: rows.at(-1)?.[id] };
  }

  private async whole(rows: unknown[][], range: readonly unknown[]): Promise<Map<string, StoredCase>> {
    const stays = await byCase(this.stays, range);
    const places = await byCase(this.places, range);
    const cases = await withWhatBelongs({ reader: this.same, rows }, this.children, range, this.histories);
    for (const [id, stored] of cases)
      stored.derived = { stays: stays.get(id) ?? [], places: places.get(id) ?? [] };
    return cases;
  }
}

/** These cases by their ids, and of each no other rows than those of `tables`, the first of which is that of cases. */
export async function readThese(
  db: EntityManager,
  [cases, ...children]: readonly EntityTarget<{ id: string; caseId: string }>[],
  ids: readonly string[],
): Promise<{ tables: CaseTable[]; cases: Map<string, StoredCase> }> {
  const reader = readEach(db, cases!, 'id', ids.length);
  const readers = children.map((entity) => readEach(db, entity, 'caseId', ids.length));
  const rows = await reader.read(ids);
  return {
    tables: [reader, ...readers].map(caseTable),
    cases: await withWhatBelongs({ reader, rows }, readers, ids, new HistoryReader(db, ids.length)),
  };
}

/** These cases by id, with the rows that `children` find with these parameters, and with their histories, which are read last. */
async function withWhatBelongs(
  { reader, rows }: { reader: RowReader; rows: unknown[][] },
  children: readonly RowReader[],
  parameters: readonly unknown[],
  histories: HistoryReader,
): Promise<Map<string, StoredCase>> {
  const [id, ledgerId] = [placeOf(reader, 'id'), placeOf(reader, 'ledgerId')];
  const rowsOfCase = new Map<unknown, StoredRows>(rows.map((row) => [row[id], [[row]]]));
  for (const [at, child] of children.entries()) {
    const caseId = placeOf(child, 'caseId');
    for (const row of await child.read(parameters)) {
      // A row of no case at all is found apart.
      const ofCase = rowsOfCase.get(row[caseId]);
      if (ofCase) (ofCase[at + 1] ??= []).push(row);
    }
  }
  const told = await histories.of(rows.map((row) => row[ledgerId] as string));
  return new Map(
    rows.map((row) => {
      const of = row[ledgerId] as string;
      const rowsOf = rowsOfCase.get(row[id])!;
      return [row[id] as string, { ledgerId: of, history: told.get(of)!, rows: rowsOf, derived: null }];
    }),
  );
}

async function byCase(reader: RowReader, range: readonly unknown[]): Promise<Map<unknown, unknown[][]>> {
  const found = new Map<unknown, unknown[][]>();
  const caseId = placeOf(reader, 'caseId');
  for (const row of await reader.read(range)) {
    const ofCase = found.get(row[caseId]);
    if (ofCase) ofCase.push(row);
    else found.set(row[caseId], [row]);
  }
  return found;
}

function placeOf({ columns }: RowReader, name: string): number {
  return columns.findIndex((column) => column.name === name);
}
