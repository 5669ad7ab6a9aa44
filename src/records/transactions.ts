import type { OnApplicationShutdown } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { currentChange, managerThrough } from './change';
import { hasOneWriter, OneConnection, translated, withoutValues } from './dialect';
import { OneWriter } from './one-writer';
import { findingPlainly } from './plain-finds';
import { PooledWriters } from './pooled-writers';

/**
 * The gate: the only way to the database.
 *
 * Work given to `change` is stored whole or not at all, and its promise resolves only after the commit. The work may be run
 * again from its start (PostgreSQL, deadlock), so inside it belong database calls only: no mail, no HTTP, no hashing of
 * passwords. Throws what the work threw; a `Refusal` of kind `unavailable` when the database itself could not store it, and of kind
 * `uncertain` when the connection ended before it said whether it did.
 */
export class Transactions implements OnApplicationShutdown {
  private readonly writers: OneWriter | PooledWriters;
  private readonly reader: EntityManager;

  /** `watch` sees every statement of a change and its COMMIT before they run; what it throws makes that statement fail. */
  constructor(write: DataSource, read: DataSource, watch: (sql: string) => void = () => undefined) {
    this.writers = hasOneWriter(write) ? new OneWriter(write, watch) : new PooledWriters(write, watch);
    this.reader = hasOneWriter(read) ? readerThrough(read) : findingPlainly(read.createEntityManager());
  }

  /** Stores what `work` does. Inside another change it joins that one: both are stored together, and if it fails, neither is. */
  async change<T>(work: (db: EntityManager) => Promise<T>): Promise<T> {
    const outer = currentChange.getStore();
    if (!outer?.isOpen) return this.writers.change(work);
    try {
      return await work(outer.db);
    } catch (error) {
      outer.spoil(error);
      throw error;
    }
  }

  /**
   * Reads committed rows, or inside a change that change's own. Several statements of one `read` may see different commits.
   */
  async read<T>(work: (db: EntityManager) => Promise<T>): Promise<T> {
    const outer = currentChange.getStore();
    if (outer?.isOpen) return work(outer.db);
    try {
      return await work(this.reader);
    } catch (error) {
      throw translated(withoutValues(error));
    }
  }

  /**
   * Takes out of the database's own files what deleted rows of these tables left there: on SQLite the write-ahead log is emptied (freed
   * pages are overwritten as they are freed), on PostgreSQL small tables are `rewritten` without their dead rows, and those of the
   * others `vacuumed`, so that they are overwritten in time. Between changes, never inside one. Throws when a table is in use for long.
   */
  async forgetDeleted(rewritten: readonly string[], vacuumed: readonly string[]): Promise<void> {
    if (currentChange.getStore()?.isOpen)
      throw new Error('forgetDeleted() works between changes; call it after the change that deleted.');
    await this.writers.forgetDeleted(rewritten, vacuumed);
  }

  /** Once nothing is asked of the server any more: before, under a load that never pauses, it would never be idle. */
  async onApplicationShutdown(): Promise<void> {
    await this.writers.idle();
  }
}

function readerThrough(read: DataSource): EntityManager {
  const { execute } = new OneConnection(read);
  return managerThrough(read.createQueryRunner(), async (sql, parameters, structured) =>
    execute(sql, parameters, structured),
  );
}
