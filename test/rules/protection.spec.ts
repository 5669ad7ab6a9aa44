import { REPRISAL_LEVELS, reprisalLevel } from '../../src/rules/protection';
import { SCORES } from '../../src/rules/severity';

/** Likelihood (row) by impact (column), read off the matrix by hand. */
const MATRIX = ['LLLLM', 'LLMMH', 'LMMHH', 'LMHEE', 'MHHEE'];
const NAMES: Record<string, string> = { L: 'LOW', M: 'MEDIUM', H: 'HIGH', E: 'EXTREME' };

describe('The risk of reprisal', () => {
  it.each(SCORES.flatMap((likelihood) => SCORES.map((impact) => [likelihood, impact] as const)))(
    'of likelihood %i and impact %i follows the matrix',
    (likelihood, impact) => {
      expect(reprisalLevel(likelihood, impact)).toBe(NAMES[MATRIX[likelihood - 1]![impact - 1]!]);
    },
  );

  it('is looked at again the sooner the higher it is', () => {
    expect(REPRISAL_LEVELS.LOW.reviewAfter).toEqual({ length: 90, unit: 'calendarDays' });
    expect(REPRISAL_LEVELS.MEDIUM.reviewAfter).toEqual({ length: 30, unit: 'calendarDays' });
    expect(REPRISAL_LEVELS.HIGH.reviewAfter).toEqual({ length: 7, unit: 'calendarDays' });
    expect(REPRISAL_LEVELS.EXTREME.reviewAfter).toEqual({ length: 24, unit: 'hours' });
  });
});
