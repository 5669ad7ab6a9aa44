import { AsyncLocalStorage } from 'node:async_hooks';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { Pool } from 'pg';
import type { DataSource, EntityManager } from 'typeorm';
import { newId } from '../../src/platform/ids';
import { Refusal } from '../../src/platform/refusal';
import { isUniqueViolation, lockCase, patiently, translated } from '../../src/records/dialect';
import { Case } from '../../src/records/entities/case';
import { Party } from '../../src/records/entities/party';
import { insert } from '../../src/records/insert';
import { update } from '../../src/records/update';
import { cutDatabase } from '../harness/cut-database';
import { createMigratedDatabase, engines, type TestDatabase } from '../harness/database';
import { caseRow, openRecords, signal, type OpenRecords } from './open-records';
import { overlap } from './overlap';

describe.each(engines())('the gate on %s', (engine) => {
  let database: TestDatabase;
  let records: OpenRecords;
  let watch: (sql: string) => void = () => undefined;

  const ids = (): Promise<string[]> =>
    records.transactions.read(async (db) =>
      (await db.find(Case, { select: { id: true } })).map(({ id }) => id),
    );
  const lodge = async (row = caseRow()): Promise<string> => {
    await records.transactions.change((db) => insert(db, Case, row));
    return row.id;
  };
  const refusalOf = async (work: Promise<unknown>): Promise<Refusal> => {
    const error: unknown = await work.then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(Refusal);
    return error as Refusal;
  };

  beforeAll(async () => {
    database = await createMigratedDatabase(engine);
    records = await openRecords(database, (sql) => watch(sql));
  });
  afterEach(() => {
    watch = () => undefined;
  });
  afterAll(async () => {
    await records.close();
    await database.drop();
  });

  it('keeps every acknowledged one of 200 overlapping changes and nothing of the third that fails', async () => {
    const before = await ids();
    let torn = 0;
    let running = true;
    const reader = (async () => {
      while (running) {
        const [found] = await records.transactions.read((db) =>
          db.query<{ n: number }[]>(
            'SELECT count(*) AS n FROM "cases" c WHERE c."state" = \'received\' AND NOT EXISTS (SELECT 1 FROM "parties" p WHERE p."caseId" = c."id")',
          ),
        );
        torn += Number(found?.n);
        await delay(1);
      }
    })();
    const { acknowledged, refused } = await overlap(records.transactions, 200);
    running = false;
    await reader;
    expect(refused).toHaveLength(67);
    expect(acknowledged).toHaveLength(133);
    expect((await ids()).sort()).toEqual([...before, ...acknowledged].sort());
    expect(torn).toBe(0);
  });

  it('lets nobody read what is not committed', async () => {
    const [written, goOn] = [signal(), signal()];
    const row = caseRow();
    const change = records.transactions.change(async (db) => {
      await insert(db, Case, row);
      expect(await db.countBy(Case, { id: row.id })).toBe(1);
      expect(await records.transactions.read((same) => same.countBy(Case, { id: row.id }))).toBe(1);
      written.give();
      await goOn.given;
    });
    await written.given;
    expect(await ids()).not.toContain(row.id);
    goOn.give();
    await change;
    expect(await ids()).toContain(row.id);
  });

  it('undoes a nested transaction alone', async () => {
    const [kept, undone, after] = [caseRow(), caseRow(), caseRow()];
    await records.transactions.change(async (db) => {
      await insert(db, Case, kept);
      await expect(
        db.transaction(async (nested) => {
          await insert(nested, Case, undone);
          await insert(nested, Case, kept);
        }),
      ).rejects.toThrow(/unique/i);
      await insert(db, Case, after);
    });
    const stored = await ids();
    expect(stored).toEqual(expect.arrayContaining([kept.id, after.id]));
    expect(stored).not.toContain(undone.id);
  });

  it('joins a change inside a change: both or none', async () => {
    const [outer, inner] = [caseRow(), caseRow()];
    await records.transactions.change(async (db) => {
      await insert(db, Case, outer);
      await lodge(inner);
    });
    expect(await ids()).toEqual(expect.arrayContaining([outer.id, inner.id]));

    const swallowing = records.transactions.change(async (db) => {
      const row = caseRow();
      await insert(db, Case, row);
      await records.transactions
        .change(async () => Promise.reject(new Error('inner fails')))
        .catch(() => undefined);
      return row.id;
    });
    await expect(swallowing).rejects.toThrow('inner fails');
  });

  it('refuses a change that swallows the failure of one of its statements', async () => {
    const row = caseRow();
    const change = records.transactions.change(async (db) => {
      await insert(db, Case, row);
      await insert(db, Case, row).catch(() => undefined);
      await insert(db, Case, caseRow()).catch(() => undefined);
      return 'stored';
    });
    expect(isUniqueViolation(await change.catch((error: unknown) => error))).toBe(true);
    expect(await ids()).not.toContain(row.id);
  });

  it('refuses to use the db of a change that has ended', async () => {
    let kept: EntityManager | null = null;
    await records.transactions.change(async (db) => {
      kept = db;
    });
    const late = caseRow();
    await expect(insert(kept as unknown as EntityManager, Case, late)).rejects.toThrow(/has ended/);
    await expect((kept as unknown as EntityManager).find(Case)).rejects.toThrow(/has ended/);
    expect(await ids()).not.toContain(late.id);
  });

  it('waits for a statement that the work forgot to await', async () => {
    const row = caseRow();
    await records.transactions.change(async (db) => {
      void insert(db, Case, row);
    });
    expect(await ids()).toContain(row.id);
  });

  it('runs each work where its caller came from', async () => {
    const caller = new AsyncLocalStorage<number>();
    const seen = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        caller.run(n, () => records.transactions.change(async () => caller.getStore())),
      ),
    );
    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('stores nothing when the n-th statement or the commit fails', async () => {
    for (let n = 1; n <= 4; n++) {
      const row = caseRow();
      let count = 0;
      watch = () => {
        count += 1;
        if (count === n) throw new Error(`statement ${n} fails`);
      };
      const change = records.transactions.change(async (db) => {
        await insert(db, Case, row);
        await insert(db, Party, { id: newId(), caseId: row.id, role: 'RH' });
        await update(db, Case, { id: row.id, revision: 1 }, { revision: 2 });
      });
      await expect(change).rejects.toThrow();
      watch = () => undefined;
      expect(count).toBe(n);
      expect(await ids()).not.toContain(row.id);
    }
    await expect(lodge()).resolves.toEqual(expect.any(String));
  });

  it('inserts many rows, finds them as they were, and counts what it updates', async () => {
    const rows = Array.from({ length: 250 }, () =>
      caseRow({ harms: ['AIH-01', 'AIH-02'], legalHold: true, awareOfAiUse: false, policyVersion: 'many' }),
    );
    const first = rows[0] as (typeof rows)[number];
    await records.transactions.change((db) => insert(db, Case, rows));
    const found = await records.transactions.read((db) => db.findOneByOrFail(Case, { id: first.id }));
    expect(found).toMatchObject(first);
    expect(found.nextDueOn).toBeNull();
    await records.transactions.change(async (db) => {
      const where = { policyVersion: 'many', nextDueOn: null, legalHold: true };
      expect(
        await update(db, Case, where, { nextDueOn: '2026-12-01', rights: ['HR-EQ'], vulnerable: true }),
      ).toBe(250);
      expect(await update(db, Case, where, { nextDueOn: null })).toBe(0);
      expect(await db.findOneByOrFail(Case, { id: first.id })).toMatchObject({
        rights: ['HR-EQ'],
        vulnerable: true,
      });
    });
  });

  it('names a column that does not exist, and a value that is missing', async () => {
    const wrong = { ...caseRow(), narrative: 'x' };
    await expect(records.transactions.change((db) => insert(db, Case, wrong))).rejects.toThrow(
      'no column narrative',
    );
    await expect(
      records.transactions.change((db) => update(db, Case, { id: 'x' }, { state: undefined })),
    ).rejects.toThrow('cases.state is undefined');
    await expect(records.transactions.change((db) => update(db, Case, {}, { state: 'x' }))).rejects.toThrow(
      'at least one column',
    );
  });

  it('recognises a double key and keeps values out of the error', async () => {
    const row = caseRow();
    await lodge(row);
    const error: unknown = await lodge({ ...caseRow(), reference: row.reference }).catch(
      (reason: unknown) => reason,
    );
    expect(isUniqueViolation(error)).toBe(true);
    expect(JSON.stringify(error)).not.toContain(row.reference);
    const orphan: unknown = await records.transactions
      .change((db) => insert(db, Party, { id: newId(), caseId: newId(), role: 'RH' }))
      .catch((reason: unknown) => reason);
    expect(orphan).toBeInstanceOf(Error);
    expect(isUniqueViolation(orphan)).toBe(false);
  });

  it('locks a case until the change has ended', async () => {
    const id = await lodge();
    const order: string[] = [];
    const raise = (name: string): Promise<void> =>
      records.transactions.change(async (db) => {
        await lockCase(db, id);
        order.push(`${name} begins`);
        const { revision } = await db.findOneByOrFail(Case, { id });
        await update(db, Case, { id }, { revision: revision + 1 });
        order.push(`${name} ends`);
      });
    await Promise.all([raise('one'), raise('two'), raise('three')]);
    expect(order.filter((_, n) => n % 2 === 0).map((line) => line.split(' ')[0])).toEqual(
      order.filter((_, n) => n % 2 === 1).map((line) => line.split(' ')[0]),
    );
    expect((await records.transactions.read((db) => db.findOneByOrFail(Case, { id }))).revision).toBe(4);
  });

  if (engine === 'postgres') {
    it('takes a change again that lost a deadlock', async () => {
      const [a, b] = [await lodge(), await lodge()];
      let attempts = 0;
      const meet = [signal(), signal()] as const;
      const lockBoth = (first: string, second: string, mine: 0 | 1): Promise<void> =>
        records.transactions.change(async (db) => {
          attempts += 1;
          await lockCase(db, first);
          meet[mine].give();
          await meet[mine === 0 ? 1 : 0].given;
          await lockCase(db, second);
          await update(db, Case, { id: second }, { state: 'triage' });
        });
      await Promise.all([lockBoth(a, b, 0), lockBoth(b, a, 1)]);
      expect(attempts).toBe(3);
    });

    it('refuses in plain words when the server drops the connection', async () => {
      const refusal = await refusalOf(
        records.transactions.change((db) => db.query('SELECT pg_terminate_backend(pg_backend_pid())')),
      );
      expect(refusal.kind).toBe('unavailable');
      expect(refusal.message).toContain('Nothing was saved');
      await expect(lodge()).resolves.toEqual(expect.any(String));
    });

    it.each(['a statement', 'its commit'])(
      'says that nothing was saved where the connection ends between what a change did and %s',
      async (next) => {
        const way = await cutDatabase(database.url);
        const behind = await openRecords({ ...database, url: way.to(database.url) });
        const { connectedQueryRunners: connected } = behind.write.driver as unknown as {
          connectedQueryRunners: unknown[];
        };
        try {
          const row = caseRow();
          const refusal = await refusalOf(
            behind.transactions.change(async (db) => {
              await insert(db, Case, row);
              way.refuse();
              while (connected.length > 0) await delay(1);
              if (next === 'a statement') await insert(db, Case, caseRow());
            }),
          );
          expect(refusal.kind).toBe('unavailable');
          expect(refusal.message).toMatch(/^Nothing was saved/);
          expect(await ids()).not.toContain(row.id);
        } finally {
          way.letThrough();
          await behind.close();
          await way.close();
        }
      },
    );

    it('says of a commit whose answer was lost that nobody knows, and of one that the server refused that nothing was saved', async () => {
      const way = await cutDatabase(database.url);
      const behind = await openRecords({ ...database, url: way.to(database.url) });
      try {
        const row = caseRow();
        way.loseNextCommit();
        const lost = await refusalOf(behind.transactions.change((db) => insert(db, Case, row)));
        expect(lost.kind).toBe('uncertain');
        expect(lost.message).toMatch(/could not find out/);
        expect(await ids()).toContain(row.id);

        await records.write.query(
          'ALTER TABLE "parties" ALTER CONSTRAINT "' +
            (await foreignKeyOf(records.write, 'parties')) +
            '" DEFERRABLE INITIALLY DEFERRED',
        );
        const orphan: unknown = await behind.transactions
          .change((db) => insert(db, Party, { id: newId(), caseId: newId(), role: 'RH' }))
          .catch((reason: unknown) => reason);
        expect(orphan).not.toBeInstanceOf(Refusal);
        expect(orphan).toMatchObject({ code: '23503' });
      } finally {
        await behind.close();
        await way.close();
      }
    });
  } else {
    const connection = (): { exec(sql: string): void } =>
      (records.write.driver as unknown as { databaseConnection: { exec(sql: string): void } })
        .databaseConnection;

    it('commits once for many that wait together', async () => {
      let commits = 0;
      watch = (sql) => {
        if (sql === 'COMMIT') commits += 1;
      };
      await Promise.all(Array.from({ length: 100 }, () => lodge()));
      expect(commits).toBeGreaterThan(0);
      expect(commits).toBeLessThan(50);
    });

    it('refuses everyone in a commit that fails', async () => {
      watch = (sql) => {
        if (sql === 'COMMIT') throw new Error('no commit');
      };
      const rows = [caseRow(), caseRow(), caseRow()];
      const refusals = await Promise.all(rows.map((row) => refusalOf(lodge(row))));
      watch = () => undefined;
      for (const refusal of refusals) expect(refusal.kind).toBe('unavailable');
      expect(await ids()).not.toEqual(expect.arrayContaining([rows[0]?.id]));
      for (const row of rows) expect(await ids()).not.toContain(row.id);
    });

    it('refuses everyone when the engine gives up the transaction, even if a work goes on writing', async () => {
      const rows = [caseRow(), caseRow(), caseRow()];
      const changes = rows.map((row, n) =>
        records.transactions.change(async (db) => {
          await insert(db, Case, row);
          if (n !== 1) return;
          connection().exec('ROLLBACK');
          await insert(db, Case, caseRow({ id: 'left-over' })).catch(() => undefined);
        }),
      );
      const [first, second] = await Promise.all(
        changes.slice(0, 2).map((change) => change.catch((e: unknown) => e)),
      );
      await changes[2]?.catch(() => undefined);
      expect(first).toBeInstanceOf(Refusal);
      expect(second).toBeInstanceOf(Error);
      const stored = await ids();
      expect(stored).not.toContain(rows[0]?.id);
      expect(stored).not.toContain(rows[1]?.id);
      expect(stored).not.toContain('left-over');
      await expect(lodge()).resolves.toEqual(expect.any(String));
    });

    it('says that the disk is full and stores no half of a change', async () => {
      const before = await ids();
      const [{ page_count: pages } = { page_count: 0 }] =
        await records.write.query<{ page_count: number }[]>('PRAGMA page_count');
      connection().exec(`PRAGMA max_page_count = ${pages + 40}`);
      const rows = Array.from({ length: 60 }, () => caseRow({ narrativeSealed: 'x'.repeat(20_000) }));
      const kept: string[] = [];
      const refusals: Refusal[] = [];
      await Promise.all(
        rows.map(async (row) => {
          try {
            await records.transactions.change(async (db) => {
              await insert(db, Case, row);
              await insert(db, Party, { id: newId(), caseId: row.id, role: 'RH' });
            });
            kept.push(row.id);
          } catch (error) {
            refusals.push(error as Refusal);
          }
        }),
      );
      connection().exec('PRAGMA max_page_count = 1073741823');
      expect(refusals.length).toBeGreaterThan(0);
      for (const refusal of refusals) {
        expect(refusal).toBeInstanceOf(Refusal);
        expect(refusal.kind).toBe('unavailable');
        expect(refusal.message).toContain('disk');
      }
      expect((await ids()).sort()).toEqual([...before, ...kept].sort());
      await expect(lodge()).resolves.toEqual(expect.any(String));
    });

    it('waits without blocking while another process holds the write lock', async () => {
      const other = new Database(`${database.dataDir}/redress.sqlite`);
      other.exec('BEGIN IMMEDIATE');
      let ticks = 0;
      const ticker = setInterval(() => (ticks += 1), 5);
      const waiting = lodge();
      await delay(200);
      other.exec('COMMIT');
      other.close();
      await expect(waiting).resolves.toEqual(expect.any(String));
      clearInterval(ticker);
      expect(ticks).toBeGreaterThan(0);
    });
  }
});

