import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { ServerProcess } from '../bench/server-process';
import { createTestDatabase, engines, type TestDatabase } from '../harness/database';

const ROOT = join(__dirname, '../..');
const CLI = ['-r', join(ROOT, 'test/records/typescript-child.js'), join(ROOT, 'src/cli.ts')];
const FILE = 'The letter that stopped my benefit.';

/** What a server shows to the holder of a receipt. */
interface Seen {
  texts: string[];
  file: string;
}

describe.each(engines())('a backup, on %s', (engine) => {
  let database: TestDatabase;
  let place: string;

  beforeEach(async () => {
    database = await createTestDatabase(engine);
    place = mkdtempSync(join(tmpdir(), 'redress-backup-'));
  });
  afterEach(async () => {
    rmSync(place, { recursive: true, force: true });
    await database.drop();
  });

  const folder = () => join(place, 'backup');
  const keys = () => join(place, 'safe');

  function run({ dataDir, url }: { dataDir: string; url: string }, ...args: string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [...CLI, ...args], {
      cwd: place,
      env: { PATH: process.env.PATH, DATA_DIR: dataDir, DATABASE_URL: url },
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  }

  /** Where only the other key was put back. */
  function withoutLedgerKey(target: { dataDir: string; url: string }, ...args: string[]) {
    const path = join(target.dataDir, 'keys', 'ledger.key');
    renameSync(path, `${path}.away`);
    try {
      return run(target, ...args);
    } finally {
      renameSync(`${path}.away`, path);
    }
  }

  const start = ({ dataDir, url }: { dataDir: string; url: string }) =>
    ServerProcess.start('sources', { dataDir, databaseUrl: url });

  async function ask(
    port: number,
    method: string,
    path: string,
    asked: { token?: string; body?: object } = {},
  ) {
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/${path}`, {
      method,
      headers: {
        ...(asked.token ? { authorization: `Bearer ${asked.token}` } : {}),
        ...(asked.body && !(asked.body instanceof FormData) ? { 'content-type': 'application/json' } : {}),
      },
      body: asked.body instanceof FormData ? asked.body : asked.body && JSON.stringify(asked.body),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  }

  async function open(port: number, receipt: string): Promise<string> {
    const answer = await ask(port, 'POST', 'complaint-sessions', { body: { receipt } });
    return ((await answer.json()) as { token: string }).token;
  }

  /** Lodges, adds a file and a message; returns the receipt. */
  async function lodge(port: number): Promise<string> {
    const lodged = await ask(port, 'POST', 'complaints', { body: { narrative: 'The rota refused me.' } });
    const { receipt } = (await lodged.json()) as { receipt: string };
    const token = await open(port, receipt);
    const form = new FormData();
    form.append('file', new Blob([FILE], { type: 'text/plain' }), 'letter.txt');
    await ask(port, 'POST', 'my-case/evidence', { token, body: form });
    await ask(port, 'POST', 'my-case/messages', { token, body: { text: 'Is anybody there?' } });
    return receipt;
  }

  async function seen(port: number, receipt: string): Promise<Seen> {
    const token = await open(port, receipt);
    const messages = await ask(port, 'GET', 'my-case/messages', { token });
    const file = await ask(port, 'GET', 'my-case/evidence/1', { token });
    return {
      texts: ((await messages.json()) as { text: string }[]).map(({ text }) => text),
      file: await file.text(),
    };
  }

  /** The database of a server that stopped, under another name: what pg_dump and pg_restore make of it. SQLite lies in the folder. */
  async function copiedByItsTools(): Promise<string> {
    if (engine === 'sqlite') return '';
    const url = new URL(database.url);
    const name = url.pathname.slice(1);
    url.pathname = `/${name}_copy`;
    await onServer(`CREATE DATABASE ${name}_copy TEMPLATE ${name}`);
    return url.href;
  }

  async function onServer(sql: string): Promise<void> {
    const client = new Client({ connectionString: process.env.TEST_DATABASE_URL });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  }

  it('brings everything back after a loss: receipts open, files are as they were, and every history holds', async () => {
    const source = { dataDir: database.dataDir, url: database.url };
    const server = await start(source);
    const receipt = await lodge(server.port);
    const before = await seen(server.port, receipt);
    expect(before).toEqual({ texts: ['Is anybody there?'], file: FILE });
    // A server that goes on beside it does not matter where the command copies the database itself.
    if (engine === 'postgres') await server.end();
    const copy = await copiedByItsTools();
    try {
      expect(run(source, 'backup', folder(), '--keys', keys())).toEqual({
        status: 0,
        stderr: '',
        stdout: expect.stringMatching(
          engine === 'sqlite' ? /holds the database, and \d+ sealed files/ : /holds no database: .* pg_dump/,
        ),
      });
      await server.end();
      const key = run(source, 'vkey').stdout;
      rmSync(database.dataDir, { recursive: true });
      const target = { dataDir: join(place, 'anew'), url: copy };
      expect(run(target, 'restore', folder(), '--keys', keys())).toMatchObject({ status: 0, stderr: '' });
      expect(withoutLedgerKey(target, 'vkey')).toEqual({
        status: 2,
        stdout: '',
        stderr: expect.stringContaining('Put it back from your backup'),
      });
      expect(run(target, 'verify')).toMatchObject({
        status: 0,
        stdout: expect.stringMatching(/^The ledger holds: 1 cases, .* no difference\.\n$/),
      });
      expect(run(target, 'vkey').stdout).toBe(key);
      const anew = await start(target);
      try {
        expect(await seen(anew.port, receipt)).toEqual(before);
        const further = await lodge(anew.port);
        expect(await seen(anew.port, further)).toEqual(before);
      } finally {
        await anew.end();
      }
      expect(run(target, 'verify').status).toBe(0);
    } finally {
      await server.end('SIGKILL');
      if (copy) await onServer(`DROP DATABASE ${new URL(copy).pathname.slice(1)} WITH (FORCE)`);
    }
  });

  it('holds nothing that opens it, for its owner alone, and is never written over', async () => {
    const source = { dataDir: database.dataDir, url: database.url };
    expect(run(source, 'migrate').status).toBe(0);
    await (await start(source)).end();
    const refused = (says: RegExp) => ({ status: 2, stdout: '', stderr: expect.stringMatching(says) });
    expect(run(source, 'backup', folder(), '--keys', join(folder(), 'keys'))).toEqual(
      refused(/would lie in the backup/),
    );
    expect(run(source, 'backup', join(database.dataDir, 'backup'))).toEqual(
      refused(/lies in the folder of the server/),
    );
    expect(existsSync(folder())).toBe(false);
    expect(run(source, 'backup', folder())).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('Its keys are not there'),
    });
    const names = readdirSync(folder(), { recursive: true }) as string[];
    expect(names.filter((name) => name.includes('key'))).toEqual([]);
    for (const name of names) expect([name, statSync(join(folder(), name)).mode & 0o077]).toEqual([name, 0]);
    expect(statSync(folder()).mode & 0o077).toBe(0);
    expect(run(source, 'backup', folder())).toEqual(refused(/is not empty, and nothing is overwritten/));
    expect(run(source, 'backup', join(place, 'second'), '--keys', folder())).toEqual(
      refused(/is not empty, and nothing is overwritten/),
    );
  });

  it('is put back only whole, with its own keys, and over nothing', async () => {
    const source = { dataDir: database.dataDir, url: database.url };
    expect(run(source, 'migrate').status).toBe(0);
    await (await start(source)).end();
    expect(run(source, 'backup', folder(), '--keys', keys()).status).toBe(0);
    const target = { dataDir: join(place, 'anew'), url: database.url };
    const refused = (says: RegExp) => ({ status: 2, stdout: '', stderr: expect.stringMatching(says) });
    const restore = (to: typeof source, from = folder(), with_ = keys()) =>
      run(to, 'restore', from, '--keys', with_);
    expect(restore(source)).toEqual(refused(/lies in .* already, and nothing is overwritten/));
    expect(restore(target, place)).toEqual(refused(/holds no finished backup/));
    expect(restore(target, folder(), place)).toEqual(refused(/holds no keys/));
    writeFileSync(join(place, 'vault.key'), 'other');
    expect(restore(target, folder(), place)).toEqual(refused(/are not those that were in use/));
    const otherEngine = { ...target, url: engine === 'sqlite' ? 'postgres://127.0.0.1:1/none' : '' };
    expect(restore(otherEngine)).toEqual(
      refused(engine === 'sqlite' ? /Empty DATABASE_URL/ : /set DATABASE_URL to it/),
    );
    expect(existsSync(target.dataDir)).toBe(false);
    expect(restore(target).status).toBe(0);
  });
});
