import type { EntityManager } from 'typeorm';
import type { CaseChange, Deed } from '../../src/ledger/case-change';
import { Ledger } from '../../src/ledger/ledger.service';
import { Case } from '../../src/records/entities/case';
import { DataKey } from '../../src/records/entities/data-key';
import { QueuePlace } from '../../src/records/entities/queue-place';
import { insert } from '../../src/records/insert';
import { placesOn } from '../../src/rules/queue';
import type { Transactions } from '../../src/records/transactions';
import { caseRow } from '../records/open-records';

export const deed = (change: Partial<Deed> = {}): Deed => ({
  act: 'contact',
  by: { role: 'SYS', ref: null },
  at: '2026-11-24T09:00:00.000Z',
  from: 'received',
  to: 'received',
  facts: {},
  sealed: [],
  ...change,
});

/** A data key as `verify` looks for it: that there is one. Nothing here is opened. */
export function keep(db: EntityManager, owner: Pick<DataKey, 'ownerKind' | 'ownerId'>): Promise<void> {
  return insert(db, DataKey, { ...owner, wrappedKey: 'a2V5', keyEncryptionKeyId: 'of a test' });
}

/** A case that is written through the ledger alone, with the least that a history needs. */
export class WrittenCase {
  revision = 1;
  readonly row = caseRow();

  private constructor(
    private readonly transactions: Transactions,
    private readonly ledger: Ledger,
  ) {}

  static async lodge(transactions: Transactions, ledger: Ledger): Promise<WrittenCase> {
    const written = new WrittenCase(transactions, ledger);
    const { row } = written;
    await transactions.change(async (db) => {
      const change = await ledger.open(db, { caseId: row.id, ledgerId: row.ledgerId, isNew: true });
      await keep(db, { ownerKind: 'case', ownerId: row.id });
      await change.insert(Case, row);
      for (const place of placesOn('2026-11-24', row, []))
        await insert(db, QueuePlace, { ...place, caseId: row.id });
      await change.append(deed({ act: 'lodge', from: 'new' }));
    });
    return written;
  }

  /** One more entry; `more` writes what else belongs to the change. */
  async go(more: (change: CaseChange) => Promise<void> = async () => undefined): Promise<string> {
    const revision = this.revision + 1;
    const { leafHash } = await this.transactions.change(async (db) => {
      const change = await this.ledger.open(db, { caseId: this.row.id, ledgerId: this.row.ledgerId });
      await change.update(Case, this.row.id, { revision });
      await more(change);
      return change.append(deed({ facts: { revision } }));
    });
    this.revision = revision;
    return leafHash;
  }
}
