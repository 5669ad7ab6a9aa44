import { SetMetadata } from '@nestjs/common';
import { ROLES, type RoleCode } from '../rules/roles';

/** Who may enter a route: officers with one of these roles, whoever holds a receipt, whoever gave a password and no second factor yet, or anyone. */
export type Admitted = readonly RoleCode[] | 'rightsholder' | 'half-signed-in' | 'anyone';

export interface Permit {
  who: Admitted;
  /** How the deed behind this route is named. */
  act: string;
}

export const PERMIT = 'redress:permit';

/** The one line that says who may enter a route. Every route has one: without it the server does not start. */
export function Permits(who: Admitted, act: string): MethodDecorator {
  if (Array.isArray(who) && (who.length === 0 || who.some((role: RoleCode) => !ROLES[role]?.staff)))
    throw new Error(`@Permits for "${act}" needs at least one role, and roles of staff only; see ROLES.`);
  return SetMetadata(PERMIT, { who, act } satisfies Permit);
}
