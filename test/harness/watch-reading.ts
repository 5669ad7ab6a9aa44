import type { EntityManager } from 'typeorm';
import { managerThrough } from '../../src/records/change';
import { Transactions } from '../../src/records/transactions';
import type { House } from './house';

/** Tells of every statement that is read with: one engine reads through one runner, the other through a pool. */
export function watchReading(house: House, watch: (sql: string) => void): void {
  const transactions = house.get(Transactions) as unknown as { reader: EntityManager };
  const runner = transactions.reader.queryRunner;
  if (runner) {
    transactions.reader = managerThrough(runner, (sql, ...more) => {
      watch(sql);
      return runner.query(sql, ...(more as []));
    });
    return;
  }
  const silent = ['logQueryError', 'logQuerySlow', 'logSchemaBuild', 'logMigration', 'log'];
  const logger = Object.fromEntries(silent.map((name) => [name, () => undefined]));
  Object.assign(house.source, { logger: { ...logger, logQuery: watch } });
}
