import {
  calendarExists,
  calendarOf,
  addWorkingDays,
  CALENDAR_VERSION,
  isWorkingDay,
  nextWorkingDay,
} from '../../src/rules/calendars';
import {
  addDays,
  addMonthsClamped,
  countPeriod,
  dayOfWeek,
  daysBetween,
  isDay,
} from '../../src/rules/counting';

const MEMBER_STATES =
  'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE'.split(' ');

/** Days of a year, made by hand from the lengths of its months: no date arithmetic is trusted to check date arithmetic. */
function daysOf(year: number): string[] {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].flatMap((length, month) =>
    Array.from(
      { length },
      (_, day) => `${year}-${String(month + 1).padStart(2, '0')}-${String(day + 1).padStart(2, '0')}`,
    ),
  );
}
const YEARS = [2023, 2024, 2025, 2026, 2027, 2028];
const ALL_DAYS = [2022, ...YEARS, 2029, 2030].flatMap(daysOf);
const INDEX = new Map(ALL_DAYS.map((day, index) => [day, index]));

describe('Days', () => {
  it.each(YEARS)('of %i follow each other one by one, each on its weekday', (year) => {
    const firstWeekday = 6; // 1 January 2022 was a Saturday.
    for (const day of daysOf(year)) {
      const index = INDEX.get(day)!;
      expect(addDays(day, 1)).toBe(ALL_DAYS[index + 1]);
      expect(addDays(day, -1)).toBe(ALL_DAYS[index - 1]);
      expect(addDays(day, 365)).toBe(ALL_DAYS[index + 365]);
      expect(dayOfWeek(day)).toBe((firstWeekday + index) % 7);
      expect(daysBetween(day, ALL_DAYS[index + 200]!)).toBe(200);
    }
  });

  it.each(YEARS)('of %i keep their number a month later, or take the last of the month', (year) => {
    for (const day of daysOf(year)) {
      const [y, m, d] = day.split('-').map(Number) as [number, number, number];
      for (const count of [1, 2, 3, 12, -1]) {
        const total = y * 12 + (m - 1) + count;
        const month = `${Math.floor(total / 12)}-${String((total % 12) + 1).padStart(2, '0')}`;
        const wanted = `${month}-${String(d).padStart(2, '0')}`;
        const last = ALL_DAYS.filter((other) => other.startsWith(month)).at(-1);
        expect(addMonthsClamped(day, count)).toBe(INDEX.has(wanted) ? wanted : last);
      }
    }
  });

  it.each(['2026-02-29', '2026-2-1', '24.11.2026', '2026-13-01', '2026-11-24T00:00:00Z', ''])(
    'do not include "%s"',
    (text) => {
      expect(isDay(text)).toBe(false);
      expect(() => addDays(text, 1)).toThrow(RangeError);
    },
  );

  it('include the leap day', () => {
    expect(isDay('2028-02-29')).toBe(true);
  });
});

describe('Working days', () => {
  it.each(MEMBER_STATES)('in %s never fall on a holiday that all Member States keep', (country) => {
    for (const year of YEARS) {
      expect(isWorkingDay(`${year}-01-01`, country)).toBe(false);
      expect(isWorkingDay(`${year}-12-25`, country)).toBe(false);
    }
  });

  it('of the EU calendar are working days in at least one Member State', () => {
    for (const day of daysOf(2026).filter((candidate) => isWorkingDay(candidate, 'EU'))) {
      expect(MEMBER_STATES.some((country) => isWorkingDay(day, country))).toBe(true);
    }
  });

  it.each([
    ['DE', '2026-10-03', false],
    ['DE', '2026-05-14', false],
    ['DE', '2026-11-24', true],
    ['DE', '2026-06-04', true],
    ['DE-BY', '2026-06-04', false],
    ['FR', '2026-07-14', false],
    ['FR', '2026-12-26', false], // a Saturday
    ['FR', '2025-12-26', true],
    ['GB', '2026-12-28', false], // in lieu of Saturday 26 December
    ['GB-ENG', '2026-08-31', false],
    ['GB', '2026-04-03', false],
    ['SA', '2026-03-19', false], // first day of Eid al-Fitr
    ['SA', '2026-11-22', true], // a Sunday
    ['SA', '2026-11-20', false], // a Friday
    ['IL', '2026-09-21', false], // Yom Kippur, begins the evening before
    ['EU', '2026-05-01', true],
    ['EU', '2026-12-25', false],
    ['WEEKENDS', '2026-12-25', true],
    ['WEEKENDS', '2026-12-26', false],
  ])('in %s: %s is %p', (calendar, day, expected) => {
    expect(isWorkingDay(day, calendar)).toBe(expected);
  });

  it('are found after a long holiday', () => {
    expect(nextWorkingDay('2026-04-03', 'DE')).toBe('2026-04-07');
    expect(nextWorkingDay('2026-04-07', 'DE')).toBe('2026-04-07');
    expect(addWorkingDays('2026-04-02', 1, 'DE')).toBe('2026-04-07');
    expect(addWorkingDays('2026-12-24', 2, 'DE')).toBe('2026-12-29');
    expect(addWorkingDays('2026-11-24', 0, 'DE')).toBe('2026-11-24');
  });

  it.each(['DE', 'FR', 'GB', 'SA'])('in %s are the same counted one by one', (calendar) => {
    for (const start of daysOf(2026).filter((_, index) => index % 10 === 0)) {
      let counted = 0;
      let day = start;
      while (counted < 15) {
        day = ALL_DAYS[INDEX.get(day)! + 1]!;
        if (isWorkingDay(day, calendar)) counted += 1;
      }
      expect(addWorkingDays(start, 15, calendar)).toBe(day);
    }
  });

  it('need a calendar that exists', () => {
    expect(() => isWorkingDay('2026-11-24', 'XX')).toThrow(/no calendar "XX"/);
    expect(() => isWorkingDay('2026-11-24', 'DE-ZZ')).toThrow(RangeError);
    expect(calendarExists('DE-BY')).toBe(true);
    expect(calendarExists('toString')).toBe(false);
  });

  it('belong to the calendar of a place, or to one without holidays', () => {
    expect(calendarOf('de').code).toBe('DE');
    expect(calendarOf('DE-BY').code).toBe('DE-BY');
    expect(calendarOf('DE-ZZ').code).toBe('DE');
    expect(calendarOf('XX').code).toBe('WEEKENDS');
    expect(calendarOf(null)).toEqual({ code: 'WEEKENDS', version: CALENDAR_VERSION });
  });

  it('come from the version that the calendar names', () => {
    const { version } = jest.requireActual<{ version: string }>('date-holidays/package.json');
    expect(CALENDAR_VERSION.startsWith(`date-holidays@${version}+`)).toBe(true);
  });
});

