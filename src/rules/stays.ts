// Source: process model 6.2 (states); feature 75 (how long cases dwell in a state). A pure derivation: whoever has the history can check it.
import type { Day } from '../platform/time';
import { daysBetween } from './days';

/** That a case came into a state. */
export interface Move {
  state: string;
  on: Day;
}

/** How long a case was in a state, without a break; the last one goes on. */
export interface Stay {
  /** Counted from 1 in each case. */
  n: number;
  state: string;
  since: Day;
  /** Null while it goes on. */
  until: Day | null;
  days: number | null;
}

/** The stay that begins with a move. */
export function begun(n: number, { state, on }: Move): Stay {
  return { n, state, since: on, until: null, days: null };
}

/** What of a stay is known once it is over. A case can leave a state on the day on which it came. */
export function ended({ since }: Pick<Stay, 'since'>, until: Day): { until: Day; days: number } {
  return { until, days: daysBetween(since, until) };
}

/** Every stay of a case, from all of its moves in order. */
export function staysOf(moves: readonly Move[]): Stay[] {
  return moves.map((move, index) => {
    const stay = begun(index + 1, move);
    const next = moves[index + 1];
    return next ? { ...stay, ...ended(stay, next.on) } : stay;
  });
}
