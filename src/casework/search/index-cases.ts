import { setImmediate as letOthersGo } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { Log } from '../../platform/log';
import { Refusal } from '../../platform/refusal';
import { isUniqueViolation, lockCase } from '../../records/dialect';
import { Case } from '../../records/entities/case';
import { DataKey } from '../../records/entities/data-key';
import { LogLeaf } from '../../records/entities/log-leaf';
import { SearchProgress } from '../../records/entities/search-progress';
import { SearchedCase } from '../../records/entities/searched-case';
import { WaitingEntry } from '../../records/entities/waiting-entry';
import { insert } from '../../records/insert';
import { Transactions } from '../../records/transactions';
import { update } from '../../records/update';
import { searchableWords } from '../../rules/searchable-words';
import { type Searchable, SearchIndex } from '../../vault/search-index';
import { Vault } from '../../vault/vault';
import { openSearchable, sealedTextsOf } from './searchable-texts';

const ENTRIES_AT_ONCE = 200;
const CASES_IN_ONE_CHANGE = 25;

type Reading = 'FOLLOW' | 'REBUILD';

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
    private readonly vault: Vault,
    private readonly index: SearchIndex,
    private readonly log: Log,
  ) {}

  /** Reads the next entries of the log; says how many they were, none when all are read. */
  follow(): Promise<number> {
    return this.read('FOLLOW', (leaves) =>
      this.bring(
        leaves.map(({ ledgerId }) => ledgerId),
        false,
      ),
    );
  }

  /** Before a search: indexes what was written a moment ago, up to a limit; says how many entries are still to be read. */
  async catchUp(): Promise<number> {
    const waiting = await this.transactions.read((db) => db.find(WaitingEntry, { take: ENTRIES_AT_ONCE }));
    await this.bring(
      waiting.map(({ ledgerId }) => ledgerId),
      false,
    );
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
          leaves.filter(({ n }) => n === 1).map(({ ledgerId }) => ledgerId),
          true,
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

  /** `again`: also those whose texts are in the index. */
  private async bring(ledgerIds: string[], again: boolean): Promise<void> {
    const distinct = [...new Set(ledgerIds)];
    for (let from = 0; from < distinct.length; from += CASES_IN_ONE_CHANGE) {
      const opened = await this.openWords(distinct.slice(from, from + CASES_IN_ONE_CHANGE), again);
      if (opened.length > 0) await this.store(opened);
    }
  }

  private async openWords(
    ledgerIds: string[],
    again: boolean,
  ): Promise<(Searchable & { hashes: string[] })[]> {
    const { rows, keys, texts } = await this.transactions.read(async (db) => {
      const cases = await db.findBy(Case, { ledgerId: In(ledgerIds) });
      const known = new Map(
        (await db.findBy(SearchedCase, { caseId: In(cases.map(({ id }) => id)) })).map((row) => [
          row.caseId,
          row.revision,
        ]),
      );
      const rows = cases.filter(({ id, revision }) => again || (known.get(id) ?? 0) < revision);
      const ids = rows.map(({ id }) => id);
      return { rows, keys: await this.vault.openKeys(db, ids), texts: await sealedTextsOf(db, ids) };
    });
    const opened: (Searchable & { hashes: string[] })[] = [];
    for (const row of rows) {
      const { id: caseId, lodgedOn, revision } = row;
      const key = keys.get(caseId);
      try {
        const said = key ? openSearchable(this.vault, key, row, texts.get(caseId)!) : [];
        opened.push({ caseId, lodgedOn, revision, hashes: this.index.hashesOf(await wordsOf(said)) });
      } catch (error) {
        if (error instanceof Refusal) throw error;
        // One changed value must not keep all later cases from being found. `verify` names it.
        this.log.warn('a case cannot be searched: a sealed value of it does not open', { caseId });
      }
      await letOthersGo();
    }
    return opened;
  }

  /** In the order of ids, so that two processes cannot wait for each other. A case that was erased meanwhile is forgotten. */
  private async store(opened: (Searchable & { hashes: string[] })[]): Promise<void> {
    const inOrder = [...opened].sort((a, b) => (a.caseId < b.caseId ? -1 : 1));
    await this.transactions.change(async (db) => {
      for (const { hashes, ...searchable } of inOrder) {
        await lockCase(db, searchable.caseId);
        if (await db.existsBy(DataKey, { ownerId: searchable.caseId }))
          await this.index.put(db, searchable, hashes);
        else await this.index.forgetCase(db, searchable.caseId);
      }
    });
  }
}

/** Splitting a long text takes a while: others get their turn after each. */
async function wordsOf(texts: readonly string[]): Promise<Set<string>> {
  const words = new Set<string>();
  for (const text of texts) {
    for (const word of searchableWords(text)) words.add(word);
    await letOthersGo();
  }
  return words;
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
