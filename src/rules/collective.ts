// Source: representatives and groups 5.6 (each member keeps individual remedy and opt-out; the role of unions is not bypassed, UN Guiding
// Principle 29), consents 5.5 (CN-GROUP), small counts 7.4. The numbers of places, days and messages are ours.
import type { Day } from '../platform/time';
import { addDays } from './counting';
import { STATES, type State } from './states';

/** How somebody comes to belong to a collective complaint. A member of either keeps a case of her own and can leave. */
export const MEMBERSHIP_MODES = {
  OPT_IN: { label: 'Only who joins' },
  CLASS_LIKE: { label: 'Everybody whom it describes; who joins has a case of her own besides' },
} as const satisfies Record<string, { label: string }>;
export const MEMBERSHIP_MODE_LIST = Object.keys(MEMBERSHIP_MODES);

/** Below this, no number of members is told to whoever leads. */
export const FEW_MEMBERS = 5;
/** Places that a code can have: never fewer than that, because one that is full would tell of the few who have it. */
export const JOIN_PLACES = ['5', '10', '25', '50', '100', '250', '500', '1000', '5000'] as const;
/** Days for which a code can work, its first one included. */
export const JOIN_DAYS = ['7', '30', '90', '180'] as const;
/** Where a code stands. */
export const JOIN_CODE_STATUSES = ['OPEN', 'FULL', 'OVER', 'ENDED'] as const;
export type JoinCodeStatus = (typeof JOIN_CODE_STATUSES)[number];
/** Codes of one complaint that can be used at a time. */
export const MOST_JOIN_CODES = 20;
/** So that nobody fills the places of a code by coming and going; leaving is always free. */
export const JOINS_A_DAY = 2;
/** Messages to all members on one day, of who leads and of staff each: every one goes into thousands of threads. */
export const MEMBER_NEWS_A_DAY = 3;

/** Acts in the history of a collective complaint that tell of its members, and of nothing else. */
export const MEMBER_ACTS: ReadonlySet<string> = new Set(['member-joined', 'member-left']);

/** How many members there are, as whoever leads may know it; null for none up to four. */
export function toldCount(members: number): number | null {
  return members < FEW_MEMBERS ? null : members;
}

/** Whether a code can be used on this day. */
export function isUsable(
  code: { endedOn: Day | null; until: Day; used: number; places: number },
  today: Day,
): boolean {
  return code.endedOn === null && code.until >= today && code.used < code.places;
}

/** The last day of a code that works for so many days from today. */
export function lastDayOf(days: string, today: Day): Day {
  return addDays(today, Number(days) - 1);
}

/** Whether people can still join a collective complaint that is in this state. */
export function canBeJoined(state: State): boolean {
  return !STATES[state].ended && state !== 'own-initiative';
}

/** States of a member's case in which it has an offer of its own, or an end: the others wait for a decision. */
export const DECIDED_STATES: readonly State[] = (Object.keys(STATES) as State[]).filter(
  (state) => STATES[state].ended || STATES[state].stage === 'remedy',
);
