import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reasonOf } from '../../src/platform/reason-of';

const ROOT = join(__dirname, '..', '..');

describe('why it could not be done', () => {
  it.each([
    ['EADDRINUSE', /set PORT to another number\.$/],
    ['EACCES', /said so\. Set PORT above 1023/],
    ['ENOSPC', /^The disk is full: said so\. Make room/],
    ['EROFS', /cannot be written: said so\. Check DATA_DIR/],
    ['SQLITE_CANTOPEN', /cannot be written: said so\. Check DATA_DIR/],
    ['SQLITE_CORRUPT_VTAB', /is damaged: said so\. .* put back the last backup\.$/],
    ['ENOTFOUND', /does not answer: said so\. Start it, or correct/],
    ['28P01', /refuses: said so\. Correct user, password/],
  ])('says for %s what to do next', (code, words) => {
    expect(reasonOf(Object.assign(new Error('said so'), { code }))).toMatch(words);
  });

  it('leaves a sentence of the house as it is', () => {
    expect(reasonOf(new Error('PORT is "x"; set it to a number.'))).toBe('PORT is "x"; set it to a number.');
    expect(reasonOf('a word')).toBe('a word');
  });

  it.each([
    ['main.ts', [], 1, 'Redress did not start. '],
    ['cli.ts', ['verify'], 2, ''],
  ])('is said by %s of a database that is damaged', (program, args, status, before) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'redress-test-'));
    try {
      writeFileSync(join(dataDir, 'redress.sqlite'), 'no database '.repeat(100));
      const typescript = join(ROOT, 'test/records/typescript-child.js');
      const ended = spawnSync(process.execPath, ['-r', typescript, join(ROOT, 'src', program), ...args], {
        cwd: dataDir,
        env: { PATH: process.env.PATH, DATA_DIR: dataDir, PORT: '0' },
        encoding: 'utf8',
      });
      expect(ended).toMatchObject({
        status,
        stdout: '',
        stderr: expect.stringContaining(
          `${before}The database in DATA_DIR is damaged: file is not a database. `,
        ),
      });
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  });
});
