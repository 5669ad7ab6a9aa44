import { AFFECTED_GROUP_CODES, tellSpecialCategory } from '../../src/rules/groups';

/** Tells of health, sexual life, origin, religion, belief or union (GDPR Art. 9), or lets one conclude it. */
const SPECIAL = [
  'AG-PAT',
  'AG-LGBTI',
  'AG-DISAB',
  'AG-RACE',
  'AG-RELIG',
  'AG-INDIG',
  'AG-MIGR',
  'AG-LANG',
  'AG-HRD',
];

describe('Groups of a special category', () => {
  it.each(AFFECTED_GROUP_CODES)('%s is one, alone and among others, or is none', (code) => {
    const isSpecial = SPECIAL.includes(code);
    expect(tellSpecialCategory([code])).toBe(isSpecial);
    expect(tellSpecialCategory(['AG-POV', code, 'AG-CONS'])).toBe(isSpecial);
  });

  it('are none where nothing was put down', () => {
    expect(tellSpecialCategory([])).toBe(false);
  });
});
