import { alikeByWords, byLikeness, likeness, unusualUpTo } from '../../src/rules/duplicates';

describe('How like two cases are', () => {
  const one = { lodgedOn: '2026-11-24', useDomain: 'DOM-SVC-BEN', harms: ['AIH-04', 'AIH-01'] };

  it('counts words, use domain, harm and days apart', () => {
    expect(likeness(one, { ...one, lodgedOn: '2026-11-20', harms: ['AIH-01'] }, 5)).toEqual({
      words: 5,
      sameDomain: true,
      sameHarm: true,
      daysApart: 4,
    });
  });

  it('takes what nobody classified for different', () => {
    const unknown = { lodgedOn: '2026-11-25', useDomain: null, harms: null };
    const apart = { words: 3, sameDomain: false, sameHarm: false, daysApart: 1 };
    expect(likeness(one, unknown, 3)).toEqual(apart);
    expect(likeness(unknown, one, 3)).toEqual(apart);
    expect(likeness(unknown, unknown, 3)).toEqual({ ...apart, daysApart: 0 });
  });

  it('puts the most alike first, and of two alike the one nearer in time', () => {
    const like = { words: 4, sameDomain: false, sameHarm: false, daysApart: 3 };
    const more = { ...like, words: 5 };
    const harm = { ...like, sameHarm: true };
    const near = { ...like, daysApart: 1 };
    expect([like, near, more, harm].sort(byLikeness)).toEqual([harm, more, near, like]);
  });

  it('counts unusual words alone, and lets nobody be alike by a few of many', () => {
    const words = (count: number, cases: string[] | null) => Array.from({ length: count }, () => cases);
    expect(alikeByWords([...words(4, ['a']), ...words(3, ['b'])], 2)).toEqual(new Map([['a', 4]]));
    // Usual words count neither for a case nor as a part of what could be shared.
    expect(alikeByWords([...words(4, ['a']), ...words(50, null)], 2)).toEqual(new Map([['a', 4]]));
    expect(alikeByWords(words(9, ['a', 'b', 'c']), 2)).toEqual(new Map());
    // Six of twenty are three tenths; of twenty-one they are less.
    expect(alikeByWords([...words(6, ['a']), ...words(14, [])], 2)).toEqual(new Map([['a', 6]]));
    expect(alikeByWords([...words(6, ['a']), ...words(15, [])], 2)).toEqual(new Map());
  });

  it.each([
    [0, 2],
    [29, 2],
    [30, 3],
    [199, 19],
    [100_000, 20],
  ])('among %i cases takes a word for unusual that stands in up to %i', (cases, most) => {
    expect(unusualUpTo(cases)).toBe(most);
  });
});
