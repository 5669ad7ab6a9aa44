import type { EntityManager, EntityMetadata, EntityTarget, ObjectLiteral } from 'typeorm';
import { stored } from './dialect';

const statements = new WeakMap<EntityMetadata, Map<string, string>>();

/**
 * Updates the rows whose columns equal `where` (null means: is null) and returns how many they were. Undefined is an error,
 * not "leave as it is". Needs the `db` of a change.
 */
export async function update<T extends ObjectLiteral>(
  db: EntityManager,
  entity: EntityTarget<T> & (new () => T),
  where: Partial<T>,
  patch: Partial<T>,
): Promise<number> {
  if (!db.queryRunner) throw new Error('update() needs the db that Transactions.change hands to its work.');
  const metadata = db.dataSource.getMetadata(entity);
  const wanted = Object.entries(where);
  const changed = Object.entries(patch);
  if (wanted.length === 0 || changed.length === 0)
    throw new Error(
      `update() of ${metadata.tableName} needs at least one column to find rows by and one to change.`,
    );
  const parameters = [
    ...changed.map(([name, value]) => storedValue(metadata, name, value)),
    ...wanted
      .filter(([, value]) => value !== null)
      .map(([name, value]) => storedValue(metadata, name, value)),
  ];
  const result = await db.queryRunner.query(statementFor(metadata, wanted, changed), parameters, true);
  return result.affected ?? 0;
}

function storedValue(metadata: EntityMetadata, name: string, value: unknown): unknown {
  const column = metadata.findColumnWithPropertyName(name);
  if (!column) throw new Error(`${metadata.tableName} has no column ${name}; check the name in its entity.`);
  if (value === undefined)
    throw new Error(`${metadata.tableName}.${name} is undefined; give null to empty it, or leave it out.`);
  return stored(column.type, value);
}

type Pairs = [string, unknown][];

function statementFor(metadata: EntityMetadata, wanted: Pairs, changed: Pairs): string {
  let known = statements.get(metadata);
  if (!known) statements.set(metadata, (known = new Map<string, string>()));
  const shape = `${changed.map(([name]) => name).join()}|${wanted.map(([name, value]) => (value === null ? `${name}?` : name)).join()}`;
  let sql = known.get(shape);
  if (!sql) known.set(shape, (sql = buildStatement(metadata, wanted, changed)));
  return sql;
}

function buildStatement(metadata: EntityMetadata, wanted: Pairs, changed: Pairs): string {
  const { driver } = metadata.dataSource;
  let n = 0;
  const equals = (name: string): string => `${driver.escape(name)} = ${driver.createParameter('p', n++)}`;
  const set = changed.map(([name]) => equals(name)).join(', ');
  const found = wanted
    .map(([name, value]) => (value === null ? `${driver.escape(name)} IS NULL` : equals(name)))
    .join(' AND ');
  return `UPDATE ${driver.escape(metadata.tableName)} SET ${set} WHERE ${found}`;
}
