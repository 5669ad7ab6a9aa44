import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { Change, currentChange } from './change';
import { executeThrough, isWorthRepeating, translated, uncertain, wasNeverSent } from './dialect';

const ATTEMPTS = 6;
const LONGEST_WAIT = '2s';

/** Each change in a transaction of its own from the pool; taken again when the engine undid it because of another one. */
export class PooledWriters {
  private readonly underWay = new Set<Promise<unknown>>();

  constructor(
    private readonly source: DataSource,
    private readonly watch: (sql: string) => void,
  ) {}

  async change<T>(work: (db: EntityManager) => Promise<T>): Promise<T> {
    const answer = this.repeatedly(work);
    this.underWay.add(answer);
    try {
      return await answer;
    } catch (error) {
      throw translated(error);
    } finally {
      this.underWay.delete(answer);
    }
  }

  /** Writes the first tables anew without their dead rows, and lets the dead rows of the others be overwritten. */
  async forgetDeleted(rewritten: readonly string[], vacuumed: readonly string[]): Promise<void> {
    const runner = this.source.createQueryRunner('master');
    try {
      // Whoever waits for a table that a backup reads would make everybody else wait for it, too.
      await runner.query(`SET lock_timeout = '${LONGEST_WAIT}'`);
      for (const table of vacuumed) await runner.query(`VACUUM "${table}"`);
      for (const table of rewritten) await runner.query(`VACUUM FULL "${table}"`);
    } finally {
      await runner.query('RESET lock_timeout').catch(() => undefined);
      await runner.release();
    }
  }

  /** Resolves when no change is under way any more. */
  async idle(): Promise<void> {
    await Promise.allSettled(this.underWay);
  }

  private async repeatedly<T>(work: (db: EntityManager) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.once(work);
      } catch (error) {
        if (!isWorthRepeating(error) || attempt === ATTEMPTS) throw error;
        await delay(Math.random() * 10 * 2 ** attempt);
      }
    }
  }

  private async once<T>(work: (db: EntityManager) => Promise<T>): Promise<T> {
    const runner = this.source.createQueryRunner('master');
    try {
      await runner.connect();
      await runner.startTransaction();
      const change = new Change(runner, executeThrough(runner), this.watch);
      try {
        const value = await currentChange.run(change, async () => work(change.db));
        await change.end();
        this.watch('COMMIT');
        await commit(runner);
        return value;
      } catch (error) {
        const failure: unknown = await change.end().catch((statementError: unknown) => statementError);
        // A broken connection cannot go back; the server has then already done so.
        if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
        throw isWorthRepeating(failure) ? failure : error;
      }
    } finally {
      await runner.release();
    }
  }
}

/** Throws what the server says against it, once that has gone back; an `uncertain` refusal where it does not answer any more. */
async function commit(runner: QueryRunner): Promise<void> {
  try {
    await runner.commitTransaction();
  } catch (error) {
    if (wasNeverSent(error)) throw error;
    // A server that still takes this has refused the commit. One that does not may have stored it before its answer was lost.
    await runner.rollbackTransaction().catch(() => {
      throw uncertain(error);
    });
    throw error;
  }
}
