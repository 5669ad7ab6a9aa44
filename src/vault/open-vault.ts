import { DataKey } from '../records/entities/data-key';
import type { Transactions } from '../records/transactions';
import type { KeyStore } from './keys/key-store';
import { KeysInUse } from './keys/keys-in-use';
import { Vault } from './vault';

/**
 * The vault of this database, once its keys have proved to open what is stored. Throws a sentence for the operator
 * otherwise: starting with other keys would seal new content beside content that nobody can open.
 */
export async function openVault(store: KeyStore, transactions: Transactions): Promise<Vault> {
  // A change of keys goes through the rows in this order: where one is half done, these two lie under the new key and the old.
  const ends = await transactions.read(async (db) => [
    ...(await db.find(DataKey, { order: { ownerId: 'ASC' }, take: 1 })),
    ...(await db.find(DataKey, { order: { ownerId: 'DESC' }, take: 1 })),
  ]);
  const keys = new KeysInUse(await store.open(ends.length === 0), store);
  const vault = new Vault(keys);
  for (const { ownerId } of ends) await transactions.read((db) => vault.openKey(db, ownerId));
  keys.lookAhead();
  return vault;
}
