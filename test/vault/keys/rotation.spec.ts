import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { DataKey } from '../../../src/records/entities/data-key';
import { update } from '../../../src/records/update';
import { findKeyStore } from '../../../src/vault/keys/find-key-store';
import { idsOf, newestOf, newKeyRing, withNewKey } from '../../../src/vault/keys/key-ring';
import { KeysInUse } from '../../../src/vault/keys/keys-in-use';
import type { KeyStore } from '../../../src/vault/keys/key-store';
import { KeyRotation } from '../../../src/vault/keys/rotation';
import { openVault } from '../../../src/vault/open-vault';
import { Vault } from '../../../src/vault/vault';
import { createMigratedDatabase, engines, type TestDatabase } from '../../harness/database';
import { openRecords, signal, type OpenRecords } from '../../records/open-records';
import { dataKeys, SealedTexts } from './rotating-vault';

const ROWS = 7;

describe.each(engines())('a change of keys on %s', (engine) => {
  let database: TestDatabase;
  let records: OpenRecords;
  let store: KeyStore;
  let texts: SealedTexts;

  beforeEach(async () => {
    database = await createMigratedDatabase(engine);
    records = await openRecords(database);
    store = findKeyStore(database.dataDir, {});
    texts = new SealedTexts();
  });
  afterEach(async () => {
    await records.close();
    await database.drop();
  });

  const rotation = (at: KeyStore = store) => new KeyRotation(records.transactions, at, ROWS, 0);
  const server = (at: KeyStore = store) => openVault(at, records.transactions);

  it('wraps every data key anew, keeps the hash key and forgets the old key', async () => {
    await texts.add(records.transactions, await server(), 20);
    const before = await store.open(false);
    const rowsBefore = await dataKeys(records.transactions);
    const seen: [number, number][] = [];
    expect(await rotation().run((done, total) => seen.push([done, total]))).toEqual([]);
    const after = await store.open(false);
    expect(after.keys).toHaveLength(1);
    expect(idsOf(after)).not.toEqual(idsOf(before));
    expect(after.hashKey.equals(before.hashKey)).toBe(true);
    expect(seen).toEqual([
      [0, 20],
      [7, 20],
      [14, 20],
      [20, 20],
    ]);
    const rows = await dataKeys(records.transactions);
    for (const [at, row] of rows.entries()) {
      expect(row.keyEncryptionKeyId).toBe(after.keys[0]!.id);
      expect(row.wrappedKey).not.toBe(rowsBefore[at]!.wrappedKey);
    }
    await texts.openAll(records.transactions, store);

    const ofToday = new Vault(new KeysInUse(after));
    for (const row of rowsBefore) {
      expect(() => ofToday.unwrap(row)).toThrow(/does not open the data key/);
      expect(() => ofToday.unwrap({ ...row, keyEncryptionKeyId: after.keys[0]!.id })).toThrow(
        /does not open/,
      );
    }
    const onDisk = readFileSync(store.file.path, 'utf8');
    expect(onDisk).not.toContain(before.keys[0]!.key.toString('base64'));
  });

  it('tells how many data keys lie under which key', async () => {
    const vault = await server();
    await texts.add(records.transactions, vault, 3);
    const { text, ...ring } = await store.open(false);
    const grown = withNewKey(ring);
    store.file.replace(text, await store.write(grown));
    await texts.add(records.transactions, vault, 2);
    const [old, newest] = idsOf(grown);
    const [row] = await dataKeys(records.transactions);
    await records.transactions.change((db) =>
      update(db, DataKey, { ownerId: row!.ownerId }, { keyEncryptionKeyId: 'lost' }),
    );
    const counts = await rotation().status();
    expect(counts.map(({ id }) => id)).toEqual([old, newest, 'lost']);
    expect(counts.map(({ isNewest, isKept }) => [isNewest, isKept])).toEqual([
      [false, true],
      [true, true],
      [false, false],
    ]);
    expect(counts.reduce((sum, { dataKeys: n }) => sum + n, 0)).toBe(5);
    expect(counts[2]!.dataKeys).toBe(1);
  });

  it('goes on with the newest key where an earlier run ended, and does nothing to what is done', async () => {
    await texts.add(records.transactions, await server(), 10);
    const { text, ...ring } = await store.open(false);
    const grown = withNewKey(ring);
    store.file.replace(text, await store.write(grown));
    expect(await rotation().run()).toEqual([]);
    expect(idsOf(await store.open(false))).toEqual([newestOf(grown).id]);
    await texts.openAll(records.transactions, store);
  });

  it('lets a server that was started before it write and read on, during and after', async () => {
    const vault = await server();
    await texts.add(records.transactions, vault, 40);
    let running = true;
    let opened = 0;
    const lodgings = async (): Promise<void> => {
      for (let n = 0; running; n += 1) {
        await texts.add(records.transactions, vault, 2);
        await texts.open(records.transactions, vault, texts.owners[(n * 13) % texts.owners.length]!);
        opened += 1;
        await delay(10);
      }
    };
    const other = await openRecords(database);
    const under: string[] = [];
    try {
      const serving = Promise.all([lodgings(), lodgings(), lodgings()]);
      for (let round = 0; round < 4; round += 1) {
        await new KeyRotation(other.transactions, store, 10 * ROWS, 0).run();
        under.push(newestOf(await store.open(false)).id);
      }
      running = false;
      await serving;
    } finally {
      running = false;
      await other.close();
    }
    expect(new Set(under).size).toBe(4);
    expect(opened).toBeGreaterThan(0);
    await texts.add(records.transactions, vault, 1);
    for (const row of await dataKeys(records.transactions)) expect(row.keyEncryptionKeyId).toBe(under[3]);
    await texts.openAll(records.transactions, store);
  });

  it('puts the data key of a change that began under the old key under the new one before it is stored', async () => {
    const vault = await server();
    await texts.add(records.transactions, vault, 1);
    const stale = await store.open(false);
    await rotation().run();
    // As a server that has slept through all of it.
    const sleeper = new Vault(new KeysInUse(stale, store));
    await texts.add(records.transactions, sleeper, 1);
    const { keys } = await store.open(false);
    for (const row of await dataKeys(records.transactions)) expect(row.keyEncryptionKeyId).toBe(keys[0]!.id);
    await texts.openAll(records.transactions, store);
    const reader = new Vault(new KeysInUse(stale, store));
    for (const id of texts.owners) await texts.open(records.transactions, reader, id);
  });

  it('leaves no key for kept that another piece of work has just seen to be gone', async () => {
    const vault = await server();
    await texts.add(records.transactions, vault, 1);
    const stale = await store.open(false);
    await rotation().run();
    const keys = new KeysInUse(stale, store);
    const [old, newest] = [newestOf(stale).id, newestOf(await store.open(false)).id];
    expect(await keys.isKept(newest)).toBe(true);
    expect(await keys.isKept(old)).toBe(false);
    expect(keys.newest.id).toBe(newest);
  });

  it('is not mistaken for the keys file of another vault put in its place', async () => {
    const vault = await server();
    await texts.add(records.transactions, vault, 1);
    store.file.replace(store.file.read(), await store.write(newKeyRing()));
    await expect(texts.add(records.transactions, vault, 1)).rejects.toThrow(
      /was replaced by that of another vault/,
    );
    expect(await dataKeys(records.transactions)).toHaveLength(1);
  });

  it('does not forget a key under which a change that is still open has written', async () => {
    const vault = await server();
    await texts.add(records.transactions, vault, 3);
    const { text, ...ring } = await store.open(false);
    store.file.replace(text, await store.write(withNewKey(ring)));
    const other = await openRecords(database);
    const order: string[] = [];
    const hasWritten = signal();
    const rotating = hasWritten.given
      .then(() => new KeyRotation(other.transactions, store, ROWS, 0).run())
      .then(() => order.push('forgotten'));
    try {
      await records.transactions.change(async (db) => {
        await vault.createKey(db, { kind: 'case', id: 'lodged-slowly' });
        expect(await db.findOneBy(DataKey, { ownerId: 'lodged-slowly' })).toMatchObject({
          keyEncryptionKeyId: newestOf(ring).id,
        });
        hasWritten.give();
        await delay(300);
        order.push('lodged');
      });
      await rotating;
    } finally {
      await other.close();
    }
    expect(order).toEqual(['lodged', 'forgotten']);
    const fresh = await server();
    await records.transactions.read((db) => fresh.openKey(db, 'lodged-slowly'));
  });

  it('is done once by two runs at the same time', async () => {
    await texts.add(records.transactions, await server(), 30);
    const others = await Promise.all([1, 2].map(() => openRecords(database)));
    const runs = others.map(({ transactions }) =>
      new KeyRotation(transactions, findKeyStore(database.dataDir, {}), ROWS, 0).run(),
    );
    try {
      expect(await Promise.all(runs)).toEqual([[], []]);
    } finally {
      for (const each of others) await each.close();
    }
    const { keys } = await store.open(false);
    expect(keys).toHaveLength(1);
    for (const row of await dataKeys(records.transactions)) expect(row.keyEncryptionKeyId).toBe(keys[0]!.id);
    await texts.openAll(records.transactions, store);
  });

  it('names the rows that open with no key, leaves them and the old keys, and ends once they are gone', async () => {
    await texts.add(records.transactions, await server(), 10);
    const [broken, foreign, ...sound] = await dataKeys(records.transactions);
    await records.transactions.change(async (db) => {
      await update(db, DataKey, { ownerId: broken!.ownerId }, { wrappedKey: sound[0]!.wrappedKey });
      await update(db, DataKey, { ownerId: foreign!.ownerId }, { keyEncryptionKeyId: 'lost' });
    });
    for (const _ of [1, 2]) {
      const unopened = await rotation().run();
      expect(unopened.map(({ ownerId }) => ownerId)).toEqual([broken!.ownerId, foreign!.ownerId]);
    }
    const { keys } = await store.open(false);
    expect(keys).toHaveLength(2);
    const rows = await dataKeys(records.transactions);
    expect(rows.filter(({ keyEncryptionKeyId }) => keyEncryptionKeyId === keys[1]!.id)).toHaveLength(8);
    await records.transactions.change((db) => db.delete(DataKey, [broken!.ownerId, foreign!.ownerId]));
    expect(await rotation().run()).toEqual([]);
    expect(idsOf(await store.open(false))).toEqual([keys[1]!.id]);
  });
});
