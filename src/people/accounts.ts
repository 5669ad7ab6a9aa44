import { Injectable } from '@nestjs/common';
import { isEmail } from 'class-validator';
import { type EntityManager, In } from 'typeorm';
import { newId, newSecret } from '../platform/ids';
import { Refusal, type UnmetNeed } from '../platform/refusal';
import type { Day } from '../platform/time';
import { ApiToken } from '../records/entities/api-token';
import { Person } from '../records/entities/person';
import { isUniqueViolation } from '../records/dialect';
import { Transactions } from '../records/transactions';
import { CASE_ROLES, type RoleCode } from '../rules/roles';
import { type CaseKey, Vault } from '../vault/vault';
import { type AccountActor, AccountRows, administrator, selfOf } from './account-rows';
import { hasAdministrator, lockActive } from './administrators';
import { grantOf, guestColumns } from './guests';
import { Invitations, noInvitation, type Offer, refuseBadRoles } from './invitations';
import { hashPassword, isPassword, passwordNeeds } from './password';
import { SignInPace } from './sign-in-pace';
import { SecondFactor } from './second-factor';
import { Sessions, type StartedSession } from './sessions';
import type { Stage } from './visitor';

export interface NewAccount {
  name: string;
  email: string;
  password: string;
}

/** What opens an account. */
type Opens = Pick<Person, 'passwordHash' | 'subjectHash'>;

/** An account that is checked and only has to be kept. */
export interface CheckedAccount {
  id: string;
  name: string;
  email: string;
  passwordHash: string;
}

export interface PersonView {
  id: string;
  name: string;
  email: string;
  roles: RoleCode[];
  unit: string | null;
  active: boolean;
  /** The last day of a guest from outside; null for whoever works here. */
  guestUntil: Day | null;
}

/** The accounts of staff: made by invitation only; names and e-mail addresses lie sealed under each person's own key. */
@Injectable()
export class Accounts {
  /** Verified against when there is no such account, so that the answer takes as long. */
  private readonly nobodysHash = hashPassword(newSecret());

  constructor(
    private readonly transactions: Transactions,
    private readonly vault: Vault,
    private readonly rows: AccountRows,
    private readonly invitations: Invitations,
    private readonly sessions: Sessions,
    private readonly secondFactor: SecondFactor,
    private readonly pace: SignInPace,
  ) {}

  /** Inside the change that ends a guest's access: the link, or the account with its sessions and tokens, opens nothing from now on. */
  async endGuest(
    db: EntityManager,
    { id, personId }: { id: string; personId: string | null },
    by: AccountActor,
  ): Promise<void> {
    await this.invitations.end(db, id);
    const person = personId && (await db.findOneBy(Person, { id: personId }));
    if (!person || !person.active) return;
    await this.rows.change(db, person, { active: false }, { act: 'end-guest-account', by });
    await this.endAccess(db, person.id);
  }

  /** Makes the account that the link offers. Of two who use one link at once, one gets it. Refuses with every need, and guests: their account begins in their case. */
  async acceptInvitation(secret: string, account: NewAccount): Promise<PersonView> {
    if ((await this.invitations.read(secret)).guest) throw noInvitation();
    return this.keepAccount(secret, await this.checkAccount(account));
  }

  /** What a new account is made from, the password hashed; refuses with every need. */
  async checkAccount(account: NewAccount): Promise<CheckedAccount> {
    const name = account.name.trim();
    const email = account.email.trim();
    const needs = accountNeeds({ ...account, name, email });
    if (needs.length > 0) throw new Refusal('invalid', 'The account was not made.', needs);
    return { id: newId(), name, email, passwordHash: await hashPassword(account.password) };
  }

  /** Makes the account that the link offers, in the change that is open, if any. */
  async keepAccount(secret: string, account: CheckedAccount): Promise<PersonView> {
    return this.transactions
      .change(async (db) => {
        const offer = await this.invitations.take(db, secret);
        const emailHash = this.emailHash(account.email);
        if (await db.existsBy(Person, { emailHash })) throw emailTaken();
        return this.keepPerson(db, offer, { ...account, subjectHash: null });
      })
      .catch((error: unknown) => {
        throw isUniqueViolation(error) ? emailTaken() : error;
      });
  }

