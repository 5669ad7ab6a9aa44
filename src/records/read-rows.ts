import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import { loaded } from './dialect';

/**
 * The rows of one table in which `column` has one of these values, every column by its property name, in no order. For whoever reads very
 * many and builds nothing from them; a value that cannot stand in its column is given as it was found.
 */
export async function readRows<T extends ObjectLiteral>(
  db: EntityManager,
  entity: EntityTarget<T>,
  column: keyof T & string,
  values: readonly string[],
): Promise<T[]> {
  if (values.length === 0) return [];
  const { columns, tableName } = db.dataSource.getMetadata(entity);
  const { driver } = db.dataSource;
  const names = columns.map(
    ({ databaseName, propertyName }) => `${driver.escape(databaseName)} AS ${driver.escape(propertyName)}`,
  );
  const places = values.map((_, at) => driver.createParameter('p', at));
  const rows: Record<string, unknown>[] = await db.query(
    `SELECT ${names.join(', ')} FROM ${driver.escape(tableName)} WHERE ${driver.escape(column)} IN (${places.join(', ')})`,
    [...values],
  );
  const toLoad = columns.filter(({ type }) => type === 'boolean' || type === 'simple-json');
  for (const row of rows)
    for (const { propertyName, type } of toLoad) row[propertyName] = loaded(type, row[propertyName]);
  return rows as unknown as T[];
}
