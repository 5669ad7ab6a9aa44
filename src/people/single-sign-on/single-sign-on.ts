import { Injectable } from '@nestjs/common';
import { type EntityManager, LessThanOrEqual } from 'typeorm';
import { Refusal } from '../../platform/refusal';
import { Time } from '../../platform/time';
import { isUniqueViolation } from '../../records/dialect';
import { Person } from '../../records/entities/person';
import { SingleSignOnUse } from '../../records/entities/single-sign-on-use';
import { insert } from '../../records/insert';
import { Transactions } from '../../records/transactions';
import { STAFF_ROLES, type RoleCode } from '../../rules/roles';
import { Vault } from '../../vault/vault';
import { AccountRows, OPERATOR, selfOf } from '../account-rows';
import { Accounts } from '../accounts';
import { Invitations } from '../invitations';
import { OwnAccount } from '../own-account';
import { hasAdministrator, lockActive } from '../administrators';
import { SecondFactor } from '../second-factor';
import { Sessions } from '../sessions';
import type { Stage } from '../visitor';
import { Flows, type Flow, type Purpose } from './flow';
import { type Identity, Provider } from './provider';
import { SingleSignOnSettings } from './provider-settings';
import { notSignedIn, type Reason } from './refusals';

/** What came of it: somebody is signed in, or wholly so after a second factor (`stage`); or an account was linked. */
export type Finished =
  { kind: 'signed-in'; token: string; stage: Stage | null; roles: RoleCode[] } | { kind: 'linked' };

/** How single sign-on stands for one account. */
export interface LinkView {
  label: string;
  /** Whether groups at the provider give the roles. */
  givesRoles: boolean;
  isLinked: boolean;
  hasPassword: boolean;
}

/**
 * Sign-in of staff through the organisation's own provider. A person is known by a keyed hash over issuer and subject, never by an e-mail
 * address: an account is linked by whoever is signed in to it with its password, by an invitation that is accepted through the provider, or
 * made for a stranger where the settings say so. Where groups give roles, they do so at every sign-in.
 */
@Injectable()
export class SingleSignOn {
  private readonly flows: Flows;

  constructor(
    private readonly settings: SingleSignOnSettings,
    private readonly provider: Provider,
    private readonly transactions: Transactions,
    private readonly vault: Vault,
    private readonly rows: AccountRows,
    private readonly accounts: Accounts,
    private readonly invitations: Invitations,
    private readonly own: OwnAccount,
    private readonly sessions: Sessions,
    private readonly secondFactor: SecondFactor,
    private readonly time: Time,
  ) {
    this.flows = new Flows(vault, time);
  }

  /** What people call the provider; null while there is none. */
  get label(): string | null {
    return this.settings.provider?.label ?? null;
  }

  /** Whether groups at the provider give the roles. */
  get givesRoles(): boolean {
    return (this.settings.provider?.rolesOfGroups.size ?? 0) > 0;
  }

  /** Where the browser goes, and what it keeps until it is back. Nothing is stored. */
  async begin(purpose: Purpose): Promise<{ address: string; cookie: string }> {
    if (!this.label) throw notSignedIn('off');
    if (purpose.kind === 'join') await this.invitations.read(purpose.secret);
    const { flow, sealed } = this.flows.begin(purpose);
    return { address: await this.provider.addressFor(flow), cookie: sealed };
  }

  /** Begins to link one's own account. Refuses without its password, which a stolen session does not bring. */
  async beginLink(
    { personId, sessionHash }: { personId: string; sessionHash: string },
    password: string,
  ): Promise<{ address: string; cookie: string }> {
    if (!this.label) throw notSignedIn('off');
    await this.own.requirePassword(personId, password);
    return this.begin({ kind: 'link', personId, sessionHash });
  }

  /** What `cookie` began, with the query that the provider sent the browser back with. Refuses whatever does not hold, and stores nothing then. */
  async finish(cookie: string | undefined, query: string): Promise<Finished> {
    if (!this.label) throw notSignedIn('off');
    const flow = this.flows.open(cookie);
    if (!flow || new URLSearchParams(query).get('state') !== flow.state) throw notSignedIn('strange');
    const identity = await this.provider.identify(flow, query);
    try {
      const finished = await this.transactions.change(async (db) => {
        await this.use(db, flow);
        return flow.purpose.kind === 'link'
          ? this.link(db, flow.purpose, identity)
          : this.enter(db, flow.purpose, identity);
      });
      if (typeof finished === 'string') throw this.refusal(finished);
      return finished;
    } catch (error) {
      throw isUniqueViolation(error) ? this.refusal('taken') : error;
    }
  }

  /** Unlinks one's own account. Refuses without its password: nothing else would open it. */
  async unlink(personId: string, password: string): Promise<void> {
    await this.own.requirePassword(personId, password);
    await this.transactions.change(async (db) => {
      const person = await this.rows.active(db, { id: personId });
      if (!person?.subjectHash) return;
      const deed = { act: 'unlink-single-sign-on', by: selfOf(person) };
      await this.rows.change(db, person, { subjectHash: null }, deed);
    });
  }

