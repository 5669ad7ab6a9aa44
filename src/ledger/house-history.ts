import { type EntityManager, MoreThan } from 'typeorm';
import { lockHouse } from '../records/dialect';
import { Entry } from '../records/entities/entry';
import { WaitingEntry } from '../records/entities/waiting-entry';
import { insert } from '../records/insert';
import { checkEntry } from './check-entry';
import { canonical, leafHash, NO_PREVIOUS, type EntryBody } from './entry';

/** Ledger id, and the only state, of the history of what concerns no single case. No case has this name: theirs are random. */
export const HOUSE = 'house';

const ENTRIES_AT_ONCE = 2000;
/** One changed entry makes every later one wrong. */
const FAULTS_AT_MOST = 100;

/** A deed of the house; `facts` hold codes, numbers and digests only, as in every entry. */
export type HouseDeed = Required<Pick<EntryBody, 'act' | 'by' | 'at' | 'facts'>>;

/** Writes the next entry of the house, in the change of what it tells of. Two at once stand one behind the other. */
export async function appendToHouse(db: EntityManager, deed: HouseDeed): Promise<void> {
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
    rows: [],
  };
  const body = canonical(entry);
  await insert(db, Entry, { ledgerId: HOUSE, n, body, leafHash: leafHash(body) });
  await insert(db, WaitingEntry, { ledgerId: HOUSE, n });
}

/** Re-derives the history of the house, a few entries at a time; `faults` are sentences about the entry `n`. */
export async function checkHouse(
  db: EntityManager,
): Promise<{ entries: number; faults: { n: number; what: string }[] }> {
  const faults: { n: number; what: string }[] = [];
  let entries = 0;
  let prev = NO_PREVIOUS;
  for (let after: number | undefined; ;) {
    const page: Entry[] = await db.find(Entry, {
      where: { ledgerId: HOUSE, ...(after === undefined ? {} : { n: MoreThan(after) }) },
      order: { n: 'ASC' },
      take: ENTRIES_AT_ONCE,
    });
    for (const stored of page) {
      entries += 1;
      const { entry, faults: found } = checkEntry(stored, {
        ledgerId: HOUSE,
        n: entries,
        prev,
        state: HOUSE,
      });
      if (entry && (entry.to !== HOUSE || entry.rows.length > 0)) found.push('tells of a case.');
      faults.push(...found.map((what) => ({ n: stored.n, what })));
      prev = stored.leafHash;
    }
    if (page.length < ENTRIES_AT_ONCE || faults.length >= FAULTS_AT_MOST) return { entries, faults };
    after = page.at(-1)!.n;
  }
}
