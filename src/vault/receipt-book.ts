import type { EntityManager } from 'typeorm';
import { Party } from '../records/entities/party';
import { newReceipt, normaliseReceipt } from './receipts';
import type { Vault } from './vault';

/** No receipt has 26 digits: a look-up that never finds anything. */
const NO_RECEIPT = '0'.repeat(26);

/** Makes receipts and finds whom one opens a case for. A receipt is shown once; only its keyed hash is kept. */
export class ReceiptBook {
  constructor(private readonly vault: Vault) {}

  /** A new receipt as it has to be shown, five groups of five digits, and the hash that its party keeps. */
  issue(): { receipt: string; receiptHash: string } {
    const receipt = newReceipt();
    return { receipt, receiptHash: this.hashOf(normaliseReceipt(receipt)!) };
  }

  /** Whose receipt this is; null for anything else, after the same work: one hash and one look-up. */
  async find(db: EntityManager, typed: string): Promise<Party | null> {
    return db.findOneBy(Party, { receiptHash: this.hashOf(normaliseReceipt(typed) ?? NO_RECEIPT) });
  }

  private hashOf(digits: string): string {
    return this.vault.hash('receipt', digits);
  }
}
