// Source: withdrawal and pausing 5.7 and 6.3: a person pauses at any time and without a reason, and each pause ends within 30 days.
// Legal clocks go on (rules/clocks.ts).
import type { Day } from '../platform/time';
import { addDays } from './counting';

const DAYS = { WEEK: 7, TWO_WEEKS: 14, THIRTY_DAYS: 30 } as const;

export type PauseLength = keyof typeof DAYS;
export const PAUSE_LENGTHS = Object.keys(DAYS) as PauseLength[];

/** The last day of a pause that begins on this day. */
export function pauseEnd(length: PauseLength, from: Day): Day {
  return addDays(from, DAYS[length]);
}
