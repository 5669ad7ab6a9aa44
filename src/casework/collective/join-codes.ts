import { Injectable } from '@nestjs/common';
import { Time } from '../../platform/time';
import { Transactions } from '../../records/transactions';
import { normaliseLetterCode } from '../../vault/letter-codes';
import { Vault } from '../../vault/vault';
import { findCase } from '../case-file';
import { joinCodeTyped, refuseUnusable } from './memberships';

/** What a code leads to, before somebody joins with it. */
export interface JoinablePlace {
  /** The twenty letters. */
  letters: string;
  /** Of the collective complaint. */
  reference: string;
}

/** Reads the codes of collective complaints. */
@Injectable()
export class JoinCodes {
  constructor(
    private readonly transactions: Transactions,
    private readonly vault: Vault,
    private readonly time: Time,
  ) {}

  /** Where a code leads, however it was typed. Refuses one that lets nobody in, with what is wrong with it. */
  async lookUp(typed: string): Promise<JoinablePlace> {
    return this.transactions.read(async (db) => {
      const code = await joinCodeTyped(db, this.vault, typed);
      const group = await findCase(db, { id: code.caseId });
      refuseUnusable(code, group, this.time.today());
      return { letters: normaliseLetterCode(typed)!, reference: group.reference };
    });
  }
}
