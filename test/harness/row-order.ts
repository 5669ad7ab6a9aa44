import type { DataSource } from 'typeorm';
import { Transactions } from '../../src/records/transactions';
import type { Engine } from './database';

interface Stored {
  readonly database: { readonly engine: Engine };
  readonly source: DataSource;
  get<T>(type: abstract new (...args: never[]) => T): T;
}

/**
 * SQLite gives rows that nobody asked to have in an order last first, or as they were written again. Whoever counts on how they were
 * written fails on one engine of the two: PostgreSQL moves a row wherever there is room once it is changed.
 */
export async function reverseRows(stored: Stored, isReversed = true): Promise<void> {
  if (stored.database.engine !== 'sqlite') return;
  const pragma = `PRAGMA reverse_unordered_selects = ${isReversed ? 'ON' : 'OFF'}`;
  await stored.source.query(pragma);
  await stored.get(Transactions).read((db) => db.query(pragma));
}

/** Puts the rows of every table elsewhere than where they were written. */
export async function moveRows(stored: Stored): Promise<void> {
  if (stored.database.engine === 'sqlite') return reverseRows(stored, false);
  for (const { tableName, primaryColumns } of stored.source.entityMetadatas) {
    const keys = primaryColumns.map(({ databaseName }) => `"${databaseName}"::text`);
    await stored.source.query(`CREATE INDEX moved_rows ON "${tableName}" (md5(${keys.join(` || ' ' || `)}))`);
    await stored.source.query(`CLUSTER "${tableName}" USING moved_rows`);
    await stored.source.query('DROP INDEX moved_rows');
  }
}
