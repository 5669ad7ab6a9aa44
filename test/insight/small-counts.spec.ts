import fc from 'fast-check';
import { publicStatistics, SMALLEST_PUBLIC_COUNT, withoutSmallCounts } from '../../src/insight/small-counts';

const counted = (...counts: number[]) => counts.map((count, index) => ({ code: `C${index}`, count }));
const shown = (...counts: number[]) => withoutSmallCounts(counted(...counts)).map(({ count }) => count);

describe('counts for the public', () => {
  it('are shown as they are where none is small', () => {
    expect(shown(5, 0, 12)).toEqual([5, 0, 12]);
  });

  it('leave out a small one and the smallest other, so that the total does not give it away', () => {
    expect(shown(3, 40, 7)).toEqual([null, 40, null]);
  });

  it('leave out more until at least five cases stand behind what is hidden', () => {
    expect(shown(1, 1, 9, 20)).toEqual([null, null, null, 20]);
  });

  it('never let a small count be worked out from the total, whatever the counts are', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30), { minLength: 1, maxLength: 12 }), (counts) => {
        const total = counts.reduce((sum, each) => sum + each, 0);
        fc.pre(total >= SMALLEST_PUBLIC_COUNT);
        const result = shown(...counts);
        const hidden = counts.filter((_, index) => result[index] === null);
        expect(result.filter((each) => each !== null && each > 0 && each < SMALLEST_PUBLIC_COUNT)).toEqual(
          [],
        );
        if (hidden.length > 0) {
          expect(hidden.length).toBeGreaterThanOrEqual(2);
          expect(hidden.reduce((sum, each) => sum + each, 0)).toBeGreaterThanOrEqual(SMALLEST_PUBLIC_COUNT);
        }
      }),
    );
  });

  it.each([
    [9, null, null],
    [10, 12, 100],
  ])('tell a median and a share of ten at least, not of fewer: %i', (count, median, percent) => {
    const result = publicStatistics({
      asOf: '2026-11-24',
      total: 40,
      kinds: counted(40),
      by: { state: counted(40) } as never,
      harms: counted(40),
      clocks: [{ code: 'A', running: 0, stopped: count, stoppedInTime: count, overdue: 0 }],
      remedy: { actions: 0, done: 0, confirmedByComplainant: 0 },
      appeals: { filed: 0, decided: 0, outcomes: [] },
      survey: { given: 0, scores: {} as never },
      daysToOutcome: { count, median: 12, p90: 30 },
    });
    expect(result.daysToOutcome).toEqual({ median });
    expect(result.inTime).toEqual([{ code: 'A', percent }]);
  });

  it('are all left out while there are fewer than five cases at all', () => {
    const none = { actions: 0, done: 0, confirmedByComplainant: 0 };
    const result = publicStatistics({
      asOf: '2026-11-24',
      total: 3,
      kinds: [{ code: 'SINGLE', count: 3 }],
      by: { state: counted(3) } as never,
      harms: counted(2),
      clocks: [
        { code: 'A', running: 0, stopped: 20, stoppedInTime: 18, overdue: 0 },
        { code: 'B', running: 0, stopped: 20, stoppedInTime: 10, overdue: 0 },
      ],
      remedy: none,
      appeals: { filed: 0, decided: 0, outcomes: [] },
      survey: {
        given: 9,
        scores: { easy: counted(4), respect: counted(9), informed: counted(1, 8), fair: counted(0) },
      },
      daysToOutcome: { count: 4, median: 12, p90: 30 },
    });
    expect(result).toMatchObject({
      total: null,
      kinds: [{ code: 'SINGLE', count: null }],
      by: { state: [{ code: 'C0', count: null }] },
      harms: [{ code: 'C0', count: null }],
      survey: {
        given: 9,
        scores: {
          easy: [{ code: 'C0', count: null }],
          respect: [{ code: 'C0', count: 9 }],
          informed: [
            { code: 'C0', count: null },
            { code: 'C1', count: null },
          ],
          fair: [{ code: 'C0', count: null }],
        },
      },
      daysToOutcome: { median: null },
    });
    expect(result.inTime).toEqual([
      { code: 'A', percent: null },
      { code: 'B', percent: 50 },
    ]);
  });
});
