import { ACTION_RESULTS, overallResult, verificationStep } from '../../src/rules/verification';

const pairs = ACTION_RESULTS.flatMap((a) => ACTION_RESULTS.map((b) => [a, b] as const));

describe('what single actions say of the whole', () => {
  it.each(pairs)('%s and %s: the worst of them, in either order', (a, b) => {
    const worst = ['NO', 'PARTLY', 'FULL'].find((result) => [a, b].includes(result as typeof a));
    expect([overallResult([a, b]), overallResult([b, a])]).toEqual([worst, worst]);
  });

  it('is nothing where nothing was answered', () => {
    expect([overallResult([]), verificationStep([], true)]).toEqual([null, null]);
  });

  it.each(pairs.flatMap(([a, b]) => [true, false].map((rest) => [a, b, rest] as const)))(
    '%s and %s, rest accepted %s: monitoring only where all is done, or the rest is accepted and nothing is undone',
    (a, b, rest) => {
      const isOver = [a, b].every((each) => each === 'FULL') || (rest && a !== 'NO' && b !== 'NO');
      expect(verificationStep([a, b], rest)).toEqual(
        isOver
          ? { step: 'confirm-remedy', remedyResult: overallResult([a, b]) }
          : { step: 'report-not-delivered', notDelivered: overallResult([a, b]) },
      );
    },
  );
});
