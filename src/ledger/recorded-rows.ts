import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import { insert, type NewRow } from '../records/insert';
import { update } from '../records/update';
import { recorded, type EntryRow } from './entry';

type Table<T> = EntityTarget<T> & (new () => T);

interface Columns {
  readonly columns: readonly { propertyName: string }[];
}

const names = new WeakMap<Columns, string[]>();

/** The columns of a table in the order in which an entry tells them. */
function namesInOrder(metadata: Columns): string[] {
  let known = names.get(metadata);
  if (!known) names.set(metadata, (known = metadata.columns.map(({ propertyName }) => propertyName).sort()));
  return known;
}

/**
 * Writes rows and remembers what it wrote, so that the entry at the end says it all: folding the rows of a history gives every column of
 * every row it tells of.
 */
export class RecordedRows {
  protected readonly rows: EntryRow[] = [];

  constructor(
    protected readonly db: EntityManager,
    private readonly caseId: string | null,
  ) {}

  insert<T extends ObjectLiteral>(entity: Table<T>, row: NewRow<T>): Promise<void> {
    const metadata = this.db.dataSource.getMetadata(entity);
    const values = row as Record<string, unknown>;
    const set: Record<string, unknown> = {};
    // What is not named is null: a case has some fifty columns, of which lodging fills twenty.
    for (const name of namesInOrder(metadata)) {
      const value = recorded(name, values[name]);
      if (name !== 'id' && value !== null) set[name] = value;
    }
    this.rows.push({ id: values.id as string, set, table: metadata.tableName });
    return insert(this.db, entity, row);
  }

  /** Throws when the case has no such row: then nothing of the change may stay. */
  async update<T extends ObjectLiteral>(entity: Table<T>, id: string, patch: Partial<T>): Promise<void> {
    const known = Object.entries(patch).filter(([, value]) => value !== undefined);
    const metadata = this.db.dataSource.getMetadata(entity);
    const changed = await update(
      this.db,
      entity,
      { ...this.belongingOf(metadata), id } as unknown as Partial<T>,
      Object.fromEntries(known) as Partial<T>,
    );
    if (changed !== 1)
      throw new Error(`${metadata.tableName} has no row to update; it was changed from outside.`);
    const set = Object.fromEntries(known.map(([column, value]) => [column, recorded(column, value)]));
    this.rows.push({ id, set, table: metadata.tableName });
  }

  /** A row of another case is never touched, whatever its id. */
  private belongingOf({ columns }: Columns): { caseId?: string } {
    return this.caseId !== null && columns.some(({ propertyName }) => propertyName === 'caseId')
      ? { caseId: this.caseId }
      : {};
  }
}
