import { createHmac, type KeyObject } from 'node:crypto';
import { type EntityManager, In } from 'typeorm';
import { randomLetters } from '../platform/ids';
import { SearchWord } from '../records/entities/search-word';
import { SearchedCase } from '../records/entities/searched-case';
import { insert } from '../records/insert';
import { update } from '../records/update';
import type { Vault } from './vault';

const HASH_BYTES = 9;
const RANDOM_LETTERS_OF_PLACE = 8;
const HASHES_IN_ONE_DELETE = 500;
/** From here on a word counts as common; how common does not matter. */
const MANY = 1000;

/** A case whose texts are to be found: `revision` is the one at which they were read. */
export interface Searchable {
  caseId: string;
  /** YYYY-MM-DD */
  lodgedOn: string;
  revision: number;
}

/** Where a page of results goes on: the place of its last case. */
export const SEARCH_PLACE = /^\d{8}[0-9A-Z]{8}$/;

/**
 * Finds cases by keyed hashes of the words in their sealed texts. The hash of a word is the same in every case, so whoever has the
 * database alone sees in how many cases a word occurs, and which cases share it, and may guess very frequent words from that. Hence: a
 * word stands once in a case, without count or position, in the order of hashes; without the keys file nobody can test a guess.
 */
export class SearchIndex {
  private readonly key: KeyObject;

  constructor(vault: Vault) {
    this.key = vault.deriveKey('search words');
  }

  /** Twelve letters each: the first 72 bits of HMAC-SHA-256, so that even among millions of words no two are taken for one. */
  hashesOf(words: Iterable<string>): string[] {
    return Array.from(words, (word) =>
      createHmac('sha256', this.key).update(word).digest().subarray(0, HASH_BYTES).toString('base64url'),
    );
  }

  /** Makes the case be found by exactly these words. Leaves it as it is when a later revision of it stands there already. */
  async put(
    db: EntityManager,
    { caseId, lodgedOn, revision }: Searchable,
    hashes: readonly string[],
  ): Promise<void> {
    const known = await db.findOneBy(SearchedCase, { caseId });
    if (known && known.revision > revision) return;
    const place = known?.place ?? lodgedOn.replaceAll('-', '') + randomLetters(RANDOM_LETTERS_OF_PLACE);
    if (!known) await insert(db, SearchedCase, { caseId, place, revision });
    else if (known.revision < revision) await update(db, SearchedCase, { caseId }, { revision });
    const rows = await db
      .createQueryBuilder(SearchWord, 'w')
      .select('w.wordHash', 'wordHash')
      .where('w.place = :place', { place })
      .getRawMany<{ wordHash: string }>();
    const stored = new Set(rows.map(({ wordHash }) => wordHash));
    const wanted = new Set(hashes);
    // Sorted, so that the order of rows does not tell the order of words in the text.
    const missing = [...wanted].filter((hash) => !stored.has(hash)).sort();
    await insert(
      db,
      SearchWord,
      missing.map((wordHash) => ({ wordHash, place })),
    );
    const gone = [...stored].filter((hash) => !wanted.has(hash));
    for (let from = 0; from < gone.length; from += HASHES_IN_ONE_DELETE)
      await db.delete(SearchWord, { place, wordHash: In(gone.slice(from, from + HASHES_IN_ONE_DELETE)) });
  }

  /** Takes a case out of the search, in the change that erases its texts. */
  async forgetCase(db: EntityManager, caseId: string): Promise<void> {
    const known = await db.findOneBy(SearchedCase, { caseId });
    if (!known) return;
    await db.delete(SearchWord, { place: known.place });
    await db.delete(SearchedCase, { caseId });
  }

  /** Ids of cases in which all these words occur, newest first, from the one after `place` on; at most `most`. */
  async find(
    db: EntityManager,
    words: Iterable<string>,
    { after, most }: { after?: string; most: number },
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
    return query.orderBy('w.place', 'DESC').limit(most).getRawMany();
  }

  /** The cases of the first word are walked through, and the others looked up in each. */
  private async rarestFirst(db: EntityManager, hashes: string[]): Promise<string[]> {
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
