import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { appendToHouse, HouseChange } from '../ledger/house-history';
import { Log } from '../platform/log';
import { Refusal } from '../platform/refusal';
import { Time } from '../platform/time';
import { Passkey } from '../records/entities/passkey';
import { Person } from '../records/entities/person';
import type { RoleCode } from '../rules/roles';
import { Vault } from '../vault/vault';
import { grantOf, isLetIn } from './guests';

/** Who does something to an account, as its entry says. `ref` is null for the operator at the terminal and for the first start. */
export interface AccountActor {
  role: RoleCode;
  ref: string | null;
}

interface AccountDeed {
  act: string;
  by: AccountActor;
  /** What the entry says beside account and roles. */
  facts?: Record<string, string>;
}

export const OPERATOR: AccountActor = { role: 'SYS', ref: null };

/** How an account is found. */
type AccountKey = Partial<Pick<Person, 'id' | 'emailHash'>>;

/** What of an account may change. */
type AccountPatch = Partial<Omit<Person, 'id' | 'createdBy' | 'binding'>>;

/**
 * The rows of accounts. What an account may do, and what opens it, is bound to a key outside the database: a role, a password or a second
 * factor that somebody wrote into the database by hand opens nothing. Each change is an entry in the history of the house, so that
 * auditors see who gave whom which role, and `verify` names a row that says something else.
 */
@Injectable()
export class AccountRows {
  constructor(
    private readonly vault: Vault,
    private readonly time: Time,
    private readonly log: Log,
  ) {}

  /** Whether the row is as we wrote it; says so in the log when it is not. */
  isSound(person: Person): boolean {
    if (person.binding === this.bindingOf(person)) return true;
    this.log.warn('an account was changed behind our back and opens nothing; run verify', {
      personId: person.id,
    });
    return false;
  }

  /** The active account with a role, as we wrote it; null otherwise. */
  async active(db: EntityManager, where: AccountKey): Promise<Person | null> {
    const person = await this.notEnded(db, where);
    return person && person.roles.length > 0 ? person : null;
  }

  /** The same, also while the groups at the provider give it no role (`single-sign-on.ts`): it opens nothing until they do again. */
  async notEnded(db: EntityManager, where: AccountKey): Promise<Person | null> {
    const person = await db.findOneBy(Person, { ...where, active: true });
    if (!person || !this.isSound(person)) return null;
    const guest = grantOf(person);
    return !guest || (await isLetIn(db, guest, person.roles, this.time.today())) ? person : null;
  }

  /** Inside a change: refuses whoever left, or lost one of these roles, after a request was let in whose files are long on their way. */
  async refuseChanged(
    db: EntityManager,
    { personId, roles }: { personId: string; roles: readonly RoleCode[] },
  ): Promise<void> {
    const person = await this.active(db, { id: personId });
    if (person && roles.every((role) => person.roles.includes(role))) return;
    throw new Refusal(
      'forbidden',
      'Your account was ended or your roles were changed meanwhile, so nothing was changed. Sign in again.',
    );
  }

  /** Stores a new account and tells of it, and by which invitation it was made, so that a link that opens a second one is found out. */
  async add(
    db: EntityManager,
    person: Omit<Person, 'binding'>,
    by: AccountActor,
    invitation: string | null,
  ): Promise<void> {
    const change = new HouseChange(db);
    await change.insert(Person, { ...person, binding: this.bindingOf(person) });
    await change.append(
      this.deed('create-account', by, {
        person: person.id,
        roles: person.roles,
        ...(invitation === null ? {} : { invitation }),
      }),
    );
  }

  /**
   * Changes an account and tells of it. Throws when the row is not as we wrote it: what is bound anew must be ours. With `passkeys: null`
   * the rows of the passkeys go too.
   */
  async change(
    db: EntityManager,
    person: Person,
    patch: AccountPatch,
    { act, by, facts }: AccountDeed,
  ): Promise<void> {
    if (!this.isSound(person))
      throw new Error(
        `The account ${person.id} was changed behind our back. Run "npm run redress -- verify".`,
      );
    const changed = { ...person, ...patch };
    const change = new HouseChange(db);
    await change.update(Person, person.id, { ...patch, binding: this.bindingOf(changed) });
    if (patch.passkeys === null) await db.delete(Passkey, { personId: person.id });
    await change.append(this.deed(act, by, { person: person.id, roles: changed.roles, ...facts }));
  }

  /** An entry about accounts that changes no row of them: an invitation, a token, a recovery. */
  async tell(
    db: EntityManager,
    act: string,
    by: AccountActor,
    facts: Record<string, string | number | string[] | null>,
  ): Promise<void> {
    await appendToHouse(db, this.deed(act, by, facts));
  }

  private deed(act: string, by: AccountActor, facts: Record<string, unknown>) {
    return { act, by, at: this.time.instant(), facts };
  }

  private bindingOf(row: Omit<Person, 'binding'>): string {
    const { id, emailHash, roles, unit, passwordHash, totpSealed, active, createdBy, ...more } = row;
    const says: unknown[] = [id, emailHash, roles, unit, passwordHash, totpSealed, active, createdBy];
    // Named, and only where there is something: accounts from before guests, passkeys and single sign-on stay bound as they were.
    const { subjectHash, passkeys } = more;
    if (subjectHash !== null) says.push({ subjectHash });
    if (passkeys !== null) says.push({ passkeys });
    const guest = grantOf(row);
    if (guest) says.push({ guest });
    return this.vault.hash('account of', JSON.stringify(says));
  }
}

/** Somebody who changes their own account. */
export function selfOf({ id, roles }: Pick<Person, 'id' | 'roles'>): AccountActor {
  return { role: roles[0] as RoleCode, ref: id };
}

/** An administrator, as the one who does something about an account. */
export function administrator(personId: string): AccountActor {
  return { role: 'ADM', ref: personId };
}
