import { setImmediate as letOthersGo } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In, MoreThan } from 'typeorm';
import { Log } from '../../platform/log';
import { isUniqueViolation, lockCase } from '../../records/dialect';
import { Case } from '../../records/entities/case';
import { DataKey } from '../../records/entities/data-key';
import { Entry } from '../../records/entities/entry';
import { LogLeaf } from '../../records/entities/log-leaf';
import { SearchProgress } from '../../records/entities/search-progress';
import { SearchedCase } from '../../records/entities/searched-case';
import { WaitingEntry } from '../../records/entities/waiting-entry';
import { insert } from '../../records/insert';
import { Transactions } from '../../records/transactions';
import { update } from '../../records/update';
import { MOST_WORDS_OF_A_CASE, type Put, SearchIndex } from '../../vault/search-index';
import type { CaseKey } from '../../vault/vault';
import { ReadWords } from './read-words';

const ENTRIES_AT_ONCE = 200;
const PIECES_IN_ONE_CHANGE = 25;
const WORDS_IN_ONE_CHANGE = 2000;

type Reading = 'FOLLOW' | 'REBUILD';

/** A case, and the revision up to which the index holds its texts. */
type Known = Pick<Case, 'id' | 'ledgerId' | 'lodgedOn' | 'revision'> & { searched: number };

/** Words on their way into the index: read when it held the texts up to `after`, which it holds up to `upTo` with these. */
interface Piece {
  row: Known;
  /** Null once it is erased. */
  key: CaseKey | null;
  after: number;
  upTo: number;
  hashes: string[];
}

/** Of `total` entries of the log, `done` are looked at. */
export type Progress = (done: number, total: number) => void;

/**
 * Keeps the words of all cases in the search index, behind the log and never inside a change of a case. Reads the log in its order and
 * indexes the cases it names, each as it is now. What is killed is done again; what several processes do at once is the same.
 */
@Injectable()
export class IndexCases {
  constructor(
    private readonly transactions: Transactions,
    private readonly words: ReadWords,
    private readonly index: SearchIndex,
    private readonly log: Log,
  ) {}

  /** Reads the next entries of the log; says how many they were, none when all are read. */
  follow(): Promise<number> {
    return this.read('FOLLOW', (leaves) => this.bring('FOLLOW', leaves));
  }

  /** Before a search: indexes what was written a moment ago, up to a limit; says how many entries are still to be read. */
  async catchUp(): Promise<number> {
    const waiting = await this.transactions.read((db) => db.find(WaitingEntry, { take: ENTRIES_AT_ONCE }));
    await this.bring('FOLLOW', waiting);
    await this.follow();
    return this.transactions.read(async (db) => {
      const { next } = await progressOf(db, 'FOLLOW');
      const unread = Math.max(0, (await sizeOf(db)) - next);
      return unread + (waiting.length < ENTRIES_AT_ONCE ? 0 : await db.count(WaitingEntry));
    });
  }

  /** Indexes every case once more, beside a running server; goes on where an earlier run was ended. */
  async rebuild(progress: Progress = () => undefined): Promise<void> {
    const until = await this.beginRebuild();
    let read: number;
    do {
      const { next } = await this.transactions.read((db) => progressOf(db, 'REBUILD'));
      progress(next, until);
      // Each case begins once in the log, and is indexed as it is now.
      read = await this.read('REBUILD', (leaves) =>
        this.bring(
          'REBUILD',
          leaves.filter(({ n }) => n === 1),
        ),
      );
    } while (read > 0);
    while ((await this.follow()) > 0);
  }

  /** The place in the log at which it will end. */
  private async beginRebuild(): Promise<number> {
    const { was, size } = await this.transactions.read(async (db) => ({
      was: await progressOf(db, 'REBUILD'),
      size: await sizeOf(db),
    }));
    if (was.until !== null && was.next < was.until) return was.until;
    await this.advance(was, { ...was, next: 0, until: size });
    return size;
  }

  /** Changes nothing when another process was quicker. */
  private async advance(was: SearchProgress, now: SearchProgress): Promise<void> {
    const { name, next, until } = now;
    try {
      await this.transactions.change(async (db) => {
        if (await update(db, SearchProgress, { name, next: was.next }, { next, until })) return;
        if (!(await db.existsBy(SearchProgress, { name }))) await insert(db, SearchProgress, now);
      });
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
    }
  }

  private async read(reading: Reading, work: (leaves: LogLeaf[]) => Promise<void>): Promise<number> {
    const { was, leaves } = await this.transactions.read(async (db) => {
      const was = await progressOf(db, reading);
      const most = Math.min(ENTRIES_AT_ONCE, (was.until ?? Infinity) - was.next);
      return { was, leaves: most > 0 ? await leavesFrom(db, was.next, most) : [] };
    });
    if (leaves.length === 0) return 0;
    await work(leaves);
    await this.advance(was, { ...was, next: leaves.at(-1)!.index + 1 });
    return leaves.length;
  }

  /** Until the index holds what these cases say now; a case that went on meanwhile is read once more. */
  private async bring(reading: Reading, named: readonly { ledgerId: string }[]): Promise<void> {
    let left = new Set(named.map(({ ledgerId }) => ledgerId));
    while (left.size > 0) {
      const moved = new Set<string>();
      const cases = await this.casesOf([...left]);
      const pieces = reading === 'FOLLOW' ? this.newPieces(cases) : this.wholePieces(cases);
      for await (const group of grouped(pieces)) {
        for (const ledgerId of await this.store(reading, group)) moved.add(ledgerId);
        await letOthersGo();
      }
      left = moved;
    }
  }

