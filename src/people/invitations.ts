import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import { houseDeedsOf } from '../ledger/house-history';
import { newId, newSecret } from '../platform/ids';
import { Refusal } from '../platform/refusal';
import { type Instant, Time } from '../platform/time';
import { Invitation } from '../records/entities/invitation';
import { Person } from '../records/entities/person';
import { insert } from '../records/insert';
import { Transactions } from '../records/transactions';
import { update } from '../records/update';
import { ROLES, type RoleCode } from '../rules/roles';
import { Vault } from '../vault/vault';
import { type AccountActor, AccountRows, administrator, OPERATOR } from './account-rows';
import { BoundSecrets } from './bound-secrets';
import { grantOf, guestColumns, isLetIn, mayInvite } from './guests';
import type { GuestGrant } from './visitor';

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

/** What an account is made with, and by whom; `createdBy` is null for the first of all and for those that a provider vouches for. */
export interface Offer {
  roles: RoleCode[];
  unit: string | null;
  createdBy: string | null;
  /** For somebody from outside; null for whoever is to work here. */
  guest: GuestGrant | null;
  /** Which invitation offers it; null for those that a provider vouches for. */
  invitation: string | null;
}

/** One-time links with which accounts are made: valid once, for `INVITATION_DAYS`, and bound to what they offer and to who made them. */
@Injectable()
export class Invitations {
  private readonly links: BoundSecrets;

  constructor(
    private readonly transactions: Transactions,
    vault: Vault,
    private readonly time: Time,
    private readonly rows: AccountRows,
  ) {
    this.links = new BoundSecrets(vault, 'invitation');
  }

  /**
   * While nobody has an account: a new one-time path `/join/<secret>` for the first administrator, and every earlier one
   * ends. Null as soon as there is an account.
   */
  async createFirst(): Promise<string | null> {
    const secret = newSecret();
    return this.transactions.change(async (db) => {
      if (await db.exists(Person)) return null;
      await update(db, Invitation, { invitedBy: null, usedAt: null }, { expiresAt: this.time.instant() });
      await this.keep(db, secret, { roles: ['ADM'], unit: null, by: OPERATOR });
      return `/join/${secret}`;
    });
  }

  /** The secret of a one-time link `/join/<secret>`, valid for `INVITATION_DAYS`. */
  async invite(invitation: NewInvitation): Promise<string> {
    refuseBadRoles(invitation.roles);
    const secret = newSecret();
    const { invitedBy, ...offer } = invitation;
    await this.transactions.change((db) => this.keep(db, secret, { ...offer, by: administrator(invitedBy) }));
    return secret;
  }

  /** Inside the change that brings a guest into a case: the secret of a one-time link, bound to the case, the role and the last day. */
  async inviteGuest(db: EntityManager, { id, role, invitedBy, ...grant }: NewGuest): Promise<string> {
    const secret = newSecret();
    const by = { role: invitedBy.role, ref: invitedBy.personId };
    await this.keep(db, secret, { roles: [role], unit: null, by, guest: { id, ...grant } });
    return secret;
  }

  /** What this link offers; refuses with `not-found` when it was used, replaced or is too old. */
  async read(secret: string): Promise<OpenInvitation> {
    const found = await this.transactions.read((db) => this.open(db, secret));
    const { id, roles, unit, expiresAt } = found;
    return { id, roles: roles as RoleCode[], unit, expiresAt, guest: grantOf(found) };
  }

  /** Inside a change: what the link offers, which nobody else gets any more. */
  async take(db: EntityManager, secret: string): Promise<Offer> {
    const invitation = await this.open(db, secret);
    const taken = { id: invitation.id, usedAt: null, expiresAt: invitation.expiresAt };
    if ((await update(db, Invitation, taken, { usedAt: this.time.instant() })) === 0) throw noInvitation();
    const { id, roles, unit, invitedBy: createdBy } = invitation;
    // A column can be emptied by hand; what the history tells stays.
    const deeds = await houseDeedsOf(db, 'invitation', id);
    if (deeds.some(({ act }) => act === 'create-account')) throw noInvitation();
    return { roles: roles as RoleCode[], unit, createdBy, guest: grantOf(invitation), invitation: id };
  }

  /** Inside a change: the link of a guest opens nothing from now on. */
  async end(db: EntityManager, id: string): Promise<void> {
    await update(db, Invitation, { id, usedAt: null }, { expiresAt: this.time.instant() });
  }

  private async keep(
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

  private async open(db: EntityManager, secret: string): Promise<Invitation> {
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
}

/** What a link offers: bound to its secret. */
function offerOf(row: Omit<Invitation, 'tokenHash' | 'usedAt'>): unknown {
  const guest = grantOf(row);
  // Only where there is one: links of before there were guests stay bound as they are.
  return [row.id, row.roles, row.unit, row.invitedBy, row.expiresAt, ...(guest ? [{ guest }] : [])];
}

export function noInvitation(): Refusal {
  return new Refusal(
    'not-found',
    'This link is not valid: it was used, it is too old, or a newer one was made. Ask an administrator for a new link.',
  );
}

export function refuseBadRoles(roles: RoleCode[]): void {
  const strange = roles.filter((role) => !ROLES[role]?.staff);
  if (roles.length > 0 && strange.length === 0) return;
  const sentence =
    strange.length > 0 ? `${strange.join(', ')} is not a role of staff.` : 'Choose at least one role.';
  throw new Refusal('invalid', 'The roles were not given.', [{ name: 'roles', field: 'roles', sentence }]);
}
