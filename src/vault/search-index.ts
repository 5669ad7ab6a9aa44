import { createHmac, type KeyObject } from 'node:crypto';
import { type EntityManager, In, type ObjectLiteral, type SelectQueryBuilder } from 'typeorm';
import { randomLetters } from '../platform/ids';
import { QueuePlace } from '../records/entities/queue-place';
import { SearchWord } from '../records/entities/search-word';
import { SearchedCase } from '../records/entities/searched-case';
import { SearchedGroup } from '../records/entities/searched-group';
import { insert } from '../records/insert';
import { update } from '../records/update';
import { EVERY_CASE } from '../rules/queue';
import type { Vault } from './vault';

const HASH_BYTES = 9;
const RANDOM_LETTERS_OF_PLACE = 8;
const HASHES_AT_ONCE = 500;
/** From here on a word counts as common; how common does not matter. */
const MANY = 1000;

/** Most different words of one case, so that none can fill the disk. A case that has more is found by those that were written first. */
export const MOST_WORDS_OF_A_CASE = 20_000;

/** A case that is to be found, and how far its texts were read. */
export interface Searchable {
  caseId: string;
  /** YYYY-MM-DD */
  lodgedOn: string;
  /** Revision of the case up to which its texts are in the index with these words. */
  upTo: number;
}

export type Narrowing = (query: SelectQueryBuilder<SearchWord>, caseId: string) => void;

/** What became of a case: MOVED, and nothing is done, when the index no longer holds what it held when the texts were read. */
export type Put = 'PUT' | 'FULL' | 'MOVED';

/** Where a page of results goes on: the place of its last case. */
export const SEARCH_PLACE = /^\d{8}[0-9A-Z]{8}$/;

/**
 * Finds cases by keyed hashes of the words in their sealed texts. The hash of a word is the same in every case, so whoever has the
 * database alone sees in how many cases a word occurs, and which cases share it, and may guess very frequent words from that. Hence: a
 * word stands once in a case, without count or position, in the order of hashes; without the keys file nobody can test a guess. The same
 * holds of the groups that staff noted of a case.
 */
export class SearchIndex {
  private readonly wordKey: KeyObject;
  private readonly groupKey: KeyObject;

  constructor(vault: Vault) {
    this.wordKey = vault.deriveKey('search words');
    this.groupKey = vault.deriveKey('search groups');
  }

  hashesOf(words: Iterable<string>): string[] {
    return Array.from(words, (word) => hashUnder(this.wordKey, word));
  }

  /** The hash of a group by its code; under a key of its own, so that none is taken for a word. */
  hashOfGroup(code: string): string {
    return hashUnder(this.groupKey, code);
  }

  /**
   * Adds words to a case, each named once, the first of them while there is room. `after`: revision up to which the index held its texts
   * when these were read; 0 for none. FULL is said once, when the last room is taken.
   */
  async add(
    db: EntityManager,
    { caseId, lodgedOn, upTo, after }: Searchable & { after: number },
    hashes: readonly string[],
  ): Promise<Put> {
    const known = await this.known(db, { caseId, lodgedOn });
    if (known.revision !== after) return 'MOVED';
    const room = MOST_WORDS_OF_A_CASE - known.words;
    const words = known.words + (await this.insertMissing(db, known.place, hashes, room));
    return this.advance(db, known, { revision: upTo, words });
  }

  /** Makes the case be found by exactly these words, each named once: by the first of them, where they are too many. */
  async replace(
    db: EntityManager,
    { caseId, lodgedOn, upTo }: Searchable,
    hashes: readonly string[],
  ): Promise<Put> {
    const known = await this.known(db, { caseId, lodgedOn });
    const wanted = hashes.slice(0, MOST_WORDS_OF_A_CASE);
    const kept = await this.deleteOthers(db, known.place, new Set(wanted));
    const words = kept + (await this.insertMissing(db, known.place, wanted, wanted.length));
    return this.advance(db, known, { revision: upTo, words });
  }

  /** Makes the case be found by exactly these groups, where it stands in the queue now; whoever moves it there moves these rows. */
  async replaceGroups(db: EntityManager, caseId: string, codes: readonly string[]): Promise<void> {
    const there = await db.findBy(SearchedGroup, { caseId });
    if (codes.length === 0 && there.length === 0) return;
    const { lane, urgency, dueOn } = await db.findOneByOrFail(QueuePlace, { caseId, facet: EVERY_CASE });
    const hashes = [...new Set(codes.map((code) => this.hashOfGroup(code)))];
    const wanted = hashes.map((groupHash) => ({ groupHash, lane, urgency, dueOn, caseId }));
    if (same(there, wanted)) return;
    await db.delete(SearchedGroup, { caseId });
    await insert(db, SearchedGroup, wanted);
  }

  private async advance(
    db: EntityManager,
    { caseId, ...was }: SearchedCase,
    now: Pick<SearchedCase, 'revision' | 'words'>,
  ): Promise<Put> {
    if (now.revision !== was.revision || now.words !== was.words)
      await update(db, SearchedCase, { caseId }, now);
    return was.words < MOST_WORDS_OF_A_CASE && now.words >= MOST_WORDS_OF_A_CASE ? 'FULL' : 'PUT';
  }

