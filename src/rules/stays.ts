// Source: process model 6.2 (states); feature 75 (how long cases dwell in a state). A pure derivation: whoever has the history can check it.
import type { Day } from '../platform/time';
import { daysBetween } from './days';

/** That a case came into a state. */
export interface Move {
  state: string;
  on: Day;
}

/** How long a case was in a state, without a break, until it left it. */
export interface Stay {
  /** Counted from 1 in each case. */
  n: number;
  state: string;
  since: Day;
  until: Day;
  /** Nought for a state that it left on the day on which it came. */
  days: number;
}

/** The stay that a move out of a state ends. */
export function stayOf(n: number, { state, on }: Move, until: Day): Stay {
  return { n, state, since: on, until, days: daysBetween(on, until) };
}

/** Every stay of a case that is over, from all of its moves in order. */
export function staysOf(moves: readonly Move[]): Stay[] {
  return moves.slice(1).map(({ on }, index) => stayOf(index + 1, moves[index]!, on));
}
