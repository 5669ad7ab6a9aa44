import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { Case } from '../../src/records/entities/case';
import { DataKey } from '../../src/records/entities/data-key';
import { Entry } from '../../src/records/entities/entry';
import { SearchedGroup } from '../../src/records/entities/searched-group';
import { TestApp } from '../harness/app';
import { createTestDatabase, engines } from '../harness/database';

const ROOT = join(__dirname, '../..');
const NEST = join(ROOT, 'node_modules/typescript/bin/tsc');

/** What another program keeps in the same database under the name of our list of migrations. */
async function foreignMigrations(url: string, goesAgain = false): Promise<void> {
  const source = await new DataSource({ type: 'postgres', url }).initialize();
  await source.query(goesAgain ? 'DROP TABLE "migrations"' : 'CREATE TABLE "migrations" ("version" integer)');
  await source.destroy();
}

describe('the commands', () => {
  let built: string;

  beforeAll(() => {
    built = mkdtempSync(join(ROOT, 'node_modules/.redress-commands-'));
    execFileSync(process.execPath, [NEST, '-p', join(ROOT, 'tsconfig.build.json'), '--outDir', built]);
    execFileSync('cp', ['-r', join(ROOT, 'src/words'), built]);
  });
  afterAll(() => rmSync(built, { recursive: true, force: true }));

  function run(env: Record<string, string>, ...args: string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(built, 'cli.js'), ...args], {
      cwd: tmpdir(),
      env: { PATH: process.env.PATH, ...env },
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  }

  it('are all named in the README', () => {
    const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
    const files = readdirSync(join(ROOT, 'src/commands')).filter(
      (name) =>
        name.endsWith('.ts') && !['backup-folder.ts', 'in-house.ts', 'progress-bar.ts'].includes(name),
    );
    for (const file of files)
      expect(readme).toMatch(new RegExp(`^\\| \`${file.replace('.ts', '')}\` +\\|`, 'm'));
  });

  it.each([
    ['verify --fast', /unknown option '--fast'/],
    ['verify everything', /too many arguments/],
    ['verfy', /unknown command 'verfy'/],
    ['recover', /missing required argument 'e-mail'/],
    ['token create nobody@example.org --label program', /required option '--scope/],
    ['', /^Usage: redress/],
  ])('end with exit code 2 where "%s" is asked: 1 would say that something does not hold', (asked, says) => {
    const args = asked.split(' ').filter((word) => word !== '');
    expect(run({}, ...args)).toEqual({ status: 2, stdout: '', stderr: expect.stringMatching(says) });
  });

  it('end with exit code 0 where help is asked for', () => {
    expect(run({}, 'verify', '--help')).toMatchObject({ status: 0, stderr: '' });
  });

  it('say nothing where nobody reads on, and that a place was full where it was', () => {
    const into = (place: string) => {
      const asked = `"${process.execPath}" "${join(built, 'cli.js')}" process ${place}; exit \${PIPESTATUS[0]}`;
      const { status, stderr } = spawnSync('bash', ['-c', asked], { encoding: 'utf8' });
      return { status, stderr };
    };
    expect(into('| head -n 1')).toEqual({ status: 0, stderr: '' });
    expect(into('| true')).toEqual({ status: 0, stderr: '' });
    expect(into('> /dev/full')).toEqual({
      status: 2,
      stderr: expect.stringMatching(/^The answer could not be written: ENOSPC/),
    });
  });

  it.each(engines())('say that there is no database, and make none, on %s', async (engine) => {
    const database = await createTestDatabase(engine);
    try {
      const env = { DATA_DIR: join(database.dataDir, 'mistyped'), DATABASE_URL: database.url };
      for (const command of [
        ...['invite', 'verify', 'reindex', 'rotate-keys', 'statistics', 'vkey', 'backup copy'],
        'token list nobody@example.org',
      ])
        expect([command, run(env, ...command.split(' '))]).toEqual([
          command,
          {
            status: 2,
            stdout: '',
            stderr: expect.stringMatching(
              database.url
                ? /^The database of DATABASE_URL holds nothing/
                : /^There is no database in .*mistyped/,
            ),
          },
        ]);
      expect(existsSync(env.DATA_DIR)).toBe(false);
      if (database.url) {
        await foreignMigrations(database.url);
        expect(run(env, 'invite')).toMatchObject({ status: 2, stdout: '' });
        await foreignMigrations(database.url, true);
      }
      expect(run(env, 'migrate').status).toBe(0);
      expect(run(env, 'verify').status).toBe(0);
      expect(run(env, 'invite').status).toBe(0);
    } finally {
      await database.drop();
    }
  });

  it.each(engines())(
    'verify on %s is content with what was lodged, and names an edit behind its back with exit code 1',
    async (engine) => {
      const app = await TestApp.start(engine);
      try {
        const env = { DATA_DIR: app.database.dataDir, DATABASE_URL: app.database.url };
        expect(run(env, 'invite')).toMatchObject({
          status: 0,
          stdout: expect.stringMatching(/^http:\/\/localhost:3000\/join\/[\w-]{43}\n$/),
        });
        await app.officer('INT');
        await app.lodge();
        // Beside that of the case, entries of the house: invitations, accounts and tokens.
        const entries = await app.source.getRepository(Entry).count();
        expect(run(env, 'verify')).toEqual({
          status: 0,
          stdout: `The ledger holds: 1 cases, ${entries} entries, no difference.\n`,
          stderr: '',
        });
        await app.integrate();
        for (const time of ['first', 'second'])
          expect([time, run(env, 'reindex')]).toEqual([
            time,
            {
              status: 0,
              stdout: 'Every case in the log can be found by its words.\n',
              stderr: `0 of ${entries} entries of the log\n${entries} of ${entries} entries of the log\n`,
            },
          ]);
        expect(await app.rowCounts()).toMatchObject({ searched_cases: 1, search_words: 5 });
        expect(run(env, 'invite', 'tri', 'INV')).toMatchObject({
          status: 0,
          stdout: expect.stringContaining('/join/'),
        });
        expect(run(env, 'invite')).toMatchObject({
          status: 2,
          stderr: expect.stringContaining('Name the roles'),
        });
        expect(run(env, 'invite', 'KING')).toMatchObject({ status: 2 });
        expect(JSON.parse(run(env, 'statistics').stdout)).toMatchObject({ total: 1 });
        expect(JSON.parse(run(env, 'statistics', '--public').stdout)).toMatchObject({ total: null });
        expect(run(env, 'migrate').status).toBe(0);
        expect(run(env, 'vkey').stdout.trim()).toBe(
          (await app.ask('GET', '/api/v1/ledger/verifier-key')).text.trim(),
        );

        const [row] = await app.source.getRepository(Case).find();
        const group = {
          caseId: row!.id,
          groupHash: 'a'.repeat(12),
          lane: 1,
          urgency: 5,
          dueOn: '2026-11-26',
        };
        await app.source.getRepository(SearchedGroup).insert(group);
        expect(run(env, 'verify')).toMatchObject({
          status: 1,
          stdout: expect.stringMatching(/^Difference: case [\w-]+: searched_groups: /),
        });
        expect(run(env, 'verify', '--without-keys').status).toBe(0);
        await app.source.getRepository(SearchedGroup).delete(group);

        const keys = app.source.getRepository(DataKey);
        // The first and the last are opened at each start: this one lies between.
        const [, between] = await keys.find({ order: { ownerId: 'ASC' } });
        const { ownerId, wrappedKey } = between!;
        await keys.update({ ownerId }, { wrappedKey: `${wrappedKey.slice(0, -4)}AAA=` });
        expect(run(env, 'verify')).toMatchObject({
          status: 1,
          stdout: expect.stringMatching(
            new RegExp(`^Difference: .* ${ownerId} does not open with the keys file`),
          ),
        });
        expect(run(env, 'verify', '--without-keys').status).toBe(0);
        await keys.update({ ownerId }, { wrappedKey });

        await app.source.query(`UPDATE "cases" SET "tier" = 'LOW'`);
        const spoilt = run(env, 'verify');
        expect(spoilt).toMatchObject({
          status: 1,
          stdout: expect.stringMatching(/^Difference: case [\w-]+: .*column tier/),
        });
        expect(spoilt.stdout.trim().split('\n')).toHaveLength(1);
      } finally {
        await app.close();
      }
    },
  );

  it('token makes, lists and revokes what a program brings', async () => {
    const app = await TestApp.start('sqlite');
    try {
      const env = { DATA_DIR: app.database.dataDir };
      const { email } = await app.officer('INT');
      const token = (...args: string[]) => run(env, 'token', ...args);
      const asked = [email.toUpperCase(), '--label', 'Night job', '--scope', 'cases:read', 'statistics:read'];
      const made = token('create', ...asked, '--days', '30');
      expect(made).toEqual({ status: 0, stdout: expect.stringMatching(/^redress_[\w-]{43}\n$/), stderr: '' });
      const ask = (url: string) => app.ask('GET', url, { token: made.stdout.trim() });
      expect((await ask('/api/v1/cases')).status).toBe(200);
      expect((await ask('/api/v1/cases/none/identity')).status).toBe(403);
      const line = token('list', email)
        .stdout.split('\n')
        .find((each) => each.endsWith('Night job'))!;
      const [id, ...rest] = line.split('  ') as [string, ...string[]];
      expect(rest).toEqual([
        expect.stringMatching(/^until \d{4}-\d\d-\d\d$/),
        expect.stringMatching(/^used \d{4}-\d\d-\d\d$/),
        'cases:read,statistics:read',
        'Night job',
      ]);
      expect(token('revoke', email, id)).toMatchObject({ status: 0 });
      expect((await ask('/api/v1/cases')).status).toBe(401);

      for (const [args, says] of [
        [['revoke', email, id], /no such token/],
        [['list', 'nobody@example.org'], /no active account/],
        [['create', 'nobody@example.org', '--label', 'x', '--scope', 'cases:read'], /no active account/],
        [['create', ...asked, '--days', '400'], /whole number from 1 to 366/],
        [['create', email, '--label', '', '--scope', 'cases:read'], /Say in 1 to 64 characters/],
      ] as [string[], RegExp][])
        expect([args, token(...args)]).toEqual([
          args,
          { status: 2, stdout: '', stderr: expect.stringMatching(says) },
        ]);
      const strange = token('create', email, '--label', 'x', '--scope', 'everything');
      expect([strange.status === 0, strange.stderr.includes('Allowed choices')]).toEqual([false, true]);
      const told = (await app.source.getRepository(Entry).find()).map(({ body }) => body);
      for (const act of ['create-token', 'revoke-token'])
        expect(
          told.filter((body) => body.includes(`"act":"${act}"`) && body.includes('"role":"SYS"')),
        ).toHaveLength(1);
      expect(run(env, 'verify').status).toBe(0);
    } finally {
      await app.close();
    }
  });

  it('prints the process and the API document, and makes nothing for it, whatever the settings', () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'redress-test-'));
    const env = { DATA_DIR: join(dataDir, 'mistyped'), DATABASE_URL: 'postgres://127.0.0.1:1/none' };
    expect(run(env, 'process').stdout).toContain('acknowledge');
    for (const each of [env, { DATA_DIR: env.DATA_DIR }])
      expect(JSON.parse(run(each, 'openapi').stdout)).toEqual(
        JSON.parse(readFileSync(join(ROOT, 'test/golden/openapi.json'), 'utf8')),
      );
    expect(readdirSync(dataDir)).toEqual([]);
    rmSync(dataDir, { recursive: true, force: true });
  });
});
