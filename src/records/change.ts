import { AsyncLocalStorage } from 'node:async_hooks';
import type { EntityManager, QueryRunner } from 'typeorm';
import { withoutValues, type Execute } from './dialect';
import { findingPlainly } from './plain-finds';

/**
 * An entity manager whose statements all go through `query` and whose `transaction` makes a savepoint in the transaction
 * that is already open. Everything else it asks of `runner`.
 */
export function managerThrough(runner: QueryRunner, query: Execute): EntityManager {
  const facade = Object.create(runner, {
    query: { value: query },
    release: { value: async () => undefined },
    isTransactionActive: { value: true, writable: true },
    transactionDepth: { value: 1, writable: true },
    manager: { value: null, writable: true },
  }) as QueryRunner & { manager: EntityManager };
  facade.manager = findingPlainly(runner.dataSource.createEntityManager(facade));
  return facade.manager;
}

/** The change in which the current work runs. */
export const currentChange = new AsyncLocalStorage<Change>();

/**
 * One change while it is open: `db` writes and reads in it. A failed statement spoils the change, as PostgreSQL does, on
 * both engines: whoever swallows the error cannot store half of a deed. A nested `db.transaction` may fail and go back alone.
 */
export class Change {
  readonly db: EntityManager;
  private open = true;
  private failure: { error: unknown } | null = null;
  private running = 0;
  private whenIdle: (() => void) | null = null;

  constructor(
    runner: QueryRunner,
    private readonly execute: Execute,
    private readonly watch: (sql: string) => void = () => undefined,
  ) {
    this.db = managerThrough(runner, this.query.bind(this));
  }

  /** False once its caller has been answered or its end has begun. */
  get isOpen(): boolean {
    return this.open;
  }

  /** Spoils this change: it will be refused with `error` whatever its work returns. */
  spoil(error: unknown): void {
    this.failure ??= { error };
  }

  /** Closes `db` and waits for statements under way. Throws the error of the statement that failed, if any. */
  async end(): Promise<void> {
    this.open = false;
    if (this.running > 0) await new Promise<void>((resolve) => (this.whenIdle = resolve));
    if (this.failure) throw this.failure.error;
  }

  private query(sql: string, parameters?: unknown[], structured?: boolean): Promise<unknown> {
    const goesBack = sql.startsWith('ROLLBACK TO');
    if (!this.open) return refused(hasEnded());
    if (this.failure && !goesBack) return refused(this.failure.error);
    this.running += 1;
    try {
      this.watch(sql);
      const result = this.execute(sql, parameters, structured);
      // One engine answers at once. Waiting for what is already there would cost more than the statement.
      if (result instanceof Promise) return this.settled(result, goesBack);
      this.passed(goesBack);
      return Promise.resolve(result);
    } catch (error) {
      return refused(this.failed(error));
    }
  }

  private async settled(result: Promise<unknown>, goesBack: boolean): Promise<unknown> {
    try {
      const value = await result;
      this.passed(goesBack);
      return value;
    } catch (error) {
      throw this.failed(error);
    }
  }

  private passed(goesBack: boolean): void {
    if (goesBack) this.failure = null;
    this.ran();
  }

  private failed(error: unknown): unknown {
    this.spoil(withoutValues(error));
    this.ran();
    return error;
  }

  private ran(): void {
    this.running -= 1;
    if (this.running === 0) this.whenIdle?.();
  }
}

async function refused(error: unknown): Promise<never> {
  throw error;
}

function hasEnded(): Error {
  return new Error(
    'This change has ended, so its db can no longer be used. Await every database call before the work of the change returns.',
  );
}
