import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { rotateKeysCommand } from '../../src/commands/rotate-keys';
import { DataKey } from '../../src/records/entities/data-key';
import { update } from '../../src/records/update';
import { findKeyStore } from '../../src/vault/keys/find-key-store';
import { idsOf } from '../../src/vault/keys/key-ring';
import { openVault } from '../../src/vault/open-vault';
import { createMigratedDatabase, engines, type TestDatabase } from '../harness/database';
import { openRecords, type OpenRecords } from '../records/open-records';
import { dataKeys, SealedTexts } from '../vault/keys/rotating-vault';
import { TransitStandIn } from '../vault/keys/transit-stand-in';

const ROOT = join(__dirname, '../..');

interface Ended {
  status: number | null;
  stdout: string;
  stderr: string;
}

describe.each(engines())('rotate-keys on %s', (engine) => {
  let database: TestDatabase;
  let records: OpenRecords;
  let texts: SealedTexts;
  let standIn: TransitStandIn;

  beforeEach(async () => {
    database = await createMigratedDatabase(engine);
    records = await openRecords(database);
    texts = new SealedTexts();
    standIn = await TransitStandIn.start();
    const store = findKeyStore(database.dataDir, {});
    await texts.add(records.transactions, await openVault(store, records.transactions), 25);
  });
  afterEach(async () => {
    await standIn.stop();
    await records.close();
    await database.drop();
  });

  const settings = (env: Record<string, string>): Record<string, string> => ({
    DATA_DIR: database.dataDir,
    DATABASE_URL: database.url,
    ...env,
  });

  /** In a process of its own, as the operator runs it. */
  async function runAlone(...options: string[]): Promise<Ended> {
    const typescript = ['-r', join(ROOT, 'test/records/typescript-child.js')];
    const child = spawn(
      process.execPath,
      [...typescript, join(ROOT, 'src/cli.ts'), 'rotate-keys', ...options],
      { cwd: tmpdir(), env: { PATH: process.env.PATH, ...settings({}) } },
    );
    const [stdout, stderr, [status]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'exit') as Promise<[number | null]>,
    ]);
    return { status, stdout, stderr };
  }

  /** In this process, which is quicker; ends as `src/cli.ts` ends. */
  async function run(env: Record<string, string>, ...options: string[]): Promise<Ended> {
    const before = { ...process.env };
    const ended: Ended = { status: 0, stdout: '', stderr: '' };
    const listen = (to: 'stdout' | 'stderr') =>
      jest.spyOn(process[to], 'write').mockImplementation((words) => {
        ended[to] += String(words);
        return true;
      });
    const ears = [listen('stdout'), listen('stderr')];
    try {
      Object.assign(process.env, settings(env));
      await rotateKeysCommand().parseAsync(options, { from: 'user' });
      ended.status = Number(process.exitCode ?? 0);
    } catch (error) {
      ended.status = 2;
      ended.stderr += String(error);
    } finally {
      for (const ear of ears) ear.mockRestore();
      process.env = before;
      process.exitCode = undefined;
    }
    return ended;
  }

  it('changes the keys beside a running server and says what to do with backups', async () => {
    const store = findKeyStore(database.dataDir, {});
    const [before] = idsOf(await store.open(false));
    expect(await run({}, '--status')).toEqual({
      status: 0,
      stdout: `${before}: 25 data keys, wraps new ones\n`,
      stderr: '',
    });
    expect(await runAlone()).toEqual({
      status: 0,
      stdout: expect.stringMatching(/^The keys are changed.* destroy its older backups\.\n$/) as string,
      stderr: '0 of 25 data keys\n25 of 25 data keys\n',
    });
    const [after] = idsOf(await store.open(false));
    expect(after).not.toBe(before);
    expect((await run({}, '--status')).stdout).toBe(`${after}: 25 data keys, wraps new ones\n`);
    await texts.openAll(records.transactions, store);
  });

  it('draws a bar over itself on a terminal', async () => {
    const before = Object.getOwnPropertyDescriptor(process.stderr, 'isTTY');
    Object.defineProperty(process.stderr, 'isTTY', { value: true, configurable: true });
    try {
      const { stderr } = await run({});
      expect(stderr).toBe(
        `\r[${'.'.repeat(30)}] 0 of 25 data keys\r[${'#'.repeat(30)}] 25 of 25 data keys\n`,
      );
    } finally {
      Object.defineProperty(process.stderr, 'isTTY', before ?? { value: undefined, configurable: true });
    }
  });

  it('ends with 1 and names the first data key that no key opens, with 2 when it cannot be done', async () => {
    const [row] = await dataKeys(records.transactions);
    const { ownerId } = row!;
    await records.transactions.change((db) =>
      update(db, DataKey, { ownerId }, { keyEncryptionKeyId: 'lost' }),
    );
    expect(await run({})).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(
        new RegExp(`^1 data keys open with no key of this vault, first that of case ${ownerId}\\.`),
      ) as string,
    });
    expect(await run({}, '--status')).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('lost: 1 data keys, and this key is not kept here') as string,
    });
    expect(await run({}, '--to-service')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('Set KEY_SERVICE_URL') as string,
    });
    expect(await run({}, '--to-file', '--status')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('one at a time') as string,
    });
    expect(await run(standIn.env)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('lies open although KEY_SERVICE_URL is set') as string,
    });
  });

  it('moves the keys into the key service and back, each as often as it is asked', async () => {
    const [file, sealed] = [findKeyStore(database.dataDir, {}), findKeyStore(database.dataDir, standIn.env)];
    for (let time = 0; time < 2; time += 1)
      expect(await run(standIn.env, '--to-service')).toMatchObject({
        status: 0,
        stdout: expect.stringMatching(/^The keys file is sealed by the key service\./) as string,
      });
    await texts.openAll(records.transactions, sealed);
    expect(await run({}, '--to-file')).toMatchObject({ status: 2 });
    for (let time = 0; time < 2; time += 1)
      expect(await run(standIn.env, '--to-file')).toMatchObject({
        status: 0,
        stdout: expect.stringMatching(/^The keys lie in the file alone\. Empty KEY_SERVICE_URL/) as string,
      });
    await texts.openAll(records.transactions, file);
  });
});
