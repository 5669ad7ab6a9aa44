import {
  disposalDueOn,
  latestClosureDue,
  readRetentionYears,
  SCHEDULE_CODES,
  SCHEDULES,
} from '../../src/rules/retention';
import { addDays } from '../../src/rules/counting';

const YEARS = readRetentionYears({});

describe('Retention', () => {
  it('keeps names three years and the case file seven, unless the house says otherwise', () => {
    expect(YEARS).toEqual({ 'RS-SPECIAL': 0, 'RS-IDENTITY': 3, 'RS-CASE': 7 });
    expect(readRetentionYears({ RETENTION_CASE_YEARS: '10', RETENTION_IDENTITY_YEARS: '1' })).toEqual({
      'RS-SPECIAL': 0,
      'RS-IDENTITY': 1,
      'RS-CASE': 10,
    });
  });

  it.each(['0', '-1', '1.5', '101', 'seven', '1e400', '٧'])('refuses %s as a number of years', (said) => {
    expect(() => readRetentionYears({ RETENTION_CASE_YEARS: said })).toThrow(/^RETENTION_CASE_YEARS is/);
  });

  it('refuses to keep names longer than the case file', () => {
    expect(() => readRetentionYears({ RETENTION_CASE_YEARS: '2' })).toThrow(/Lower the first or raise/);
  });

  it('never ends while a case is open, reopened or under appeal', () => {
    for (const code of SCHEDULE_CODES) expect(disposalDueOn(code, null, YEARS)).toBeNull();
  });

  it.each([
    ['RS-CASE', '2026-11-24', '2033-11-24'],
    ['RS-CASE', '2028-02-29', '2035-02-28'],
    ['RS-IDENTITY', '2028-02-29', '2031-02-28'],
    ['RS-SPECIAL', '2026-11-24', '2026-11-24'],
  ] as const)('of %s after a closure on %s ends on %s', (code, closed, due) => {
    expect(disposalDueOn(code, closed, YEARS)).toBe(due);
  });

  it('finds no closure due after the latest that it names, and looks at each that is', () => {
    for (const code of SCHEDULE_CODES)
      for (let day = '2034-12-20', n = 0; n < 500; n += 1, day = addDays(day, 1)) {
        const latest = latestClosureDue(code, day, YEARS);
        for (const offset of [-2, -1, 0, 1, 2]) {
          const year = Number(day.slice(0, 4)) - YEARS[code];
          const near = addDays(`${year}${day.slice(4)}`.replace('-02-29', '-02-28'), offset);
          if (disposalDueOn(code, near, YEARS)! <= day) expect(near <= latest).toBe(true);
        }
      }
  });

  it('gives a reason for each length', () => {
    for (const code of SCHEDULE_CODES) expect(SCHEDULES[code].why.length).toBeGreaterThan(0);
  });
});
