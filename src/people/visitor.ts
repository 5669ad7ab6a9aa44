import type { Day } from '../platform/time';
import type { HolderRole, RoleCode } from '../rules/roles';

/** What a guest from outside is let into: one case, until the end of a day, with or without its files. */
export interface GuestGrant {
  caseId: string;
  until: Day;
  seesFiles: boolean;
}

/**
 * Who stands behind a request. `sessionHash` names the session or token, never the secret itself; `unitHash` the unit (`unitHashOf`);
 * `guest` is there for guests alone.
 */
export type Visitor =
  | {
      kind: 'officer';
      personId: string;
      roles: RoleCode[];
      unitHash: string | null;
      sessionHash: string;
      guest?: GuestGrant;
    }
  | { kind: 'rightsholder'; caseId: string; partyId: string; role: HolderRole; sessionHash: string }
  | { kind: 'half-signed-in'; personId: string; stage: Stage; sessionHash: string }
  | { kind: 'anyone' };

export type Officer = Visitor & { kind: 'officer' };

/** What is still missing after the right password: a code of the second factor, or the second factor itself. */
export type Stage = 'CODE' | 'ENROL';

export const ANYONE: Visitor = { kind: 'anyone' };

/** What a valid token opens; `csrfToken` is what forms of a cookie session send back as `_csrf`. */
export interface Resolved {
  visitor: Visitor;
  csrfToken: string;
}
