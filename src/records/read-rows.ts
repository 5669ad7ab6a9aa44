import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import { loaded, selectOften } from './dialect';

/** One column of the rows that a reader gives: its property name, and what its place in a row says. */
export interface ReadColumn {
  name: string;
  /** A value that cannot stand in this column comes out as it was found; bytes as SQL writes them. */
  load: (stored: unknown) => unknown;
}

/** Reads rows as arrays, one value for each of `columns`, in no order: for whoever reads very many and builds nothing from them. */
export interface RowReader {
  table: string;
  columns: readonly ReadColumn[];
  read: (parameters: readonly unknown[]) => Promise<unknown[][]>;
}

const asItIs = (stored: unknown): unknown =>
  stored instanceof Uint8Array ? `x'${Buffer.from(stored).toString('hex')}'` : stored;

/** Reads the rows of a table whose key lies between two keys, both included. */
export function readBetween<T extends ObjectLiteral>(
  db: EntityManager,
  entity: EntityTarget<T>,
  key: keyof T & string,
): RowReader {
  const { driver } = db.dataSource;
  const [from, to] = [0, 1].map((at) => driver.createParameter('p', at));
  return reader(db, entity, `${driver.escape(key)} >= ${from} AND ${driver.escape(key)} <= ${to}`);
}

/** Reads the first `atMost` rows of a table whose key comes after one, in the order of the key. */
export function readAfter<T extends ObjectLiteral>(
  db: EntityManager,
  entity: EntityTarget<T>,
  key: keyof T & string,
  atMost: number,
): RowReader {
  const { driver } = db.dataSource;
  const name = driver.escape(key);
  return reader(db, entity, `${name} > ${driver.createParameter('p', 0)} ORDER BY ${name} LIMIT ${atMost}`);
}

/** Reads the rows of a table whose key is one of `count` keys. */
export function readEach<T extends ObjectLiteral>(
  db: EntityManager,
  entity: EntityTarget<T>,
  key: keyof T & string,
  count: number,
): RowReader {
  const { driver } = db.dataSource;
  const places = Array.from({ length: count }, (_, at) => driver.createParameter('p', at));
  return reader(db, entity, `${driver.escape(key)} IN (${places.join(', ')})`);
}

/** The rows whose `column` has one of these values, as objects, in no order. */
export async function readRows<T extends ObjectLiteral>(
  db: EntityManager,
  entity: EntityTarget<T>,
  column: keyof T & string,
  values: readonly string[],
): Promise<T[]> {
  if (values.length === 0) return [];
  const { columns, read } = readEach(db, entity, column, values.length);
  const rows = await read(values);
  return rows.map(
    (row) => Object.fromEntries(columns.map(({ name, load }, at) => [name, load(row[at])])) as unknown as T,
  );
}

function reader<T extends ObjectLiteral>(
  db: EntityManager,
  entity: EntityTarget<T>,
  where: string,
): RowReader {
  const { columns, tableName } = db.dataSource.getMetadata(entity);
  const { driver } = db.dataSource;
  const names = columns.map(({ databaseName }) => driver.escape(databaseName)).join(', ');
  return {
    table: tableName,
    columns: columns.map(({ propertyName, type }) => ({
      name: propertyName,
      load: type === 'boolean' || type === 'simple-json' ? (stored) => loaded(type, asItIs(stored)) : asItIs,
    })),
    read: selectOften(db, `SELECT ${names} FROM ${driver.escape(tableName)} WHERE ${where}`),
  };
}