describe('the words for failures of the engine', () => {
  it.each([
    ['SQLITE_FULL', /disk of this server is full/],
    ['53100', /disk of this server is full/],
    ['SQLITE_IOERR_WRITE', /did not answer properly/],
    ['ECONNREFUSED', /did not answer properly/],
    ['57P01', /did not answer properly/],
    ['SQLITE_BUSY', /too many changes/],
    ['40P01', /too many changes/],
  ])('%s becomes a refusal that says nothing was saved', (code, words) => {
    const refusal = translated(Object.assign(new Error('raw'), { code })) as Refusal;
    expect(refusal).toBeInstanceOf(Refusal);
    expect(refusal.kind).toBe('unavailable');
    expect(refusal.message).toMatch(/^Nothing was saved/);
    expect(refusal.message).toMatch(words);
  });

  it('are the same where a server of PostgreSQL takes a connection and says nothing', async () => {
    const silent = createServer((socket) => void socket.on('error', () => undefined)).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const pool = new Pool({ host: '127.0.0.1', port, max: 1, connectionTimeoutMillis: 100 });
    try {
      const failures = await Promise.allSettled([pool.connect(), pool.connect()]);
      const told = failures.map((each) => translated((each as PromiseRejectedResult).reason) as Refusal);
      expect(told.map(({ kind, message }) => [kind, message])).toEqual(
        Array(2).fill(['unavailable', expect.stringMatching(/did not answer properly/)]),
      );
    } finally {
      await pool.end();
      silent.close();
    }
  });

  it('leaves every other error as it is', () => {
    const error = Object.assign(new Error('raw'), { code: '23505' });
    expect(translated(error)).toBe(error);
  });

  it('gives up waiting for a lock in the end', async () => {
    let attempts = 0;
    const busy = Object.assign(new Error('locked'), { code: 'SQLITE_BUSY' });
    const waiting = patiently(() => {
      attempts += 1;
      throw busy;
    }, 40);
    await expect(waiting).rejects.toBe(busy);
    expect(attempts).toBeGreaterThan(1);
  });
});

async function foreignKeyOf(source: DataSource, table: string): Promise<string> {
  const [found] = await source.query<{ conname: string }[]>(
    `SELECT conname FROM pg_constraint WHERE contype = 'f' AND conrelid = '"${table}"'::regclass`,
  );
  return found!.conname;
}