describe('A period', () => {
  const month = { length: 1, unit: 'months', calendar: 'DE', rollEnd: true } as const;

  it.each([
    ['2026-01-31', '2026-02-28', '2026-03-02'], // 28 February is a Saturday
    ['2028-01-31', '2028-02-29', '2028-02-29'],
    ['2027-01-31', '2027-02-28', '2027-03-01'], // a Sunday
    ['2026-08-31', '2026-09-30', '2026-09-30'],
    ['2026-09-03', '2026-10-03', '2026-10-05'], // German Unity Day, a Saturday
    ['2026-11-25', '2026-12-25', '2026-12-28'],
    ['2026-11-24', '2026-12-24', '2026-12-24'],
  ])(
    'of one month from %s ends on %s, at the latest on %s in Germany',
    (from, dueInternal, dueLegalLatest) => {
      expect(countPeriod({ ...month, from })).toEqual({ dueInternal, dueLegalLatest });
    },
  );

  it.each(YEARS)(
    'never has its last legal day before its careful one, whatever day of %i it starts',
    (year) => {
      for (const from of daysOf(year)) {
        for (const unit of ['calendarDays', 'workingDays', 'weeks', 'months'] as const) {
          const due = countPeriod({
            from,
            length: 2,
            unit,
            calendar: 'DE',
            rollEnd: true,
            minimumTwoWorkingDays: true,
          });
          expect(due.dueLegalLatest >= due.dueInternal).toBe(true);
          expect(isWorkingDay(due.dueLegalLatest, 'DE')).toBe(true);
        }
      }
    },
  );

  it('of two days that begins on a Friday holds two working days', () => {
    const period = {
      from: '2026-11-20',
      length: 2,
      unit: 'calendarDays',
      calendar: 'DE',
      rollEnd: true,
    } as const;
    expect(countPeriod(period)).toEqual({ dueInternal: '2026-11-22', dueLegalLatest: '2026-11-23' });
    expect(countPeriod({ ...period, minimumTwoWorkingDays: true })).toEqual({
      dueInternal: '2026-11-22',
      dueLegalLatest: '2026-11-24',
    });
  });

  it('in hours does not move over a weekend', () => {
    expect(
      countPeriod({ from: '2026-11-20', length: 24, unit: 'hours', calendar: 'DE', rollEnd: true }),
    ).toEqual({
      dueInternal: '2026-11-21',
      dueLegalLatest: '2026-11-21',
    });
  });

  it('of weeks ends on the same weekday', () => {
    expect(
      countPeriod({ from: '2026-11-24', length: 2, unit: 'weeks', calendar: 'DE', rollEnd: true })
        .dueInternal,
    ).toBe('2026-12-08');
  });

  it('that begins with its first day is one day shorter', () => {
    const thirty = {
      from: '2026-11-01',
      length: 30,
      unit: 'calendarDays',
      calendar: 'GB',
      rollEnd: false,
    } as const;
    expect(countPeriod(thirty).dueLegalLatest).toBe('2026-12-01');
    expect(countPeriod({ ...thirty, firstDayCounts: true }).dueLegalLatest).toBe('2026-11-30');
  });

  it.each([0, -1, 1.5])('of %p days cannot be counted', (length) => {
    expect(() =>
      countPeriod({ from: '2026-11-24', length, unit: 'calendarDays', calendar: 'EU', rollEnd: false }),
    ).toThrow(RangeError);
  });
});
