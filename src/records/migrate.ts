import { MigrationExecutor, type DataSource, type Migration } from 'typeorm';
import { Change } from './change';
import { afterMigration, beginMigration, commitMigration, executeThrough } from './dialect';

/**
 * Runs every migration that is missing, all or none. Safe when several processes start at once on one database. Refuses a database that
 * holds one which this version does not know.
 */
export async function migrate(source: DataSource): Promise<void> {
  await underLock(source, async (executor) => {
    refuseNewer(await executor.getExecutedMigrations(), source);
    await executor.executePendingMigrations();
  });
}

/** An older version would write rows without what a newer one keeps in them, and nothing would tell. */
function refuseNewer(executed: readonly Migration[], { migrations }: DataSource): void {
  const known = new Set(migrations.map((each) => each.name ?? each.constructor.name));
  const unknown = executed.find(({ name }) => !known.has(name));
  if (unknown)
    throw new Error(
      `This database is newer than this version of Redress, which does not know its change ${unknown.name}; nothing was changed. Start the version that it was last used with, or put back a backup from before that one.`,
    );
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
