import { CLOCK_CODES, clockRule } from '../../src/rules/clocks';
import { LADDER, lateThings, mayAnswerFor, rungFor } from '../../src/rules/lateness';
import { ROLE_CODES } from '../../src/rules/roles';
import { STATE_CODES, STATES } from '../../src/rules/states';

const clock = (code: string, patch: object = {}) => ({
  id: code,
  code,
  basis: clockRule(code as never).basis,
  dueInternal: '2026-11-20',
  dueLegalLatest: '2026-11-23',
  ...patch,
});
const codes = (things: ReturnType<typeof lateThings>) => things.map(({ clock: code }) => code);

describe('what is late', () => {
  it.each(CLOCK_CODES)('is judged for %s by whose time it is and by the day that binds us', (code) => {
    const { owedBy, basis } = clockRule(code);
    const bound = basis === 'legal' ? '2026-11-23' : '2026-11-20';
    const after = basis === 'legal' ? '2026-11-24' : '2026-11-21';
    expect(lateThings([clock(code)], [], bound)).toEqual([]);
    expect(codes(lateThings([clock(code)], [], after))).toEqual(owedBy === 'organisation' ? [code] : []);
    expect(lateThings([clock(code, { stoppedOn: '2026-11-19' })], [], after)).toEqual([]);
  });

  it.each([
    ['PROPOSED', false],
    ['AGREED', true],
    ['STARTED', true],
    ['DONE', false],
    ['DROPPED', false],
  ])('holds for an action that is %s: %s', (status, isLate) => {
    const action = { id: 'a', n: 2, status, dueOn: '2026-11-23' };
    expect(lateThings([], [action], '2026-11-23')).toEqual([]);
    expect(lateThings([], [action], '2026-11-24').map(({ action: n }) => n)).toEqual(isLate ? [2] : []);
  });

  it('comes earliest first', () => {
    const action = { id: 'a', n: 1, status: 'AGREED', dueOn: '2026-11-19' };
    const late = lateThings([clock('GDPR-RTS'), clock('TARGET-ACK')], [action], '2026-12-01');
    expect(codes(late)).toEqual([null, 'TARGET-ACK', 'GDPR-RTS']);
  });
});

describe('the ladder', () => {
  it.each(STATE_CODES.filter((state) => state !== 'own-initiative'))(
    'has in state %s somebody above the owner, who sees the case, and ends with the protection officer',
    (state) => {
      const { owner } = STATES[state];
      for (const team of [[], [{ role: 'DEC' }]]) {
        const first = rungFor(owner, team, null);
        expect(first).not.toBe(owner);
        expect(first === 'DEC').toBe(owner === 'TRI' && team.length > 0);
        let role = first;
        for (let times = 0; times < LADDER.length; times++) {
          const next = rungFor(owner, team, { role, answerIsLate: true });
          expect(LADDER.indexOf(next)).toBeGreaterThanOrEqual(LADDER.indexOf(role));
          role = next;
        }
        expect(role).toBe('PRT');
      }
    },
  );

  it('goes no rung up while the one that was told still has time', () => {
    expect(rungFor('INT', [{ role: 'DEC' }], { role: 'TRI', answerIsLate: false })).toBe('TRI');
    expect(rungFor('INT', [{ role: 'DEC' }], { role: 'TRI', answerIsLate: true })).toBe('DEC');
    expect(rungFor('INT', [], { role: 'TRI', answerIsLate: true })).toBe('PRT');
  });

  it('lets the rung that was told answer, and those above, and nobody else', () => {
    for (const told of LADDER)
      expect(ROLE_CODES.filter((role) => mayAnswerFor(role, told))).toEqual(
        ROLE_CODES.filter((role) => LADDER.slice(LADDER.indexOf(told)).some((rung) => rung === role)),
      );
  });
});
