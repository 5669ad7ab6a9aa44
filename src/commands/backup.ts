import { resolve, sep } from 'node:path';
import { Command } from 'commander';
import { readSettings } from '../platform/settings';
import { SystemTime } from '../platform/time';
import { copyDatabase, databaseFile } from '../records/dialect';
import { KeysFile } from '../vault/keys-file';
import { FolderStore } from '../vault/store/folder-store';
import { evidenceStoreOf } from '../vault/store/store-of';
import {
  type BackupNote,
  copyFiles,
  databaseIn,
  hashOf,
  keysFolder,
  makeEmptyFolder,
  readKeys,
  sync,
  writeKeys,
  writeNew,
  writeNote,
} from './backup-folder';
import { needDatabase, print } from './in-house';

const HELP = `
Beside a running server. The database is copied as it is at one moment, and the sealed files after it, so that each that it tells of
is there. A database in PostgreSQL is copied by pg_dump before this command, and files in an S3 store by its own tools after it.
The keys are the other half: whoever has both reads everything, and without them nothing opens and no auditor is shown the log that
they know. --keys copies them to a place of their own; do so with the first backup and after each "rotate-keys", and keep them apart.
Example: npm run redress -- backup /backups/2026-12-01 --keys /safe/2026-12-01`;

/** Exit code 0: made, and on the disk. 2: it could not be made, and the sentence says what to do. */
export function backupCommand(): Command {
  return new Command('backup')
    .description('copy database and sealed files into a new folder, from which "restore" puts them back')
    .argument('<folder>', 'a new folder')
    .option('--keys <folder>', 'copy the keys, too, into this new folder elsewhere')
    .addHelpText('after', HELP)
    .action(async (given: string, { keys: keysTo }: { keys?: string }) => {
      const settings = readSettings(process.env);
      await needDatabase(settings);
      const folder = resolve(given);
      const places = [folder, ...(keysTo ? [resolve(keysTo)] : [])];
      if (keysTo && isWithin(folder, keysTo))
        throw new Error(
          'The keys would lie in the backup, and whoever has it could open it. Name a folder elsewhere with --keys.',
        );
      for (const place of places)
        if (isWithin(settings.dataDir, place))
          throw new Error(
            `${place} lies in the folder of the server, and would be lost with it. Name another.`,
          );
      // Says what is wrong where the keys are missing, or lie open to others.
      new KeysFile(settings.dataDir).read();
      const keysNow = () => readKeys(keysFolder(settings.dataDir));
      const keys = hashOf(keysNow());
      places.forEach(makeEmptyFolder);
      const holdsDatabase = databaseFile(settings) !== null;
      if (holdsDatabase) {
        const copy = databaseIn(folder);
        writeNew(copy, '');
        await copyDatabase(settings, copy);
        sync(copy);
      }
      const isFolder = evidenceStoreOf(settings.dataDir, process.env) instanceof FolderStore;
      const files = isFolder ? copyFiles(settings.dataDir, folder) : null;
      if (hashOf(keysNow()) !== keys)
        throw new Error(
          'The keys were changed while the backup was made, so that neither may open it. Make another in a new folder.',
        );
      if (keysTo) writeKeys(resolve(keysTo), keysNow());
      const note = { madeAt: new SystemTime().instant(), holdsDatabase, files, keys };
      writeNote(folder, note);
      print(sentenceOf(folder, note, keysTo));
    });
}

function sentenceOf(folder: string, { holdsDatabase, files }: BackupNote, keysTo?: string): string {
  return [
    `${folder} holds ${holdsDatabase ? 'the database' : 'no database: that of PostgreSQL has to be copied by pg_dump before each backup'},`,
    `${files === null ? 'and no files: those in the S3 store have to be copied by its own tools' : `and ${files} sealed files`}.`,
    keysTo
      ? `Its keys lie in ${keysTo}: keep them elsewhere than the backup.`
      : 'Its keys are not there: nothing opens without those in use now.',
  ].join(' ');
}

function isWithin(folder: string, path: string): boolean {
  return `${resolve(path)}${sep}`.startsWith(`${resolve(folder)}${sep}`);
}
