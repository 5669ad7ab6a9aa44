import { setTimeout as delay } from 'node:timers/promises';
import { createSecretKey } from 'node:crypto';
import { type EntityManager, MoreThan, Not } from 'typeorm';
import { lockDataKeys } from '../../records/dialect';
import { DataKey } from '../../records/entities/data-key';
import type { Transactions } from '../../records/transactions';
import { update } from '../../records/update';
import { idsOf, type KeyRing, newestOf, withNewestAlone, withNewKey } from './key-ring';
import type { KeyStore, StoredRing } from './key-store';
import { unwrap, wrap, type WrappingKey } from './wrapping';

const ROWS_IN_ONE_CHANGE = 200;
/** Three times as long as a running server needs to notice a new ring that a key service has to open. */
const NOTICED_AFTER_MS = 3000;

/** How many data keys lie under a key-encryption key. */
export interface KeyCount {
  id: string;
  dataKeys: number;
  /** False: no key of the ring opens these data keys. */
  isKept: boolean;
  /** Wraps new data keys. */
  isNewest: boolean;
}

/** Of `total` data keys that lay under an older key, `done` are under the newest. */
export type Progress = (done: number, total: number) => void;

/**
 * Changes the key-encryption key: a new one joins the ring, every data key is wrapped anew, the old ones leave the ring. Killed at any
 * moment, a later run goes on where this one ended. A server, or a second run, may work beside it.
 *
 * Why no data key is ever left under a key that is gone: who writes one asks afterwards, in the same change, whether its
 * key is still kept (`KeysInUse.isKept`). A key leaves the ring only in a change that nobody else's writing of data keys overlaps, after a
 * look that none is under it.
 */
export class KeyRotation {
  constructor(
    private readonly transactions: Transactions,
    private readonly store: KeyStore,
    private readonly rowsInOneChange = ROWS_IN_ONE_CHANGE,
    private readonly noticedAfterMs = NOTICED_AFTER_MS,
  ) {}

  /** Resolves with the rows that no key opens: they stay as they are, and so do the keys. None: the newest key is the only one. */
  async run(progress: Progress = () => undefined): Promise<DataKey[]> {
    let ring = await this.store.open(false);
    if (ring.keys.length === 1) {
      // False: another run was quicker, and this one goes on with its key.
      await this.swap(ring, withNewKey(ring));
      ring = await this.store.open(false);
    }
    if (this.store.service) await delay(this.noticedAfterMs);
    while (ring.keys.length > 1) {
      const unopened = await this.wrapAnew(ring, progress);
      const { id } = newestOf(ring);
      const isLast = await this.swap(ring, withNewestAlone(ring), async (db) => !(await othersUnder(db, id)));
      const now = await this.store.open(false);
      if (!isLast && unopened.length > 0 && now.text === ring.text) return unopened;
      ring = now;
    }
    return [];
  }

  async status(): Promise<KeyCount[]> {
    const ids = idsOf(await this.store.open(false));
    const counted = await this.transactions.read((db) =>
      db
        .createQueryBuilder(DataKey, 'row')
        .select('row.keyEncryptionKeyId', 'id')
        .addSelect('COUNT(*)', 'dataKeys')
        .groupBy('row.keyEncryptionKeyId')
        .getRawMany<{ id: string; dataKeys: number | string }>(),
    );
    const found = new Map(counted.map(({ id, dataKeys }) => [id, Number(dataKeys)]));
    return [...new Set([...ids, ...found.keys()])].map((id) => ({
      id,
      dataKeys: found.get(id) ?? 0,
      isKept: ids.includes(id),
      isNewest: id === ids.at(-1),
    }));
  }

  /** Moves the ring as it is from one place to another, both on the same file. */
  async move(from: KeyStore): Promise<void> {
    const ring = await from.open(false);
    if (!(await this.swap(ring, ring)))
      throw new Error('The keys file was changed by another command meanwhile. Run this one again.');
  }

  /** Puts a ring in the place of another, unless something else lies there by now or `allows` says no. */
  private async swap(
    was: StoredRing,
    ring: KeyRing,
    allows: (db: EntityManager) => Promise<boolean> = async () => true,
  ): Promise<boolean> {
    const text = await this.store.write(ring);
    // The lock of the database keeps other processes away, and ends with this one. Written inside it is one small file, nothing is called.
    return this.transactions.change(async (db) => {
      await lockDataKeys(db);
      return (await allows(db)) && this.store.file.replace(was.text, text);
    });
  }

  private async wrapAnew(ring: KeyRing, progress: Progress): Promise<DataKey[]> {
    const keys = new Map<string, WrappingKey>(
      ring.keys.map(({ id, key }) => [id, { id, key: createSecretKey(key) }]),
    );
    const newest = keys.get(newestOf(ring).id)!;
    const total = await this.transactions.read((db) => db.countBy(DataKey, underOthers(newest.id)));
    const unopened: DataKey[] = [];
    let done = 0;
    progress(done, total);
    for (let last = ''; ;) {
      const started = performance.now();
      const rows = await this.transactions.read((db) =>
        db.find(DataKey, {
          where: { ownerId: MoreThan(last), ...underOthers(newest.id) },
          order: { ownerId: 'ASC' },
          take: this.rowsInOneChange,
        }),
      );
      if (rows.length === 0) return unopened;
      last = rows.at(-1)!.ownerId;
      const opened = rows.flatMap((row) => {
        const key = keys.get(row.keyEncryptionKeyId);
        const dataKey = key ? unwrap(key, row) : null;
        if (!dataKey) unopened.push(row);
        return dataKey ? [{ row, columns: wrap(newest, row, dataKey) }] : [];
      });
      if (opened.length === 0) continue;
      await this.transactions.change(async (db) => {
        for (const { row, columns } of opened) {
          // As it was read: an owner may have been given another data key meanwhile, and that one must not be lost.
          const { ownerId, keyEncryptionKeyId, wrappedKey } = row;
          await update(db, DataKey, { ownerId, keyEncryptionKeyId, wrappedKey }, columns);
        }
        if (!this.store.storedIds().includes(newest.id))
          throw new Error('The keys were changed by another run meanwhile. Run this command again.');
      });
      progress((done += opened.length), total);
      // Half of the time belongs to the server beside it.
      await delay(performance.now() - started);
    }
  }
}

const underOthers = (id: string) => ({ keyEncryptionKeyId: Not(id) });

async function othersUnder(db: EntityManager, id: string): Promise<boolean> {
  return db.existsBy(DataKey, underOthers(id));
}
