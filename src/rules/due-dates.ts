// Source: Regulation (EEC, Euratom) 1182/71 as counting.ts applies it; extensions GDPR Art. 12(3).
import type { Day, Instant } from '../platform/time';
import { nextWorkingDay } from './calendars';
import { clockRule, CLOCKS, type ClockCode, type ClockRule, type ClockTable } from './clocks';
import { addDays, addMonthsClamped, countPeriod, daysBetween, type DueDays, type Length } from './counting';
import type { Tier } from './severity';

/** The period that applies in a tier; null where the clock does not run in it. */
export function clockPeriod(clocks: ClockTable, code: ClockCode, tier: Tier | null = null): Length | null {
  const rule = clocks[code];
  return (tier && rule.byTier[tier]) ?? rule.period;
}

export interface DueDates extends DueDays {
  /** Only for periods in hours, when the instant of the start is known. */
  dueAt: Instant | null;
}

export interface ClockStart {
  /** Day of the event that starts it; for WBD-FB the day of receipt. */
  startDay: Day;
  startInstant?: Instant | null;
  tier?: Tier | null;
  /** Calendar code, see calendars.ts. */
  calendar: string;
  /** WBD-FB only: day on which the acknowledgement was sent. */
  acknowledgedDay?: Day | null;
}

/** When a clock of this table is due. Throws RangeError for a clock that does not run in the tier given: ask `clockPeriod` first. */
export function dueDates(clocks: ClockTable, code: ClockCode, start: ClockStart): DueDates {
  const rule = clocks[code];
  const period = clockPeriod(clocks, code, start.tier);
  if (!period) {
    throw new RangeError(
      `${code} does not run in tier ${start.tier ?? '(none)'}: ask clockPeriod before you start it.`,
    );
  }
  const from = startOf(code, start);
  const { calendar } = start;
  const due = countPeriod({
    ...period,
    from,
    calendar,
    rollEnd: rule.rollEnd,
    firstDayCounts: rule.firstDayCounts,
  });
  if (rule.hardLimit)
    due.dueLegalLatest = countPeriod({ ...rule.hardLimit, from, calendar, rollEnd: false }).dueInternal;
  if (due.dueLegalLatest < due.dueInternal) due.dueInternal = due.dueLegalLatest;
  const dueAt =
    period.unit === 'hours' && start.startInstant
      ? new Date(Date.parse(start.startInstant) + period.length * 3_600_000).toISOString()
      : null;
  return { ...due, dueAt };
}

/** Feedback is counted from the acknowledgement, but never from later than the end of the seven days in which it was due. */
function startOf(code: ClockCode, { startDay, acknowledgedDay }: ClockStart): Day {
  if (code !== 'WBD-FB') return startDay;
  const endOfSevenDays = dueDates(CLOCKS, 'WBD-ACK', { startDay, calendar: 'WEEKENDS' }).dueLegalLatest;
  return acknowledgedDay && acknowledgedDay < endOfSevenDays ? acknowledgedDay : endOfSevenDays;
}

/** What the kept record of a clock has to tell. */
export interface KeptClock {
  basis: string;
  dueInternal: Day;
  dueLegalLatest: Day;
  dueAt?: Instant | null;
  pausedOn?: Day | null;
  stoppedOn?: Day | null;
}

/**
 * Whether a clock that still runs is past due: a legal one after its last legal day, an internal one after its own. A paused internal
 * one is not. `now` makes periods in hours exact; without it they are judged by day.
 */
export function isOverdue(clock: KeptClock, today: Day, now?: Instant): boolean {
  if (clock.stoppedOn) return false;
  const isLegal = clock.basis === 'legal';
  if (clock.pausedOn && !isLegal) return false;
  if (clock.dueAt && now) return now > clock.dueAt;
  return today > (isLegal ? clock.dueLegalLatest : clock.dueInternal);
}

/** Why a clock cannot be extended. */
export const EXTENSION_OBSTACLES = {
  'NOT-EXTENDABLE': 'No law allows this deadline to be extended.',
  'REASON-MISSING': 'Tell the person why more time is needed.',
  'TOO-LATE': 'The deadline is over; it could only be extended before.',
  'ALREADY-EXTENDED': 'It was extended once already.',
  'ALREADY-STOPPED': 'The clock has been stopped; there is nothing to extend.',
} as const satisfies Record<string, string>;
export type ExtensionObstacle = keyof typeof EXTENSION_OBSTACLES;

export interface ExtendableClock extends KeptClock {
  code: ClockCode;
  startedOn: Day;
  calendar: string;
  extendedOn?: Day | null;
}

/** New due days, or every reason against. The longer period is counted from the start, as one; our own day stays the careful one. */
export function extendClock(
  clock: ExtendableClock,
  { decidedOn, reasonGiven }: { decidedOn: Day; reasonGiven: boolean },
): { due: DueDays | null; unmet: ExtensionObstacle[] } {
  // Legal clocks alone are extended, and no policy changes their length.
  const rule: ClockRule = CLOCKS[clock.code];
  const { extension, period } = rule;
  if (!extension || period?.unit !== 'months') return { due: null, unmet: ['NOT-EXTENDABLE'] };
  const unmet: ExtensionObstacle[] = [];
  if (extension.reasonRequired && !reasonGiven) unmet.push('REASON-MISSING');
  if (extension.beforeDue && decidedOn > clock.dueLegalLatest) unmet.push('TOO-LATE');
  if (clock.extendedOn) unmet.push('ALREADY-EXTENDED');
  if (clock.stoppedOn) unmet.push('ALREADY-STOPPED');
  if (unmet.length > 0) return { due: null, unmet };
  const whole = countPeriod({
    length: period.length + extension.months,
    unit: 'months',
    from: clock.startedOn,
    calendar: clock.calendar,
    rollEnd: rule.rollEnd,
  });
  const careful = addMonthsClamped(clock.dueInternal, extension.months);
  return { due: { ...whole, dueInternal: careful < whole.dueInternal ? careful : whole.dueInternal }, unmet };
}

/** Due days after a pause: later by the days it lasted. Throws RangeError for a clock that never pauses. */
export function resumeClock(
  clock: DueDays & { code: ClockCode; calendar: string },
  { pausedOn, resumedOn }: { pausedOn: Day; resumedOn: Day },
): DueDays {
  if (!clockRule(clock.code).pausable) {
    throw new RangeError(`${clock.code} never pauses: leave its due days as they are.`);
  }
  const pause = Math.max(0, daysBetween(pausedOn, resumedOn));
  const later = (day: Day): Day => (pause === 0 ? day : nextWorkingDay(addDays(day, pause), clock.calendar));
  return { dueInternal: later(clock.dueInternal), dueLegalLatest: later(clock.dueLegalLatest) };
}
