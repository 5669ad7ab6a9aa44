import { ACTS, mayDo, type Act, type ActRow } from '../../src/rules/acts';
import { ROLES, STAFF_ROLES, type RoleCode } from '../../src/rules/roles';
import { everyRoute } from '../matrix/routes';

const ROWS = Object.entries(ACTS) as [Act, ActRow][];

/** Every act that a route declares. */
const declared = new Set(everyRoute().map(({ act }) => act));

describe('the table of acts', () => {
  it('names for each act roles of staff, at least one and none twice, or a kind of visitor', () => {
    for (const [act, { by }] of ROWS) {
      if (!Array.isArray(by)) continue;
      const roles = by as readonly RoleCode[];
      expect([act, roles.length > 0, new Set(roles).size]).toEqual([act, true, roles.length]);
      expect([act, roles.filter((role) => !ROLES[role].staff)]).toEqual([act, []]);
    }
  });

  it('has a route for every act, and an act for every route', () => {
    expect([...declared].sort()).toEqual(Object.keys(ACTS).sort());
  });

  it('lets no administrator at what reaches a case, and no auditor at what shows more than histories', () => {
    for (const [act, { reach }] of ROWS) {
      if (reach === 'case' || reach === 'cases' || reach === 'histories')
        expect([act, mayDo(['ADM'], act)]).toEqual([act, false]);
      if (reach === 'case')
        expect([act, mayDo(['AUD'], act)]).toEqual([act, ['read-history', 'read-custody'].includes(act)]);
    }
  });

  it('answers for roles alone: any one of them is enough, and what is for others is for no staff', () => {
    for (const [act, { by }] of ROWS)
      for (const role of STAFF_ROLES)
        expect([act, role, mayDo([role], act), mayDo(['SYS', role], act)]).toEqual([
          act,
          role,
          ...(Array.isArray(by) ? [by.includes(role), by.includes(role)] : [false, false]),
        ]);
    expect(mayDo([], 'read-account')).toBe(false);
  });
});
