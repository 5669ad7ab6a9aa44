import { type EntityManager, LessThan, Like, MoreThan } from 'typeorm';
import { lockHouse } from '../records/dialect';
import { Entry } from '../records/entities/entry';
import { WaitingEntry } from '../records/entities/waiting-entry';
import { insert } from '../records/insert';
import { checkEntry } from './check-entry';
import { canonical, leafHash, NO_PREVIOUS, readEntry, type EntryBody, type EntryRow } from './entry';
import { HOUSE } from './house';
import { HOUSE_TABLES } from './house-tables';
import { RecordedRows } from './recorded-rows';
import { fold, type ToldRows } from './replay';

const ENTRIES_AT_ONCE = 2000;
/** One changed entry makes every later one wrong. */
const FAULTS_AT_MOST = 100;

/** A deed of the house; `facts` hold codes, numbers and digests only, as in every entry. */
export type HouseDeed = Required<Pick<EntryBody, 'act' | 'by' | 'at' | 'facts'>>;

/** Writes rows that concern no single case, and the entry that tells of them. */
export class HouseChange extends RecordedRows {
  constructor(db: EntityManager) {
    super(db, null);
  }

  /** Once, when everything else of the change is written. */
  append(deed: HouseDeed): Promise<void> {
    return appendToHouse(this.db, deed, this.rows);
  }
}

/** Writes the next entry of the house, in the change of what it tells of. Two at once stand one behind the other. */
export async function appendToHouse(
  db: EntityManager,
  deed: HouseDeed,
  rows: readonly EntryRow[] = [],
): Promise<void> {
  await lockHouse(db);
  const last = await db.findOne(Entry, { where: { ledgerId: HOUSE }, order: { n: 'DESC' } });
  const n = (last?.n ?? 0) + 1;
  const entry: EntryBody = {
    v: 1,
    case: HOUSE,
    n,
    prev: last?.leafHash ?? NO_PREVIOUS,
    ...deed,
    from: HOUSE,
    to: HOUSE,
    sealed: [],
    rows: [...rows],
  };
  const body = canonical(entry);
  await insert(db, Entry, { ledgerId: HOUSE, n, body, leafHash: leafHash(body) });
  await insert(db, WaitingEntry, { ledgerId: HOUSE, n });
}

/**
 * What the house says where this fact of its entries is so, such as of one batch of disposal or of one vendor, oldest first; an entry that
 * does not have its own hash says nothing. Looks through the whole history: for what happens now and then.
 */
export async function houseDeedsOf(
  db: EntityManager,
  fact: string,
  value: string | number,
): Promise<(EntryBody & { leafHash: string })[]> {
  const where = { ledgerId: HOUSE, body: Like(`%"${fact}":${JSON.stringify(value)}%`) };
  const entries = await db.find(Entry, { where, order: { n: 'ASC' } });
  return entries.flatMap(({ body, leafHash: stored }) => {
    const entry = leafHash(body) === stored ? readEntry(body) : null;
    return entry?.facts[fact] === value ? [{ ...entry, leafHash: stored }] : [];
  });
}

export interface HouseFault {
  n: number;
  what: string;
}

/** What the history of the house says: how long it is, what is wrong with it, and the rows that it tells of. */
export interface CheckedHouse {
  entries: number;
  /** Entries that tell of rows. */
  changes: number;
  faults: HouseFault[];
  told: ToldRows;
}

/** Re-derives the history of the house, a few entries at a time; `faults` are sentences about the entry `n`. */
export async function checkHouse(db: EntityManager): Promise<CheckedHouse> {
  const faults: HouseFault[] = [];
  const told: ToldRows = new Map();
  let [entries, changes] = [0, 0];
  for (let last: Entry | null = null; ;) {
    const page: Entry[] = await db.find(Entry, {
      where: { ledgerId: HOUSE, ...(last ? { n: MoreThan(last.n) } : {}) },
      order: { n: 'ASC' },
      take: ENTRIES_AT_ONCE,
    });
    faults.push(...faultsOf(page, last));
    for (const { body } of page) {
      const entry = readEntry(body);
      if (!entry || entry.rows.length === 0) continue;
      changes += 1;
      fold(told, entry);
    }
    entries += page.length;
    if (page.length < ENTRIES_AT_ONCE || faults.length >= FAULTS_AT_MOST)
      return { entries, changes, faults, told };
    last = page.at(-1)!;
  }
}

/** The newest entries before `before`, newest first, each held against the one before it. `next` is the `before` of the next page. */
export async function readHouse(
  db: EntityManager,
  { before, most }: { before?: number; most: number },
): Promise<{ entries: Entry[]; faults: HouseFault[]; next: number | null }> {
  const found = await db.find(Entry, {
    where: { ledgerId: HOUSE, ...(before === undefined ? {} : { n: LessThan(before) }) },
    order: { n: 'DESC' },
    take: most + 1,
  });
  const entries = found.slice(0, most);
  return {
    entries,
    faults: faultsOf([...entries].reverse(), found[most] ?? null),
    next: found.length > most ? entries.at(-1)!.n : null,
  };
}

/** Oldest first; `last` is the entry before them, null before the first of all. */
function faultsOf(page: Entry[], last: Entry | null): HouseFault[] {
  const first = (last?.n ?? 0) + 1;
  let prev = last?.leafHash ?? NO_PREVIOUS;
  return page.flatMap((stored, index) => {
    const expected = { ledgerId: HOUSE, n: first + index, prev, state: HOUSE };
    const { entry, faults } = checkEntry(stored, expected);
    if (entry && (entry.to !== HOUSE || entry.rows.some(({ table }) => !Object.hasOwn(HOUSE_TABLES, table))))
      faults.push('tells of a case.');
    prev = stored.leafHash;
    return faults.map((what) => ({ n: stored.n, what }));
  });
}
