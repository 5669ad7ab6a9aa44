import type { HolderRole, RoleCode } from '../rules/roles';

/** Who stands behind a request. `sessionHash` names the session or token, never the secret itself. */
export type Visitor =
  | { kind: 'officer'; personId: string; roles: RoleCode[]; sessionHash: string }
  | { kind: 'rightsholder'; caseId: string; partyId: string; role: HolderRole; sessionHash: string }
  | { kind: 'anyone' };

export const ANYONE: Visitor = { kind: 'anyone' };

/** What a valid token opens; `csrfToken` is what forms of a cookie session send back as `_csrf`. */
export interface Resolved {
  visitor: Visitor;
  csrfToken: string;
}
