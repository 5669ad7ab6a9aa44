import fc from 'fast-check';
import { addDays } from '../../src/rules/days';
import { AGE_BANDS, ageBandOf, clockBandOf, percentUsed, spreadOf } from '../../src/rules/figures';
import { staysOf } from '../../src/rules/stays';

const DAY = '2026-06-01';
const clock = (length: number) => ({ startedOn: DAY, dueOn: addDays(DAY, length) });

describe('the figures of the dashboards', () => {
  it('sort an age into the band that says it', () => {
    for (const days of [0, 7, 8, 30, 31, 60, 61, 90, 91, 180, 181, 4000]) {
      const { from, to } = AGE_BANDS[ageBandOf(days)];
      expect([days, from <= days, days <= (to ?? Infinity)]).toEqual([days, true, true]);
    }
  });

  it.each([
    [49, 'TO-50'],
    [50, 'TO-75'],
    [74, 'TO-75'],
    [75, 'TO-90'],
    [89, 'TO-90'],
    [90, 'TO-100'],
    [100, 'TO-100'],
    [101, 'OVER'],
  ])('call a clock of 100 days on day %i %s', (days, band) => {
    expect(clockBandOf(clock(100), addDays(DAY, days))).toBe(band);
    expect(percentUsed(clock(100), addDays(DAY, days))).toBe(days);
  });

  it('call a clock that ends on its first day used, and over from the next', () => {
    expect(clockBandOf(clock(0), DAY)).toBe('TO-100');
    expect(percentUsed(clock(0), DAY)).toBe(100);
    expect(clockBandOf(clock(0), addDays(DAY, 1))).toBe('OVER');
  });

  it('round a share down, so that nobody is warned by a fraction', () => {
    expect(percentUsed(clock(3), addDays(DAY, 2))).toBe(66);
    expect(clockBandOf(clock(7), addDays(DAY, 5))).toBe('TO-75');
  });

  it('give the median and the 90th percentile that counting by hand gives', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40), { maxLength: 60 }), (values) => {
        const tally = [...new Set(values)].map((value) => ({
          value,
          count: values.filter((each) => each === value).length,
        }));
        const { n, median, p90 } = spreadOf(tally);
        expect(n).toBe(values.length);
        if (n === 0) return expect([median, p90]).toEqual([null, null]);
        const sorted = [...values].sort((a, b) => a - b);
        expect([median, p90]).toEqual([
          sorted[Math.ceil(n * 0.5) - 1],
          sorted[Math.ceil(n * 0.9 - 1e-9) - 1],
        ]);
      }),
    );
  });

  it('divide what is over of the life of a case into stays without a gap', () => {
    expect(
      staysOf([
        { state: 'received', on: '2026-06-01' },
        { state: 'acknowledged', on: '2026-06-03' },
        { state: 'received', on: '2026-06-03' },
      ]).map(({ n, since, until, days }) => [n, since, until, days]),
    ).toEqual([
      [1, '2026-06-01', '2026-06-03', 2],
      [2, '2026-06-03', '2026-06-03', 0],
    ]);
    expect(staysOf([])).toEqual([]);
  });
});
