import { randomUUID } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

const DRAFT = /^vault\.key\.[0-9a-f]{8}-[0-9a-f-]{27}$/;

/**
 * `vault.key` in the data folder: one text, readable by its owner only, that is there whole or not at all. Throws one sentence
 * that says what is wrong and how to mend it; never repairs.
 */
export class KeysFile {
  readonly path: string;
  private readonly folder: string;

  constructor(dataDir: string) {
    this.folder = join(dataDir, 'keys');
    this.path = join(this.folder, 'vault.key');
  }

  exists(): boolean {
    return existsSync(this.path);
  }

  /** The text; refused when others can read the file or write in its folder. */
  read(): string {
    const { mode } = this.about(this.path);
    refuseRights(this.folder, this.about(this.folder).mode, 0o022, 'can be written by others', '700');
    refuseRights(this.path, mode, 0o077, 'can be read by others', '600');
    try {
      return readFileSync(this.path, 'utf8');
    } catch (error) {
      throw this.failure('read', error);
    }
  }

  /** Another text lies there when this differs. Quick enough to be asked with every new key. */
  mark(): string {
    const { ino, mtimeNs, size } = this.about(this.path);
    return `${ino} ${mtimeNs} ${size}`;
  }

  /** Stores the first text. Of two processes that do so at once the first one wins, and both go on with its text. */
  create(text: string): void {
    const draft = `${this.path}.${randomUUID()}`;
    try {
      mkdirSync(this.folder, { recursive: true, mode: 0o700 });
      this.write(draft, text);
      // The name appears in one act and with its whole content: a second process sees no file or a finished one.
      linkSync(draft, this.path);
      this.keepNames();
    } catch (error) {
      if (!this.exists()) throw this.failure('written', error);
    }
    rmSync(draft, { force: true });
  }

  /**
   * Puts `text` where `was` lies, and removes every draft that a killed process left; false when something else lies there.
   * Only for who keeps all others from doing the same meanwhile.
   */
  replace(was: string, text: string): boolean {
    if (this.read() !== was) return false;
    const draft = `${this.path}.${randomUUID()}`;
    try {
      this.write(draft, text);
      renameSync(draft, this.path);
      for (const name of readdirSync(this.folder).filter((each) => DRAFT.test(each)))
        rmSync(join(this.folder, name));
      this.keepNames();
    } catch (error) {
      throw this.failure('replaced', error);
    }
    return true;
  }

  private write(path: string, text: string): void {
    const file = openSync(path, 'wx', 0o600);
    try {
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  }

  private keepNames(): void {
    // Windows opens no folder.
    if (process.platform === 'win32') return;
    const folder = openSync(this.folder, 'r');
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  }

  private about(path: string): { ino: bigint; mode: bigint; mtimeNs: bigint; size: bigint } {
    const found = statSync(path, { bigint: true, throwIfNoEntry: false });
    if (found) return found;
    throw new Error(
      `The keys file ${this.path} is missing. Put it back from your backup: without it nothing opens that is sealed in this database. One that was never used has none yet; its first start makes it.`,
    );
  }

  private failure(what: string, error: unknown): Error {
    const { code } = error as NodeJS.ErrnoException;
    const right = what === 'read' ? `read it` : `write in ${this.folder}`;
    return new Error(
      `The keys file ${this.path} cannot be ${what} (${code}). Give the user that runs Redress the right to ${right}.`,
      { cause: error },
    );
  }
}

/** Throws a sentence on how to mend it where a file or folder has any of the `forbidden` rights. */
export function refuseRights(
  path: string,
  mode: bigint,
  forbidden: number,
  what: string,
  rights: string,
): void {
  // Windows has no such bits.
  if (process.platform === 'win32' || (Number(mode) & forbidden) === 0) return;
  throw new Error(
    `${path} ${what}. Run "chmod ${rights} ${path}", then start again; consider who may have had access.`,
  );
}
