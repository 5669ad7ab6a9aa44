import { holderRole } from '../../rules/roles';
import { Injectable } from '@nestjs/common';
import type { Instant } from '../../platform/time';
import { Refusal } from '../../platform/refusal';
import type { Visitor } from '../../people/visitor';
import { Sessions } from '../../people/sessions';
import type { Party } from '../../records/entities/party';
import { Transactions } from '../../records/transactions';
import { ReceiptBook } from '../../vault/receipt-book';

/** Opens a case for the holder of its receipt. */
@Injectable()
export class OpenCase {
  constructor(
    private readonly transactions: Transactions,
    private readonly receipts: ReceiptBook,
    private readonly sessions: Sessions,
  ) {}

  /** A session for a page or a program. Digits of any script and any grouping are taken; a wrong receipt tells nothing. */
  async byReceipt(typed: string, use: 'page' | 'program'): Promise<{ token: string; expiresAt: Instant }> {
    const party = await this.partyOf(typed);
    return this.sessions.startRightsholder(party, holderRole(party.role), use);
  }

  /** Who holds this receipt, for one request that only reads: no session begins. Refuses as `byReceipt` does. */
  async holderOf(typed: string): Promise<Visitor & { kind: 'rightsholder' }> {
    const { caseId, id, role } = await this.partyOf(typed);
    return { kind: 'rightsholder', caseId, partyId: id, role: holderRole(role), sessionHash: '' };
  }

  private async partyOf(typed: string): Promise<Party> {
    const party = await this.transactions.read((db) => this.receipts.find(db, typed));
    if (!party)
      throw new Refusal(
        'not-found',
        'This receipt does not open a case. Check the 25 digits and try again.',
        [
          {
            name: 'receipt',
            field: 'receipt',
            sentence: 'This receipt does not open a case. Check the 25 digits and try again.',
          },
        ],
      );
    return party;
  }
}
