import { type EntityManager, In, IsNull } from 'typeorm';
import type { Day } from '../platform/time';
import { Assignment } from '../records/entities/assignment';
import { Case } from '../records/entities/case';
import { Consent } from '../records/entities/consent';
import type { Invitation } from '../records/entities/invitation';
import type { Person } from '../records/entities/person';
import { GUEST_CONSENTS, type GuestRole } from '../rules/consents';
import { GUEST_INVITERS } from '../rules/guests';
import type { GuestGrant } from './visitor';

type GuestColumns = Pick<Person | Invitation, 'guestCaseId' | 'guestUntil' | 'guestSeesFiles'>;

/** What this account or link lets a guest into; null for whoever works here. */
export function grantOf({ guestCaseId, guestUntil, guestSeesFiles }: GuestColumns): GuestGrant | null {
  if (guestCaseId === null) return null;
  return { caseId: guestCaseId, until: guestUntil ?? '', seesFiles: guestSeesFiles === true };
}

export function guestColumns(grant: GuestGrant | null): GuestColumns {
  return {
    guestCaseId: grant?.caseId ?? null,
    guestUntil: grant?.until ?? null,
    guestSeesFiles: grant?.seesFiles ?? null,
  };
}

/** Whether a guest is let in now: until the end of the last day, while the case is there and the person whose case it is agrees. */
export async function isLetIn(
  db: EntityManager,
  { caseId, until }: GuestGrant,
  roles: readonly string[],
  today: Day,
): Promise<boolean> {
  if (today > until || !(await db.existsBy(Case, { id: caseId, erasedOn: IsNull() }))) return false;
  const code = GUEST_CONSENTS[roles[0] as GuestRole];
  return db.existsBy(Consent, { caseId, code, given: true, endedOn: IsNull() });
}

/** Whether somebody brings guests into this case: from its team, in a role that may. */
export async function mayInvite(
  db: EntityManager,
  { id, roles }: Pick<Person, 'id' | 'roles'>,
  caseId: string,
): Promise<boolean> {
  const role = In(GUEST_INVITERS.filter((each) => roles.includes(each)));
  return db.existsBy(Assignment, { caseId, personId: id, role, conflictDeclared: 'NONE', endedOn: IsNull() });
}
