import { IsNull, Not, type EntityManager, type EntityTarget } from 'typeorm';
import { Allegation } from '../records/entities/allegation';
import { Answers } from '../records/entities/answers';
import { Appeal } from '../records/entities/appeal';
import { Assignment } from '../records/entities/assignment';
import { Case } from '../records/entities/case';
import { CaseLink } from '../records/entities/case-link';
import { Clock } from '../records/entities/clock';
import { Consent } from '../records/entities/consent';
import { Entry } from '../records/entities/entry';
import { DataKey } from '../records/entities/data-key';
import { ErasureRequest } from '../records/entities/erasure-request';
import { Evidence } from '../records/entities/evidence';
import { InterimMeasure } from '../records/entities/interim-measure';
import { LegalHold } from '../records/entities/legal-hold';
import { LogCheckpoint } from '../records/entities/log-checkpoint';
import { LogLeaf } from '../records/entities/log-leaf';
import { Message } from '../records/entities/message';
import { Notice } from '../records/entities/notice';
import { Offer } from '../records/entities/offer';
import { Party } from '../records/entities/party';
import { Proposal } from '../records/entities/proposal';
import { Question } from '../records/entities/question';
import { RemedyAction } from '../records/entities/remedy-action';
import { Story } from '../records/entities/story';
import { WaitingEntry } from '../records/entities/waiting-entry';
import { readRows } from '../records/read-rows';
import { checkEntry } from './check-entry';
import { canonical, isDigested, NO_PREVIOUS, recorded } from './entry';
import { checkHouse, HOUSE } from './house-history';
import { GrowingTree } from './merkle';
import { wrongDisposals } from './verify-disposals';

/** Tables whose every column is told by the history of the case, children before nothing: the order only groups messages. */
export const CASE_TABLES: readonly EntityTarget<{ id: string }>[] = [
  Case,
  Party,
  Allegation,
  Offer,
  RemedyAction,
  InterimMeasure,
  Appeal,
  CaseLink,
  Clock,
  Consent,
  Question,
  Message,
  Evidence,
  Answers,
  Proposal,
  Assignment,
  LegalHold,
  ErasureRequest,
  Story,
  Notice,
];

/** Something that does not agree: where, and a sentence that says what stands in the database and what the history says. */
export interface Difference {
  ledgerId: string;
  n: number | null;
  table: string;
  column: string | null;
  sentence: string;
}

export interface Verified {
  cases: number;
  /** Cases whose content was lawfully erased: their histories say so, and hold. */
  erased: number;
  entries: number;
  differences: Difference[];
}

const CASES_AT_ONCE = 200;
const LEAVES_AT_ONCE = 5000;
const LOOKS = 20;

/**
 * Re-derives every chain and replays every case against its rows. Stops collecting after `most` differences. Texts of people are
 * never opened: sealed columns are compared by digest.
 */
export async function verifyLedger(db: EntityManager, most = 100): Promise<Verified> {
  const result: Verified = { cases: 0, erased: 0, entries: 0, differences: [] };
  for (let after = ''; ;) {
    const ids = await nextLedgerIds(db, after);
    if (ids.length === 0) break;
    for (const each of await verifyCalmly(db, ids)) {
      result.cases += 1;
      result.entries += each.entries;
      result.differences.push(...each.differences);
    }
    if (result.differences.length >= most) break;
    after = ids.at(-1)!;
  }
  const house = await checkHouse(db);
  result.entries += house.entries;
  result.differences.push(
    ...house.faults.map(({ n, what }) => ({
      ledgerId: HOUSE,
      n,
      table: 'entries',
      column: null,
      sentence: `history of the house, entry ${n}: ${what}`,
    })),
    ...(await strayRows(db)),
    ...(await wrongKeys(db)),
    ...(await wrongDisposals(db)).map((fault) => ({ ledgerId: HOUSE, n: null, column: null, ...fault })),
    ...(await wrongLeaves(db)),
    ...(await forgottenEntries(db)),
    ...(await wrongCheckpoints(db)),
  );
  result.erased = await db.countBy(Case, { erasedOn: Not(IsNull()) });
  return result;
}

/** Verifies the history of one case. */
export async function verifyCase(db: EntityManager, ledgerId: string): Promise<Difference[]> {
  const [verified] = await verifyCalmly(db, [ledgerId]);
  return verified!.differences;
}

async function nextLedgerIds(db: EntityManager, after: string): Promise<string[]> {
  const take = CASES_AT_ONCE;
  const fromCases: { id: string }[] = await db
    .createQueryBuilder(Case, 'c')
    .select('c.ledgerId', 'id')
    .where('c.ledgerId > :after', { after })
    .orderBy('c.ledgerId')
    .limit(take)
    .getRawMany();
  const fromEntries: { id: string }[] = await db
    .createQueryBuilder(Entry, 'e')
    .select('e.ledgerId', 'id')
    .where('e.ledgerId > :after AND e.ledgerId <> :house', { after, house: HOUSE })
    .groupBy('e.ledgerId')
    .orderBy('e.ledgerId')
    .limit(take)
    .getRawMany();
  return [...new Set([...fromCases, ...fromEntries].map(({ id }) => id))].sort().slice(0, take);
}

