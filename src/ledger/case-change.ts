import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import { Entry } from '../records/entities/entry';
import { insert, type NewRow } from '../records/insert';
import { update } from '../records/update';
import { canonical, leafHash, recorded, type EntryBody, type EntryRow } from './entry';

type Table<T> = EntityTarget<T> & (new () => T);

/** What the caller says of a deed; the rest of the entry follows from what was written. */
export type Deed = Pick<EntryBody, 'act' | 'by' | 'on' | 'at' | 'from' | 'to' | 'facts' | 'sealed'>;

/**
 * Writes the rows of one case and remembers what it wrote, so that the entry at the end says it all: folding the rows of a history
 * gives every column of every row of the case.
 */
export class CaseChange {
  private readonly rows: EntryRow[] = [];

  constructor(
    private readonly db: EntityManager,
    private readonly ledgerId: string,
    private readonly previous: { n: number; leafHash: string },
  ) {}

  async insert<T extends ObjectLiteral>(entity: Table<T>, row: NewRow<T>): Promise<void> {
    await insert(this.db, entity, row);
    const metadata = this.db.dataSource.getMetadata(entity);
    const values = row as Record<string, unknown>;
    const set: Record<string, unknown> = {};
    for (const { propertyName } of metadata.columns)
      if (propertyName !== 'id') set[propertyName] = recorded(propertyName, values[propertyName]);
    this.rows.push({ table: metadata.tableName, id: values.id as string, set });
  }

  /** Throws when there is no such row: then nothing of the change may stay. */
  async update<T extends ObjectLiteral>(entity: Table<T>, id: string, patch: Partial<T>): Promise<void> {
    const known = Object.entries(patch).filter(([, value]) => value !== undefined);
    const metadata = this.db.dataSource.getMetadata(entity);
    const changed = await update(
      this.db,
      entity,
      { id } as unknown as Partial<T>,
      Object.fromEntries(known) as Partial<T>,
    );
    if (changed !== 1)
      throw new Error(`${metadata.tableName} has no row to update; the case was changed from outside.`);
    const set = Object.fromEntries(known.map(([column, value]) => [column, recorded(column, value)]));
    this.rows.push({ table: metadata.tableName, id, set });
  }

  /** Writes the entry; once, when everything else of the change is written. */
  async append(deed: Deed): Promise<{ n: number; leafHash: string }> {
    const n = this.previous.n + 1;
    const body = canonical({
      v: 1,
      case: this.ledgerId,
      n,
      prev: this.previous.leafHash,
      ...deed,
      rows: this.rows,
    });
    const hash = leafHash(body);
    await insert(this.db, Entry, { ledgerId: this.ledgerId, n, body, leafHash: hash });
    return { n, leafHash: hash };
  }
}
