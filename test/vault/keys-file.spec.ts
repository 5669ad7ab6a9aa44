import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { fork, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeysFile } from '../../src/vault/keys-file';

let dataDir: string;
let folder: string;
let file: KeysFile;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'redress-keys-'));
  folder = join(dataDir, 'keys');
  file = new KeysFile(dataDir);
});

afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

describe('the keys file', () => {
  it('is made once, for its owner alone', () => {
    file.create('first');
    file.create('second');
    expect(file.read()).toBe('first');
    expect(statSync(file.path).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(readdirSync(folder)).toEqual(['vault.key']);
  });

  it('is not there when the system stops its writing half way', () => {
    // 1 kB is the largest file that the process may write.
    const limited = 'ulimit -f 1; exec "$@"';
    const script = [
      '-r',
      join(__dirname, '../records/typescript-child.js'),
      join(__dirname, 'keys/write-keys-child.ts'),
    ];
    const { status, stderr } = spawnSync(
      'bash',
      ['-c', limited, 'bash', process.execPath, ...script, dataDir, '3000'],
      { encoding: 'utf8' },
    );
    expect([status, stderr]).toEqual([1, expect.stringContaining('cannot be written (EFBIG)')]);
    expect(file.exists()).toBe(false);
  });

  it('is one file for processes that start at the same time', async () => {
    const children = Array.from({ length: 4 }, () =>
      fork(join(__dirname, 'keys/open-child.ts'), [dataDir], {
        execArgv: ['-r', join(__dirname, '../records/typescript-child.js')],
      }),
    );
    const heard = (child: (typeof children)[number]): Promise<unknown> =>
      new Promise((resolve, reject) => {
        child.once('message', resolve);
        child.once('exit', (code) => reject(new Error(`A child ended with ${code} before it said more.`)));
      });
    expect(await Promise.all(children.map(heard))).toEqual(Array(4).fill('ready'));
    const rings = children.map(heard);
    for (const child of children) child.send('go');
    const texts = new Set(await Promise.all(rings));
    expect([...texts]).toEqual([file.read()]);
    expect(readdirSync(folder)).toEqual(['vault.key']);
  });

  it.each([0o640, 0o604, 0o644, 0o660])('is refused with rights %o, which let others read it', (mode) => {
    file.create('text');
    chmodSync(file.path, mode);
    expect(() => file.read()).toThrow(/can be read by others\. Run "chmod 600/);
  });

  it.each([0o777, 0o770, 0o702])(
    'is refused in a folder with rights %o, which let others write in it',
    (mode) => {
      file.create('text');
      chmodSync(folder, mode);
      expect(() => file.read()).toThrow(/can be written by others\. Run "chmod 700/);
    },
  );

  it('is refused with a sentence when it is missing or cannot be read', () => {
    expect(() => file.read()).toThrow(
      /vault\.key is missing\. Put it back from your backup: .* never used has none yet/,
    );
    expect(() => file.mark()).toThrow(/is missing/);
    mkdirSync(file.path, { recursive: true, mode: 0o700 });
    expect(() => file.read()).toThrow(/cannot be read \(EISDIR\)\. Give the user/);
  });

  it('is replaced as a whole, for its owner alone, and only when it is what it was taken for', () => {
    file.create('first');
    const mark = file.mark();
    expect(file.mark()).toBe(mark);
    expect(file.replace('other', 'second')).toBe(false);
    expect(file.read()).toBe('first');
    expect(file.mark()).toBe(mark);
    expect(file.replace('first', 'second')).toBe(true);
    expect(file.read()).toBe('second');
    expect(file.mark()).not.toBe(mark);
    expect(statSync(file.path).mode & 0o777).toBe(0o600);
  });

  it('leaves no draft of a killed process behind when it is replaced, and touches nothing else', () => {
    file.create('first');
    linkSync(file.path, `${file.path}.${randomUUID()}`);
    writeFileSync(`${file.path}.${randomUUID()}`, 'draft');
    writeFileSync(`${file.path}.backup`, 'kept on purpose');
    writeFileSync(join(folder, 'ledger.key'), 'of others');
    file.replace('first', 'second');
    expect(readdirSync(folder).sort()).toEqual(['ledger.key', 'vault.key', 'vault.key.backup']);
  });

  it('says so when its folder cannot be written', () => {
    writeFileSync(folder, 'not a folder');
    expect(() => file.create('text')).toThrow(/cannot be written \((EEXIST|ENOTDIR)\)\. Give the user/);
  });
});