  /** What stands of a case; one that nobody knew gets its place. */
  private async known(
    db: EntityManager,
    { caseId, lodgedOn }: Pick<Searchable, 'caseId' | 'lodgedOn'>,
  ): Promise<SearchedCase> {
    const known = await db.findOneBy(SearchedCase, { caseId });
    if (known) return known;
    const place = lodgedOn.replaceAll('-', '') + randomLetters(RANDOM_LETTERS_OF_PLACE);
    const row = { caseId, place, revision: 0, words: 0 };
    await insert(db, SearchedCase, row);
    return row;
  }

  /** How many of these were not there and found room. */
  private async insertMissing(
    db: EntityManager,
    place: string,
    hashes: readonly string[],
    room: number,
  ): Promise<number> {
    let inserted = 0;
    for (let from = 0; from < hashes.length && inserted < room; from += HASHES_AT_ONCE) {
      const some = hashes.slice(from, from + HASHES_AT_ONCE);
      const there = new Set(await stored(hashesAt(db, place).andWhere('w.wordHash IN (:...some)', { some })));
      const missing = some.filter((hash) => !there.has(hash)).slice(0, room - inserted);
      await insert(
        db,
        SearchWord,
        missing.map((wordHash) => ({ wordHash, place })),
      );
      inserted += missing.length;
    }
    return inserted;
  }

  /** Deletes every word but these, and says how many are left. */
  private async deleteOthers(db: EntityManager, place: string, wanted: ReadonlySet<string>): Promise<number> {
    let kept = 0;
    for (let last = '', isEnd = false; !isEnd;) {
      const some = await stored(
        hashesAt(db, place)
          .andWhere('w.wordHash > :last', { last })
          .orderBy('w.wordHash')
          .limit(HASHES_AT_ONCE),
      );
      const gone = some.filter((hash) => !wanted.has(hash));
      if (gone.length > 0) await db.delete(SearchWord, { place, wordHash: In(gone) });
      kept += some.length - gone.length;
      isEnd = some.length < HASHES_AT_ONCE;
      last = some.at(-1) ?? last;
    }
    return kept;
  }

  /** Takes a case out of the search, in the change that erases its texts. */
  async forgetCase(db: EntityManager, caseId: string): Promise<void> {
    await forgetGroups(db, caseId);
    const known = await db.findOneBy(SearchedCase, { caseId });
    if (!known) return;
    await db.delete(SearchWord, { place: known.place });
    await db.delete(SearchedCase, { caseId });
  }

  /**
   * Ids of cases in which all these words occur, newest first, from the one after `place` on; at most `most`. `narrow` leaves out what
   * whoever asks may not see, by the expression that names the case.
   */
  async find(
    db: EntityManager,
    words: Iterable<string>,
    { after, most, narrow }: { after?: string; most: number; narrow: Narrowing },
  ): Promise<Pick<SearchedCase, 'caseId' | 'place'>[]> {
    const [rarest, ...others] = await this.rarestFirst(db, this.hashesOf(words));
    const query = db
      .createQueryBuilder(SearchWord, 'w')
      .innerJoin(SearchedCase, 's', 's.place = w.place')
      .select('s.caseId', 'caseId')
      .addSelect('w.place', 'place')
      .where('w.wordHash = :rarest', { rarest });
    if (after) query.andWhere('w.place < :after', { after });
    others.forEach((hash, n) => {
      const occurs = query
        .subQuery()
        .select('1')
        .from(SearchWord, `w${n}`)
        .where(`w${n}.wordHash = :hash${n}`)
        .andWhere(`w${n}.place = w.place`);
      query.andWhere(`EXISTS ${occurs.getQuery()}`, { [`hash${n}`]: hash });
    });
    narrow(query, 's.caseId');
    return query.orderBy('w.place', 'DESC').limit(most).getRawMany();
  }

