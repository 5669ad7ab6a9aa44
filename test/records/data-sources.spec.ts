import { createMigratedDatabase, type TestDatabase } from '../harness/database';
import { openRecords, type OpenRecords } from './open-records';

describe('connections to SQLite', () => {
  let database: TestDatabase;
  let records: OpenRecords;
  const valueOf = async (use: 'write' | 'read', pragma: string): Promise<unknown> =>
    Object.values((await records[use].query<Record<string, unknown>[]>(`PRAGMA ${pragma}`))[0] ?? {})[0];

  beforeAll(async () => {
    database = await createMigratedDatabase('sqlite');
    records = await openRecords(database);
  });
  afterAll(async () => {
    await records.close();
    await database.drop();
  });

  it.each(['write', 'read'] as const)('are durable and strict when they %s', async (use) => {
    expect(await valueOf(use, 'journal_mode')).toBe('wal');
    expect(await valueOf(use, 'synchronous')).toBe(2);
    expect(await valueOf(use, 'foreign_keys')).toBe(1);
    expect(await valueOf(use, 'recursive_triggers')).toBe(1);
    expect(await valueOf(use, 'secure_delete')).toBe(1);
    expect(await valueOf(use, 'mmap_size')).toBe(use === 'write' ? 2 ** 30 : 0);
    expect(await valueOf(use, 'cache_size')).toBe(use === 'write' ? -8000 : -32000);
  });

  it('waits at most 50 ms inside SQLite before it lets other work go on', async () => {
    const timeout = (await valueOf('write', 'busy_timeout')) as number;
    expect(timeout).toBeGreaterThan(0);
    expect(timeout).toBeLessThanOrEqual(50);
  });

  it('cannot write when it reads', async () => {
    expect(await valueOf('write', 'query_only')).toBe(0);
    await expect(
      records.transactions.read((db) => db.query("UPDATE cases SET state = 'closed'")),
    ).rejects.toThrow(/Nothing was saved|readonly/);
  });
});
