import { Injectable } from '@nestjs/common';
import { IsNull, Not } from 'typeorm';
import type { Visitor } from '../people/visitor';
import { Party } from '../records/entities/party';
import { Transactions } from '../records/transactions';
import { Vault } from '../vault/vault';
import { actorOf, keyOf } from './case-visitor';
import { ChangeCase } from './change-case';
import { openContact } from './open-words';
import { checkedReason, keepReason, refuseWithoutPerson } from './reason';
import type { Contact } from './views';

/** Opens how a person can be reached. The entry is written first; the complainant sees on the timeline that it was opened. */
@Injectable()
export class RevealContact {
  constructor(
    private readonly transactions: Transactions,
    private readonly changeCase: ChangeCase,
    private readonly vault: Vault,
  ) {}

  /** Null when the person left no contact; the deed is recorded all the same. */
  async run(visitor: Visitor, reference: string, reason: unknown): Promise<Contact | null> {
    const key = keyOf(visitor, reference);
    const reasons = checkedReason(reason, 'Say why you need the contact.');
    const { result: caseId } = await this.changeCase.run(
      key,
      undefined,
      () => actorOf(visitor),
      async (context) => {
        refuseWithoutPerson(context);
        await keepReason(context, 'reveal-contact', reasons);
        return { act: 'reveal-contact', facts: {}, result: context.caseId };
      },
    );
    return this.transactions.read(async (db) => {
      const party = await db.findOne(Party, {
        where: { caseId, contactSealed: Not(IsNull()) },
        order: { id: 'ASC' },
      });
      return party ? openContact(this.vault, db, party) : null;
    });
  }
}
