import fc from 'fast-check';
import { publicStatistics, SMALLEST_PUBLIC_COUNT, withoutSmallCounts } from '../../src/insight/small-counts';

const counted = (...counts: number[]) => counts.map((count, index) => ({ code: `C${index}`, count }));
const shown = (...counts: number[]) => withoutSmallCounts(counted(...counts)).map(({ count }) => count);

/** Every list of so many counts, each from 0 to the most. */
function* countsOf(groups: number, most: number): Generator<number[]> {
  if (groups === 0) yield [];
  else
    for (const rest of countsOf(groups - 1, most))
      for (let count = 0; count <= most; count++) yield [...rest, count];
}

describe('counts for the public', () => {
  it('are shown as they are where none is small', () => {
    expect(shown(5, 0, 12)).toEqual([5, 0, 12]);
  });

  it('leave out a small one and the smallest other, so that the total does not give it away', () => {
    expect(shown(3, 40, 7)).toEqual([null, 40, null]);
  });

  it('leave out more until any of what is hidden might be five', () => {
    expect(shown(1, 1, 9, 20)).toEqual([null, null, null, 20]);
    expect(shown(1, 1, 1, 1, 1, 20)).toEqual([null, null, null, null, null, null]);
  });

  it('leave out those that are alike together, so that which one stays tells nothing', () => {
    expect(shown(5, 5, 4, 20)).toEqual([null, null, null, 20]);
  });

  it('leave out all of them, zeros too, where nothing else hides what is small', () => {
    expect(shown(1, 0, 1, 1, 1, 1)).toEqual(Array(6).fill(null));
    expect(shown(4, 0, 4)).toEqual(Array(3).fill(null));
  });

  it('never show a small one, whatever the counts are', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30), { minLength: 1, maxLength: 12 }), (counts) => {
        const small = shown(...counts).filter(
          (each) => each !== null && each > 0 && each < SMALLEST_PUBLIC_COUNT,
        );
        expect(small).toEqual([]);
      }),
    );
  });

  it.each([
    [2, 24],
    [3, 24],
    [4, 14],
  ])('let nobody who knows the total and the rule work out a small one of %i groups', (groups, most) => {
    const values = new Map<string, Set<number>[]>();
    for (const counts of countsOf(groups, most)) {
      const total = counts.reduce((sum, each) => sum + each, 0);
      const published = JSON.stringify([total, shown(...counts)]);
      // Beyond that, not all counts with this total were tried.
      if (total < SMALLEST_PUBLIC_COUNT || total > most) continue;
      const told = values.get(published) ?? counts.map(() => new Set<number>());
      counts.forEach((count, at) => told[at]!.add(count));
      values.set(published, told);
    }
    const workedOut = [...values].filter(([, told]) =>
      told.some((of) => of.size === 1 && [...of].every((each) => each > 0 && each < SMALLEST_PUBLIC_COUNT)),
    );
    expect(workedOut).toEqual([]);
    expect(values.size).toBeGreaterThan(100);
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

  it('are all left out while there are fewer than five cases at all, with the names of groups that have some', () => {
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
      by: { state: [] },
      harms: [],
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
