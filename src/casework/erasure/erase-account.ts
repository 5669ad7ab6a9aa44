import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AccountRows } from '../../people/account-rows';
import type { Visitor } from '../../people/visitor';
import { newSecret } from '../../platform/ids';
import { Refusal } from '../../platform/refusal';
import { Time } from '../../platform/time';
import { ApiToken } from '../../records/entities/api-token';
import { Person } from '../../records/entities/person';
import { SecondFactorUse } from '../../records/entities/second-factor-use';
import { SavedView } from '../../records/entities/saved-view';
import { Session } from '../../records/entities/session';
import { Transactions } from '../../records/transactions';
import { Vault } from '../../vault/vault';
import { CarryOut } from './carry-out';
import { countCasesOf } from './cases-of-person';

/**
 * Erases who a former member of staff was: name, e-mail address, password, unit, and the key that what they wrote beside cases lies under.
 * The id stays, so that every history still says that one and the same person did this and that, in which role.
 */
@Injectable()
export class EraseAccount {
  constructor(
    private readonly transactions: Transactions,
    private readonly vault: Vault,
    private readonly accounts: AccountRows,
    private readonly carryOut: CarryOut,
    private readonly time: Time,
  ) {}

  /**
   * By an administrator. Refuses an account that is still active, or was erased already, and one whose person is named in a case that is
   * not over: who did what there may still be asked. It says in how many, never in which: administrators see no case.
   */
  async run(visitor: Visitor, id: string): Promise<void> {
    if (visitor.kind !== 'officer' || !visitor.roles.includes('ADM'))
      throw new Refusal('forbidden', 'Accounts are erased by an administrator.');
    await this.transactions.change(async (db) => {
      const person = await db.findOneBy(Person, { id });
      if (!person || (await this.vault.openKeys(db, [id])).size === 0)
        throw new Refusal('not-found', 'There is no such account.');
      if (person.active)
        throw new Refusal('conflict', 'This account is active. Deactivate it first; then it can be erased.');
      await this.refuseWhileNeeded(db, id);
      await this.forget(db, person, visitor.personId);
    });
    await this.carryOut.wipe();
  }

  private async refuseWhileNeeded(db: EntityManager, id: string): Promise<void> {
    const { open, held, reviewable } = await countCasesOf(db, id, this.time.today());
    if (open + held + reviewable === 0) return;
    const sentence = `This account stays for now: the person is named in cases that are not over (open: ${open}, under a legal hold: ${held}, within the time to ask for a review: ${reviewable}). Who did what there may still be asked. Erase it once all of these are 0.`;
    throw new Refusal('unmet', 'This account cannot be erased yet.', [{ name: 'casesOver', sentence }]);
  }

  private async forget(db: EntityManager, person: Person, by: string): Promise<void> {
    const { id } = person;
    await this.vault.destroyKeys(db, [id]);
    await db.delete(Session, { personId: id });
    await db.delete(ApiToken, { personId: id });
    await db.delete(SecondFactorUse, { personId: id });
    await db.delete(SavedView, { personId: id });
    const gone = {
      // The column is unique and never null; what stands there now is the hash of nothing anybody knows.
      emailHash: this.vault.hash('email', newSecret()),
      emailSealed: '',
      nameSealed: '',
      unit: null,
      passwordHash: null,
      totpSealed: null,
      subjectHash: null,
      passkeys: null,
    };
    await this.accounts.change(db, person, gone, {
      act: 'erase-account',
      by: { role: 'ADM', ref: by },
    });
  }
}
