import type { EntityManager } from 'typeorm';
import { Disposals } from '../../../src/casework/erasure/disposals';
import { EraseOnRequest } from '../../../src/casework/erasure/erase-on-request';
import { Messages } from '../../../src/casework/messages';
import { IndexCases } from '../../../src/casework/search/index-cases';
import { ReadWords } from '../../../src/casework/search/read-words';
import { Log, type LogFacts } from '../../../src/platform/log';
import { Case } from '../../../src/records/entities/case';
import { DataKey } from '../../../src/records/entities/data-key';
import { Message } from '../../../src/records/entities/message';
import { SearchedCase } from '../../../src/records/entities/searched-case';
import { SearchWord } from '../../../src/records/entities/search-word';
import { Transactions } from '../../../src/records/transactions';
import { searchableWords } from '../../../src/rules/searchable-words';
import { MOST_WORDS_OF_A_CASE, SearchIndex } from '../../../src/vault/search-index';
import { Vault } from '../../../src/vault/vault';
import { endedCase } from '../erasure/due-house';
import { engines } from '../../harness/database';
import { House } from '../../harness/house';
import { hireStaff, Walk, type Staff } from '../../harness/walk';

/** What an indexer did. */
interface Work {
  opened: number;
  rowsRead: number;
  statements: number;
}

class ToldLog extends Log {
  readonly told: { event: string; facts: LogFacts }[] = [];

  constructor() {
    super('silent');
  }

  override warn(event: string, facts: LogFacts = {}): void {
    this.told.push({ event, facts });
  }
}

