// Source: proleptic Gregorian calendar; Reg. (EEC, Euratom) 1182/71 Art. 3(2)(c) for the clamping of months.
import type { Day } from '../platform/time';

const MS_PER_DAY = 86_400_000;

function toTime(day: Day): number {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00.000Z`) : NaN;
  if (Number.isNaN(time) || toDay(time) !== day) {
    throw new RangeError(`"${day}" is not a day: write it as YYYY-MM-DD, for example 2026-11-24.`);
  }
  return time;
}

function toDay(time: number): Day {
  return new Date(time).toISOString().slice(0, 10);
}

/** Whether a text is a day that exists, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  try {
    toTime(text);
    return true;
  } catch {
    return false;
  }
}

/** The day `count` days later (earlier if negative). Throws RangeError for what is not a day, as all functions here do. */
export function addDays(day: Day, count: number): Day {
  return toDay(toTime(day) + count * MS_PER_DAY);
}

/** Days from one to the other; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return (toTime(to) - toTime(from)) / MS_PER_DAY;
}

/** 0 Sunday to 6 Saturday. */
export function dayOfWeek(day: Day): number {
  return new Date(toTime(day)).getUTCDay();
}

/** The same day-number `count` months later; where that month has no such day, its last day. */
export function addMonthsClamped(day: Day, count: number): Day {
  const date = new Date(toTime(day));
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth() + count;
  const lastOfMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return toDay(Date.UTC(year, month, Math.min(date.getUTCDate(), lastOfMonth)));
}
