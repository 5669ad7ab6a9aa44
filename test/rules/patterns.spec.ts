import { addDays } from '../../src/rules/days';
import {
  countsAgainFrom,
  harmedAgainOn,
  PATTERN_DAYS,
  reviewDueOn,
  risenOn,
  type PatternCase,
} from '../../src/rules/patterns';

const DAY = '2026-06-01';
/** Cases so many days after one day. */
const cases = (tier: string | null, ...days: number[]): PatternCase[] =>
  days.map((days) => ({ lodgedOn: addDays(DAY, days), tier }));

describe('a pattern', () => {
  it('is the same harm in three cases within 90 days, from the day of the third on', () => {
    expect(harmedAgainOn(cases(null, 0, 5))).toBeNull();
    expect(harmedAgainOn(cases(null, 9, 0, 5))).toBe(addDays(DAY, 9));
    expect(harmedAgainOn(cases(null, 0, 5, 9, 20))).toBe(addDays(DAY, 9));
  });

  it('counts the day of the first case as the first of the 90', () => {
    expect(harmedAgainOn(cases('LOW', 0, 1, PATTERN_DAYS - 1))).toBe(addDays(DAY, PATTERN_DAYS - 1));
    expect(harmedAgainOn(cases('LOW', 0, 1, PATTERN_DAYS))).toBeNull();
    expect(harmedAgainOn(cases('LOW', 0, 1, PATTERN_DAYS, PATTERN_DAYS))).toBe(addDays(DAY, PATTERN_DAYS));
  });

  it('is the same harm in two cases that are severe or critical', () => {
    expect(harmedAgainOn(cases('SEVERE', 0))).toBeNull();
    expect(harmedAgainOn(cases('SEVERE', 0, 3))).toBe(addDays(DAY, 3));
    expect(harmedAgainOn([...cases('CRITICAL', 0), ...cases('SEVERE', 3)])).toBe(addDays(DAY, 3));
    expect(
      harmedAgainOn([...cases('SEVERE', 0), ...cases('MODERATE', 3), ...cases(null, 3)].slice(0, 2)),
    ).toBeNull();
    expect(harmedAgainOn(cases('SEVERE', 0, PATTERN_DAYS))).toBeNull();
    expect(harmedAgainOn(cases('SEVERE', 0, PATTERN_DAYS - 1))).not.toBeNull();
  });

  it('is a rise after a version: three cases at least, and more than twice as many as before', () => {
    expect(risenOn(DAY, cases(null, 0, 1))).toBeNull();
    expect(risenOn(DAY, cases(null, 0, 1, 2))).toBe(addDays(DAY, 2));
    expect(risenOn(DAY, cases(null, -1, 0, 1, 2))).toBe(addDays(DAY, 2));
    expect(risenOn(DAY, cases(null, -1, -2, 0, 1, 2, 3))).toBeNull();
    expect(risenOn(DAY, cases(null, -1, -2, 0, 1, 2, 3, 4))).toBe(addDays(DAY, 4));
  });

  it('compares the 90 days from the version with the 90 before it', () => {
    expect(risenOn(DAY, cases(null, 0, 1, PATTERN_DAYS - 1))).toBe(addDays(DAY, PATTERN_DAYS - 1));
    expect(risenOn(DAY, cases(null, 0, 1, PATTERN_DAYS))).toBeNull();
    const five = cases(null, 0, 1, 2, 3);
    expect(risenOn(DAY, [...five, ...cases(null, -1, -PATTERN_DAYS)])).toBeNull();
    expect(risenOn(DAY, [...five, ...cases(null, -1, -PATTERN_DAYS - 1)])).not.toBeNull();
  });

  it('is reviewed within ten working days', () => {
    expect(reviewDueOn('2026-11-24', 'DE')).toBe('2026-12-08');
    // Christmas and New Year lie between.
    expect(reviewDueOn('2026-12-21', 'DE')).toBe('2027-01-06');
  });

  it('counts what came on the day of a decision again, unless it was decided on the day on which it was found', () => {
    expect(countsAgainFrom('2026-11-24', '2026-11-26')).toBe('2026-11-26');
    expect(countsAgainFrom('2026-11-24', '2026-11-24')).toBe('2026-11-25');
  });
});
