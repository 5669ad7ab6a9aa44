import { propose, routingFaults, ruleHolds, tryRules, type RoutingRule } from '../../src/rules/routing';

const rule = (more: Partial<RoutingRule> = {}): RoutingRule => ({
  useDomains: [],
  harms: [],
  tiers: [],
  reprisalLevels: [],
  track: null,
  role: null,
  atLeast: null,
  ...more,
});
const known = {
  useDomain: 'DOM-SVC-BEN',
  harms: ['AIH-04', 'AIH-01'],
  tier: 'MODERATE',
  reprisalLevel: null,
};

describe('A rule of routing', () => {
  it.each([
    [{ useDomains: ['DOM-SVC-BEN'] }, true],
    [{ harms: ['AIH-01', 'AIH-09'] }, true],
    [{ harms: ['AIH-09'] }, false],
    [{ tiers: ['MODERATE', 'SEVERE'], harms: ['AIH-04'] }, true],
    [{ tiers: ['SEVERE'], harms: ['AIH-04'] }, false],
    // What nobody said yet meets no condition.
    [{ reprisalLevels: ['LOW'] }, false],
  ])('with %j holds where one code of each list does: %s', (when, holds) => {
    expect(ruleHolds(rule(when), known)).toBe(holds);
  });

  it('says when it holds and what it proposes, in codes of the lists', () => {
    const fields = (more: Partial<RoutingRule>) => routingFaults(rule(more)).map(({ field }) => field);
    expect(fields({})).toEqual(['useDomains', 'track']);
    expect(fields({ harms: ['AIH-04'] })).toEqual(['track']);
    expect(fields({ role: 'INV' })).toEqual(['useDomains']);
    expect(fields({ harms: ['AIH-00'], track: 'SIDEWAYS', role: 'AUD', atLeast: 'HUGE' })).toEqual([
      'harms',
      'track',
      'role',
      'atLeast',
    ]);
    for (const said of [{ track: 'BOTH' }, { role: 'DPO' }, { atLeast: 'SEVERE' }])
      expect(fields({ tiers: ['LOW'], ...said })).toEqual([]);
  });

  it('proposes with the others: the first track, each role once, the highest tier that the case is below', () => {
    const rules = [
      rule({ harms: ['AIH-09'], track: 'BOTH' }),
      rule({ harms: ['AIH-04'], track: 'DIALOGUE', role: 'DIA', atLeast: 'SEVERE' }),
      rule({ harms: ['AIH-01'], track: 'INVESTIGATION', role: 'DIA', atLeast: 'MODERATE' }),
      rule({ tiers: ['MODERATE'], role: 'PRT' }),
    ];
    expect(propose(rules, known)).toEqual({
      rules: [2, 3, 4],
      track: 'DIALOGUE',
      roles: ['DIA', 'PRT'],
      atLeast: 'SEVERE',
    });
    expect(propose(rules, { ...known, tier: 'SEVERE' })!.atLeast).toBeNull();
    expect(propose(rules, { ...known, tier: null })!.atLeast).toBe('SEVERE');
    expect(propose(rules, { ...known, harms: null, tier: null })).toBeNull();
  });

  it.each([
    [0, 0, { cases: 0, sameTrack: 0 }],
    [4, 0, { cases: null, sameTrack: null }],
    [5, 0, { cases: 5, sameTrack: 5 }],
    // Six less two would tell the two, and so would the four.
    [6, 2, { cases: 6, sameTrack: null }],
    [6, 6, { cases: 6, sameTrack: 0 }],
    [10, 5, { cases: 10, sameTrack: 5 }],
  ])('tried on %i cases, %i of them on another track, tells %j', (count, others, told) => {
    const cases = Array.from({ length: count }, (_, n) => ({
      ...known,
      track: n < others ? 'INVESTIGATION' : 'DIALOGUE',
    }));
    const unmet = { ...known, harms: [], track: 'DIALOGUE' };
    const tried = tryRules([rule({ harms: ['AIH-04'], track: 'DIALOGUE' })], [...cases, unmet]);
    expect(tried).toEqual([{ n: 1, ...told }]);
    expect(tryRules([rule({ harms: ['AIH-04'], role: 'INV' })], cases)[0]!.sameTrack).toBeNull();
  });
});
