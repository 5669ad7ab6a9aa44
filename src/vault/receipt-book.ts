import type { EntityManager } from 'typeorm';
import { newId } from '../platform/ids';
import { Receipt } from '../records/entities/receipt';
import { insert } from '../records/insert';
import { newReceipt, normaliseReceipt } from './receipts';
import type { Vault } from './vault';

/** No receipt has 26 digits: a look-up that never finds anything. */
const NO_RECEIPT = '0'.repeat(26);

/** Gives out receipts and finds the case that one opens. A receipt is shown once; only its keyed hash is kept. */
export class ReceiptBook {
  constructor(private readonly vault: Vault) {}

  /** The new receipt as it has to be shown: five groups of five digits. */
  async issue(db: EntityManager, caseId: string, partyId: string): Promise<string> {
    const receipt = newReceipt();
    const receiptHash = this.hashOf(normaliseReceipt(receipt)!);
    await insert(db, Receipt, { id: newId(), caseId, partyId, receiptHash });
    return receipt;
  }

  /** Whose case this is; null for anything else, after the same work: one hash and one look-up. */
  async open(db: EntityManager, typed: string): Promise<{ caseId: string; partyId: string } | null> {
    const receiptHash = this.hashOf(normaliseReceipt(typed) ?? NO_RECEIPT);
    const found = await db.findOneBy(Receipt, { receiptHash });
    return found && { caseId: found.caseId, partyId: found.partyId };
  }

  private hashOf(digits: string): string {
    return this.vault.hash('receipt', digits);
  }
}
