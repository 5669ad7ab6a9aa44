import type { Sight } from '../people/sight';
import type { Visitor } from '../people/visitor';
import { Refusal } from '../platform/refusal';
import { CASE_ROLES } from '../rules/roles';
import type { CaseKey } from './case-file';
import type { Actor } from './facts';

/** The case a visitor speaks of: a rightsholder's own, or the one that staff name and may see. */
export function keyOf(sight: Sight, visitor: Visitor, reference?: string): CaseKey {
  if (visitor.kind === 'rightsholder' || reference === undefined) return ownKeyOf(visitor);
  return { reference, reader: sight.readerOf(visitor) };
}

/** The case of whoever holds a receipt; refuses everybody else. */
export function ownKeyOf(visitor: Visitor): CaseKey {
  if (visitor.kind === 'rightsholder') return { id: visitor.caseId, session: visitor.sessionHash };
  throw new Refusal('not-signed-in', 'Open your case with your receipt first.');
}

/** Whom the ledger names for what is not a step: the rightsholder, or staff in the first of their case roles. */
export function actorOf(visitor: Visitor): Actor {
  if (visitor.kind === 'rightsholder')
    return { role: visitor.role, personId: null, partyId: visitor.partyId };
  if (visitor.kind !== 'officer') throw new Refusal('not-signed-in', 'Sign in first.');
  const role = visitor.roles.find((each) => CASE_ROLES.includes(each));
  if (!role) throw new Refusal('forbidden', 'Your role does not work on cases.');
  return { role, personId: visitor.personId };
}