  /** Inside a change: makes an account without a password; says why not where the name or the address is none, or somebody has the address. */
  async createLinked(
    db: EntityManager,
    offer: Offer,
    { name, email, subjectHash }: { name: string; email: string; subjectHash: string },
  ): Promise<PersonView | 'nameless' | 'taken'> {
    if (nameNeeds({ name, email }).length > 0) return 'nameless';
    if (await db.existsBy(Person, { emailHash: this.emailHash(email) })) return 'taken';
    return this.keepPerson(db, offer, { name, email, passwordHash: null, subjectHash });
  }

  /**
   * Starts a session, or refuses with the same words and after the same work whatever was wrong. `stage` says what is still missing: until
   * then the session opens nothing but the pages of the second factor.
   */
  async signIn(
    email: string,
    password: string,
  ): Promise<StartedSession & { personId: string; stage: Stage | null }> {
    const emailHash = this.emailHash(email);
    await this.pace.beforeAttempt(emailHash);
    const person = await this.transactions.read((db) => this.rows.active(db, { emailHash }));
    const passwordHash = person?.passwordHash ?? null;
    const isRight = await isPassword(passwordHash ?? (await this.nobodysHash), password);
    if (!person || !passwordHash || !isRight)
      throw new Refusal('invalid', 'You are not signed in.', [
        {
          name: 'sign-in.wrong',
          field: 'email',
          sentence: 'The e-mail address and the password do not belong together. Check both and try again.',
        },
      ]);
    this.pace.afterSuccess(emailHash);
    const stage = this.secondFactor.stageOf(person);
    return { personId: person.id, stage, ...(await this.sessions.startOfficer(person.id, stage)) };
  }

  /** Inside a change, for an account that two others open again: a new password, no second factor, no link, and nothing of before goes on. */
  async reopen(db: EntityManager, personId: string, passwordHash: string): Promise<StartedSession> {
    const person = await this.activeOne(db, personId);
    const deed = { act: 'recover-account', by: selfOf(person) };
    await this.rows.change(
      db,
      person,
      { passwordHash, totpSealed: null, passkeys: null, subjectHash: null },
      deed,
    );
    await this.endAccess(db, personId);
    return this.sessions.startOfficerIn(db, personId, 'ENROL');
  }

  /** Inside a change: the account, which has to be active. */
  async activeOne(db: EntityManager, personId: string): Promise<Person> {
    const person = await this.rows.active(db, { id: personId });
    if (!person) throw new Refusal('forbidden', 'This account is not active. Ask an administrator.');
    return person;
  }

  /** Inside a change: every session and token of the account ends, but for the session named by its hash, if any. */
  async endAccess(db: EntityManager, personId: string, exceptHash?: string): Promise<void> {
    await this.sessions.endAllIn(db, personId, exceptHash);
    await db.delete(ApiToken, { personId });
  }

  /** Works at once, in open sessions and for tokens too. Refuses to leave the house without an administrator. */
  async changeRoles(personId: string, roles: RoleCode[], by: string): Promise<void> {
    refuseBadRoles(roles);
    await this.changePerson(personId, async (db, person) => {
      if (grantOf(person))
        throw new Refusal(
          'conflict',
          'A guest is what the invitation says, in one case. Whoever works on it can end the guest and invite anew.',
        );
      const deed = { act: 'change-roles', by: administrator(by) };
      await this.rows.change(db, person, { roles: [...new Set(roles)] }, deed);
    });
  }

  /** Ends the account, its sessions and its tokens at once; what the person did stays. Refuses for the last administrator. */
  async deactivate(personId: string, by: string): Promise<void> {
    await this.changePerson(personId, async (db, person) => {
      await this.rows.change(
        db,
        person,
        { active: false, passkeys: null },
        { act: 'deactivate-account', by: administrator(by) },
      );
      await this.endAccess(db, personId);
    });
  }

  /** Everybody, by name; who was erased is left out. */
  async list(): Promise<PersonView[]> {
    return this.transactions.read(async (db) => {
      const rows = await db.find(Person);
      const keys = await this.vault.openKeys(
        db,
        rows.map((row) => row.id),
      );
      return rows
        .flatMap((row) => {
          const key = keys.get(row.id);
          return key ? [this.view(row, key)] : [];
        })
        .sort((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1));
    });
  }

