// Source: reprisal risk assessment 5.1 (reviews at intervals by risk); the intervals offered and the time to answer are ours.
import type { Day } from '../platform/time';
import { addDays } from './counting';

/** Days between two check-ins, as the person chooses. */
export const CHECK_IN_INTERVALS = ['7', '14', '30', '90'] as const;

/** What she answers: safe, not safe, or that she wants to talk. */
export const CHECK_IN_ANSWERS = ['OK', 'NOT_OK', 'TALK'] as const;

/** Days of silence after which she is asked again. */
const DAYS_TO_ANSWER = 7;

/** Questions in a row without an answer after which a protection officer looks. */
const SILENT_TIMES = 2;

/** When she is asked next, having been asked today: soon while she has not answered, unless somebody looks already. */
export function askedAgainOn(today: Day, everyDays: number, isAlert: boolean): Day {
  return addDays(today, isAlert ? everyDays : Math.min(everyDays, DAYS_TO_ANSWER));
}

/** Whether the newest questions went without an answer so often that somebody has to look; oldest first. */
export function isSilent(statuses: readonly string[]): boolean {
  const last = statuses.slice(-SILENT_TIMES);
  return last.length === SILENT_TIMES && last.every((status) => status === 'MISSED');
}
