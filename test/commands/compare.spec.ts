import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareCommand } from '../../src/commands/compare';
import { SigningKey } from '../../src/ledger/signing-key';
import { TestApp } from '../harness/app';
import { engines } from '../harness/database';

const ORIGIN = 'localhost:3000/redress';

describe.each(engines())('comparing what was kept with a log on %s', (engine) => {
  const key = new SigningKey(generateKeyPairSync('ed25519').privateKey, ORIGIN);
  let folder: string;
  /** Two copies of one house that go on apart, under one key. */
  let [here, there]: [Served, Served] = [null!, null!];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'redress-kept-'));
    [here, there] = [await serve(), await serve()];
    keep('vkey', key.verifierKey);
  });
  afterAll(async () => {
    await here.app.close();
    await there.app.close();
    rmSync(folder, { recursive: true, force: true });
  });

  interface Served {
    app: TestApp;
    address: string;
  }

  async function serve(): Promise<Served> {
    const app = await TestApp.start(engine, { replace: () => [[SigningKey, key]] });
    await app.nest.listen(0, '127.0.0.1');
    return { app, address: await app.nest.getUrl() };
  }

  const path = (name: string) => join(folder, name);
  const keep = (name: string, text: string) => writeFileSync(path(name), text);

  async function lodge({ app }: Served, count = 1): Promise<string> {
    let statement = '';
    for (let at = 0; at < count; at++) {
      const body = { narrative: 'The system stopped my benefit.' };
      statement = (await app.ask<{ statement: string }>('POST', '/api/v1/complaints', { body })).body
        .statement;
    }
    await app.integrate();
    return statement;
  }

  async function compare(...args: string[]): Promise<{ status: number; says: string }> {
    const ended = { status: 0, says: '' };
    const ear = jest.spyOn(process.stdout, 'write').mockImplementation((words) => {
      ended.says += String(words);
      return true;
    });
    try {
      await compareCommand().parseAsync(['--vkey', path('vkey'), ...args], { from: 'user' });
      ended.status = Number(process.exitCode ?? 0);
    } catch (error) {
      ended.status = 2;
      ended.says += (error as Error).message;
    } finally {
      ear.mockRestore();
      process.exitCode = undefined;
    }
    return { ...ended, says: ended.says.replaceAll(`${folder}/`, '') };
  }

  it('is content while the log only grows, and keeps what it shows', async () => {
    await lodge(here, 300);
    expect(await compare('--with', here.address, '--save', path('first'))).toEqual({
      status: 0,
      says: `${here.address} shows 300 entries, and they lead to the checkpoint that it signed.\n`,
    });
    keep('statement', (await lodge(here)).replaceAll('\n', '\r\n'));
    expect(
      await compare('--with', here.address, '--save', path('second'), path('first'), path('statement')),
    ).toEqual({
      status: 0,
      says: `One history: ${here.address} shows 301 entries, and they lead to the checkpoint that it signed. What was signed in first, statement stands in it, unchanged.\n`,
    });
    expect(readFileSync(path('second'), 'utf8').split('\n')[1]).toBe('301');
    expect(await compare('--with', here.address, '--save', path('second'))).toEqual({
      status: 2,
      says: 'second is there already, and what was kept is never overwritten. Name a new file with --save.',
    });
  });

  it('names a log that has become shorter, and a promise that it does not hold', async () => {
    await lodge(there, 299);
    const { status, says } = await compare('--with', there.address, path('second'), path('statement'));
    expect([status, says.split('\n').length]).toEqual([1, 3]);
    expect(says).toContain(
      `Difference: second was signed over 301 entries, but ${there.address} shows a log of 299: at least 2 entries are not there any more.`,
    );
    expect(says).toMatch(
      /statement: the log that \S+ shows does not hold the complaint RD-[\w-]+, although it was promised/,
    );
  });

  it('names a log that was written on from before, as long as what was kept or longer', async () => {
    await lodge(there, 2);
    expect(await compare('--with', there.address, '--save', path('fork'), path('second'))).toEqual({
      status: 1,
      says: expect.stringContaining(
        `second and ${there.address}: one key signed two different histories of 301 entries.`,
      ),
    });
    await lodge(there);
    expect(await compare('--with', there.address, path('second'))).toEqual({
      status: 1,
      says: expect.stringContaining(
        `second: the first 301 entries that ${there.address} shows are not those that were signed then.`,
      ),
    });
  });

  it('shows two auditors that each was shown another copy, without any server', async () => {
    expect(await compare(path('second'), path('fork'))).toEqual({
      status: 1,
      says: expect.stringContaining(
        'second and fork: one key signed two different histories of 301 entries.',
      ),
    });
    expect(await compare(path('second'), path('second'))).toMatchObject({ status: 0 });
    expect(await compare(path('first'), path('fork'))).toEqual({
      status: 2,
      says: expect.stringContaining('name the address of the server with --with'),
    });
  });

  it('names places that do not lead to the checkpoint over them', async () => {
    const shown = await compare('--with', here.address);
    expect(shown.status).toBe(0);
    const served = jest
      .spyOn(global, 'fetch')
      .mockImplementation(
        async (url) =>
          new Response(/tile/.test(JSON.stringify(url)) ? Buffer.alloc(32) : readFileSync(path('second'))),
      );
    const { status, says } = await compare('--with', here.address);
    served.mockRestore();
    expect([status, says]).toEqual([
      1,
      expect.stringContaining('do not lead to the checkpoint that it signed over 301'),
    ]);
  });

  it('says what it cannot read or reach', async () => {
    keep('forged', readFileSync(path('first'), 'utf8').replace('\n300\n', '\n299\n'));
    keep('certificate', key.note(`redress disposal certificate v1\n${ORIGIN}\n\n`));
    for (const [args, status, says] of [
      [[path('first')], 2, 'Name two files at least, or the address of a server with --with.'],
      [[path('none'), path('first')], 2, 'none cannot be read (ENOENT).'],
      [[path('forged'), path('first')], 1, 'Difference: forged: its signature does not hold under this key.'],
      [[path('certificate'), path('first')], 1, 'neither a checkpoint of the log nor a statement of lodging'],
      [['--vkey', 'nonsense', path('first'), path('second')], 2, 'This is no public key as “vkey” prints it'],
      [['--with', 'localhost', path('first')], 2, 'did not show its log (this is no address)'],
      [['--with', `${here.address}/portal`, path('first')], 2, 'did not show its log (answer 404)'],
      [['--with', 'http://127.0.0.1:1', path('first')], 2, 'did not show its log'],
    ] as [string[], number, string][])
      expect([args, await compare(...args)]).toEqual([args, { status, says: expect.stringContaining(says) }]);
    expect(existsSync(path('none'))).toBe(false);
  });
});
