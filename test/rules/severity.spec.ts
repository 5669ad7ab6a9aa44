import {
  computeTier,
  incidentClass,
  SCORE_MEANINGS,
  SCORES,
  severityProblems,
  tierChange,
  tierRank,
  TIERS,
  type Severity,
  type Tier,
} from '../../src/rules/severity';

const impact = (patch: Partial<Severity> = {}): Severity => ({
  scale: 1,
  scope: 1,
  irremediability: 1,
  vulnerable: false,
  delayMakesIrremediable: false,
  nature: 'ACTUAL',
  ...patch,
});

/** Tier of scope (row) and irremediability (column) for each scale, read off the rule by hand: L M S C. */
const BY_SCALE: Record<number, readonly string[]> = {
  1: ['LLMMM', 'LLMMM', 'MMMMM', 'MMMMM', 'MMMMM'],
  2: ['LLMSS', 'LLMSS', 'MMMSS', 'SSSSS', 'SSSSS'],
  3: ['MMMSC', 'MMMSC', 'MMMSC', 'SSSSC', 'CCCCC'],
  4: ['SSSSC', 'SSSSC', 'SSSSC', 'SSSSC', 'CCCCC'],
  5: ['CCCCC', 'CCCCC', 'CCCCC', 'CCCCC', 'CCCCC'],
};
const LETTERS = 'LMSC';

const TRIPLES = SCORES.flatMap((scale) =>
  SCORES.flatMap((scope) => SCORES.map((irremediability) => ({ scale, scope, irremediability }))),
);

describe('The tier', () => {
  it.each(TRIPLES)(
    'of scale $scale, scope $scope, irremediability $irremediability follows the table',
    (scores) => {
      const letter = BY_SCALE[scores.scale]![scores.scope - 1]![scores.irremediability - 1]!;
      const plain = LETTERS.indexOf(letter);
      for (const vulnerable of [false, true]) {
        for (const delayMakesIrremediable of [false, true]) {
          const raised = plain + (vulnerable ? 1 : 0) + (delayMakesIrremediable ? 1 : 0);
          const expected = TIERS[raised > 3 ? 3 : raised];
          expect(computeTier(impact({ ...scores, vulnerable, delayMakesIrremediable }))).toEqual({
            tier: expected,
            interimMeasuresRequired: delayMakesIrremediable,
          });
        }
      }
    },
  );

  it.each(TRIPLES)('never falls when a score of $scale/$scope/$irremediability rises', (scores) => {
    const before = tierRank(computeTier(impact(scores)).tier);
    for (const name of ['scale', 'scope', 'irremediability'] as const) {
      const higher = SCORES.find((score) => score === scores[name] + 1);
      if (higher)
        expect(tierRank(computeTier(impact({ ...scores, [name]: higher })).tier)).toBeGreaterThanOrEqual(
          before,
        );
    }
  });

  it('is not touched by likelihood', () => {
    for (const likelihood of SCORES) {
      expect(computeTier(impact({ scale: 4, nature: 'POTENTIAL', likelihood })).tier).toBe('SEVERE');
    }
  });

  it.each(TIERS.flatMap((from) => TIERS.map((to) => [from, to] as [Tier, Tier])))(
    'moves from %s to %s',
    (from, to) => {
      const order = 'LOW MODERATE SEVERE CRITICAL';
      const difference = order.indexOf(to) - order.indexOf(from);
      expect(tierChange(from, to)).toBe(difference > 0 ? 'RAISE' : difference < 0 ? 'LOWER' : 'SAME');
    },
  );
});

describe('A severity', () => {
  it('takes likelihood for potential impacts only', () => {
    expect(severityProblems(impact({ nature: 'POTENTIAL', likelihood: 2 }))).toEqual([]);
    expect(severityProblems(impact({ nature: 'ACTUAL', likelihood: 2 }))).toEqual([
      'LIKELIHOOD-OF-ACTUAL-IMPACT',
    ]);
  });

  it.each([0, 6, 2.5, NaN])('does not take the score %p', (score) => {
    expect(severityProblems(impact({ scope: score as 1 }))).toEqual(['SCORE-OUT-OF-RANGE']);
  });

  it('explains every score', () => {
    for (const meanings of Object.values(SCORE_MEANINGS)) {
      for (const score of SCORES) expect(meanings[score].length).toBeGreaterThan(10);
    }
  });

  it('is put on the OECD ladder', () => {
    expect(TIERS.map((tier) => incidentClass(tier, 'POTENTIAL'))).toEqual([
      'HAZARD',
      'HAZARD',
      'SERIOUS_HAZARD',
      'SERIOUS_HAZARD',
    ]);
    expect(TIERS.map((tier) => incidentClass(tier, 'ACTUAL'))).toEqual([
      'INCIDENT',
      'INCIDENT',
      'SERIOUS_INCIDENT',
      'SERIOUS_INCIDENT',
    ]);
  });
});
