import { Injectable } from '@nestjs/common';
import { Ledger } from '../ledger/ledger.service';
import { GlobalLog, noEntry } from '../ledger/log';
import { leaveOutExcluded, Sight } from '../people/sight';
import type { Visitor } from '../people/visitor';
import { Case } from '../records/entities/case';
import { Transactions } from '../records/transactions';

/** The global log as auditors, and for checkpoint and tiles everybody, read it. */
@Injectable()
export class ReadLog {
  constructor(
    private readonly log: GlobalLog,
    private readonly ledger: Ledger,
    private readonly transactions: Transactions,
    private readonly sight: Sight,
  ) {}

  checkpoint(): Promise<string> {
    return this.log.checkpoint();
  }

  verifierKey(): string {
    return `${this.ledger.verifierKey}\n`;
  }

  /** An entry by its place, for an auditor who is not kept out of its case; of such an entry its hash and proof are all there is. */
  async entry(visitor: Visitor, index: number) {
    const reader = this.sight.auditorOf(visitor);
    const { ledgerId, ...entry } = await this.log.entry(index);
    const isHidden = await this.transactions.read(async (db) => {
      const ofCase = () => db.createQueryBuilder(Case, 'c').where('c.ledgerId = :ledgerId', { ledgerId });
      return (await ofCase().getExists()) && !(await leaveOutExcluded(ofCase(), 'c.id', reader).getExists());
    });
    if (isHidden) throw noEntry();
    return entry;
  }

  inclusion(index: number, size: number) {
    return this.log.inclusion(index, size);
  }

  consistency(from: number, to: number) {
    return this.log.consistency(from, to);
  }

  tile(level: number, index: number, width: number): Promise<Buffer> {
    return this.log.tile(level, index, width);
  }
}
