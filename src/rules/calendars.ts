// Source: Reg. (EEC, Euratom) 1182/71 Art. 2: working days are all days but public holidays, Saturdays and Sundays, of the place where
// the act is performed. Public holidays come from the package date-holidays; its version is kept with every clock.
import type HolidaysClass from 'date-holidays';
import type { Day } from '../platform/time';
import { addDays, dayOfWeek } from './days';

/** `code` is `EU`, `WEEKENDS`, or a country with or without a region: `DE`, `DE-BY`, `GB-ENG`. */
export interface Calendar {
  code: string;
  version: string;
}

/** Raise the last number when anything in this file changes what a working day is. */
export const CALENDAR_VERSION = 'date-holidays@3.37.0+1';

/**
 * `EU` knows only the two holidays that every Member State keeps, for when the State is not known; `WEEKENDS` none at all. With fewer
 * holidays a period ends earlier, so not knowing never costs the complainant a day.
 */
const HOLIDAYS_EVERY_YEAR: Record<string, readonly string[]> = { EU: ['01-01', '12-25'], WEEKENDS: [] };

/** Places whose week ends on Friday and Saturday. */
const FRIDAY_AND_SATURDAY = new Set(
  ['BH', 'DZ', 'EG', 'IL', 'IQ', 'JO', 'KW', 'LY', 'OM', 'QA', 'SA', 'SD', 'SY', 'YE'], // Unicode CLDR, weekData
);

const holidaysByCalendarYear = new Map<string, ReadonlySet<Day>>();
const known = new Map<string, boolean>();

/** The package's data takes a third of a second to load, so it is loaded by the first question that needs it. */
function loadHolidays(): typeof HolidaysClass {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded late, see above
  return require('date-holidays') as typeof HolidaysClass;
}

/** Whether working days can be told for this code. */
export function calendarExists(code: string): boolean {
  if (Object.hasOwn(HOLIDAYS_EVERY_YEAR, code)) return true;
  let exists = known.get(code);
  if (exists === undefined) {
    const [country = '', region, ...rest] = code.split('-');
    const Holidays = loadHolidays();
    const list = new Holidays();
    exists =
      rest.length === 0 &&
      Object.hasOwn(list.getCountries(), country) &&
      (region === undefined || Object.hasOwn(list.getStates(country) ?? {}, region));
    known.set(code, exists);
  }
  return exists;
}

/** The calendar of an ISO country (with or without region); `WEEKENDS` where the country is unknown or has no calendar. */
export function calendarOf(place: string | null): Calendar {
  const code = place?.toUpperCase() ?? '';
  const country = code.split('-')[0]!;
  const found = [code, country].find((candidate) => candidate !== '' && calendarExists(candidate));
  return { code: found ?? 'WEEKENDS', version: CALENDAR_VERSION };
}

function holidaysOf(code: string, year: string): ReadonlySet<Day> {
  const key = `${code} ${year}`;
  let days = holidaysByCalendarYear.get(key);
  if (!days) {
    days = new Set(listHolidays(code, year));
    holidaysByCalendarYear.set(key, days);
  }
  return days;
}

function listHolidays(code: string, year: string): Day[] {
  const fixed = Object.hasOwn(HOLIDAYS_EVERY_YEAR, code) ? HOLIDAYS_EVERY_YEAR[code] : undefined;
  if (fixed) return fixed.map((monthAndDay) => `${year}-${monthAndDay}`);
  if (!calendarExists(code)) {
    throw new RangeError(
      `There is no calendar "${code}": use EU, WEEKENDS, or a country such as DE, DE-BY or GB-ENG.`,
    );
  }
  const [country = '', region] = code.split('-');
  const Holidays = loadHolidays();
  const options = { timezone: 'UTC', types: ['public' as const] };
  const holidays = region ? new Holidays(country, region, options) : new Holidays(country, options);
  // A holiday that begins the evening before (Hebrew and Islamic calendars) covers the days whose noon it covers. One that begins late
  // in a year can reach into the next, so the year before is read too.
  return [Number(year) - 1, Number(year)]
    .flatMap((y) => holidays.getHolidays(y))
    .flatMap(({ start, end }) => {
      const days: Day[] = [];
      for (
        let noon = Date.parse(`${start.toISOString().slice(0, 10)}T12:00:00.000Z`);
        noon < end.getTime();
        noon += 86_400_000
      ) {
        if (noon >= start.getTime()) days.push(new Date(noon).toISOString().slice(0, 10));
      }
      return days;
    });
}

/** Whether people work on this day in this place. Throws RangeError for a calendar that does not exist. */
export function isWorkingDay(day: Day, calendarCode: string): boolean {
  const weekday = dayOfWeek(day);
  const weekend = FRIDAY_AND_SATURDAY.has(calendarCode.split('-')[0]!) ? [5, 6] : [6, 0];
  return !weekend.includes(weekday) && !holidaysOf(calendarCode, day.slice(0, 4)).has(day);
}

/** The day itself if people work on it, otherwise the first working day after it. */
export function nextWorkingDay(day: Day, calendarCode: string): Day {
  let found = day;
  while (!isWorkingDay(found, calendarCode)) found = addDays(found, 1);
  return found;
}

/** The `count`-th working day after `day`, which itself is not counted. `count` is a whole number from 0; 0 gives the day itself. */
export function addWorkingDays(day: Day, count: number, calendarCode: string): Day {
  let found = day;
  for (let left = count; left > 0; left -= 1) found = nextWorkingDay(addDays(found, 1), calendarCode);
  return found;
}
