import { AsyncResource } from 'node:async_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { Refusal } from '../platform/refusal';
import { Change, currentChange } from './change';
import { OneConnection, patiently, translated } from './dialect';

const CHANGES_IN_ONE_COMMIT = 64;
const COMMIT_AFTER_MS = 20;

interface Waiting {
  work(db: EntityManager): Promise<unknown>;
  /** Where the caller came from: its own asynchronous context, not that of whoever woke the queue. */
  context: AsyncResource;
  value?: unknown;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/**
 * The queue in front of the one writing connection. Changes run one after the other, all but the first in a savepoint; those
 * that wait together share one commit and are answered after it. A change that fails goes back alone and only its caller
 * hears of it; when the engine gives up the transaction, or the commit fails, everyone in it is refused.
 */
export class OneWriter {
  private readonly connection: OneConnection;
  private readonly runner: QueryRunner;
  private waiting: Waiting[] = [];
  /** What cannot be part of a transaction. */
  private readonly between: (() => void)[] = [];
  private pumping: Promise<void> | null = null;

  constructor(
    source: DataSource,
    private readonly watch: (sql: string) => void,
  ) {
    this.connection = new OneConnection(source);
    this.runner = source.createQueryRunner();
  }

  change<T>(work: (db: EntityManager) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.waiting.push({
        work,
        context: new AsyncResource('Change'),
        resolve: resolve,
        reject,
      });
      this.pumping ??= this.pump();
    });
  }

  /** Empties the write-ahead log into the database, between two commits. Throws while another process reads or writes. */
  forgetDeleted(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.between.push(() => {
        try {
          this.connection.emptyLog();
          resolve();
        } catch (error) {
          reject(error instanceof Error ? error : new Error('The write-ahead log could not be emptied.'));
        }
      });
      this.pumping ??= this.pump();
    });
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.pumping) await this.pumping;
  }

  private async pump(): Promise<void> {
    // One turn of the event loop after each commit lets every request that arrived meanwhile join the next, and lets reads through.
    while (this.waiting.length > 0 || this.between.length > 0) {
      for (const work of this.between.splice(0)) work();
      if (this.waiting.length > 0) await this.commitTogether();
      await nextTurn();
    }
    this.pumping = null;
  }

  private async commitTogether(): Promise<void> {
    try {
      await patiently(() => this.connection.begin());
    } catch (error) {
      for (const refused of this.waiting.splice(0)) refused.reject(translated(error));
      return;
    }
    const passed: Waiting[] = [];
    // Told only after the commit too: why a change failed may be a row of its neighbour that nobody can read before.
    const failed: { change: Waiting; error: unknown }[] = [];
    const started = performance.now();
    try {
      for (let taken = 0; taken < CHANGES_IN_ONE_COMMIT; taken++) {
        if (this.waiting.length === 0 && passed.length > 1) await nextTurn();
        const next = this.waiting.shift();
        if (!next) break;
        await this.run(next, passed, failed);
        // A first change that failed took the transaction back with it.
        if (!this.connection.inTransaction || performance.now() - started > COMMIT_AFTER_MS) break;
      }
      if (passed.length > 0) this.commit();
      else if (this.connection.inTransaction) this.connection.execute('ROLLBACK');
    } catch (error) {
      if (this.connection.inTransaction) this.connection.execute('ROLLBACK');
      for (const refused of passed) refused.reject(asRefusal(error));
      for (const { change, error: own } of failed)
        change.reject(own instanceof Refusal ? own : asRefusal(error));
      return;
    }
    for (const answered of passed) answered.resolve(answered.value);
    for (const { change, error } of failed) change.reject(error);
  }

  private commit(): void {
    this.watch('COMMIT');
    this.connection.execute('COMMIT');
  }

  /**
   * Runs one change, in a savepoint where others before it have passed. Throws only when their transaction is lost; the change itself
   * is then among `passed`, to be refused with them.
   */
  private async run(
    next: Waiting,
    passed: Waiting[],
    failed: { change: Waiting; error: unknown }[],
  ): Promise<void> {
    const isFirst = passed.length === 0;
    let change: Change | null = null;
    try {
      if (!isFirst) this.connection.execute('SAVEPOINT "change"');
      change = new Change(this.runner, this.executeInTransaction, this.watch);
      const { db } = change;
      next.value = await next.context.runInAsyncScope(() =>
        currentChange.run(change as Change, async () => next.work(db)),
      );
      await change.end();
      if (!isFirst) this.connection.execute('RELEASE "change"');
      passed.push(next);
    } catch (error) {
      await change?.end().catch(() => undefined);
      try {
        this.goBack(error, isFirst);
      } catch (lost) {
        passed.push(next);
        throw lost;
      }
      failed.push({ change: next, error: translated(error) });
    }
  }

  private goBack(error: unknown, isFirst: boolean): void {
    if (!this.connection.inTransaction) throw error;
    this.connection.execute(isFirst ? 'ROLLBACK' : 'ROLLBACK TO "change"');
    if (!isFirst) this.connection.execute('RELEASE "change"');
  }

  private readonly executeInTransaction = (
    sql: string,
    parameters?: unknown[],
    structured?: boolean,
  ): unknown => {
    // Once the engine has given up the transaction, a further statement would commit on its own.
    if (!this.connection.inTransaction)
      throw new Error(
        'The transaction of this change was given up by the database; nothing of it was stored.',
      );
    return this.connection.execute(sql, parameters, structured);
  };
}

/** What somebody hears whose own work was sound: never the error of another one's change. */
function asRefusal(error: unknown): Refusal {
  const answer = translated(error);
  if (answer instanceof Refusal && answer.kind === 'unavailable') return answer;
  const refusal = new Refusal(
    'unavailable',
    'Nothing was saved: the database gave up all that was being stored at this moment. Please try again.',
  );
  return Object.assign(refusal, { cause: error });
}