  /** Who works on cases here and can be given one, by name. */
  async caseStaff(): Promise<PersonView[]> {
    return (await this.list()).filter(
      ({ active, guestUntil, roles }) =>
        active && guestUntil === null && roles.some((role) => CASE_ROLES.includes(role)),
    );
  }

  /** Names by id; who is unknown or was erased is not in the answer. */
  async names(db: EntityManager, ids: string[]): Promise<Map<string, string>> {
    const wanted = [...new Set(ids)];
    if (wanted.length === 0) return new Map();
    const rows = await db.findBy(Person, { id: In(wanted) });
    const keys = await this.vault.openKeys(db, wanted);
    const names = new Map<string, string>();
    for (const row of rows) {
      const key = keys.get(row.id);
      if (key) names.set(row.id, this.vault.unseal(key, place('nameSealed', row.id), row.nameSealed));
    }
    return names;
  }

  private async changePerson(
    personId: string,
    work: (db: EntityManager, person: Person) => Promise<void>,
  ): Promise<void> {
    await this.transactions.change(async (db) => {
      await lockActive(db);
      const person = await db.findOneBy(Person, { id: personId });
      if (!person) throw new Refusal('not-found', 'There is no such account.');
      await work(db, person);
      if (!(await hasAdministrator(db)))
        throw new Refusal(
          'conflict',
          'This is the last active administrator. Make somebody else an administrator first.',
        );
    });
  }

  private async keepPerson(
    db: EntityManager,
    { roles, unit, createdBy, guest, invitation }: Offer,
    { id = newId(), name, email, ...opens }: Pick<NewAccount, 'name' | 'email'> & Opens & { id?: string },
  ): Promise<PersonView> {
    const key = await this.vault.createKey(db, { kind: 'person', id });
    const row = {
      id,
      emailHash: this.emailHash(email),
      emailSealed: this.vault.seal(key, place('emailSealed', id), email).sealed,
      nameSealed: this.vault.seal(key, place('nameSealed', id), name).sealed,
      roles,
      unit,
      ...opens,
      totpSealed: null,
      passkeys: null,
      active: true,
      createdBy,
      ...guestColumns(guest),
    };
    await this.rows.add(db, row, selfOf(row), invitation);
    return this.view(row, key);
  }

  private view(row: Omit<Person, 'binding'>, key: CaseKey): PersonView {
    return {
      id: row.id,
      name: this.vault.unseal(key, place('nameSealed', row.id), row.nameSealed),
      email: this.vault.unseal(key, place('emailSealed', row.id), row.emailSealed),
      roles: row.roles as RoleCode[],
      unit: row.unit,
      active: row.active,
      guestUntil: row.guestUntil,
    };
  }

  private emailHash(email: string): string {
    return this.vault.hash('email', email.trim().normalize('NFKC').toLowerCase());
  }
}

function place(
  column: 'nameSealed' | 'emailSealed',
  id: string,
): { table: string; column: string; id: string } {
  return { table: 'people', column, id };
}

function emailTaken(): Refusal {
  return new Refusal('invalid', 'The account was not made.', [
    {
      name: 'email.taken',
      field: 'email',
      sentence: 'Somebody already has an account with this e-mail address.',
    },
  ]);
}

function accountNeeds({ name, email, password }: NewAccount): UnmetNeed[] {
  return [...nameNeeds({ name, email }), ...passwordNeeds(password, { name, email })];
}

function nameNeeds({ name, email }: Pick<NewAccount, 'name' | 'email'>): UnmetNeed[] {
  const needs: UnmetNeed[] = [];
  if (name === '' || name.length > 200 || /[\p{Cc}\p{Surrogate}]/u.test(name))
    needs.push({
      name: 'name',
      field: 'name',
      sentence: 'Give the name that colleagues see, in 1 to 200 characters.',
    });
  if (!isEmail(email) || /\p{Surrogate}/u.test(email))
    needs.push({
      name: 'email',
      field: 'email',
      sentence: 'Give an e-mail address, such as name@example.org.',
    });
  return needs;
}
