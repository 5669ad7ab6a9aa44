import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import {
  alreadyStored,
  checkedId,
  codeOf,
  type EvidenceStore,
  isEvidenceId,
  notStored,
  overStream,
  unavailable,
} from './evidence-store';

/** What this store asks of `node:fs/promises`. */
export type FileSystem = Pick<
  typeof fs,
  'link' | 'mkdir' | 'open' | 'opendir' | 'rm' | 'stat' | 'unlink' | 'writeFile'
>;

/** What is not written to its end is called this and something. */
const DRAFT = 'draft-';
const DRAFT_LIVES_IN_MS = 24 * 60 * 60 * 1000;

/** The folder of sealed files in the data folder. */
export const evidenceFolder = (dataDir: string): string => join(dataDir, 'evidence');

/** Sealed files in `<dataDir>/evidence`, a file each, for the owner of the process alone. */
export class FolderStore implements EvidenceStore {
  private readonly folder: string;

  /** `dataDir` absolute; it and the folder are made when the first file comes. */
  constructor(
    dataDir: string,
    private readonly files: FileSystem = fs,
  ) {
    this.folder = evidenceFolder(dataDir);
  }

  async write(id: string, sealed: Readable): Promise<void> {
    await overStream(
      sealed,
      async () => {
        const path = this.pathOf(id);
        const draft = join(this.folder, `${DRAFT}${randomUUID()}`);
        const made = await this.files.mkdir(this.folder, { recursive: true, mode: 0o700 });
        if (made) await this.syncFolder(dirname(made));
        try {
          await this.fill(draft, sealed);
          await this.link(draft, path);
        } finally {
          // The file is kept, or the reason why not is on its way: a draft that stays is for `sweep`.
          await this.files.rm(draft, { force: true }).catch(() => undefined);
        }
      },
      (error) => explained(error, 'kept'),
    );
  }

  async read(id: string): Promise<Readable> {
    const path = this.pathOf(id);
    try {
      return (await this.files.open(path, 'r')).createReadStream();
    } catch (error) {
      throw codeOf(error) === 'ENOENT' ? notStored() : explained(error, 'read');
    }
  }

  async has(id: string): Promise<boolean> {
    return (await this.keptSince(this.pathOf(id))) !== null;
  }

  async remove(id: string): Promise<void> {
    const path = this.pathOf(id);
    try {
      await this.files.unlink(path);
      await this.syncFolder(this.folder);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw explained(error, 'removed');
    }
  }

  async *list(): AsyncGenerator<string> {
    for await (const name of this.names()) if (isEvidenceId(name)) yield name;
  }

  async *storedBefore(moment: Date): AsyncGenerator<string> {
    for await (const id of this.list()) {
      const since = await this.keptSince(this.pathOf(id));
      if (since !== null && since < moment.getTime()) yield id;
    }
  }

  /**
   * Removes what writes left that ended more than a day before `now` by a kill or a power cut; says how many. Younger ones
   * may belong to a write under way, in this process or another. A whole one, which bears noon of its day, goes up to half a day
   * sooner or later.
   */
  async sweep(now: Date): Promise<number> {
    let swept = 0;
    for await (const name of this.names()) {
      if (!name.startsWith(DRAFT)) continue;
      const path = join(this.folder, name);
      try {
        if (now.getTime() - (await this.files.stat(path)).mtimeMs <= DRAFT_LIVES_IN_MS) continue;
        await this.files.unlink(path);
        swept += 1;
      } catch (error) {
        // A write that was just ending took it away itself.
        if (codeOf(error) !== 'ENOENT') throw explained(error, 'removed');
      }
    }
    return swept;
  }

  /** In milliseconds since 1970; null when nothing lies there. */
  private async keptSince(path: string): Promise<number | null> {
    try {
      return (await this.files.stat(path)).mtimeMs;
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return null;
      throw explained(error, 'read');
    }
  }

  private async fill(draft: string, sealed: Readable): Promise<void> {
    const file = await this.files.open(draft, 'wx', 0o600);
    try {
      await this.files.writeFile(file, sealed);
      await forgetTime(file);
      await file.sync();
    } finally {
      await file.close();
    }
  }

  /** A link, not a renaming, which would put one file silently in the place of another. */
  private async link(draft: string, path: string): Promise<void> {
    try {
      await this.files.link(draft, path);
    } catch (error) {
      throw codeOf(error) === 'EEXIST' ? alreadyStored() : error;
    }
    try {
      await this.syncFolder(this.folder);
    } catch (error) {
      await this.files.unlink(path);
      throw error;
    }
  }

  private async syncFolder(folder: string): Promise<void> {
    const opened = await this.files.open(folder, 'r');
    try {
      await opened.sync();
    } finally {
      await opened.close();
    }
  }

  private async *names(): AsyncGenerator<string> {
    try {
      for await (const { name } of await this.files.opendir(this.folder)) yield name;
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw explained(error, 'listed');
    }
  }

  private pathOf(id: string): string {
    return join(this.folder, checkedId(id));
  }
}

/** When a person sent something, the day is kept and nothing more: the file bears noon of its day (UTC). */
async function forgetTime(file: fs.FileHandle): Promise<void> {
  const day = new Date((await file.stat()).mtime).setUTCHours(12, 0, 0, 0) / 1000;
  await file.utimes(day, day);
}

type Deed = 'kept' | 'read' | 'removed' | 'listed';

/** An error of the system as a sentence; every other as it is. */
function explained(error: unknown, deed: Deed): unknown {
  const code = codeOf(error);
  return code ? unavailable(sentenceOf(deed, code), error) : error;
}

function sentenceOf(deed: Deed, code: string): string {
  const what = deed === 'listed' ? 'The files could not be listed' : `This file could not be ${deed}`;
  if (['ENOSPC', 'EDQUOT', 'EFBIG'].includes(code))
    return `${what}: the disk is full. Whoever runs this server has to free space under DATA_DIR; then try again.`;
  if (['EACCES', 'EPERM', 'EROFS'].includes(code))
    return `${what}: this server lacks the right to its folder. Whoever runs it has to give its user DATA_DIR/evidence; then try again.`;
  return `${what}: the disk failed (${code}). Whoever runs this server has to look at the disk of DATA_DIR; then try again.`;
}
