import { Injectable } from '@nestjs/common';
import { Refusal } from '../platform/refusal';
import { Transactions } from '../records/transactions';
import { AccountRows, selfOf } from './account-rows';
import { Accounts } from './accounts';
import { hashPassword, isPassword, passwordNeeds } from './password';
import { SecondFactor } from './second-factor';
import { Sessions, type StartedSession } from './sessions';
import { SignInPace } from './sign-in-pace';
import type { Visitor } from './visitor';

/** Whose session it is that changes something about the own account. */
type Officer = Pick<Visitor & { kind: 'officer' }, 'personId' | 'sessionHash'>;

/** What somebody who is signed in changes about what opens their own account; always with the password again. */
@Injectable()
export class OwnAccount {
  constructor(
    private readonly transactions: Transactions,
    private readonly rows: AccountRows,
    private readonly accounts: Accounts,
    private readonly sessions: Sessions,
    private readonly secondFactor: SecondFactor,
    private readonly pace: SignInPace,
  ) {}

  /** Changes one's own password; every other session and every token of the account end. Refuses with every need. */
  async changePassword({ personId, sessionHash }: Officer, current: string, next: string): Promise<void> {
    await this.requirePassword(personId, current);
    const needs = passwordNeeds(
      next,
      (await this.accounts.list()).find(({ id }) => id === personId)!,
    );
    if (needs.length > 0) throw new Refusal('invalid', 'The password stays as it was.', needs);
    const passwordHash = await hashPassword(next);
    await this.transactions.change(async (db) => {
      const person = await this.accounts.activeOne(db, personId);
      await this.rows.change(db, person, { passwordHash }, { act: 'change-password', by: selfOf(person) });
      await this.accounts.endAccess(db, personId, sessionHash);
    });
  }

  /**
   * Gives up the authenticator of one's own account, with password and a last code of it: every session and token ends, and one starts that
   * asks to set up another. Without the app, two others open the account again (`recoveries.ts`). Whoever has only passkeys sets up a first
   * app in the same way.
   */
  async replaceSecondFactor(officer: Officer, password: string, code: string): Promise<StartedSession> {
    const { personId } = officer;
    await this.requirePassword(personId, password);
    await this.secondFactor.requirePresent(officer, code);
    return this.transactions.change(async (db) => {
      const person = await this.accounts.activeOne(db, personId);
      const deed = { act: 'give-up-authenticator', by: selfOf(person) };
      await this.rows.change(db, person, { totpSealed: null }, deed);
      await this.accounts.endAccess(db, personId);
      return this.sessions.startOfficerIn(db, personId, 'ENROL');
    });
  }

  /** Refuses, as slowly as at the door, when this is not the password of the account. */
  async requirePassword(personId: string, password: string): Promise<void> {
    const person = await this.transactions.read((db) => this.rows.active(db, { id: personId }));
    if (person) await this.pace.beforeAttempt(person.emailHash);
    if (!person?.passwordHash || !(await isPassword(person.passwordHash, password)))
      throw new Refusal('invalid', 'Nothing was changed.', [
        {
          name: 'password.wrong',
          field: 'current',
          sentence:
            person?.passwordHash === null
              ? 'Your account has no password: you come in through single sign-on.'
              : 'This is not your password. Type it again.',
        },
      ]);
    this.pace.afterSuccess(person.emailHash);
  }
}
