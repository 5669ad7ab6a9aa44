import type { Settings } from '../platform/settings';
import { DataKey } from '../records/entities/data-key';
import type { Transactions } from '../records/transactions';
import { openKeysFile } from './keys-file';
import { Vault } from './vault';

/**
 * The vault of this database, once its keys have proved to open what is stored. Throws a sentence for the operator
 * otherwise: starting with other keys would seal new content beside content that nobody can open.
 */
export async function openVault(settings: Settings, transactions: Transactions): Promise<Vault> {
  const [stored] = await transactions.read((db) => db.find(DataKey, { take: 1 }));
  const vault = new Vault(openKeysFile(settings.dataDir, stored === undefined));
  if (stored) vault.unwrap(stored);
  return vault;
}
