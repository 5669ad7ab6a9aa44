// Source: process model 5.4. A person can move to a mode in which more is known; staff can never move anybody.

/** How much of who somebody is we know. `canBeAsked`: there is a way to put a question to the person. */
export const IDENTITY_MODES = {
  NAMED: { label: 'Named', canBeAsked: true },
  CONFIDENTIAL: { label: 'Confidential', canBeAsked: true },
  PSEUDONYMOUS: { label: 'Under a receipt, without a name', canBeAsked: true },
  ANONYMOUS: { label: 'Anonymous', canBeAsked: false },
  REPRESENTED: { label: 'Through a representative', canBeAsked: true },
} as const satisfies Record<string, { label: string; canBeAsked: boolean }>;

export type IdentityMode = keyof typeof IDENTITY_MODES;
export const IDENTITY_MODE_CODES = Object.keys(IDENTITY_MODES) as IdentityMode[];
