// Source: feature 66 (escalation that the complainant can set off once something is overdue); UN Guiding Principle 31(b), (c) and (e):
// accessible, predictable, transparent. The ladder is our own design, not law.
import type { Day } from '../platform/time';
import { clockRule, type ClockCode } from './clocks';
import { isOverdue, type KeptClock } from './due-dates';
import { REACH_OF } from './sight';
import type { RoleCode } from './roles';

/**
 * Who is told that something is late, from the lowest rung up: the lead of whoever holds the case, who decides on it, who keeps the person
 * safe and sees every case. No independent reviewer stands on it: they must have taken no part when a review is asked for.
 */
export const LADDER = ['TRI', 'DEC', 'PRT'] as const satisfies readonly RoleCode[];
export type Rung = (typeof LADDER)[number];

/** A promise or a legal day that passed; `clock` null: an action of remedy, whose number stands in `action`. */
export interface LateThing {
  /** Of its row. */
  id: string;
  clock: ClockCode | null;
  action: number | null;
  basis: 'legal' | 'internal';
  dueOn: Day;
}

interface ActionDue {
  id: string;
  n: number;
  status: string;
  dueOn: Day;
}

/** What the organisation owed and did not do in time, earliest first, judged by day: what the rightsholder owes is never late. */
export function lateThings(
  clocks: readonly (KeptClock & { id: string; code: string })[],
  actions: readonly ActionDue[],
  today: Day,
): LateThing[] {
  const ofClocks = clocks
    .filter(
      (clock) => clockRule(clock.code as ClockCode).owedBy === 'organisation' && isOverdue(clock, today),
    )
    .map(({ id, code, basis, dueInternal, dueLegalLatest }): LateThing => {
      const isLegal = basis === 'legal';
      return {
        id,
        clock: code as ClockCode,
        action: null,
        basis: isLegal ? 'legal' : 'internal',
        dueOn: isLegal ? dueLegalLatest : dueInternal,
      };
    });
  const ofActions = actions
    .filter(({ status, dueOn }) => ['AGREED', 'STARTED'].includes(status) && dueOn < today)
    .map(({ id, n, dueOn }): LateThing => ({ id, clock: null, action: n, basis: 'internal', dueOn }));
  return [...ofClocks, ...ofActions].toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : 1));
}

/** A report that still waits for an answer, and whether the answer is late itself. */
export interface WaitingReport {
  role: RoleCode;
  answerIsLate: boolean;
}

/**
 * Whom a new report goes to. Left out is the owner of the state, to whom nobody complains about themselves, and a role that sees only the
 * cases of its team and has nobody on this one. One rung up where the rung before let the day of its answer pass; on the last one it stays.
 */
export function rungFor(
  owner: RoleCode,
  team: readonly { role: string }[],
  waiting: WaitingReport | null,
): Rung {
  const rungs = LADDER.filter(
    (rung) => rung !== owner && (REACH_OF[rung] === 'EVERY' || team.some(({ role }) => role === rung)),
  );
  if (!waiting) return rungs[0]!;
  const above = heightOf(waiting.role) + (waiting.answerIsLate ? 1 : 0);
  return rungs.find((rung) => heightOf(rung) >= above) ?? rungs.at(-1)!;
}

/** Whether this role stands on the rung that was told, or above it. */
export function mayAnswerFor(role: RoleCode, told: RoleCode): boolean {
  return heightOf(role) >= heightOf(told);
}

function heightOf(role: RoleCode): number {
  return (LADDER as readonly RoleCode[]).indexOf(role);
}
