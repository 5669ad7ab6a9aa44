// Source: process model 5.4 and 6.1 (identity-vault access is not case access); UN Guiding Principle 31 commentary; Dir. (EU) 2019/1937
// Art. 16. A person can move to a mode in which more is known; staff can never move anybody.
import { reprisalRank, type ReprisalLevel } from './protection';
import type { RoleCode } from './roles';

/**
 * How much of who somebody is we know. `canBeAsked`: there is a way to put a question to the person. `holdsName`: we may keep the name.
 * Whatever the mode, staff see name and contact only after `reveal-identity`. `guarded`: then a second person has to agree first.
 */
export const IDENTITY_MODES = {
  NAMED: { label: 'Named', canBeAsked: true, holdsName: true, guarded: false },
  CONFIDENTIAL: { label: 'Confidential', canBeAsked: true, holdsName: true, guarded: true },
  PSEUDONYMOUS: {
    label: 'Under a receipt, without a name',
    canBeAsked: true,
    holdsName: false,
    guarded: false,
  },
  ANONYMOUS: { label: 'Anonymous', canBeAsked: false, holdsName: false, guarded: false },
  REPRESENTED: { label: 'Through a representative', canBeAsked: true, holdsName: true, guarded: false },
} as const satisfies Record<
  string,
  { label: string; canBeAsked: boolean; holdsName: boolean; guarded: boolean }
>;

export type IdentityMode = keyof typeof IDENTITY_MODES;
export const IDENTITY_MODE_CODES = Object.keys(IDENTITY_MODES) as IdentityMode[];

/** From the mode in which least is known of the person to the one in which most is; who is represented is known to one who may keep quiet. */
export const LEAST_TO_MOST_KNOWN = [
  'ANONYMOUS',
  'PSEUDONYMOUS',
  'REPRESENTED',
  'CONFIDENTIAL',
  'NAMED',
] as const satisfies readonly IdentityMode[];

/** The modes that somebody in this role can move the case to: the person herself to those in which more is known, everybody else to none. */
export function identityMoves(from: IdentityMode, role: RoleCode): IdentityMode[] {
  return role === 'RH' ? LEAST_TO_MOST_KNOWN.slice(LEAST_TO_MOST_KNOWN.indexOf(from) + 1) : [];
}

/** Modes in which handlers know who the person is: to move there, a name has to be there. */
export function needsName(mode: IdentityMode): boolean {
  return mode === 'NAMED' || mode === 'CONFIDENTIAL';
}

/** Whether opening name and contact needs a second person: by the mode, or from a high risk of reprisal on. */
export function identityIsGuarded(mode: IdentityMode, reprisalLevel: string | null): boolean {
  return (
    IDENTITY_MODES[mode].guarded ||
    (reprisalLevel !== null && reprisalRank(reprisalLevel as ReprisalLevel) >= reprisalRank('HIGH'))
  );
}

/** How long an opening lasts for whoever asked; longer where a second person agreed, for the one who asked may not be at hand then. */
export const IDENTITY_OPEN_MINUTES = { alone: 15, agreed: 60 } as const;
