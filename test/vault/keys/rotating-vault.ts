import { randomUUID } from 'node:crypto';
import { DataKey } from '../../../src/records/entities/data-key';
import type { Transactions } from '../../../src/records/transactions';
import type { KeyStore } from '../../../src/vault/keys/key-store';
import { openVault } from '../../../src/vault/open-vault';
import type { Vault } from '../../../src/vault/vault';

const place = { table: 'cases', column: 'narrativeSealed', id: 'x' };

/** What was sealed in a vault, to be opened again later. */
export class SealedTexts {
  private readonly texts = new Map<string, string>();

  get owners(): string[] {
    return [...this.texts.keys()];
  }

  /** Makes the data keys of this many cases in one change and seals a text under each. */
  async add(transactions: Transactions, vault: Vault, count = 1): Promise<void> {
    const added = await transactions.change(async (db) => {
      const sealed: [string, string][] = [];
      for (let n = 0; n < count; n += 1) {
        const id = randomUUID();
        const key = await vault.createKey(db, { kind: 'case', id });
        sealed.push([id, vault.seal(key, place, `text of ${id}`).sealed]);
      }
      return sealed;
    });
    for (const [id, sealed] of added) this.texts.set(id, sealed);
  }

  /** Opens one text as a reader does; throws when it does not open. */
  async open(transactions: Transactions, vault: Vault, id: string): Promise<void> {
    const key = await transactions.read((db) => vault.openKey(db, id));
    expect(vault.unseal(key, place, this.texts.get(id)!)).toBe(`text of ${id}`);
  }

  /** Opens everything with what a server would start with now. */
  async openAll(transactions: Transactions, store: KeyStore): Promise<void> {
    const vault = await openVault(store, transactions);
    try {
      const keys = await transactions.read((db) => vault.openKeys(db, this.owners));
      expect(keys.size).toBe(this.texts.size);
      for (const [id, sealed] of this.texts)
        expect(vault.unseal(keys.get(id)!, place, sealed)).toBe(`text of ${id}`);
    } finally {
      vault.onApplicationShutdown();
    }
  }
}

export function dataKeys(transactions: Transactions): Promise<DataKey[]> {
  return transactions.read((db) => db.find(DataKey, { order: { ownerId: 'ASC' } }));
}
