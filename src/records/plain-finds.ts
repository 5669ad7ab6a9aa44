import { EntityNotFoundError, type EntityManager, type EntityMetadata, type EntityTarget } from 'typeorm';
import type { FindManyOptions, FindOptionsWhere, ObjectLiteral } from 'typeorm';

/** What a find asks, where equal values and an order are all that it asks. */
interface PlainFind {
  where: [name: string, value: unknown][];
  order: [name: string, direction: string][];
  /** The properties that are wanted; null: all. */
  select: string[] | null;
  /** The first row alone. */
  isOne: boolean;
}

interface Statement {
  sql: string;
  columns: { name: string; key: string; load: ((value: unknown) => unknown) | null }[];
}

type Target<T> = EntityTarget<T> & (new () => T);

const statements = new WeakMap<EntityMetadata, Map<string, Statement>>();

/**
 * Gives a manager finds that ask by equal values a statement of their own, built once for each shape, and hands every other find to
 * TypeORM. To read a case takes thirty such finds, and for each TypeORM built and searched a statement anew, which took ten times as
 * long as to run it. What is found is the same, to the class and the order of its properties.
 */
export function findingPlainly(manager: EntityManager): EntityManager {
  const typeorm = Object.getPrototypeOf(manager) as EntityManager;

  async function rows<T extends ObjectLiteral>(entity: Target<T>, plain: PlainFind): Promise<T[]> {
    const metadata = manager.dataSource.getMetadata(entity);
    const { sql, columns } = statementFor(metadata, plain);
    const values = plain.where.map(([, value]) => value);
    // Through the runner of the change, where there is one: it says itself when the change has ended.
    const asked = manager.queryRunner ? manager.queryRunner.query(sql, values) : manager.query(sql, values);
    const found = (await asked) as Record<string, unknown>[];
    return found.map((row) => {
      const made = metadata.create(undefined, { fromDeserializer: true }) as Record<string, unknown>;
      for (const { name, key, load } of columns) {
        const value = row[key];
        made[name] = load && value !== null ? load(value) : value;
      }
      return made as T;
    });
  }

  const plainIn = <T extends ObjectLiteral>(entity: Target<T>, options: FindManyOptions<T>, isOne: boolean) =>
    plainFind(manager.dataSource.getMetadata(entity), options, isOne);

  const own = {
    async find<T extends ObjectLiteral>(entity: Target<T>, options: FindManyOptions<T> = {}) {
      const plain = plainIn(entity, options, false);
      return plain ? rows(entity, plain) : typeorm.find.call(manager, entity, options);
    },
    async findBy<T extends ObjectLiteral>(entity: Target<T>, where: FindOptionsWhere<T>) {
      const plain = plainIn(entity, { where }, false);
      return plain ? rows(entity, plain) : typeorm.findBy.call(manager, entity, where);
    },
    async findOneBy<T extends ObjectLiteral>(entity: Target<T>, where: FindOptionsWhere<T>) {
      const plain = plainIn(entity, { where }, true);
      return plain
        ? ((await rows(entity, plain))[0] ?? null)
        : typeorm.findOneBy.call(manager, entity, where);
    },
    async findOneByOrFail<T extends ObjectLiteral>(entity: Target<T>, where: FindOptionsWhere<T>) {
      const found = await own.findOneBy(entity, where);
      if (found === null) throw new EntityNotFoundError(entity, where);
      return found;
    },
  };
  return Object.assign(manager, own);
}

/** Null where something else is asked, or where TypeORM would have a word to say: an unknown name, an undefined or null value. */
function plainFind(
  metadata: EntityMetadata,
  { where = {}, order = {}, select = {}, ...others }: FindManyOptions<ObjectLiteral>,
  isOne: boolean,
): PlainFind | null {
  if (Object.keys(others).length > 0 || Array.isArray(where) || Array.isArray(select)) return null;
  const plain = {
    where: Object.entries(where) as [string, unknown][],
    order: Object.entries(order) as [string, string][],
    select: Object.keys(select).length > 0 ? Object.keys(select) : null,
    isOne,
  };
  const isPlain =
    plain.where.every(([, value]) => ['string', 'number', 'boolean'].includes(typeof value)) &&
    plain.order.every(([, direction]) => direction === 'ASC' || direction === 'DESC') &&
    Object.values(select).every((wanted) => wanted === true) &&
    [...plain.where, ...plain.order].every(([name]) => metadata.findColumnWithPropertyName(name)) &&
    (plain.select ?? []).every((name) => metadata.findColumnWithPropertyName(name));
  return isPlain ? plain : null;
}

function statementFor(metadata: EntityMetadata, plain: PlainFind): Statement {
  let known = statements.get(metadata);
  if (!known) statements.set(metadata, (known = new Map<string, Statement>()));
  const shape = JSON.stringify([plain.where.map(([name]) => name), plain.order, plain.select, plain.isOne]);
  let statement = known.get(shape);
  if (!statement) known.set(shape, (statement = buildStatement(metadata, plain)));
  return statement;
}

function buildStatement(metadata: EntityMetadata, { where, order, select, isOne }: PlainFind): Statement {
  const { driver } = metadata.dataSource;
  const named = (name: string) => driver.escape(metadata.findColumnWithPropertyName(name)!.databaseName);
  const columns = metadata.columns.filter(({ propertyName }) => select?.includes(propertyName) ?? true);
  const asked = where.map(([name], at) => `${named(name)} = ${driver.createParameter('p', at)}`);
  const sorted = order.map(([name, direction]) => `${named(name)} ${direction}`);
  return {
    sql: [
      `SELECT ${columns.map(({ propertyName }) => named(propertyName)).join(', ')}`,
      `FROM ${driver.escape(metadata.tableName)}`,
      ...(asked.length > 0 ? [`WHERE ${asked.join(' AND ')}`] : []),
      ...(sorted.length > 0 ? [`ORDER BY ${sorted.join(', ')}`] : []),
      ...(isOne ? ['LIMIT 1'] : []),
    ].join(' '),
    columns: columns.map((column) => ({
      name: column.propertyName,
      key: column.databaseName,
      load:
        column.type === 'boolean' || column.type === 'simple-json'
          ? (value) => driver.prepareHydratedValue(value, column) as unknown
          : null,
    })),
  };
}
