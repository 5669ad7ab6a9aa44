import { Command } from 'commander';
import { RecordsModule } from '../records/records.module';
import { inNewHouse, print } from './in-house';

/** The server migrates at its own start; this does it ahead, where a new version is rolled out on several machines. */
export function migrateCommand(): Command {
  return new Command('migrate')
    .description('bring the database to the schema of this version')
    .action(async () => {
      await inNewHouse(RecordsModule, async () => undefined);
      print('The database has the schema of this version.');
    });
}
