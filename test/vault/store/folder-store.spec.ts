import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FileSystem, FolderStore } from '../../../src/vault/store/folder-store';
import { contentOf, idsOf, MB, streamOf } from './stores';

const NODE_WITH_TYPESCRIPT = [
  process.execPath,
  '-r',
  join(__dirname, '../../records/typescript-child.js'),
  join(__dirname, 'write-from-child.ts'),
];

let dataDir: string;
let folder: string;
let store: FolderStore;
const id = randomUUID();

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'redress-folder-'));
  folder = join(dataDir, 'evidence');
  store = new FolderStore(dataDir);
});

afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: as if`), { code });
}

/** The real file system, in which one call fails: the `nth` of its kind. Files that are opened count too: `sync`, `close`. */
function failing(call: string, nth: number, code: string): { files: FileSystem; happened: () => boolean } {
  let count = 0;
  let happened = false;
  const fails = (name: string): boolean => {
    if (name !== call) return false;
    count += 1;
    happened ||= count === nth;
    return count === nth;
  };
  const files = new Proxy(fs, {
    get:
      (real, name: keyof FileSystem) =>
      async (...given: unknown[]) => {
        const may = real[name] as (...given: unknown[]) => Promise<unknown>;
        // A write fails when half of it is on the disk already.
        if (name === 'writeFile' && fails(name)) {
          await fs.writeFile(given[0] as fs.FileHandle, 'half of the file');
          throw systemError(code);
        }
        if (fails(name)) throw systemError(code);
        const result = await may.apply(real, given);
        if (name !== 'open') return result;
        return new Proxy(result as fs.FileHandle, {
          get: (file, of: 'sync' | 'close') => {
            const value: unknown = Reflect.get(file, of, file);
            if (typeof value !== 'function') return value;
            return async (...more: unknown[]) => {
              if (of === 'close') await file.close();
              if (fails(of)) throw systemError(code);
              return of === 'close' ? undefined : (value.apply(file, more) as unknown);
            };
          },
        });
      },
  });
  return { files, happened: () => happened };
}

describe('a folder of sealed files', () => {
  it('is for its owner alone, made with the first file', async () => {
    expect(await idsOf(store)).toEqual([]);
    expect(await store.sweep(new Date())).toBe(0);
    expect(existsSync(folder)).toBe(false);
    await store.write(id, streamOf(100));
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, id)).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual([id]);
  });

  it('is made with the data folder where that is missing too', async () => {
    const deep = new FolderStore(join(dataDir, 'not', 'yet'));
    await deep.write(id, streamOf(3));
    expect((await contentOf(deep, id)).toString()).toBe('xxx');
  });

  // The folder is opened after the file, and before it when it was just made: hence several of a kind.
  const calls = [
    ['mkdir', 1],
    ['open', 1],
    ['open', 2],
    ['open', 3],
    ['writeFile', 1],
    ['sync', 1],
    ['sync', 2],
    ['sync', 3],
    ['close', 1],
    ['close', 2],
    ['close', 3],
    ['link', 1],
  ] as const;
  it.each(calls)('keeps nothing of a file when %s number %i fails', async (call, nth) => {
    const { files, happened } = failing(call, nth, 'EIO');
    const failed = new FolderStore(dataDir, files).write(id, streamOf(200_000));
    await expect(failed).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringMatching(/could not be kept: the disk failed \(EIO\)\./) as string,
      cause: { code: 'EIO' },
    });
    expect(happened()).toBe(true);
    expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([]);
    await store.write(id, streamOf(3));
    expect((await contentOf(store, id)).toString()).toBe('xxx');
  });

  it('keeps a file whose draft could not be taken away; the sweep takes it', async () => {
    const { files, happened } = failing('rm', 1, 'EIO');
    await new FolderStore(dataDir, files).write(id, streamOf(3));
    expect(happened()).toBe(true);
    expect(readdirSync(folder)).toHaveLength(2);
    expect(await store.sweep(new Date(Date.now() + 37 * 60 * 60 * 1000))).toBe(1);
    expect(readdirSync(folder)).toEqual([id]);
    expect((await contentOf(store, id)).toString()).toBe('xxx');
  });

  it.each([
    ['ENOSPC', /the disk is full\. .* free space under DATA_DIR/],
    ['EDQUOT', /the disk is full/],
    ['EACCES', /lacks the right to its folder\. .* DATA_DIR\/evidence/],
    ['EROFS', /lacks the right/],
    ['EIO', /the disk failed \(EIO\)/],
  ])('says what to do about %s', async (code, sentence) => {
    const refusal = {
      kind: 'unavailable',
      message: expect.stringMatching(sentence) as string,
      cause: { code },
    };
    const broken = (call: string) => new FolderStore(dataDir, failing(call, 1, code).files);
    await expect(broken('writeFile').write(id, streamOf(9))).rejects.toMatchObject(refusal);
    expect(readdirSync(folder)).toEqual([]);
    await store.write(id, streamOf(9));
    await expect(broken('open').read(id)).rejects.toMatchObject(refusal);
    await expect(broken('unlink').remove(id)).rejects.toMatchObject(refusal);
    await expect(broken('sync').remove(id)).rejects.toMatchObject(refusal);
    await expect(idsOf(broken('opendir'))).rejects.toMatchObject(refusal);
    await expect(broken('opendir').sweep(new Date())).rejects.toMatchObject(refusal);
  });

  it('keeps nothing of a file that the system stops half way', () => {
    // 200 kB is the largest file that the process may write.
    const limited = 'ulimit -f 200; exec "$@"';
    const { status, stdout } = spawnSync(
      'bash',
      ['-c', limited, 'bash', ...NODE_WITH_TYPESCRIPT, 'folder', dataDir, id, String(2 * MB)],
      { encoding: 'utf8' },
    );
    expect(stdout).toMatch(/^Refusal: This file could not be kept: the disk is full/);
    expect(status).toBe(1);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('holds no readable part of a file whose process was killed, and loses its draft a day later', async () => {
    const [node, ...script] = NODE_WITH_TYPESCRIPT;
    const child = spawn(node!, [...script, 'folder', dataDir, id, 'endless']);
    const ended = new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
    const size = () => {
      const [draft] = existsSync(folder) ? readdirSync(folder) : [];
      return draft ? statSync(join(folder, draft)).size : 0;
    };
    while (size() < MB) await new Promise((next) => setTimeout(next, 5));
    child.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');

    expect(readdirSync(folder)).toHaveLength(1);
    expect(await idsOf(store)).toEqual([]);
    await expect(store.read(id)).rejects.toMatchObject({ kind: 'not-found' });
    await store.write(id, streamOf(3));
    expect(await store.sweep(new Date())).toBe(0);
    expect(readdirSync(folder)).toHaveLength(2);
    const [draft] = readdirSync(folder).filter((name) => name !== id);
    const yesterday = new Date(Date.now() - 25 * 60 * 60 * 1000);
    utimesSync(join(folder, draft!), yesterday, yesterday);
    utimesSync(join(folder, id), yesterday, yesterday);
    expect(await store.sweep(new Date())).toBe(1);
    expect(readdirSync(folder)).toEqual([id]);
  });

  it('leaves alone what is not its own', async () => {
    mkdirSync(folder);
    writeFileSync(join(folder, 'notes.txt'), 'of the operator');
    await store.write(id, streamOf(3));
    expect(await idsOf(store)).toEqual([id]);
    expect(await store.sweep(new Date(Date.now() + 1e9))).toBe(0);
    expect(readdirSync(folder).sort()).toEqual([id, 'notes.txt'].sort());
  });

  it('lets a file be read to its end while it is removed', async () => {
    await store.write(id, streamOf(MB));
    const content = await store.read(id);
    await store.remove(id);
    let size = 0;
    for await (const chunk of content as AsyncIterable<Buffer>) size += chunk.length;
    expect(size).toBe(MB);
  });

  it('keeps the rights of an existing folder as the operator set them', async () => {
    mkdirSync(folder);
    chmodSync(folder, 0o750);
    await store.write(id, streamOf(3));
    expect(statSync(folder).mode & 0o777).toBe(0o750);
  });
});
