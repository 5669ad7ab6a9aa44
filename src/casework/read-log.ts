import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { EntryBody } from '../ledger/entry';
import { HOUSE } from '../ledger/house';
import { Ledger } from '../ledger/ledger.service';
import { GlobalLog, noEntry } from '../ledger/log';
import { Openings } from './openings';
import { hideUnseenCases, isKeptOut, leaveOutExcluded, Sight, type Reader } from '../people/sight';
import type { Visitor } from '../people/visitor';
import { Case } from '../records/entities/case';
import { Transactions } from '../records/transactions';
import { tellsOfCases } from './tells-of-cases';

/** The global log as auditors, and for checkpoint and tiles everybody, read it. */
@Injectable()
export class ReadLog {
  constructor(
    private readonly log: GlobalLog,
    private readonly ledger: Ledger,
    private readonly transactions: Transactions,
    private readonly sight: Sight,
    private readonly openings: Openings,
  ) {}

  checkpoint(): Promise<string> {
    return this.log.checkpoint();
  }

  verifierKey(): string {
    return `${this.ledger.verifierKey}\n`;
  }

  /**
   * An entry by its place, for an auditor who is kept out neither of its case nor of one that it names, nor of any where it tells what was found among cases; of any other its hash and proof are
   * all there is.
   */
  async entry(visitor: Visitor, index: number) {
    const reader = this.sight.auditorOf(visitor);
    const { ledgerId, ...entry } = await this.log.entry(index);
    const isSeen = await this.transactions.read(
      async (db) =>
        (await isOpenTo(db, ledgerId, reader)) &&
        (await namesOnlySeen(db, entry.entry, reader)) &&
        !(ledgerId === HOUSE && tellsOfCases(entry.entry as EntryBody) && (await isKeptOut(db, reader))),
    );
    if (!isSeen) throw noEntry();
    // Whoever walks through the whole log adds one entry to each case a day, so that the walk has an end.
    if (await this.transactions.read((db) => db.existsBy(Case, { ledgerId })))
      await this.openings.ofHistory(visitor, { ledgerId }, [{ reader, forStaff: false }]);
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

/** Whether the history is that of the house, or of a case that the reader is not kept out of. */
async function isOpenTo(db: EntityManager, ledgerId: string, reader: Reader): Promise<boolean> {
  const ofCase = () => db.createQueryBuilder(Case, 'c').where('c.ledgerId = :ledgerId', { ledgerId });
  return !(await ofCase().getExists()) || leaveOutExcluded(ofCase(), 'c.id', reader).getExists();
}

async function namesOnlySeen(db: EntityManager, entry: unknown, reader: Reader): Promise<boolean> {
  const line = { facts: (entry as { facts?: Record<string, unknown> }).facts ?? {} };
  return (await hideUnseenCases(db, reader, [line], 'facts'))[0] === line;
}
