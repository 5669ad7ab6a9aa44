import { Injectable } from '@nestjs/common';
import { isEmail } from 'class-validator';
import { type EntityManager, In, IsNull } from 'typeorm';
import { newId, newSecret } from '../platform/ids';
import { Refusal, type UnmetNeed } from '../platform/refusal';
import { type Day, type Instant, Time } from '../platform/time';
import { ApiToken } from '../records/entities/api-token';
import { Invitation } from '../records/entities/invitation';
import { Person } from '../records/entities/person';
import { isUniqueViolation } from '../records/dialect';
import { insert } from '../records/insert';
import { Transactions } from '../records/transactions';
import { update } from '../records/update';
import { ROLES, type RoleCode } from '../rules/roles';
import { type CaseKey, Vault } from '../vault/vault';
import { type AccountActor, AccountRows, OPERATOR, selfOf } from './account-rows';
import { hasAdministrator, lockActive } from './administrators';
import { BoundSecrets } from './bound-secrets';
import { grantOf, guestColumns, isLetIn, mayInvite } from './guests';
import { hashPassword, isPassword, passwordNeeds } from './password';
import { SignInPace } from './sign-in-pace';
import { SecondFactor } from './second-factor';
import { Sessions, type StartedSession } from './sessions';
import type { GuestGrant, Stage, Visitor } from './visitor';

export const INVITATION_DAYS = 7;

export interface NewInvitation {
  roles: RoleCode[];
  /** Part of the organisation that this person belongs to; decides who is independent of whom. */
  unit: string | null;
  invitedBy: string;
}

/** What a guest is let into, and who brings them in. */
export interface NewGuest extends GuestGrant {
  /** Of the guest; becomes that of the invitation. */
  id: string;
  role: RoleCode;
  invitedBy: { role: RoleCode; personId: string };
}

export interface OpenInvitation {
  /** Of a guest: that of the guest in the case. */
  id: string;
  roles: RoleCode[];
  /** Null for whoever is to work here. */
  guest: GuestGrant | null;
  unit: string | null;
  expiresAt: Instant;
}

export interface NewAccount {
  name: string;
  email: string;
  password: string;
}

/** What an account is made with, and by whom; `createdBy` is null for the first of all and for those that a provider vouches for. */
export interface Offer {
  roles: RoleCode[];
  unit: string | null;
  createdBy: string | null;
  /** For somebody from outside; null for whoever is to work here. */
  guest: GuestGrant | null;
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

/** Whose session it is that changes something about the own account. */
type Officer = Pick<Visitor & { kind: 'officer' }, 'personId' | 'sessionHash'>;

/** The accounts of staff: made by invitation only; names and e-mail addresses lie sealed under each person's own key. */
@Injectable()
export class Accounts {
  private readonly links: BoundSecrets;
  /** Verified against when there is no such account, so that the answer takes as long. */
  private readonly nobodysHash = hashPassword(newSecret());

  constructor(
    private readonly transactions: Transactions,
    private readonly vault: Vault,
    private readonly time: Time,
    private readonly rows: AccountRows,
    private readonly sessions: Sessions,
    private readonly secondFactor: SecondFactor,
    private readonly pace: SignInPace,
  ) {
    this.links = new BoundSecrets(vault, 'invitation');
  }

  /**
   * While nobody has an account: a new one-time path `/join/<secret>` for the first administrator, and every earlier one
   * ends. Null as soon as there is an account.
   */
  async createFirstInvitation(): Promise<string | null> {
    const secret = newSecret();
    return this.transactions.change(async (db) => {
      if (await db.exists(Person)) return null;
      await update(db, Invitation, { invitedBy: null, usedAt: null }, { expiresAt: this.time.instant() });
      await this.keepInvitation(db, secret, { roles: ['ADM'], unit: null, by: OPERATOR });
      return `/join/${secret}`;
    });
  }

  /** The secret of a one-time link `/join/<secret>`, valid for `INVITATION_DAYS`. */
  async invite(invitation: NewInvitation): Promise<string> {
    refuseBadRoles(invitation.roles);
    const secret = newSecret();
    const { invitedBy, ...offer } = invitation;
    await this.transactions.change((db) =>
      this.keepInvitation(db, secret, { ...offer, by: administrator(invitedBy) }),
    );
    return secret;
  }

  /** Inside the change that brings a guest into a case: the secret of a one-time link, bound to the case, the role and the last day. */
  async inviteGuest(db: EntityManager, { id, role, invitedBy, ...grant }: NewGuest): Promise<string> {
    const secret = newSecret();
    const by = { role: invitedBy.role, ref: invitedBy.personId };
    await this.keepInvitation(db, secret, { roles: [role], unit: null, by, guest: { id, ...grant } });
    return secret;
  }

  /** Inside the change that ends a guest's access: the link, or the account with its sessions and tokens, opens nothing from now on. */
  async endGuest(
    db: EntityManager,
    { id, personId }: { id: string; personId: string | null },
    by: AccountActor,
  ): Promise<void> {
    await update(db, Invitation, { id, usedAt: null }, { expiresAt: this.time.instant() });
    const person = personId && (await db.findOneBy(Person, { id: personId }));
    if (!person || !person.active) return;
    await this.rows.change(db, person, { active: false }, { act: 'end-guest-account', by });
    await this.endAccess(db, person.id);
  }

  /** What this link offers; refuses with `not-found` when it was used, replaced or is too old. */
  async readInvitation(secret: string): Promise<OpenInvitation> {
    const found = await this.transactions.read((db) => this.openInvitation(db, secret));
    const { id, roles, unit, expiresAt } = found;
    return { id, roles: roles as RoleCode[], unit, expiresAt, guest: grantOf(found) };
  }