describe.each(engines())('keeping the search index on %s', (engine) => {
  let house: House;
  let staff: Staff;
  let log: ToldLog;
  let indexCases: IndexCases;
  const work: Work = { opened: 0, rowsRead: 0, statements: 0 };

  beforeAll(async () => {
    house = await House.open(engine, () => (work.statements += 1));
    staff = await hireStaff(house);
  });
  afterAll(() => house.close());
  beforeEach(() => {
    log = new ToldLog();
    indexCases = indexer();
  });

  /**
   * One process that keeps the index; what it opens and reads is counted. `meanwhile` happens once, when it has opened texts and is about
   * to store their words; `isKilled`: when they are stored, it ends.
   */
  function indexer(meanwhile?: () => Promise<unknown>, isKilled = false): IndexCases {
    let opened = 0;
    const real = { vault: house.get(Vault), transactions: house.get(Transactions) };
    const vault = Object.create(real.vault, {
      unseal: {
        value: (...asked: Parameters<Vault['unseal']>) => {
          opened += 1;
          work.opened += 1;
          return real.vault.unseal(...asked);
        },
      },
    }) as Vault;
    const counted = (db: EntityManager): EntityManager =>
      new Proxy(db, {
        get(target, name) {
          const found: unknown = Reflect.get(target, name, target);
          if (typeof found !== 'function') return found;
          return (...asked: unknown[]) => {
            const given: unknown = found.apply(target, asked);
            if (given instanceof Promise)
              void given.then((rows: unknown) => (work.rowsRead += Array.isArray(rows) ? rows.length : 1));
            return given;
          };
        },
      });
    const transactions = Object.create(real.transactions, {
      read: {
        value: (task: Parameters<Transactions['read']>[0]) =>
          real.transactions.read((db) => task(counted(db))),
      },
      change: {
        value: async (task: Parameters<Transactions['change']>[0]) => {
          const happens = opened > 0 ? meanwhile : undefined;
          if (happens) meanwhile = undefined;
          await happens?.();
          const stored = await real.transactions.change(task);
          if (happens && isKilled) throw new Error('killed');
          return stored;
        },
      },
    }) as Transactions;
    const index = house.get(SearchIndex);
    return new IndexCases(transactions, new ReadWords(transactions, vault, index, log), index, log);
  }

  async function all(by: IndexCases = indexCases): Promise<void> {
    while ((await house.integrate()) > 0);
    while ((await by.follow()) > 0);
  }

  const caseOf = ({ reference }: Walk) => house.source.getRepository(Case).findOneByOrFail({ reference });

  async function hashesOf(walk: Walk): Promise<string[]> {
    const { id: caseId } = await caseOf(walk);
    const known = await house.source.getRepository(SearchedCase).findOneBy({ caseId });
    if (!known) return [];
    const rows = await house.source.getRepository(SearchWord).findBy({ place: known.place });
    expect(known.words).toBe(rows.length);
    return rows.map(({ wordHash }) => wordHash).sort();
  }

  /** Whether all these texts can be found, word by word. */
  async function finds(walk: Walk, ...texts: string[]): Promise<boolean> {
    const there = new Set(await hashesOf(walk));
    const words = texts.flatMap((text) => [...searchableWords(text)]);
    return house
      .get(SearchIndex)
      .hashesOf(words)
      .every((hash) => there.has(hash));
  }

  const say = (walk: Walk, text: string) => house.get(Messages).write(staff.INT, text, walk.reference);

  /** So many words that stand nowhere else. */
  let next = 0;
  const newWords = (count: number) =>
    Array.from({ length: count }, () => `w${(next += 1).toString(36)}`).join(' ');

  it('opens the new text alone, and does as much for it in a long case as in a short one', async () => {
    const done: Work[] = [];
    for (const length of [1, 60]) {
      const walk = await Walk.lodge(house, staff, newWords(300));
      for (let n = 0; n < length; n += 1) await say(walk, newWords(300));
      await all();
      const text = newWords(300);
      await say(walk, text);
      while ((await house.integrate()) > 0);
      Object.assign(work, { opened: 0, rowsRead: 0, statements: 0 });
      await indexCases.follow();
      done.push({ ...work });
      expect(await finds(walk, text)).toBe(true);
    }
    expect(done[0]!.opened).toBe(1);
    expect(done[1]).toEqual(done[0]);
  });

  it('reads a long case that nobody has read yet to its end, each text once', async () => {
    const walk = await Walk.lodge(house, staff, newWords(20));
    const texts = Array.from({ length: 60 }, () => newWords(20));
    for (const text of texts) await say(walk, text);
    while ((await house.integrate()) > 0);
    work.opened = 0;
    await all();
    expect(work.opened).toBe(3 + 60);
    expect(await finds(walk, ...texts)).toBe(true);
    expect(log.told).toEqual([]);
  });

  it('keeps so many words of a case and no more, says so once, and makes the same of it anew', async () => {
    const narrative = newWords(MOST_WORDS_OF_A_CASE / 4);
    const walk = await Walk.lodge(house, staff, narrative);
    const texts: string[] = [];
    for (let n = 0; n < 7; n += 1) {
      texts.push(newWords(3000));
      await say(walk, texts.at(-1)!);
      await all();
    }
    const { id: caseId } = await caseOf(walk);
    expect(log.told).toEqual([
      {
        event: expect.stringMatching(/as many words/) as string,
        facts: { caseId, words: MOST_WORDS_OF_A_CASE },
      },
    ]);
    const kept = await hashesOf(walk);
    expect(kept).toHaveLength(MOST_WORDS_OF_A_CASE);
    expect(await finds(walk, narrative, ...texts.slice(0, 4))).toBe(true);
    expect(await finds(walk, texts.at(-1)!)).toBe(false);
    await indexCases.rebuild();
    expect(await hashesOf(walk)).toEqual(kept);
    await house.source.getRepository(SearchWord).clear();
    await indexCases.rebuild();
    expect(await hashesOf(walk)).toEqual(kept);
  });

  it('goes on after a text that was changed behind its back, says which, and finds it once it is mended', async () => {
    const walk = await Walk.lodge(house, staff);
    const texts = [newWords(5), newWords(5), newWords(5)];
    for (const text of texts) await say(walk, text);
    const { id: caseId } = await caseOf(walk);
    const messages = house.source.getRepository(Message);
    const { id, textSealed } = await messages.findOneByOrFail({ caseId, n: 2 });
    await messages.update({ id }, { textSealed: `${textSealed.slice(0, -8)}AAAAAAAA` });
    await all();
    expect(log.told).toEqual([
      { event: expect.stringMatching(/does not open/) as string, facts: { caseId, revision: 3 } },
    ]);
    expect(await finds(walk, texts[0]!, texts[2]!)).toBe(true);
    expect(await finds(walk, texts[1]!)).toBe(false);
    expect((await house.verify()).differences).not.toEqual([]);
    await messages.update({ id }, { textSealed });
    await indexCases.rebuild();
    expect(await finds(walk, ...texts)).toBe(true);
    expect((await house.verify()).differences).toEqual([]);
  });

  it('goes on after a case whose key was changed behind its back', async () => {
    const [broken, after] = [await Walk.lodge(house, staff), await Walk.lodge(house, staff)];
    const keys = house.source.getRepository(DataKey);
    const { ownerId, wrappedKey } = await keys.findOneByOrFail({ ownerId: (await caseOf(broken)).id });
    await keys.update({ ownerId }, { wrappedKey: `${wrappedKey.slice(0, -8)}AAAAAAAA` });
    await all();
    await indexCases.rebuild();
    expect([await finds(broken, 'benefit'), await finds(after, 'benefit')]).toEqual([false, true]);
    await keys.update({ ownerId }, { wrappedKey });
    await say(broken, 'Hello.');
    await all();
    expect(await finds(broken, 'benefit', 'hello')).toBe(true);
  });

  describe('beside another process', () => {
    let walk: Walk;
    const texts: string[] = [];
    const searchedUpTo = async () =>
      (await house.source.getRepository(SearchedCase).findOneByOrFail({ caseId: (await caseOf(walk)).id }))
        .revision;

    /** A process that has read the first of two messages, and stores its words when it is let. */
    async function slowOne(isKilled = false): Promise<() => Promise<unknown>> {
      let arrive!: () => void;
      let letGo!: () => void;
      const arrived = new Promise<void>((resolve) => (arrive = resolve));
      const gate = new Promise<void>((resolve) => (letGo = resolve));
      texts.splice(0, 2, newWords(5), newWords(5));
      await say(walk, texts[0]!);
      const running = indexer(() => (arrive(), gate), isKilled).catchUp();
      await arrived;
      await say(walk, texts[1]!);
      while ((await house.integrate()) > 0);
      return async () => {
        letGo();
        if (isKilled) await expect(running).rejects.toThrow('killed');
        else await running;
      };
    }

    beforeEach(async () => {
      walk = await Walk.lodge(house, staff);
      await all();
    });

    it('reads on from where the other one came to, when that was quicker and then was killed', async () => {
      const finish = await slowOne(true);
      await indexer(finish).follow();
      expect(await finds(walk, ...texts)).toBe(true);
      expect(await searchedUpTo()).toBe(3);
    });

    it('never goes back behind the other one, when that was slower', async () => {
      const finish = await slowOne();
      await indexCases.follow();
      expect(await searchedUpTo()).toBe(3);
      await finish();
      expect(await searchedUpTo()).toBe(3);
      expect(await finds(walk, ...texts)).toBe(true);
    });

    it('makes a case anew without the loss of what the other one adds just then', async () => {
      const text = newWords(5);
      await indexer(async () => {
        await say(walk, text);
        await all();
      }).rebuild();
      expect(await finds(walk, 'benefit', text)).toBe(true);
      expect(await searchedUpTo()).toBe(2);
    });
  });

  it('lets a new run take words away that no text has', async () => {
    const walk = await Walk.lodge(house, staff);
    await all();
    const kept = await hashesOf(walk);
    const { place } = await house.source
      .getRepository(SearchedCase)
      .findOneByOrFail({ caseId: (await caseOf(walk)).id });
    const strange = Array.from({ length: 1200 }, (_, n) => ({ place, wordHash: `strange${10_000 + n}` }));
    for (let from = 0; from < strange.length; from += 400)
      await house.source.getRepository(SearchWord).insert(strange.slice(from, from + 400));
    await indexCases.rebuild();
    expect(await hashesOf(walk)).toEqual(kept);
  });

  describe('of what was erased', () => {
    /** What each way of erasing leaves of the words of the case. */
    const WAYS: [string, (walk: Walk) => Promise<unknown>, 'ALL' | 'NONE'][] = [
      ['the person, as she asked', (walk) => asked(walk, 'PERSON'), 'ALL'],
      ['the case, as she asked', (walk) => asked(walk, 'CASE'), 'NONE'],
      ['special-category data, when due', (walk) => due(walk, 'RS-SPECIAL'), 'ALL'],
      ['identities, when due', (walk) => due(walk, 'RS-IDENTITY'), 'ALL'],
      ['the case, when due', (walk) => due(walk, 'RS-CASE'), 'NONE'],
    ];

    async function asked(walk: Walk, erasureScope: string): Promise<void> {
      await walk.by('RH', 'request-erasure', { erasureScope });
      await house.get(EraseOnRequest).run(staff.DPO, walk.reference);
    }

    async function due(walk: Walk, schedule: string): Promise<void> {
      house.time.addDays(7 * 366);
      const { id } = await house
        .get(Disposals)
        .propose(staff.DPO, { schedule, reason: 'The years are over.', references: [walk.reference] });
      const batch = await house.get(Disposals).settle(staff.DEC, id, true);
      expect(batch.cases).toEqual([expect.objectContaining({ status: 'ERASED' })]);
    }

    it.each(WAYS)('holds what the texts that are left say: %s', async (_, erase, left) => {
      const walk = await endedCase(house, staff, { accommodation: 'A sign language interpreter.' });
      await all();
      const before = await hashesOf(walk);
      expect(before.length).toBeGreaterThan(5);
      await erase(walk);
      if (left === 'NONE') expect(await hashesOf(walk)).toEqual([]);
      await all();
      const after = await hashesOf(walk);
      expect(after).toEqual(left === 'ALL' ? before : []);
      await house.source.getRepository(SearchWord).clear();
      await indexCases.rebuild();
      expect(await hashesOf(walk)).toEqual(after);
    });
  });
});
