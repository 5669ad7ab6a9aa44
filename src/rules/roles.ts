// Source: process model, roles (UN Guiding Principle 31 and commentary; ISO 37002:2021 clause 8).

/** Who may act. Codes are stable: they stand in the ledger. */
export const ROLES = {
  RH: { label: 'Rightsholder', staff: false },
  REP: { label: 'Representative', staff: false },
  SUP: { label: 'Companion', staff: false },
  INT: { label: 'Intake officer', staff: true },
  TRI: { label: 'Triage lead', staff: true },
  INV: { label: 'Investigator', staff: true },
  DIA: { label: 'Mediator', staff: true },
  REM: { label: 'Remedy owner', staff: true },
  DEC: { label: 'Decision-maker', staff: true },
  EXE: { label: 'Executive', staff: true },
  PRT: { label: 'Protection officer', staff: true },
  DPO: { label: 'Data protection officer', staff: true },
  LEG: { label: 'Legal adviser', staff: true },
  IRV: { label: 'Independent reviewer', staff: true },
  // The process model knows outside experts (feature 50) but gives them no code; this one is ours.
  EXP: { label: 'Outside expert', staff: true },
  AUD: { label: 'Auditor', staff: true },
  ADM: { label: 'Administrator', staff: true },
  SYS: { label: 'System', staff: false },
  // In whose name members of a collective complaint read what whoever leads it wrote to all of them; nobody acts in it.
  LEAD: { label: 'Lead of the collective complaint', staff: false },
} as const;

export type RoleCode = keyof typeof ROLES;
/** Whoever holds a receipt: the person, who acts for them, or who only stands beside them and takes no step. */
export type HolderRole = 'RH' | 'REP' | 'SUP';

export const ROLE_CODES = Object.keys(ROLES) as RoleCode[];
export const STAFF_ROLES = ROLE_CODES.filter((role) => ROLES[role].staff);

/** Those who have to reach a person; everybody else writes messages. */
export const REACH_OUT = ['INT', 'TRI', 'INV', 'DIA', 'PRT', 'DPO'] as const satisfies readonly RoleCode[];

/** Staff who work on cases and may read them. Administrators run the system; auditors read pseudonymised histories only. */
export const CASE_ROLES: readonly RoleCode[] = STAFF_ROLES.filter((role) => role !== 'ADM' && role !== 'AUD');

/** Who may agree that an account is opened again. */
export const RECOVERERS: readonly RoleCode[] = ['ADM', 'PRT', 'DPO'];

const ROLE_OF: Record<string, HolderRole> = { REPRESENTATIVE: 'REP', SUPPORTER: 'SUP' };

/** In which role a party acts who opens the case with their receipt. */
export function holderRole(party: string): HolderRole {
  return ROLE_OF[party] ?? 'RH';
}