  /** Null while there is no provider and the account was never linked to one. */
  async view(personId: string): Promise<LinkView | null> {
    const person = await this.transactions.read((db) => this.rows.active(db, { id: personId }));
    const isLinked = Boolean(person?.subjectHash);
    if (!this.label && !isLinked) return null;
    const { label, givesRoles } = this;
    return {
      label: label ?? 'single sign-on',
      givesRoles,
      isLinked,
      hasPassword: person?.passwordHash !== null,
    };
  }

  private async link(
    db: EntityManager,
    { personId, sessionHash }: Purpose & { kind: 'link' },
    identity: Identity,
  ): Promise<Finished> {
    const person = await this.rows.active(db, { id: personId });
    if (!person || !(await this.sessions.goesOn(db, sessionHash))) throw this.refusal('left');
    const subjectHash = this.subjectHash(identity);
    if (await db.existsBy(Person, { subjectHash })) throw this.refusal('linked');
    const deed = { act: 'link-single-sign-on', by: selfOf(person) };
    await this.rows.change(db, person, { subjectHash }, deed);
    return { kind: 'linked' };
  }

  /** A reason where something has to be stored although nobody comes in. */
  private async enter(db: EntityManager, purpose: Purpose, identity: Identity): Promise<Finished | Reason> {
    const roles = this.rolesOf(identity);
    const known = await db.findOneBy(Person, { subjectHash: this.subjectHash(identity) });
    if (!known) return this.startFor(db, await this.create(db, purpose, identity, roles), identity);
    if (purpose.kind === 'join') throw this.refusal('linked');
    if (!(await this.rows.notEnded(db, { id: known.id }))) throw this.refusal('ended');
    if (roles?.length === 0) {
      await this.followGroups(db, known.id, []);
      await this.accounts.endAccess(db, known.id);
      return 'groups';
    }
    if (roles) await this.followGroups(db, known.id, roles);
    return this.startFor(db, known.id, identity);
  }

  private async startFor(db: EntityManager, id: string, identity: Identity): Promise<Finished> {
    const person = await this.rows.active(db, { id });
    if (!person) throw this.refusal('ended');
    const stage = identity.hasSecondFactor ? null : this.secondFactor.stageOf(person);
    const { token } = await this.sessions.startOfficerIn(db, id, stage);
    return { kind: 'signed-in', token, stage, roles: person.roles as RoleCode[] };
  }

  private async create(
    db: EntityManager,
    purpose: Purpose,
    identity: Identity,
    roles: RoleCode[] | null,
  ): Promise<string> {
    if (purpose.kind !== 'join' && !this.settings.provider?.createsAccounts) throw this.refusal('unknown');
    if (roles?.length === 0) throw this.refusal('groups');
    const { name, email } = identity;
    if (name === null || email === null) throw this.refusal('nameless');
    await lockActive(db);
    const offer =
      purpose.kind === 'join'
        ? await this.invitations.take(db, purpose.secret)
        : { roles: [], unit: null, createdBy: null, guest: null, invitation: null };
    // Guests are who an officer knows; a provider does not vouch for them.
    if (offer.guest) throw this.refusal('unknown');
    const subjectHash = this.subjectHash(identity);
    const own = { name, email, subjectHash };
    const made = await this.accounts.createLinked(db, { ...offer, roles: roles ?? offer.roles }, own);
    if (typeof made === 'string') throw this.refusal(made);
    if (!(await hasAdministrator(db))) throw this.refusal('first-administrator');
    return made.id;
  }

  /** Null where administrators give roles; empty where no group of the person gives one. */
  private rolesOf({ groups }: Identity): RoleCode[] | null {
    const mapping = this.settings.provider?.rolesOfGroups;
    if (!mapping || mapping.size === 0) return null;
    const given = groups.flatMap((group) => mapping.get(group) ?? []);
    return STAFF_ROLES.filter((role) => given.includes(role));
  }

  /** The last administrator stays one whatever the groups say: otherwise nobody could mend a mapping that is wrong. */
  private async followGroups(db: EntityManager, id: string, roles: RoleCode[]): Promise<void> {
    if (isSame((await db.findOneByOrFail(Person, { id })).roles, roles)) return;
    await lockActive(db);
    const person = await this.rows.notEnded(db, { id });
    if (!person) throw this.refusal('ended');
    const isLast = person.roles.includes('ADM') && !(await hasAdministrator(db, id));
    const next = isLast && !roles.includes('ADM') ? [...roles, 'ADM'] : roles;
    if (isSame(person.roles, next)) return;
    await this.rows.change(db, person, { roles: next }, { act: 'follow-groups', by: OPERATOR });
  }

  /** A way back is used once: not even the provider can send it twice. */
  private async use(db: EntityManager, { state, expiresAt }: Flow): Promise<void> {
    await db.delete(SingleSignOnUse, { expiresAt: LessThanOrEqual(this.time.instant()) });
    const flowHash = this.vault.hash('single sign-on flow', state);
    try {
      await insert(db, SingleSignOnUse, { flowHash, expiresAt });
    } catch (error) {
      throw isUniqueViolation(error) ? this.refusal('strange') : error;
    }
  }

  private subjectHash({ subject }: Identity): string {
    return this.vault.hash('subject', JSON.stringify([this.provider.its.issuer.href, subject]));
  }

  private refusal(reason: Reason): Refusal {
    return notSignedIn(reason, this.label ?? undefined);
  }
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((each) => others.includes(each));
}
