import { Injectable } from '@nestjs/common';
import { Time } from '../platform/time';
import { Guest } from '../records/entities/guest';
import { Transactions } from '../records/transactions';
import { Accounts } from './accounts';
import type { Visitor } from './visitor';

/** The mark that whatever is shown to a guest bears: who it is shown to, and on which day. */
@Injectable()
export class GuestMarks {
  constructor(
    private readonly transactions: Transactions,
    private readonly accounts: Accounts,
    private readonly time: Time,
  ) {}

  /** Null for whoever is no guest. */
  async of(visitor: Visitor): Promise<string | null> {
    if (visitor.kind !== 'officer' || !visitor.guest) return null;
    const { personId } = visitor;
    const names = await this.transactions.read((db) => this.accounts.names(db, [personId]));
    return `${names.get(personId) ?? personId} ${this.time.today()}`;
  }

  /** The mark in the bytes of a file, of ASCII letters: which guest of which case, and the day. Null for whoever is no guest. */
  async ofFile(visitor: Visitor, reference: string): Promise<string | null> {
    if (visitor.kind !== 'officer' || !visitor.guest) return null;
    const { personId } = visitor;
    const guest = await this.transactions.read((db) => db.findOneByOrFail(Guest, { personId }));
    return `Guest ${guest.n}, ${reference}, ${this.time.today()}`;
  }
}