  /**
   * The first `words` words of a case by their hash, and in which other cases lodged from a day on and before another one each stands; null
   * where they are more than `most`: such a word tells no cases apart.
   */
  async sharing(
    db: EntityManager,
    caseId: string,
    { from, before, words, most }: { from: string; before: string; words: number; most: number },
  ): Promise<(string[] | null)[]> {
    const known = await db.findOneBy(SearchedCase, { caseId });
    if (!known) return [];
    const [first, end] = [from, before].map((day) => day.replaceAll('-', ''));
    const hashes = await stored(hashesAt(db, known.place).orderBy('w.wordHash').limit(words));
    if (hashes.length === 0) return [];
    // One statement, in which each word is looked at no further than its own limit: a usual one stands in every case.
    const query = db.createQueryBuilder();
    const ofEach = hashes.map((_, n) => {
      const places = query
        .subQuery()
        .select('w.wordHash', 'hash')
        .addSelect('w.place', 'place')
        .from(SearchWord, 'w')
        .where(`w.wordHash = :hash${n}`)
        .andWhere('w.place >= :first AND w.place < :end')
        .andWhere('w.place <> :own')
        .limit(most + 1);
      return `SELECT * FROM ${places.getQuery()} u${n}`;
    });
    const found = await query
      .select('u.*')
      .from(`(${ofEach.join(' UNION ALL ')})`, 'u')
      .setParameters({ first, end, own: known.place })
      .setParameters(Object.fromEntries(hashes.map((hash, n) => [`hash${n}`, hash])))
      .getRawMany<{ hash: string; place: string }>();
    const places = new Map(hashes.map((hash): [string, string[]] => [hash, []]));
    for (const { hash, place } of found) places.get(hash)!.push(place);
    const few = [...places.values()].map((each) => (each.length > most ? null : each));
    // Looked up afterwards: joined, PostgreSQL would walk through every case of this time.
    const named = await db.findBy(SearchedCase, {
      place: In([...new Set(few.flatMap((each) => each ?? []))]),
    });
    const caseAt = new Map(named.map((each) => [each.place, each.caseId]));
    return few.map((each) => each?.flatMap((place) => caseAt.get(place) ?? []) ?? null);
  }

  /** The hashes of words, the rarest first: the cases of that one are walked through, and the others looked up in each. */
  async rarestFirst(db: EntityManager, hashes: string[]): Promise<string[]> {
    if (hashes.length === 1) return hashes;
    const counted: { hash: string; cases: number }[] = [];
    for (const hash of hashes) {
      const found = await db
        .createQueryBuilder()
        .select('COUNT(*)', 'cases')
        .from(
          (few) =>
            few.select('w.place').from(SearchWord, 'w').where('w.wordHash = :hash', { hash }).limit(MANY),
          'few',
        )
        .getRawOne<{ cases: number | string }>();
      counted.push({ hash, cases: Number(found!.cases) });
    }
    return counted.sort((a, b) => a.cases - b.cases).map(({ hash }) => hash);
  }
}

/** Twelve letters: the first 72 bits of HMAC-SHA-256, so that even among millions of words no two are taken for one. */
function hashUnder(key: KeyObject, text: string): string {
  return createHmac('sha256', key).update(text).digest().subarray(0, HASH_BYTES).toString('base64url');
}

function same(some: readonly SearchedGroup[], others: readonly SearchedGroup[]): boolean {
  const text = (rows: readonly SearchedGroup[]) =>
    rows
      .map(({ groupHash, lane, urgency, dueOn }) => [groupHash, lane, urgency, dueOn].join(' '))
      .sort()
      .join();
  return text(some) === text(others);
}

/** Finds the case by none of its groups any more, in the change that takes any of them away; those that stay come back behind the log. */
export async function forgetGroups(db: EntityManager, caseId: string): Promise<void> {
  await db.delete(SearchedGroup, { caseId });
}

/** Cases of which a group is noted, by its hash, as a query that another one can hold. */
export function casesOfGroup(
  query: SelectQueryBuilder<ObjectLiteral>,
  hash: string,
): SelectQueryBuilder<ObjectLiteral> {
  return query
    .select('sg.caseId', 'caseId')
    .from(SearchedGroup, 'sg')
    .where('sg.groupHash = :ofGroup', { ofGroup: hash });
}

/** Cases in which a word occurs, by its hash, as a query that another one can hold. */
export function casesWithWord(
  query: SelectQueryBuilder<ObjectLiteral>,
  hash: string,
): SelectQueryBuilder<ObjectLiteral> {
  return query
    .select('cs.caseId', 'caseId')
    .from(SearchWord, 'cw')
    .innerJoin(SearchedCase, 'cs', 'cs.place = cw.place')
    .where('cw.wordHash = :ofWord', { ofWord: hash });
}

/** Leaves out of a query every case in which one of these words does not occur. `caseId` is the expression that names the case. */
export function onlyWithWords(
  query: SelectQueryBuilder<ObjectLiteral>,
  caseId: string,
  hashes: readonly string[],
): void {
  hashes.forEach((hash, n) => {
    const occurs = query
      .subQuery()
      .select('1')
      .from(SearchedCase, `os${n}`)
      .innerJoin(SearchWord, `ow${n}`, `ow${n}.place = os${n}.place`)
      .where(`os${n}.caseId = ${caseId}`)
      .andWhere(`ow${n}.wordHash = :word${n}`);
    query.andWhere(`EXISTS ${occurs.getQuery()}`, { [`word${n}`]: hash });
  });
}

function hashesAt(db: EntityManager, place: string): SelectQueryBuilder<SearchWord> {
  return db
    .createQueryBuilder(SearchWord, 'w')
    .select('w.wordHash', 'wordHash')
    .where('w.place = :place', { place });
}

async function stored(query: SelectQueryBuilder<SearchWord>): Promise<string[]> {
  return (await query.getRawMany<{ wordHash: string }>()).map(({ wordHash }) => wordHash);
}
