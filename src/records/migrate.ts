import { MigrationExecutor, type DataSource } from 'typeorm';
import { Change } from './change';
import { afterMigration, beginMigration, commitMigration, executeThrough } from './dialect';

/** Runs every migration that is missing, all or none. Safe when several processes start at once on one database. */
export async function migrate(source: DataSource): Promise<void> {
  await underLock(source, (executor) => executor.executePendingMigrations());
}

/** Takes back the newest migration. Its own `down` says what becomes of the data. */
export async function takeBackMigration(source: DataSource): Promise<void> {
  await underLock(source, (executor) => executor.undoLastMigration());
}

async function underLock(
  source: DataSource,
  work: (executor: MigrationExecutor) => Promise<unknown>,
): Promise<void> {
  const runner = source.createQueryRunner();
  try {
    await runner.connect();
    await beginMigration(runner);
    try {
      const change = new Change(runner, executeThrough(runner));
      await work(new MigrationExecutor(source, change.db.queryRunner));
      await change.end();
      await commitMigration(runner);
    } catch (error) {
      await runner.query('ROLLBACK').catch(() => undefined);
      throw error;
    } finally {
      await afterMigration(runner);
    }
  } finally {
    await runner.release();
  }
}
