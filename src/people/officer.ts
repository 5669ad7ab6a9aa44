import type { Person } from '../records/entities/person';
import type { RoleCode } from '../rules/roles';
import type { Vault } from '../vault/vault';
import { grantOf } from './guests';
import { unitHashOf } from './units';
import type { Officer } from './visitor';

/** A member of staff as whoever stands behind a request, with the roles and the unit of this moment. */
export function asOfficer(vault: Vault, person: Person, sessionHash: string): Officer {
  const guest = grantOf(person);
  return {
    kind: 'officer',
    personId: person.id,
    roles: person.roles as RoleCode[],
    unitHash: unitHashOf(vault, person.unit),
    sessionHash,
    ...(guest ? { guest } : {}),
  };
}
