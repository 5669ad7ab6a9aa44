import type { EntityManager } from 'typeorm';
import { managerThrough } from '../../src/records/change';
import { Transactions } from '../../src/records/transactions';
import type { House } from './house';

/**
 * Tells of every statement that is read with: one engine reads through one runner, the other through a pool. `count` is told how many rows
 * each gave, as far as the engine lets us see them.
 */
export function watchReading(
  house: House,
  watch: (sql: string) => void,
  count: (rows: number) => void = () => undefined,
): void {
  const transactions = house.get(Transactions) as unknown as { reader: EntityManager };
  const runner = transactions.reader.queryRunner;
  if (runner) {
    transactions.reader = managerThrough(runner, (sql, ...more) => {
      watch(sql);
      return counted(runner.query(sql, ...(more as [])) as Promise<unknown>, count);
    });
    return;
  }
  const silent = ['logQueryError', 'logQuerySlow', 'logSchemaBuild', 'logMigration', 'log'];
  const logger = Object.fromEntries(silent.map((name) => [name, () => undefined]));
  Object.assign(house.source, { logger: { ...logger, logQuery: watch } });
}

async function counted(asked: Promise<unknown>, count: (rows: number) => void): Promise<unknown> {
  const answer = await asked;
  const rows: unknown = Array.isArray(answer) ? answer : (answer as { records?: unknown } | null)?.records;
  if (Array.isArray(rows)) count(rows.length);
  return answer;
}