  /** Makes the account that the link offers. Of two who use one link at once, one gets it. Refuses with every need, and guests: their account begins in their case. */
  async acceptInvitation(secret: string, account: NewAccount): Promise<PersonView> {
    if ((await this.readInvitation(secret)).guest) throw noInvitation();
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
        const offer = await this.takeInvitation(db, secret);
        const emailHash = this.emailHash(account.email);
        if (await db.existsBy(Person, { emailHash })) throw emailTaken();
        return this.keepPerson(db, offer, { ...account, subjectHash: null });
      })
      .catch((error: unknown) => {
        throw isUniqueViolation(error) ? emailTaken() : error;
      });
  }

  /** Inside a change: what the link offers, which nobody else gets any more. */
  async takeInvitation(db: EntityManager, secret: string): Promise<Offer> {
    const invitation = await this.openInvitation(db, secret);
    const taken = { id: invitation.id, usedAt: null, expiresAt: invitation.expiresAt };
    if ((await update(db, Invitation, taken, { usedAt: this.time.instant() })) === 0) throw noInvitation();
    const { roles, unit, invitedBy: createdBy } = invitation;
    return { roles: roles as RoleCode[], unit, createdBy, guest: grantOf(invitation) };
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

  /** Changes one's own password; every other session and every token of the account end. Refuses with every need. */
  async changePassword({ personId, sessionHash }: Officer, current: string, next: string): Promise<void> {
    await this.requirePassword(personId, current);
    const needs = passwordNeeds(
      next,
      (await this.list()).find(({ id }) => id === personId)!,
    );
    if (needs.length > 0) throw new Refusal('invalid', 'The password stays as it was.', needs);
    const passwordHash = await hashPassword(next);
    await this.transactions.change(async (db) => {
      const person = await this.activeOne(db, personId);
      await this.rows.change(db, person, { passwordHash }, { act: 'change-password', by: selfOf(person) });
      await this.endAccess(db, personId, sessionHash);
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
      const person = await this.activeOne(db, personId);
      const deed = { act: 'give-up-authenticator', by: selfOf(person) };
      await this.rows.change(db, person, { totpSealed: null }, deed);
      await this.endAccess(db, personId);
      return this.sessions.startOfficerIn(db, personId, 'ENROL');
    });
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

  private async keepInvitation(
    db: EntityManager,
    secret: string,
    {
      roles,
      unit,
      by,
      guest,
    }: Omit<NewInvitation, 'invitedBy'> & { by: AccountActor; guest?: GuestGrant & { id: string } },
  ): Promise<void> {
    const row = {
      id: guest?.id ?? newId(),
      roles: [...new Set(roles)],
      unit,
      invitedBy: by.ref,
      ...guestColumns(guest ?? null),
      expiresAt: new Date(this.time.now().getTime() + INVITATION_DAYS * 86_400_000).toISOString(),
    };
    await insert(db, Invitation, { ...row, tokenHash: this.links.hashOf(secret, offerOf(row)) });
    await this.rows.tell(db, 'invite', by, { invitation: row.id, roles: row.roles });
  }

  private async openInvitation(db: EntityManager, secret: string): Promise<Invitation> {
    const found = await db.findOneBy(Invitation, { tokenHash: this.links.found(secret), usedAt: IsNull() });
    if (!found || found.expiresAt <= this.time.instant()) throw noInvitation();
    if (!this.links.isBound(secret, offerOf(found), found.tokenHash)) throw noInvitation();
    // Whoever may not invite any more has no links out either.
    const inviter = found.invitedBy ? await this.rows.active(db, { id: found.invitedBy }) : null;
    const guest = grantOf(found);
    if (
      guest
        ? !(inviter && (await this.isOffered(db, guest, found.roles, inviter)))
        : found.invitedBy && !inviter?.roles.includes('ADM')
    )
      throw noInvitation();
    return found;
  }

  private async isOffered(
    db: EntityManager,
    guest: GuestGrant,
    roles: string[],
    inviter: Person,
  ): Promise<boolean> {
    return (await mayInvite(db, inviter, guest.caseId)) && isLetIn(db, guest, roles, this.time.today());
  }

  private async keepPerson(
    db: EntityManager,
    { roles, unit, createdBy, guest }: Offer,
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
    await this.rows.add(db, row, selfOf(row));
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

/** What a link offers: bound to its secret. */
function offerOf(row: Omit<Invitation, 'tokenHash' | 'usedAt'>): unknown {
  const guest = grantOf(row);
  // Only where there is one: links of before there were guests stay bound as they are.
  return [row.id, row.roles, row.unit, row.invitedBy, row.expiresAt, ...(guest ? [{ guest }] : [])];
}

function administrator(personId: string): AccountActor {
  return { role: 'ADM', ref: personId };
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

function noInvitation(): Refusal {
  return new Refusal(
    'not-found',
    'This link is not valid: it was used, it is too old, or a newer one was made. Ask an administrator for a new link.',
  );
}

function refuseBadRoles(roles: RoleCode[]): void {
  const strange = roles.filter((role) => !ROLES[role]?.staff);
  if (roles.length > 0 && strange.length === 0) return;
  const sentence =
    strange.length > 0 ? `${strange.join(', ')} is not a role of staff.` : 'Choose at least one role.';
  throw new Refusal('invalid', 'The roles were not given.', [{ name: 'roles', field: 'roles', sentence }]);
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