type Rows = Map<string, Map<string, Record<string, unknown>>>;

const noRows = (): Rows => new Map();

interface VerifiedCase {
  entries: number;
  differences: Difference[];
}

/**
 * On a house that works meanwhile, a change between the read of a history and that of its rows looks like a difference. Every
 * change writes an entry: a difference is real once the next look finds the history no longer than it was.
 */
async function verifyCalmly(db: EntityManager, ledgerIds: string[]): Promise<VerifiedCase[]> {
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
      differences.push(...compare(db, ledgerId, rows, stored.get(ledgerId) ?? noRows()));
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

/** Re-derives one chain and folds what its entries wrote. */
function replay(ledgerId: string, history: Entry[]): { rows: Rows; differences: Difference[] } {
  const rows = noRows();
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
    for (const { table, id, set } of entry.rows) {
      const ofTable = rows.get(table) ?? new Map<string, Record<string, unknown>>();
      rows.set(table, ofTable.set(id, { ...ofTable.get(id), ...set }));
    }
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
  return { rows, differences };
}

function compare(db: EntityManager, ledgerId: string, told: Rows, stored: Rows): Difference[] {
  const differences: Difference[] = [];
  const name = (table: string, id: string) => `case ${ledgerId}: ${table} ${id}`;
  for (const entity of CASE_TABLES) {
    const { tableName: table, columns } = db.dataSource.getMetadata(entity);
    const toldRows = told.get(table);
    const storedRows = stored.get(table);
    for (const [id, row] of storedRows ?? []) {
      const expected = toldRows?.get(id);
      if (!expected) {
        differences.push({
          ledgerId,
          n: null,
          table,
          column: null,
          sentence: `${name(table, id)} stands in the database, but the history does not know it.`,
        });
        continue;
      }
      for (const { propertyName: column } of columns) {
        if (column === 'id') continue;
        const value = recorded(column, row[column]);
        const should = expected[column] ?? null;
        if (value === should) continue;
        const actual = canonical(value);
        const wanted = canonical(should);
        if (actual !== wanted)
          differences.push({
            ledgerId,
            n: null,
            table,
            column,
            sentence: isDigested(column)
              ? `${name(table, id)}: column ${column} was changed; it does not have the digest that the history recorded.`
              : `${name(table, id)}: column ${column} is ${actual} in the database, but the history says ${wanted}.`,
          });
      }
    }
    for (const id of toldRows?.keys() ?? [])
      if (!storedRows?.has(id))
        differences.push({
          ledgerId,
          n: null,
          table,
          column: null,
          sentence: `${name(table, id)} is missing from the database; the history knows it.`,
        });
  }
  return differences;
}

/** Rows of case tables that belong to no case at all. */
async function strayRows(db: EntityManager): Promise<Difference[]> {
  const differences: Difference[] = [];
  for (const entity of CASE_TABLES.slice(1)) {
    const { tableName: table } = db.dataSource.getMetadata(entity);
    const rows: { id: string }[] = await db
      .createQueryBuilder(entity, 'r')
      .select('r.id', 'id')
      .leftJoin(Case, 'c', 'c.id = r.caseId')
      .where('c.id IS NULL')
      .limit(20)
      .getRawMany();
    for (const { id } of rows)
      differences.push({
        ledgerId: '',
        n: null,
        table,
        column: 'caseId',
        sentence: `${table} ${id} belongs to no case.`,
      });
  }
  return differences;
}

/** Keys that are gone although no history tells of an erasure, and keys that are there although one does. */
async function wrongKeys(db: EntityManager): Promise<Difference[]> {
  const looked: [string, (ledgerId: string) => string][] = [
    [
      'c.erasedOn IS NULL AND k.ownerId IS NULL',
      (ledgerId) => `case ${ledgerId}: its data key is gone, but the history tells of no erasure.`,
    ],
    [
      'c.erasedOn IS NOT NULL AND k.ownerId IS NOT NULL',
      (ledgerId) =>
        `case ${ledgerId}: the history says that it was erased, but a data key of it is there again.`,
    ],
  ];
  const differences: Difference[] = [];
  for (const [condition, sentence] of looked) {
    const rows: { ledgerId: string }[] = await db
      .createQueryBuilder(Case, 'c')
      .select('c.ledgerId', 'ledgerId')
      .leftJoin(DataKey, 'k', 'k.ownerId = c.id')
      .where(condition)
      .limit(20)
      .getRawMany();
    for (const { ledgerId } of rows)
      differences.push({ ledgerId, n: null, table: 'data_keys', column: null, sentence: sentence(ledgerId) });
  }
  const parties: { ledgerId: string; id: string }[] = await db
    .createQueryBuilder(Party, 'p')
    .select('p.id', 'id')
    .addSelect('c.ledgerId', 'ledgerId')
    .innerJoin(Case, 'c', 'c.id = p.caseId')
    .leftJoin(DataKey, 'k', 'k.ownerId = p.id')
    .where('(p.contactSealed IS NOT NULL OR p.nameSealed IS NOT NULL) AND k.ownerId IS NULL')
    .limit(20)
    .getRawMany();
  for (const { ledgerId, id } of parties)
    differences.push({
      ledgerId,
      n: null,
      table: 'data_keys',
      column: null,
      sentence: `case ${ledgerId}: the data key of parties ${id} is gone, but the history tells of no erasure.`,
    });
  return differences;
}

/** Places in the global log whose entry is another one now, or none. */
async function wrongLeaves(db: EntityManager): Promise<Difference[]> {
  const rows: { index: number; ledgerId: string; n: number }[] = await db
    .createQueryBuilder(LogLeaf, 'l')
    .select('l.index', 'index')
    .addSelect('l.ledgerId', 'ledgerId')
    .addSelect('l.n', 'n')
    .leftJoin(Entry, 'e', 'e.ledgerId = l.ledgerId AND e.n = l.n')
    .where('e.leafHash IS NULL OR e.leafHash <> l.leafHash')
    .orderBy('l.index')
    .limit(20)
    .getRawMany();
  return rows.map(({ index, ledgerId, n }) => ({
    ledgerId,
    n,
    table: 'log_leaves',
    column: 'leafHash',
    sentence: `place ${index} of the global log: entry ${n} of case ${ledgerId} is gone or was replaced after it was integrated.`,
  }));
}

/** Entries that have no place in the global log and do not wait for one either. */
async function forgottenEntries(db: EntityManager): Promise<Difference[]> {
  const rows: { ledgerId: string; n: number }[] = await db
    .createQueryBuilder(Entry, 'e')
    .select('e.ledgerId', 'ledgerId')
    .addSelect('e.n', 'n')
    .leftJoin(LogLeaf, 'l', 'l.ledgerId = e.ledgerId AND l.n = e.n')
    .leftJoin(WaitingEntry, 'w', 'w.ledgerId = e.ledgerId AND w.n = e.n')
    .where('l.index IS NULL AND w.n IS NULL')
    .limit(20)
    .getRawMany();
  return rows.map(({ ledgerId, n }) => ({
    ledgerId,
    n,
    table: 'waiting_entries',
    column: null,
    sentence: `entry ${n} of case ${ledgerId} has no place in the global log and does not wait for one; it was put in from outside, or taken off the list.`,
  }));
}

/**
 * Grows the tree again from its places: each checkpoint has to name the root of the tree at its size, in its row and in its note,
 * and the last one covers every place. Whether the signatures hold, auditors check with the public key. Stops at the first
 * difference, because all later roots follow from it.
 */
async function wrongCheckpoints(db: EntityManager): Promise<Difference[]> {
  const of = (table: string, column: string | null, sentence: string): Difference[] => [
    { ledgerId: '', n: null, table, column, sentence },
  ];
  const checkpoints = await db.find(LogCheckpoint, { order: { size: 'ASC' } });
  const tree = new GrowingTree();
  let next = 0;
  const end = checkpoints.at(-1)?.size ?? 0;
  while (tree.size < end) {
    const leaves = await db
      .createQueryBuilder(LogLeaf, 'l')
      .select('l.index', 'index')
      .addSelect('l.leafHash', 'leafHash')
      .where('l.index >= :size AND l.index < :end', { size: tree.size, end })
      .orderBy('l.index')
      .limit(LEAVES_AT_ONCE)
      .getRawMany<{ index: number; leafHash: string }>();
    if (leaves.length === 0) break;
    for (const { index, leafHash: leaf } of leaves) {
      if (index !== tree.size)
        return of('log_leaves', 'index', `place ${tree.size} of the global log is missing.`);
      tree.add(leaf);
      const checkpoint = checkpoints[next];
      if (checkpoint?.size !== tree.size) continue;
      next += 1;
      const column = wrongColumn(checkpoint, tree.root);
      if (column)
        return of(
          'log_checkpoints',
          column,
          `checkpoint ${tree.size} of the global log: column ${column} does not name the root of the first ${tree.size} places; the checkpoint or one of the places was changed.`,
        );
    }
  }
  if (tree.size < end || next < checkpoints.length)
    return of(
      'log_leaves',
      'index',
      `the global log has ${tree.size} places, but its last checkpoint covers ${end}; places were taken away.`,
    );
  // In this order: a place and the checkpoint over it are stored together, so whoever reads a place can read its checkpoint.
  const [beyond] = await db.find(LogLeaf, { order: { index: 'DESC' }, take: 1 });
  const covered = await db.maximum(LogCheckpoint, 'size');
  return beyond && beyond.index >= (covered ?? 0)
    ? of(
        'log_checkpoints',
        null,
        `place ${beyond.index} of the global log is covered by no checkpoint; a checkpoint was taken away or the place was put in.`,
      )
    : [];
}

function wrongColumn({ size, rootHash, note }: LogCheckpoint, root: string): 'rootHash' | 'note' | null {
  if (rootHash !== root) return 'rootHash';
  const [, notedSize, notedRoot] = note.split('\n');
  return notedSize === String(size) && notedRoot === Buffer.from(root, 'hex').toString('base64')
    ? null
    : 'note';
}
