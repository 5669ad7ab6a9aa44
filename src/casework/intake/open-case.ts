import { holderRole } from '../../rules/roles';
import { Injectable } from '@nestjs/common';
import { isId, newId } from '../../platform/ids';
import { type Instant, Time } from '../../platform/time';
import { Refusal } from '../../platform/refusal';
import type { Visitor } from '../../people/visitor';
import { Sessions } from '../../people/sessions';
import type { Party } from '../../records/entities/party';
import { Transactions } from '../../records/transactions';
import { ReceiptBook } from '../../vault/receipt-book';
import { normaliseReceipt } from '../../vault/receipts';
import { findCase } from '../case-file';
import { Receipts } from '../receipts';

/** The session of a case that was opened; `taken` where a receipt was given in that works once. */
export interface Opened {
  token: string;
  expiresAt: Instant;
  taken?: { receipt: string; reference: string };
}

const HOUR_IN_MS = 3_600_000;
/** The page of a form may be sent again in the hour in which it was drawn and the next: as long as a session would last. */
const HOURS_TO_REPEAT = 1;

/** Opens a case for the holder of its receipt. */
@Injectable()
export class OpenCase {
  constructor(
    private readonly transactions: Transactions,
    private readonly book: ReceiptBook,
    private readonly receipts: Receipts,
    private readonly sessions: Sessions,
    private readonly time: Time,
  ) {}

  /** The id of a form for a receipt, with the hour in which it was drawn. */
  newForm(): string {
    return `${this.hour()}.${newId()}`;
  }

  /**
   * A session for a page or a program. Digits of any script and any grouping are taken; a wrong receipt tells nothing. A receipt that
   * somebody else was shown is given in: it opens the case with a new one, which has to be shown, and is shown again where the same form
   * brings it again. Otherwise a second press, or an answer that never came, would leave her without any.
   */
  async byReceipt(typed: string, use: 'page' | 'program', form?: string): Promise<Opened> {
    const party = await this.find(typed);
    if (party?.oneTimeUntil === null)
      return this.sessions.startRightsholder(party, holderRole(party.role), use);
    const seed = this.isRecent(form) ? `${form} ${normaliseReceipt(typed)}` : undefined;
    const taken = await this.takenOnce(party, seed);
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

  private async takenOnce(party: Party | null, seed?: string) {
    try {
      if (!party) throw noReceipt();
      return await this.receipts.takeOver(party, seed);
    } catch (error) {
      const before = error instanceof Refusal && seed !== undefined ? await this.takenBefore(seed) : null;
      if (before) return before;
      throw error;
    }
  }

  /** What this form was given in for before, as long as it opens the case. */
  private async takenBefore(seed: string): Promise<Opened['taken'] | null> {
    const receipt = this.book.seeded(seed);
    const party = await this.find(receipt);
    if (!party) return null;
    const { reference } = await this.transactions.read((db) => findCase(db, { id: party.caseId }));
    return { receipt, reference };
  }

  private isRecent(form = ''): boolean {
    const [hour = '', id = ''] = form.split('.');
    return isId(id) && this.hour() - Number(hour) <= HOURS_TO_REPEAT;
  }

  private hour(): number {
    return Math.floor(this.time.now().getTime() / HOUR_IN_MS);
  }

  private find(typed: string): Promise<Party | null> {
    return this.transactions.read((db) => this.book.find(db, typed));
  }

  private async partyOf(typed: string): Promise<Party> {
    const party = await this.find(typed);
    if (!party) throw noReceipt();
    return party;
  }
}

function noReceipt(): Refusal {
  const sentence = 'This receipt does not open a case. Check the 25 digits and try again.';
  return new Refusal('not-found', sentence, [{ name: 'receipt', field: 'receipt', sentence }]);
}
