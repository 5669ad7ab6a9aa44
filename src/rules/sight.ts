// Source: process model 6.1 (separation of case content from running the system); need to know per case, feature 39 and 41.
import { ROLE_CODES, type RoleCode } from './roles';
import type { State } from './states';

/** Which cases a role sees without being on their team: every one, those at intake, or none. Null: the role sees no case at all. */
export type Reach = 'EVERY' | 'INTAKE' | 'TEAM';

/** Whoever distributes the work, keeps people safe or answers for their data has to know of each case; everybody else is on its team or sees nothing. */
export const REACH_OF: Readonly<Record<RoleCode, Reach | null>> = {
  RH: null,
  REP: null,
  SUP: null,
  INT: 'INTAKE',
  TRI: 'EVERY',
  INV: 'TEAM',
  DIA: 'TEAM',
  REM: 'TEAM',
  DEC: 'TEAM',
  EXE: 'TEAM',
  PRT: 'EVERY',
  DPO: 'EVERY',
  LEG: 'TEAM',
  IRV: 'TEAM',
  EXP: 'TEAM',
  AUD: null,
  ADM: null,
  SYS: null,
  LEAD: null,
};

/** Where a case is taken in: until somebody is on its team, whoever takes cases in sees it. */
export const INTAKE_STATES = ['received', 'acknowledged', 'eligibility'] as const satisfies readonly State[];

const WIDEST_FIRST = ['EVERY', 'INTAKE', 'TEAM'] as const;

/** The widest reach that these roles give; null when none of them sees cases. */
export function reachOf(roles: readonly RoleCode[]): Reach | null {
  return WIDEST_FIRST.find((reach) => roles.some((role) => REACH_OF[role] === reach)) ?? null;
}

/** Roles whose holders are on a team before they see a case, in the order of `ROLES`. */
export const TEAM_ROLES = ROLE_CODES.filter((role) => REACH_OF[role] !== null);

/** What a member of the team said of conflicts of interest: not asked back yet, none, or one, with which nobody is on a team. */
export const CONFLICT_ANSWERS = ['ASKED', 'NONE', 'DECLARED'] as const;
export type ConflictAnswer = (typeof CONFLICT_ANSWERS)[number];

/** Why somebody, or a unit, is kept out of a case and must not learn of it. */
export const EXCLUSION_GROUNDS = {
  'EX-NAMED': { label: 'Named in the complaint' },
  'EX-UNIT': { label: 'Belongs to the unit that the complaint is about' },
  'EX-CLOSE': { label: 'Close to somebody named in it' },
  'EX-RECUSED': { label: 'Withdrew because of a conflict of interest' },
} as const;
export type ExclusionGround = keyof typeof EXCLUSION_GROUNDS;

/** Why somebody withdraws from a case. */
export const RECUSAL_GROUNDS = {
  'CI-CLOSE': { label: 'I am close to somebody concerned' },
  'CI-INTEREST': { label: 'I have an interest of my own in how it ends' },
  'CI-PART': { label: 'I took part in what the complaint is about' },
  'CI-UNIT': { label: 'It concerns my own unit' },
  'CI-OTHER': { label: 'Something else that would make others doubt me' },
} as const;
export const RECUSAL_GROUND_CODES = Object.keys(RECUSAL_GROUNDS) as (keyof typeof RECUSAL_GROUNDS)[];

/** How long somebody sees a case who opened it in an emergency. */
export const BREAK_GLASS_HOURS = 4;

/** A unit as it is compared: “ Claims  Berlin” and “claims berlin” are the same one. Empty: none. */
export function sameUnit(unit: string): string {
  return unit.normalize('NFKC').replace(/\s+/gu, ' ').trim().toLowerCase();
}
