import { rectangleIn, rectangleOf } from '../../src/rules/rectangles';

describe('a rectangle', () => {
  it.each([
    ['10 20 30 5', [10, 20, 30, 5]],
    ['  10%  20% 30% 5% ', [10, 20, 30, 5]],
    ['0;0;100;100', [0, 0, 100, 100]],
    ['1.5, 2,25, 3 4', [1.5, 2.25, 3, 4]],
  ])('is read from “%s”', (line, [left, top, width, height]) => {
    expect(rectangleIn(line)).toEqual({ left, top, width, height });
  });

  it.each([
    '',
    '10 20 30',
    '10 20 30 5 6',
    '90 0 11 5',
    '0 96 5 5',
    '0 0 0 5',
    '0 0 5 0',
    '-1 0 5 5',
    'a b c d',
    '1e1 0 5 5',
  ])('is not read from “%s”', (line) => {
    expect(rectangleIn(line)).toBeNull();
  });

  it('is not what a program sends as anything else', () => {
    for (const value of [
      null,
      7,
      [1, 2, 3, 4],
      {},
      { left: NaN, top: 0, width: 1, height: 1 },
      { left: 0, top: 0, width: 101, height: 1 },
    ])
      expect(rectangleOf(value)).toBeNull();
    expect(rectangleOf({ left: 0, top: 0, width: 1, height: 1 })).toEqual({
      left: 0,
      top: 0,
      width: 1,
      height: 1,
    });
  });
});
