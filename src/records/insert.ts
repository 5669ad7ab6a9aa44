import type { EntityManager, EntityMetadata, EntityTarget, ObjectLiteral, QueryRunner } from 'typeorm';
import { stored } from './dialect';

/** A row to be stored: what may be null may be left out. */
export type NewRow<T> = { [K in keyof T as null extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as null extends T[K] ? K : never]?: T[K];
};

/** 100 rows keep the widest table far below the parameter limits of both engines. */
const ROWS_IN_ONE_STATEMENT = 100;
const statements = new WeakMap<EntityMetadata, Map<number, string>>();

/** Inserts one row or many, without reading anything back. Needs the `db` of a change; throws the engine's error. */
export function insert<T extends ObjectLiteral>(
  db: EntityManager,
  entity: EntityTarget<T> & (new () => T),
  rows: NewRow<T> | NewRow<T>[],
): Promise<void> {
  if (!db.queryRunner) throw new Error('insert() needs the db that Transactions.change hands to its work.');
  const metadata = db.dataSource.getMetadata(entity);
  return Array.isArray(rows)
    ? insertMany(db.queryRunner, metadata, rows)
    : insertRows(db.queryRunner, metadata, [rows]);
}

type Row = Record<string, unknown>;

async function insertMany(runner: QueryRunner, metadata: EntityMetadata, rows: Row[]): Promise<void> {
  for (let from = 0; from < rows.length; from += ROWS_IN_ONE_STATEMENT)
    await insertRows(runner, metadata, rows.slice(from, from + ROWS_IN_ONE_STATEMENT));
}

function insertRows(runner: QueryRunner, metadata: EntityMetadata, rows: Row[]): Promise<void> {
  const parameters: unknown[] = [];
  for (const row of rows) addValues(metadata, row, parameters);
  return runner.query(statementFor(metadata, rows.length), parameters);
}

function addValues(metadata: EntityMetadata, row: Record<string, unknown>, parameters: unknown[]): void {
  let known = 0;
  for (const column of metadata.columns) {
    const name = column.propertyName;
    if (name in row) known += 1;
    parameters.push(stored(column.type, row[name]));
  }
  if (known < Object.keys(row).length) {
    const strange = Object.keys(row).filter((name) => !metadata.findColumnWithPropertyName(name));
    throw new Error(
      `${metadata.tableName} has no column ${strange.join(', ')}; check the name in its entity.`,
    );
  }
}

function statementFor(metadata: EntityMetadata, rowCount: number): string {
  let known = statements.get(metadata);
  if (!known) statements.set(metadata, (known = new Map<number, string>()));
  let sql = known.get(rowCount);
  if (!sql) known.set(rowCount, (sql = buildStatement(metadata, rowCount)));
  return sql;
}

function buildStatement(metadata: EntityMetadata, rowCount: number): string {
  const { driver } = metadata.dataSource;
  const names = metadata.columns.map((column) => driver.escape(column.databaseName)).join(', ');
  let n = 0;
  const tuples = Array.from(
    { length: rowCount },
    () => `(${metadata.columns.map(() => driver.createParameter('p', n++)).join(', ')})`,
  );
  return `INSERT INTO ${driver.escape(metadata.tableName)} (${names}) VALUES ${tuples.join(', ')}`;
}
