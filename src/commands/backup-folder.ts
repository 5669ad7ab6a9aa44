import { createHash } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { evidenceFolder } from '../vault/store/folder-store';
import { isEvidenceId } from '../vault/store/evidence-store';

/** What a backup says of itself; written last, so that a folder without it is an unfinished one. */
export interface BackupNote {
  madeAt: string;
  /** False where the database lies in PostgreSQL, whose own tools copy it. */
  holdsDatabase: boolean;
  /** How many sealed files; null where they lie in an S3 store. */
  files: number | null;
  /** SHA-256 of the keys that open it; they are random, so that it tells nothing of them. */
  keys: string;
}

/** Texts of the keys, by the name of their file. */
export type Keys = Record<string, string>;

const NOTE = 'backup.json';
/** What opens everything that is sealed and finds receipts, and what signs the log: without it, auditors would be shown another log. */
const KEY_FILES = ['vault.key', 'ledger.key'];

/** The copy of the database in the folder of a backup. */
export const databaseIn = (folder: string): string => join(folder, 'redress.sqlite');

export function writeNote(folder: string, note: BackupNote): void {
  writeNew(join(folder, NOTE), `${JSON.stringify(note, null, 2)}\n`);
  sync(folder);
}

/** Throws a sentence where the folder holds no backup that was finished. */
export function readNote(folder: string): BackupNote {
  const path = join(folder, NOTE);
  if (!existsSync(path))
    throw new Error(
      `${folder} holds no finished backup: there is no ${NOTE} in it. Name the folder that "backup" filled.`,
    );
  return JSON.parse(readFileSync(path, 'utf8')) as BackupNote;
}

/** The folder of the keys in the data folder. */
export const keysFolder = (dataDir: string): string => join(dataDir, 'keys');

export function readKeys(folder: string): Keys {
  const paths = KEY_FILES.map((name) => [name, join(folder, name)] as const);
  return Object.fromEntries(
    paths.filter(([, path]) => existsSync(path)).map(([name, path]) => [name, readFileSync(path, 'utf8')]),
  );
}

export function writeKeys(folder: string, keys: Keys): void {
  for (const [name, text] of Object.entries(keys)) writeNew(join(folder, name), text);
  sync(folder);
}

export function hashOf(keys: Keys): string {
  return createHash('sha256').update(JSON.stringify(keys)).digest('hex');
}

/** Makes a folder for the owner alone. Throws a sentence where something lies in it: nothing is ever overwritten. */
export function makeEmptyFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (readdirSync(folder).length > 0)
    throw new Error(`${folder} is not empty, and nothing is overwritten. Name a new folder.`);
  chmodSync(folder, 0o700);
}

/** Writes a file for the owner alone, to the disk; throws where there is one of this name. */
export function writeNew(path: string, content: string): void {
  writeFileSync(path, content, { flag: 'wx', mode: 0o600 });
  sync(path);
}

/** Copies every sealed file from below one folder to below another; says how many. One that is erased meanwhile is left out. */
export function copyFiles(from: string, to: string): number {
  const [source, target] = [evidenceFolder(from), evidenceFolder(to)];
  if (!existsSync(source)) return 0;
  mkdirSync(target, { recursive: true, mode: 0o700 });
  const copied = readdirSync(source)
    .filter(isEvidenceId)
    .filter((id) => copyNew(join(source, id), join(target, id)));
  sync(target);
  return copied.length;
}

/** Copies a file, to the disk, for the owner alone; false where it is gone. Throws where there is one of this name. */
export function copyNew(from: string, to: string): boolean {
  try {
    copyFileSync(from, to, constants.COPYFILE_EXCL);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' && !existsSync(from)) return false;
    throw error;
  }
  chmodSync(to, 0o600);
  sync(to);
  return true;
}

/** Has what was written to this file or folder reach the disk. */
export function sync(path: string): void {
  const open = openSync(path, 'r');
  try {
    fsyncSync(open);
  } finally {
    closeSync(open);
  }
}
