import {
  IDENTITY_MODE_CODES,
  IDENTITY_MODES,
  identityMoves,
  LEAST_TO_MOST_KNOWN,
  needsName,
} from '../../src/rules/identity-modes';
import { ROLE_CODES } from '../../src/rules/roles';

const RANK = (mode: (typeof IDENTITY_MODE_CODES)[number]) => LEAST_TO_MOST_KNOWN.indexOf(mode);

describe('The modes of identity', () => {
  it('are all in the order from least to most known', () => {
    expect([...LEAST_TO_MOST_KNOWN].sort()).toEqual([...IDENTITY_MODE_CODES].sort());
    expect([LEAST_TO_MOST_KNOWN[0], LEAST_TO_MOST_KNOWN.at(-1)]).toEqual(['ANONYMOUS', 'NAMED']);
  });

  it.each(IDENTITY_MODE_CODES.flatMap((from) => IDENTITY_MODE_CODES.map((to) => [from, to] as const)))(
    'let the person move from %s to %s exactly where more is known then',
    (from, to) => {
      expect(identityMoves(from, 'RH').includes(to)).toBe(RANK(to) > RANK(from));
    },
  );

  it.each(ROLE_CODES.filter((role) => role !== 'RH'))('let %s move nobody', (role) => {
    expect(IDENTITY_MODE_CODES.flatMap((from) => identityMoves(from, role))).toEqual([]);
  });

  it.each(IDENTITY_MODE_CODES.filter(needsName))('keep a name in %s, which needs one', (mode) => {
    expect(IDENTITY_MODES[mode].holdsName).toBe(true);
  });
});
