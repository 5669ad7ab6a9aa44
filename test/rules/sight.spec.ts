import { CASE_ROLES, ROLE_CODES, STAFF_ROLES, type RoleCode } from '../../src/rules/roles';
import {
  BREAK_GLASS_HOURS,
  CONFLICT_ANSWERS,
  EXCLUSION_GROUNDS,
  INTAKE_STATES,
  REACH_OF,
  reachOf,
  RECUSAL_GROUND_CODES,
  RECUSAL_GROUNDS,
  sameUnit,
  TEAM_ROLES,
} from '../../src/rules/sight';

describe('which cases a role sees', () => {
  const EVERY: readonly RoleCode[] = ['TRI', 'PRT', 'DPO'];
  const TEAM: readonly RoleCode[] = ['INV', 'DIA', 'REM', 'DEC', 'EXE', 'LEG', 'IRV', 'EXP'];

  it('is every one for who distributes the work, keeps people safe or answers for data, those at intake for who takes them in, the own ones for the others', () => {
    for (const role of ROLE_CODES)
      expect([role, REACH_OF[role]]).toEqual([
        role,
        EVERY.includes(role) ? 'EVERY' : role === 'INT' ? 'INTAKE' : TEAM.includes(role) ? 'TEAM' : null,
      ]);
    expect(INTAKE_STATES).toEqual(['received', 'acknowledged', 'eligibility']);
  });

  it('is the widest of the roles that somebody holds', () => {
    for (const one of STAFF_ROLES)
      for (const other of STAFF_ROLES) {
        const reaches = [REACH_OF[one], REACH_OF[other]];
        const widest = (['EVERY', 'INTAKE', 'TEAM'] as const).find((each) => reaches.includes(each)) ?? null;
        expect([one, other, reachOf([one, other])]).toEqual([one, other, widest]);
      }
    expect(reachOf([])).toBeNull();
  });

  it('lets on a team whoever reads cases, and nobody else', () => {
    expect(TEAM_ROLES).toEqual(CASE_ROLES);
  });

  it('opens in an emergency for a few hours', () => {
    expect(BREAK_GLASS_HOURS).toBe(4);
  });
});

describe('why somebody is kept out', () => {
  it('is said in codes that stay', () => {
    expect(CONFLICT_ANSWERS).toEqual(['ASKED', 'NONE', 'DECLARED']);
    expect(Object.keys(EXCLUSION_GROUNDS)).toEqual(['EX-NAMED', 'EX-UNIT', 'EX-CLOSE', 'EX-RECUSED']);
    expect(RECUSAL_GROUND_CODES).toEqual(['CI-CLOSE', 'CI-INTEREST', 'CI-PART', 'CI-UNIT', 'CI-OTHER']);
    for (const { label } of Object.values({ ...EXCLUSION_GROUNDS, ...RECUSAL_GROUNDS }))
      expect(label).not.toBe('');
  });
});

describe('a unit', () => {
  it.each([
    ['Claims Berlin', 'claims berlin'],
    ['  Claims \u00a0 Berlin\n', 'claims berlin'],
    ['CLAIMS\tBERLIN', 'claims berlin'],
    ['Ｃｌａｉｍｓ Berlin', 'claims berlin'],
    ['Caf\u0065\u0301', 'caf\u00e9'],
    ['a  b  c', 'a b c'],
    [' ', ''],
    ['', ''],
  ])('written as “%s” is “%s”', (written, compared) => {
    expect(sameUnit(written)).toBe(compared);
  });
});
