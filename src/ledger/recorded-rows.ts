import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import { insert, type NewRow } from '../records/insert';
import { update } from '../records/update';
import { recorded, type EntryRow } from './entry';

type Table<T> = EntityTarget<T> & (new () => T);

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
    for (const { propertyName } of metadata.columns) {
      const value = recorded(propertyName, values[propertyName]);
      if (propertyName !== 'id' && value !== null) set[propertyName] = value;
    }
    this.rows.push({ table: metadata.tableName, id: values.id as string, set });
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
    this.rows.push({ table: metadata.tableName, id, set });
  }

  /** A row of another case is never touched, whatever its id. */
  private belongingOf({ columns }: { columns: readonly { propertyName: string }[] }): { caseId?: string } {
    return this.caseId !== null && columns.some(({ propertyName }) => propertyName === 'caseId')
      ? { caseId: this.caseId }
      : {};
  }
}