  /** In the order of ids, so that two processes cannot wait for each other. */
  private casesOf(ledgerIds: string[]): Promise<Known[]> {
    return this.transactions.read(async (db) => {
      const rows = await db.find(Case, {
        select: { id: true, ledgerId: true, lodgedOn: true, revision: true },
        where: { ledgerId: In(ledgerIds) },
        order: { id: 'ASC' },
      });
      const searched = await db.findBy(SearchedCase, { caseId: In(rows.map(({ id }) => id)) });
      const revisions = new Map(searched.map(({ caseId, revision }) => [caseId, revision]));
      return rows.map((row) => ({ ...row, searched: revisions.get(row.id) ?? 0 }));
    });
  }

  /** What was written since a case was read the last time. */
  private async *newPieces(cases: readonly Known[]): AsyncGenerator<Piece> {
    for (const row of cases.filter(({ revision, searched }) => searched < revision)) {
      const key = await this.words.keyOf(row.id);
      if (key === 'erased' || key === 'broken') continue;
      let after = row.searched;
      for await (const { upTo, hashes } of this.words.after(row, key, after)) {
        // A stretch is read when the last of its words are in the index.
        for (let from = 0; from === 0 || from < hashes.length; from += WORDS_IN_ONE_CHANGE) {
          const some = hashes.slice(from, from + WORDS_IN_ONE_CHANGE);
          const isLast = from + WORDS_IN_ONE_CHANGE >= hashes.length;
          yield { row, key, after, upTo: isLast ? upTo : after, hashes: some };
        }
        after = upTo;
      }
    }
  }

  /** All that a case says, in one piece. */
  private async *wholePieces(cases: readonly Known[]): AsyncGenerator<Piece> {
    for (const row of cases) {
      const key = await this.words.keyOf(row.id);
      if (key === 'broken') continue;
      const whole = new Set<string>();
      let read = 0;
      const opening = key === 'erased' ? null : key;
      if (opening)
        for await (const { upTo, hashes } of this.words.after(row, opening, 0)) {
          read = upTo;
          for (const hash of hashes) if (whole.size < MOST_WORDS_OF_A_CASE) whole.add(hash);
        }
      yield { row, key: opening, after: 0, upTo: read, hashes: [...whole] };
    }
  }

  /** Gives the cases that went on while they were read. One that was erased meanwhile is forgotten. */
  private async store(reading: Reading, pieces: readonly Piece[]): Promise<string[]> {
    const done = await this.transactions.change(async (db) => {
      const done: { row: Known; put: Put }[] = [];
      for (const piece of pieces) done.push({ row: piece.row, put: await this.put(db, reading, piece) });
      return done;
    });
    for (const { row } of done.filter(({ put }) => put === 'FULL'))
      this.log.warn('a case has as many words as search keeps of one; what else is written is not found', {
        caseId: row.id,
        words: MOST_WORDS_OF_A_CASE,
      });
    return done.filter(({ put }) => put === 'MOVED').map(({ row }) => row.ledgerId);
  }

  private async put(
    db: EntityManager,
    reading: Reading,
    { row, key, after, upTo, hashes }: Piece,
  ): Promise<Put> {
    const { id: caseId, ledgerId, lodgedOn } = row;
    await lockCase(db, caseId);
    if (!key || !(await db.existsBy(DataKey, { ownerId: caseId }))) {
      await this.index.forgetCase(db, caseId);
      return 'PUT';
    }
    await this.index.replaceGroups(db, caseId, await this.words.groupsOf(db, caseId, key));
    if (reading === 'FOLLOW') return this.index.add(db, { caseId, lodgedOn, after, upTo }, hashes);
    // A word that somebody else is just adding is one of these only if all was read.
    if (await db.existsBy(Entry, { ledgerId, n: MoreThan(upTo) })) return 'MOVED';
    return this.index.replace(db, { caseId, lodgedOn, upTo }, hashes);
  }
}

/** As many as one change holds, while others wait for it. */
async function* grouped(pieces: AsyncIterable<Piece>): AsyncGenerator<Piece[]> {
  let group: Piece[] = [];
  let words = 0;
  for await (const piece of pieces) {
    if (group.length === PIECES_IN_ONE_CHANGE || words + piece.hashes.length > WORDS_IN_ONE_CHANGE) {
      if (group.length > 0) yield group;
      group = [];
      words = 0;
    }
    group.push(piece);
    words += piece.hashes.length;
  }
  if (group.length > 0) yield group;
}

async function progressOf(db: EntityManager, name: Reading): Promise<SearchProgress> {
  const none = { name, next: 0, until: name === 'FOLLOW' ? null : 0 };
  return (await db.findOneBy(SearchProgress, { name })) ?? none;
}

/** How many places the log has. */
async function sizeOf(db: EntityManager): Promise<number> {
  return ((await db.maximum(LogLeaf, 'index')) ?? -1) + 1;
}

async function leavesFrom(db: EntityManager, next: number, most: number): Promise<LogLeaf[]> {
  return db
    .createQueryBuilder(LogLeaf, 'l')
    .where('l.index >= :next', { next })
    .orderBy('l.index')
    .limit(most)
    .getMany();
}
