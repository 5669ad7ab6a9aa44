import { ACTS, type Act, type ActRow } from '../../src/rules/acts';
import { STAFF_ROLES } from '../../src/rules/roles';
import { SCOPE_CODES, SCOPES, scopeOf, scopesFor } from '../../src/rules/scopes';

describe('the scopes of tokens', () => {
  it('name each act once', () => {
    const named = SCOPE_CODES.flatMap((scope): readonly Act[] => SCOPES[scope].acts);
    expect(new Set(named).size).toBe(named.length);
    for (const scope of SCOPE_CODES) for (const act of SCOPES[scope].acts) expect(scopeOf(act)).toBe(scope);
  });

  it('open nothing of one’s own account, nothing of who works here, and nothing that is for others', () => {
    for (const [act, { by, reach }] of Object.entries(ACTS) as [Act, ActRow][]) {
      if (reach === 'account' || reach === 'own-case') expect([act, scopeOf(act)]).toEqual([act, null]);
      if (Array.isArray(by) && by.join() === 'ADM') expect([act, scopeOf(act)]).toEqual([act, null]);
    }
  });

  it('are offered to whom they open anything', () => {
    expect(scopesFor(['INT'])).toEqual([
      'cases:read',
      'cases:write',
      'identities:read',
      'statistics:read',
      'registers:read',
      'wordings',
      'policies',
    ]);
    expect(scopesFor(['AUD'])).toEqual([
      'cases:read',
      'disposals',
      'audit:read',
      'statistics:read',
      'policies',
    ]);
    expect(scopesFor(['ADM'])).toEqual([]);
    expect(scopesFor(STAFF_ROLES)).toEqual(SCOPE_CODES);
  });
});
