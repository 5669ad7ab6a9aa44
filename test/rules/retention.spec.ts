import {
  disposalDueOn,
  latestClosuresDue,
  readRetentionYears,
  SCHEDULE_CODES,
  SCHEDULES,
} from '../../src/rules/retention';
import { addDays } from '../../src/rules/counting';

const YEARS = readRetentionYears({});

describe('Retention', () => {
  it('keeps names three years and the case file seven, unless the house says otherwise', () => {
    expect(YEARS).toEqual({ 'RS-SPECIAL': 0, 'RS-IDENTITY': 3, 'RS-CASE': 7, byOutcome: {} });
    expect(readRetentionYears({ RETENTION_CASE_YEARS: '10', RETENTION_IDENTITY_YEARS: '1' })).toEqual({
      'RS-SPECIAL': 0,
      'RS-IDENTITY': 1,
      'RS-CASE': 10,
      byOutcome: {},
    });
  });

  it.each(['0', '-1', '1.5', '101', 'seven', '1e400', '٧'])('refuses %s as a number of years', (said) => {
    expect(() => readRetentionYears({ RETENTION_CASE_YEARS: said })).toThrow(/^RETENTION_CASE_YEARS is/);
  });

  it('refuses to keep names longer than the case file', () => {
    expect(() => readRetentionYears({ RETENTION_CASE_YEARS: '2' })).toThrow(/Lower the first or raise/);
  });

  it('never ends while a case is open, reopened or under appeal', () => {
    for (const code of SCHEDULE_CODES)
      expect(disposalDueOn(code, { closedOn: null, closureCode: null }, YEARS)).toBeNull();
  });

  it.each([
    ['RS-CASE', '2026-11-24', '2033-11-24'],
    ['RS-CASE', '2028-02-29', '2035-02-28'],
    ['RS-IDENTITY', '2028-02-29', '2031-02-28'],
    ['RS-SPECIAL', '2026-11-24', '2026-11-24'],
  ] as const)('of %s after a closure on %s ends on %s', (code, closed, due) => {
    expect(disposalDueOn(code, { closedOn: closed, closureCode: 'CR-UNSUB' }, YEARS)).toBe(due);
  });

  const OF_HOUSE = readRetentionYears({
    RETENTION_CASE_YEARS_BY_OUTCOME: 'CR-DECLINED=2, CR-REM-V=10,CR-MERGED=2',
  });

  it.each([
    ['RS-CASE', 'CR-DECLINED', '2028-11-24'],
    ['RS-CASE', 'CR-REM-V', '2036-11-24'],
    ['RS-CASE', 'CR-UNSUB', '2033-11-24'],
    ['RS-CASE', null, '2033-11-24'],
    ['RS-IDENTITY', 'CR-DECLINED', '2028-11-24'],
    ['RS-IDENTITY', 'CR-REM-V', '2029-11-24'],
    ['RS-SPECIAL', 'CR-DECLINED', '2026-11-24'],
  ] as const)(
    'of %s where it ended as %s ends on %s, and names never outlive the file',
    (code, closureCode, due) => {
      expect(disposalDueOn(code, { closedOn: '2026-11-24', closureCode }, OF_HOUSE)).toBe(due);
    },
  );

  it.each([
    'CR-GONE=3',
    'toString=3',
    'CR-DECLINED',
    'CR-DECLINED=',
    'CR-DECLINED=0',
    'CR-DECLINED=2=3',
    'CR-DECLINED=2,CR-DECLINED=3',
    '=3',
  ])('refuses %s as years by outcome', (said) => {
    expect(() => readRetentionYears({ RETENTION_CASE_YEARS_BY_OUTCOME: said })).toThrow(
      /^RETENTION_CASE_YEARS_BY_OUTCOME (names|for CR-DECLINED is)/,
    );
  });

  it('finds no closure due after the latest that it names for how it ended, and looks at each that is', () => {
    for (const code of SCHEDULE_CODES)
      for (const closureCode of ['CR-DECLINED', 'CR-REM-V', 'CR-UNSUB', null] as const)
        for (let day = '2034-12-20', n = 0; n < 500; n += 1, day = addDays(day, 1)) {
          const closures = latestClosuresDue(code, day, OF_HOUSE);
          const { latest } =
            closures.find(({ outcomes }) => outcomes?.some((each) => each === closureCode)) ??
            closures.at(-1)!;
          // No day of most years, but what is compared with days.
          const whole = (day: string) => day.replace('-02-29', '-02-28');
          const due = (closedOn: string) => disposalDueOn(code, { closedOn, closureCode }, OF_HOUSE)!;
          for (const offset of [-2, -1, 0, 1, 2]) {
            const near = addDays(whole(latest), offset);
            if (due(near) <= day) expect(near <= latest).toBe(true);
          }
          expect(due(addDays(whole(latest), -2)) <= day).toBe(true);
        }
  });

  it('gives a reason for each length', () => {
    for (const code of SCHEDULE_CODES) expect(SCHEDULES[code].why.length).toBeGreaterThan(0);
  });
});
