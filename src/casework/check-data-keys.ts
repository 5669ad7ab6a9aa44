import { Injectable } from '@nestjs/common';
import { type EntityManager, MoreThan } from 'typeorm';
import type { Difference } from '../ledger/difference';
import { HOUSE, nameOfHistory } from '../ledger/house';
import { Case } from '../records/entities/case';
import { DataKey } from '../records/entities/data-key';
import { Party } from '../records/entities/party';
import { Transactions } from '../records/transactions';
import { Vault } from '../vault/vault';

const KEYS_AT_ONCE = 1000;

/**
 * Opens every data key, and nothing that they seal. A row that was overwritten erases as surely as one that is gone, and no history tells
 * its columns.
 */
@Injectable()
export class CheckDataKeys {
  constructor(
    private readonly transactions: Transactions,
    private readonly vault: Vault,
  ) {}

  /** The data keys that do not open with the keys file; stops collecting after `most`. */
  async run(most = 100): Promise<Difference[]> {
    const differences: Difference[] = [];
    for (let after = ''; ;) {
      const rows = await this.transactions.read((db) =>
        db.find(DataKey, {
          where: { ownerId: MoreThan(after) },
          order: { ownerId: 'ASC' },
          take: KEYS_AT_ONCE,
        }),
      );
      for (const row of rows) if (!(await this.opens(row))) differences.push(await this.named(row));
      if (rows.length < KEYS_AT_ONCE || differences.length >= most) return differences;
      after = rows.at(-1)!.ownerId;
    }
  }

  private async opens(row: DataKey): Promise<boolean> {
    try {
      this.vault.unwrap(row);
    } catch {
      // The keys may be changed just now, and the row may be gone: then it is read again, under the keys of then.
      return this.transactions
        .read((db) => this.vault.openKeys(db, [row.ownerId]))
        .then(
          () => true,
          () => false,
        );
    }
    return true;
  }

  private async named({ ownerKind, ownerId }: DataKey): Promise<Difference> {
    const ledgerId = await this.transactions.read((db) => historyOf(db, ownerId));
    const sentence = `${nameOfHistory(ledgerId)}: the data key of ${ownerKind} ${ownerId} does not open with the keys file, so that nobody can read what it seals; the row was changed, and no history tells of an erasure.`;
    return { ledgerId, n: null, table: 'data_keys', column: 'wrappedKey', sentence };
  }
}

/** Of the case, or of that of the party, whose key it is. */
async function historyOf(db: EntityManager, ownerId: string): Promise<string> {
  const party = await db.findOneBy(Party, { id: ownerId });
  const found = await db.findOneBy(Case, { id: party?.caseId ?? ownerId });
  return found?.ledgerId ?? HOUSE;
}
