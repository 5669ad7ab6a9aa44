import { existsSync, renameSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Command } from 'commander';
import { readSettings, type Settings } from '../platform/settings';
import { databaseFile, hasDatabase } from '../records/dialect';
import { evidenceFolder } from '../vault/store/folder-store';
import {
  type BackupNote,
  copyFiles,
  copyNew,
  databaseIn,
  hashOf,
  type Keys,
  keysFolder,
  makeEmptyFolder,
  readKeys,
  readNote,
  sync,
  writeKeys,
} from './backup-folder';
import { print } from './in-house';

const HELP = `
Into an empty DATA_DIR, with the server stopped; nothing is ever overwritten. A database in PostgreSQL is put back by pg_restore before
this command, and files of an S3 store by its own tools. Then run "verify", and start the server.
Example: npm run redress -- restore /backups/2026-12-01 --keys /safe/2026-12-01`;

/** Exit code 0: put back. 2: it could not be, and the sentence says what to do. */
export function restoreCommand(): Command {
  return new Command('restore')
    .description('put back what "backup" copied')
    .argument('<folder>', 'the folder that "backup" filled')
    .requiredOption('--keys <folder>', 'the folder into which "backup" copied the keys')
    .addHelpText('after', HELP)
    .action(async (given: string, { keys: keysFrom }: { keys: string }) => {
      const settings = readSettings(process.env);
      const folder = resolve(given);
      const note = readNote(folder);
      const keys = readKeys(resolve(keysFrom));
      refuseWrongKeys(keysFrom, keys, note);
      await refusePlace(settings, note);
      makeEmptyFolder(keysFolder(settings.dataDir));
      writeKeys(keysFolder(settings.dataDir), keys);
      const files = copyFiles(folder, settings.dataDir);
      const database = databaseFile(settings);
      // Last, and under its name only when it is whole: a server that starts before finds no half of it.
      if (database) {
        copyNew(databaseIn(folder), `${database}.draft`);
        renameSync(`${database}.draft`, database);
        sync(dirname(database));
      }
      print(
        `The backup of ${note.madeAt} is put back, with ${files} sealed files. Now run "verify", and then start the server. What was ended since that day opens again, and auditors will see that the log is shorter: read "An older backup was put back" in the README first.`,
      );
    });
}

function refuseWrongKeys(folder: string, keys: Keys, note: BackupNote): void {
  if (Object.keys(keys).length === 0)
    throw new Error(`${folder} holds no keys. Name the folder into which "backup" copied them.`);
  if (hashOf(keys) !== note.keys)
    throw new Error(
      `The keys in ${folder} are not those that were in use when this backup was made, and would not open it. Name the folder of those that were copied with it, or after the last "rotate-keys" before it.`,
    );
}

async function refusePlace(settings: Settings, note: BackupNote): Promise<void> {
  const { dataDir, databaseUrl } = settings;
  if (note.holdsDatabase && databaseUrl)
    throw new Error('This backup holds a database for SQLite. Empty DATABASE_URL to put it back.');
  if (!note.holdsDatabase && !databaseUrl)
    throw new Error(
      'The database of this backup was in PostgreSQL. Put it back with pg_restore, and set DATABASE_URL to it.',
    );
  const isThere = await hasDatabase(settings);
  if (databaseUrl && !isThere)
    throw new Error(
      'The database of DATABASE_URL holds nothing of Redress yet. Put it back with pg_restore first.',
    );
  const isTaken = [keysFolder(dataDir), evidenceFolder(dataDir)].some(existsSync);
  if (isTaken || (!databaseUrl && isThere))
    throw new Error(
      `Something of Redress lies in ${dataDir} already, and nothing is overwritten. Move it away, or set DATA_DIR to an empty folder.`,
    );
}
