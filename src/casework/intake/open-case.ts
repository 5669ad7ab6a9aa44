import { holderRole } from '../../rules/roles';
import { Injectable } from '@nestjs/common';
import type { Instant } from '../../platform/time';
import { Refusal } from '../../platform/refusal';
import type { Visitor } from '../../people/visitor';
import { Sessions } from '../../people/sessions';
import type { Party } from '../../records/entities/party';
import { Transactions } from '../../records/transactions';
import { ReceiptBook } from '../../vault/receipt-book';
import { Receipts } from '../receipts';

/** The session of a case that was opened; `taken` where a receipt was given in that works once. */
export interface Opened {
  token: string;
  expiresAt: Instant;
  taken?: { receipt: string; reference: string };
}

/** Opens a case for the holder of its receipt. */
@Injectable()
export class OpenCase {
  constructor(
    private readonly transactions: Transactions,
    private readonly book: ReceiptBook,
    private readonly receipts: Receipts,
    private readonly sessions: Sessions,
  ) {}

  /**
   * A session for a page or a program. Digits of any script and any grouping are taken; a wrong receipt tells nothing. A receipt that
   * somebody else was shown is given in: it opens the case with a new one, which has to be shown.
   */
  async byReceipt(typed: string, use: 'page' | 'program'): Promise<Opened> {
    const party = await this.partyOf(typed);
    if (party.oneTimeUntil === null)
      return this.sessions.startRightsholder(party, holderRole(party.role), use);
    const taken = await this.receipts.takeOver(party);
    const renewed = await this.partyOf(taken.receipt);
    return { ...(await this.sessions.startRightsholder(renewed, holderRole(renewed.role), use)), taken };
  }

  /**
   * Who holds this receipt, for one request that only reads: no session begins. Refuses as `byReceipt` does, and one that has to be given
   * in first.
   */
  async holderOf(typed: string): Promise<Visitor & { kind: 'rightsholder' }> {
    const { caseId, id, role, oneTimeUntil } = await this.partyOf(typed);
    if (oneTimeUntil !== null) throw noReceipt();
    return { kind: 'rightsholder', caseId, partyId: id, role: holderRole(role), sessionHash: '' };
  }

  private async partyOf(typed: string): Promise<Party> {
    const party = await this.transactions.read((db) => this.book.find(db, typed));
    if (!party) throw noReceipt();
    return party;
  }
}

function noReceipt(): Refusal {
  const sentence = 'This receipt does not open a case. Check the 25 digits and try again.';
  return new Refusal('not-found', sentence, [{ name: 'receipt', field: 'receipt', sentence }]);
}
