import { setTimeout as delay } from 'node:timers/promises';
import { DataKey } from '../../../src/records/entities/data-key';
import { update } from '../../../src/records/update';
import { findKeyStore } from '../../../src/vault/keys/find-key-store';
import { idsOf, newestOf, withNewestAlone } from '../../../src/vault/keys/key-ring';
import { KeysInUse } from '../../../src/vault/keys/keys-in-use';
import type { KeyStore } from '../../../src/vault/keys/key-store';
import { KeyRotation } from '../../../src/vault/keys/rotation';
import { openVault } from '../../../src/vault/open-vault';
import { Vault } from '../../../src/vault/vault';
import { createMigratedDatabase, engines, type TestDatabase } from '../../harness/database';
import { openRecords, type OpenRecords } from '../../records/open-records';
import { dataKeys, SealedTexts } from './rotating-vault';
import { TransitStandIn } from './transit-stand-in';

describe.each(engines())('a ring that a key service seals, on %s,', (engine) => {
  let database: TestDatabase;
  let records: OpenRecords;
  let standIn: TransitStandIn;
  let store: KeyStore;
  let sealedStore: KeyStore;
  let texts: SealedTexts;

  beforeEach(async () => {
    database = await createMigratedDatabase(engine);
    records = await openRecords(database);
    standIn = await TransitStandIn.start();
    store = findKeyStore(database.dataDir, {});
    sealedStore = findKeyStore(database.dataDir, standIn.env);
    texts = new SealedTexts();
  });
  afterEach(async () => {
    await standIn.stop();
    await records.close();
    await database.drop();
  });

  const rotation = (at: KeyStore) => new KeyRotation(records.transactions, at, 7, 0);
  const server = (at: KeyStore) => openVault(at, records.transactions);

  it('moves there and back with everything still open, and changes keys there', async () => {
    await texts.add(records.transactions, await server(store), 5);
    const before = await store.open(false);
    await rotation(sealedStore).move(store);
    await expect(store.open(false)).rejects.toThrow(/is sealed by a key service/);
    expect(idsOf(await sealedStore.open(false))).toEqual(idsOf(before));
    await texts.openAll(records.transactions, sealedStore);
    expect(await rotation(sealedStore).run()).toEqual([]);
    await texts.openAll(records.transactions, sealedStore);
    const opensNothing = new Vault(new KeysInUse(withNewestAlone(before)));
    for (const row of await dataKeys(records.transactions))
      expect(() => opensNothing.unwrap(row)).toThrow(/does not open/);
    await rotation(store).move(sealedStore);
    await texts.openAll(records.transactions, store);
  });

  it('is noticed by a server that never calls the service inside a change', async () => {
    const vault = await server(sealedStore);
    await texts.add(records.transactions, vault, 5);
    expect(await rotation(sealedStore).run()).toEqual([]);
    const asked = standIn.requests;
    standIn.instead = 'silence';
    // The server has not looked yet: it sends people away for a moment rather than wait inside the change.
    const stale = await texts.add(records.transactions, vault, 1).then(
      () => 'stored',
      (error: { kind?: string }) => error.kind,
    );
    expect(stale).toBe('unavailable');
    // Outside of the change it asks.
    while (standIn.requests === asked) await delay(5);
    vault.onApplicationShutdown();
    expect(await dataKeys(records.transactions)).toHaveLength(5);
  });

  it('is known to a server that has looked, which then writes under the new key', async () => {
    const vault = await server(sealedStore);
    await texts.add(records.transactions, vault, 5);
    await rotation(sealedStore).run();
    const newest = newestOf(await sealedStore.open(false)).id;
    for (let stored = false; !stored;)
      stored = await texts.add(records.transactions, vault, 1).then(
        () => true,
        (error: { kind?: string }) => {
          expect(error.kind).toBe('unavailable');
          return delay(20, false);
        },
      );
    for (const row of await dataKeys(records.transactions)) expect(row.keyEncryptionKeyId).toBe(newest);
    for (const id of texts.owners) await texts.open(records.transactions, vault, id);
    vault.onApplicationShutdown();
  });

  it('tells the operator of a data key whose key is nowhere, rather than to wait', async () => {
    const vault = await server(sealedStore);
    await texts.add(records.transactions, vault, 1);
    await records.transactions.change((db) =>
      update(db, DataKey, { ownerId: texts.owners[0]! }, { keyEncryptionKeyId: 'lost' }),
    );
    await expect(texts.open(records.transactions, vault, texts.owners[0]!)).rejects.toThrow(
      /does not open the data key/,
    );
    vault.onApplicationShutdown();
  });

  it('leaves everything as it is when the service is sealed in the middle', async () => {
    await texts.add(records.transactions, await server(sealedStore), 5);
    standIn.sealed = true;
    await expect(rotation(sealedStore).run()).rejects.toThrow(/Vault is sealed/);
    standIn.sealed = false;
    await texts.openAll(records.transactions, sealedStore);
    expect((await sealedStore.open(false)).keys).toHaveLength(1);
  });
});
