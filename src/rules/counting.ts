// Source: Reg. (EEC, Euratom) 1182/71 Art. 3, which counts the periods of EU acts. National periods use the same arithmetic with their
// own switches.
import type { Day } from '../platform/time';
import { addWorkingDays, nextWorkingDay } from './calendars';
import { addDays, addMonthsClamped } from './days';

export { addDays, addMonthsClamped, dayOfWeek, daysBetween, isDay } from './days';

export type PeriodUnit = 'hours' | 'calendarDays' | 'workingDays' | 'weeks' | 'months';

export interface Length {
  length: number;
  unit: PeriodUnit;
}

export interface Period extends Length {
  /** Day of the event that starts the period; it is not counted (Art. 3(1)). */
  from: Day;
  /** Calendar code, see calendars.ts. */
  calendar: string;
  /** A last day that is no working day moves to the next one (Art. 3(4)); never for hours. */
  rollEnd: boolean;
  /** Art. 3(5): a period of two days or more holds at least two working days. */
  minimumTwoWorkingDays?: boolean;
  /** The law says "beginning with": the day of the event is counted as the first. */
  firstDayCounts?: boolean;
}

/** `dueInternal` is the careful day, never moved; `dueLegalLatest` the last day on which the act is in time. Staff see the earlier. */
export interface DueDays {
  dueInternal: Day;
  dueLegalLatest: Day;
}

/** When a period ends. Hours are counted here in whole days, rounded down: with the instant of the event, clocks.ts is exact. */
export function countPeriod(period: Period): DueDays {
  const end = endOf(period);
  if (period.unit === 'hours') return { dueInternal: end, dueLegalLatest: end };
  let latest = period.rollEnd ? nextWorkingDay(end, period.calendar) : end;
  if (period.minimumTwoWorkingDays) {
    const second = addWorkingDays(period.from, 2, period.calendar);
    if (second > latest) latest = second;
  }
  return { dueInternal: end, dueLegalLatest: latest };
}

function endOf({ from, length, unit, calendar, firstDayCounts }: Period): Day {
  if (!Number.isInteger(length) || length < 1) {
    throw new RangeError(`A period of ${length} ${unit} cannot be counted: give a whole number from 1.`);
  }
  const start = firstDayCounts ? addDays(from, -1) : from;
  switch (unit) {
    case 'hours':
      return addDays(start, Math.floor(length / 24));
    case 'calendarDays':
      return addDays(start, length);
    case 'workingDays':
      return addWorkingDays(start, length, calendar);
    case 'weeks':
      return addDays(start, 7 * length);
    case 'months':
      return addMonthsClamped(start, length);
  }
}
