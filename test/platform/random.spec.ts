import { newId, newIdInOrder } from '../../src/platform/ids';
import { randomBelow } from '../../src/platform/random';

describe('random numbers', () => {
  it.each([1, 2, 10, 1000, 100_000, 2 ** 24])(
    'stay below %i and reach both ends of what is small',
    (limit) => {
      const drawn = Array.from({ length: 5000 }, () => randomBelow(limit));
      expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...drawn)).toBeLessThan(limit);
      if (limit <= 10) expect(new Set(drawn).size).toBe(limit);
    },
  );

  it.each([0, -1, 2 ** 24 + 1, 25_200_000, Number.NaN])(
    'are refused below %s instead of drawn for ever',
    (limit) => {
      expect(() => randomBelow(limit)).toThrow(RangeError);
    },
  );

  it('fall evenly', () => {
    const counts = new Array<number>(10).fill(0);
    for (let n = 0; n < 100_000; n++) counts[randomBelow(100_000) % 10]! += 1;
    // Six standard deviations around 10,000: a fair draw leaves them once in hundreds of millions of runs.
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(570);
  });
});

describe('ids', () => {
  const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[48][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

  it.each([
    ['random', newId],
    ['in order', newIdInOrder],
  ])('%s have the form of a UUID and never come twice', (_name, make) => {
    const ids = Array.from({ length: 10_000 }, make);
    for (const id of ids) expect(id).toMatch(UUID);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('in order follow each other within a run', () => {
    const ids = Array.from({ length: 1000 }, newIdInOrder);
    const wraps = ids.filter((id, at) => at > 0 && id < ids[at - 1]!).length;
    expect(wraps).toBeLessThanOrEqual(1);
  });
});
