import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import { Entry } from '../records/entities/entry';
import { WaitingEntry } from '../records/entities/waiting-entry';
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
    private readonly ids: { caseId: string; ledgerId: string },
    private readonly previous: { n: number; leafHash: string },
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
      (metadata.columns.some(({ propertyName }) => propertyName === 'caseId')
        ? { caseId: this.ids.caseId, id }
        : { id }) as unknown as Partial<T>,
      Object.fromEntries(known) as Partial<T>,
    );
    if (changed !== 1)
      throw new Error(`${metadata.tableName} has no row to update; the case was changed from outside.`);
    const set = Object.fromEntries(known.map(([column, value]) => [column, recorded(column, value)]));
    this.rows.push({ table: metadata.tableName, id, set });
  }

  /** Writes the entry, to be given its place in the log; once, when everything else of the change is written. */
  async append(deed: Deed): Promise<{ n: number; leafHash: string }> {
    const n = this.previous.n + 1;
    const { ledgerId } = this.ids;
    const body = canonical({
      v: 1,
      case: ledgerId,
      n,
      prev: this.previous.leafHash,
      ...deed,
      rows: this.rows,
    });
    const hash = leafHash(body);
    await insert(this.db, Entry, { ledgerId, n, body, leafHash: hash });
    await insert(this.db, WaitingEntry, { ledgerId, n });
    return { n, leafHash: hash };
  }
}
