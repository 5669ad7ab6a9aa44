import { Injectable } from '@nestjs/common';
import { Refusal } from '../platform/refusal';
import type { Day } from '../platform/time';
import { lockHouse } from '../records/dialect';
import { Transactions } from '../records/transactions';
import { AccountRows } from './account-rows';
import { Accounts } from './accounts';
import { OwnAccount } from './own-account';
import { type Asking, labelOf, PasskeyCeremonies } from './passkey-ceremonies';
import { noPasskey, type OwnPasskey, PasskeyRows } from './passkey-rows';
import { SecondFactor } from './second-factor';
import { Sessions } from './sessions';
import { type PublicKeyCredentialCreationOptionsJSON, Webauthn } from './webauthn';

/** A passkey as its owner sees it. */
export interface PasskeyView {
  id: string;
  label: string;
  addedOn: Day;
  lastUsedOn: Day | null;
  /** Its counter went back: it opens nothing any more. */
  isDisabled: boolean;
}

/** The passkeys of one's own account: more of them, and fewer. */
@Injectable()
export class OwnPasskeys {
  constructor(
    private readonly transactions: Transactions,
    private readonly accounts: Accounts,
    private readonly own: OwnAccount,
    private readonly accountRows: AccountRows,
    private readonly rows: PasskeyRows,
    private readonly ceremonies: PasskeyCeremonies,
    private readonly secondFactor: SecondFactor,
    private readonly sessions: Sessions,
    private readonly webauthn: Webauthn,
  ) {}

  /** Whether passkeys can be had at the address of this server. */
  get arePossible(): boolean {
    return this.webauthn.isPossible;
  }

  async list(personId: string): Promise<PasskeyView[]> {
    return this.transactions.read(async (db) => {
      const person = await this.accountRows.active(db, { id: personId });
      return person ? (await this.rows.of(db, person)).map(viewOf) : [];
    });
  }

  /** One of the own passkeys; refuses when there is none of this id. */
  async one(personId: string, id: string): Promise<PasskeyView> {
    const found = (await this.list(personId)).find((each) => each.id === id);
    if (!found) throw noPasskey();
    return found;
  }

  /** With the password and the second factor there is: what the browser is asked with to make another passkey. */
  async begin(
    officer: Asking,
    { label, password, code }: { label: string; password: string; code: string },
  ): Promise<{ label: string; options: PublicKeyCredentialCreationOptionsJSON }> {
    const named = labelOf(label);
    await this.own.requirePassword(officer.personId, password);
    await this.secondFactor.requirePresent(officer, code);
    const options = await this.ceremonies.askToMake(officer, 'add');
    if (!options)
      throw new Refusal('conflict', 'Passkeys need a server that is reached by name, over https.');
    return { label: named, options };
  }

  /** Adds the passkey that `begin` asked for; every other session of the account ends. */
  async add(officer: Asking, typedLabel: string, answer: string): Promise<void> {
    const label = labelOf(typedLabel);
    const made = await this.ceremonies.verifyMade(officer, 'add', answer);
    await this.transactions.change(async (db) => {
      await lockHouse(db);
      const person = await this.accounts.activeOne(db, officer.personId);
      await this.rows.add(db, person, label, made);
      await this.sessions.endAllIn(db, person.id, officer.sessionHash);
    });
  }

  /** Removes one, with the password; other sessions and every token end. Refuses to remove the last second factor. */
  async remove({ personId, sessionHash }: Asking, id: string, password: string): Promise<void> {
    await this.own.requirePassword(personId, password);
    await this.transactions.change(async (db) => {
      await lockHouse(db);
      const person = await this.accounts.activeOne(db, personId);
      await this.rows.remove(db, person, id);
      await this.accounts.endAccess(db, personId, sessionHash);
    });
  }
}

function viewOf({ row, label }: OwnPasskey): PasskeyView {
  const { id, addedOn, lastUsedOn, disabledOn } = row;
  return { id, label, addedOn, lastUsedOn, isDisabled: disabledOn !== null };
}
