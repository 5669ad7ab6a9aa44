import { holderRole } from '../../rules/roles';
import { Injectable } from '@nestjs/common';
import type { Instant } from '../../platform/time';
import { Refusal } from '../../platform/refusal';
import { Sessions } from '../../people/sessions';
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
    return this.sessions.startRightsholder(party, holderRole(party.role), use);
  }
}
