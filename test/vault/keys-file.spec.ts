import { spawn } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keysFilePath, openKeysFile } from '../../src/vault/keys-file';

let dataDir: string;
let path: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'redress-keys-'));
  path = keysFilePath(dataDir);
});

afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

describe('the keys file', () => {
  it('is made once, for its owner alone, and gives the same keys ever after', () => {
    const made = openKeysFile(dataDir, true);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(dataDir, 'keys')).mode & 0o777).toBe(0o700);
    expect(made.keyEncryptionKey).toHaveLength(32);
    expect(made.hashKey).toHaveLength(32);
    expect(made.hashKey.equals(made.keyEncryptionKey)).toBe(false);
    expect(openKeysFile(dataDir, true)).toEqual(made);
    expect(openKeysFile(dataDir, false)).toEqual(made);
    expect(readdirSync(join(dataDir, 'keys'))).toEqual(['vault.key']);
  });

  it('is one file for processes that start at the same time', async () => {
    const script = `
      require('@swc/core');
      const { transformSync } = require('@swc/core');
      const { Module } = require('node:module');
      const file = ${JSON.stringify(join(__dirname, '../../src/vault/keys-file.ts'))};
      const { code } = transformSync(require('node:fs').readFileSync(file, 'utf8'), {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } });
      const compiled = new Module(file); compiled._compile(code, file);
      process.stdout.write('ready\\n');
      process.stdin.once('data', () => {
        process.stdout.write(compiled.exports.openKeysFile(${JSON.stringify(dataDir)}, true).keyEncryptionKey.toString('hex'));
        process.exit(0);
      });`;
    const children = Array.from({ length: 4 }, () => spawn(process.execPath, ['-e', script]));
    const outputs = children.map(() => '');
    const ended = children.map(
      (child, at) =>
        new Promise<number | null>((resolve) => {
          child.stdout.on('data', (text) => (outputs[at] += text));
          child.on('close', resolve);
        }),
    );
    while (outputs.some((output) => !output.includes('ready')))
      await new Promise((next) => setTimeout(next, 10));
    for (const child of children) child.stdin.write('go\n');
    expect(await Promise.all(ended)).toEqual([0, 0, 0, 0]);
    const expected = openKeysFile(dataDir, false).keyEncryptionKey.toString('hex');
    expect(outputs).toEqual(Array(4).fill(`ready\n${expected}`));
    expect(readdirSync(join(dataDir, 'keys'))).toEqual(['vault.key']);
  });

  it('is not made anew beside a database that already holds sealed content', () => {
    expect(() => openKeysFile(dataDir, false)).toThrow(/missing\. Put the file back/);
    expect(() => statSync(path)).toThrow(/ENOENT/);
  });

  it.each([0o640, 0o604, 0o644, 0o660])('is refused with rights %o, which let others read it', (mode) => {
    openKeysFile(dataDir, true);
    chmodSync(path, mode);
    expect(() => openKeysFile(dataDir, true)).toThrow(/can be read by others\. Run "chmod 600/);
  });

  it('is refused in a folder that others can write', () => {
    openKeysFile(dataDir, true);
    chmodSync(join(dataDir, 'keys'), 0o777);
    expect(() => openKeysFile(dataDir, true)).toThrow(/can be written by others\. Run "chmod 700/);
  });

  it('is refused when a single letter was changed, and left as it is', () => {
    openKeysFile(dataDir, true);
    const text = readFileSync(path, 'utf8');
    const { keyEncryptionKey, hashKey } = JSON.parse(text) as Record<string, string>;
    for (const value of [keyEncryptionKey!, hashKey!]) {
      const changed = text.replace(value, (value.startsWith('A') ? 'B' : 'A') + value.slice(1));
      writeFileSync(path, changed);
      expect(() => openKeysFile(dataDir, true)).toThrow(/is damaged\. Put it back from your backup/);
      expect(readFileSync(path, 'utf8')).toBe(changed);
    }
  });

  it.each(['', 'null', '[]', '{}', '{"version":1}', 'text'])('is refused when it holds %j', (text) => {
    mkdirSync(join(dataDir, 'keys'), { mode: 0o700 });
    writeFileSync(path, text, { mode: 0o600 });
    expect(() => openKeysFile(dataDir, true)).toThrow(/is damaged/);
  });

  it('is refused with a sentence when it cannot be read', () => {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    expect(() => openKeysFile(dataDir, true)).toThrow(/cannot be read \(EISDIR\)/);
  });
});
