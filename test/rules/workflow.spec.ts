import { ASKS } from '../../src/rules/asks';
import { NEEDS, SEPARATION_NEEDS, type NeedName } from '../../src/rules/needs';
import type { CaseFacts, StepAnswers } from '../../src/rules/needs/facts';
import { IDENTITY_MODE_CODES } from '../../src/rules/identity-modes';
import { REPRISAL_LEVEL_CODES } from '../../src/rules/protection';
import { ROLES, type RoleCode } from '../../src/rules/roles';
import { OPEN_STATES, type State } from '../../src/rules/states';
import { type StepName, type StepRow } from '../../src/rules/steps';
import { DICTATION_REFUSAL_ASK } from '../../src/rules/dictated-row';
import { agreementsOf, graphFaults, needsAgreement } from '../../src/rules/workflow';
import { ready } from './need-cases';
import { ROWS, allegation, monitoring, DICTATED } from './step-drafts';

describe('the table as a graph', () => {
  it('has no faults', () => {
    expect(graphFaults()).toEqual([]);
  });

  const without = (change: (row: StepRow) => StepRow | null) =>
    ROWS.map(change).filter((row): row is StepRow => row !== null);

  it('would name a state that cannot be reached', () => {
    expect(graphFaults(without((row) => (row.to === 'dialogue' ? null : row))).join()).toContain(
      '“dialogue” cannot be reached',
    );
  });

  it.each(OPEN_STATES.filter((state) => state !== 'own-initiative'))(
    'would name %s if nobody could withdraw there',
    (state: State) => {
      const rows = without((row) =>
        row.step === 'withdraw' ? { ...row, from: row.from.filter((from) => from !== state) } : row,
      );
      expect(graphFaults(rows).join()).toContain(`cannot withdraw in “${state}”`);
    },
  );

  it('would name an open state without a way out', () => {
    expect(
      graphFaults(
        without((row) => (row.from.includes('own-initiative') && row.to !== 'same' ? null : row)),
      ).join(),
    ).toContain('no way out of “own-initiative”');
  });

  it.each(ROWS.filter((row) => row.refuses).map(({ step }) => step))(
    'would name %s if no review followed',
    (step) => {
      expect(
        graphFaults(without((row) => (row.step === 'appeal' ? { ...row, from: [] } : row))).join(),
      ).toContain(`“${step}” leads to no review`);
    },
  );

  it.each(ROWS.filter((row) => row.decides).map(({ step }) => step))(
    'would name %s if the decider could decide on own work',
    (step) => {
      const rows = without((row) =>
        row.step === step
          ? { ...row, needs: row.needs.filter((name) => !SEPARATION_NEEDS.includes(name)) }
          : row,
      );
      expect(graphFaults(rows).join()).toContain(`“${step}” decides without`);
    },
  );

  it('uses every need', () => {
    const used = new Set<NeedName>([...ROWS, ...DICTATED].flatMap((row) => row.needs)).add(
      'deciderHeldNoPen',
    );
    expect(Object.keys(NEEDS).filter((name) => !used.has(name as NeedName))).toEqual([]);
  });

  it('uses every ask', () => {
    const used = new Set<string>(
      [...ROWS, ...DICTATED].flatMap((row) => [...row.asks, ...(row.mayAsk ?? []), DICTATION_REFUSAL_ASK]),
    );
    expect(Object.keys(ASKS).filter((name) => !used.has(name))).toEqual([]);
  });
});

describe('agreement', () => {
  const opening = ROWS.find(({ step }) => step === 'reveal-identity')!;
  it.each(
    IDENTITY_MODE_CODES.flatMap((mode) =>
      [null, ...REPRISAL_LEVEL_CODES].map((level) => ({
        mode,
        level,
        role: mode === 'CONFIDENTIAL' || level === 'HIGH' || level === 'EXTREME' ? 'PRT' : null,
      })),
    ),
  )(
    'for opening who somebody is asks $role where the mode is $mode and the risk $level',
    ({ mode, level, role }) => {
      const { facts } = ready(opening);
      expect(needsAgreement(opening, { ...facts, identityMode: mode, reprisalLevel: level })).toBe(role);
    },
  );

  const decision = ROWS.find(({ step }) => step === 'close')!;
  it.each([
    ['LOW', null],
    ['MODERATE', null],
    ['SEVERE', 'IRV'],
    ['CRITICAL', 'IRV'],
  ] as const)('for closing a %s case asks %s', (tier, role) => {
    const { facts } = ready(decision);
    expect(needsAgreement(decision, { ...facts, tier })).toBe(role);
  });

  it('is asked for a number for the person where somebody else holds a receipt', () => {
    const number = ROWS.find(({ step }) => step === 'issue-receipt')!;
    const { facts } = ready(number);
    for (const [somebodyHoldsReceipt, role] of [
      [true, 'PRT'],
      [false, null],
    ] as const)
      expect(needsAgreement(number, { ...facts, somebodyHoldsReceipt })).toBe(role);
  });

  it('is asked of staff who end a mandate, and who confirm one where the person could be asked', () => {
    const asked = (step: StepName, role: RoleCode, personHoldsReceipt: boolean) => {
      const row = ROWS.find((each) => each.step === step)!;
      const { facts } = ready(row);
      const personId = ROLES[role].staff ? 'staff' : null;
      return needsAgreement(row, { ...facts, actor: { role, personId }, personHoldsReceipt });
    };
    for (const own of ['RH', 'REP'] as const)
      for (const holds of [true, false])
        expect([asked('end-mandate', own, holds), asked('confirm-mandate', own, holds)]).toEqual([
          null,
          null,
        ]);
    for (const holds of [true, false]) expect(asked('end-mandate', 'TRI', holds)).toBe('PRT');
    expect([asked('confirm-mandate', 'TRI', true), asked('confirm-mandate', 'TRI', false)]).toEqual([
      'PRT',
      null,
    ]);
  });

  it('of two is that of the executive where a remedy is owed, and that of the reviewer where it is severe only', () => {
    const row = ROWS.find(({ step }) => step === 'close-resolved-elsewhere')!;
    const { facts } = ready(row);
    const asked = (patch: Partial<CaseFacts>) => needsAgreement(row, { ...facts, ...patch });
    const owed = { involvement: 'CAUSE', allegations: [allegation('FC-SUBST')] };
    expect(asked({ tier: 'LOW' })).toBeNull();
    expect(asked({ tier: 'SEVERE' })).toBe('IRV');
    expect(asked({ tier: 'LOW', ...owed })).toBe('EXE');
    expect(asked({ tier: 'CRITICAL', ...owed })).toBe('EXE');
  });

  it('is asked for telling somebody only where to turn, and not for passing on what she agreed to', () => {
    const row = ROWS.find(({ step }) => step === 'refer')!;
    const { facts } = ready(row);
    const asked = (referralMode: string) => needsAgreement(row, { ...facts, tier: 'LOW' }, { referralMode });
    expect([asked('SIGNPOST_ONLY'), asked('WITH_CONSENT')]).toEqual(['DEC', null]);
  });

  it('is asked for ending a case that no other body said that it takes', () => {
    const row = ROWS.find(({ step }) => step === 'confirm-referral')!;
    const { facts } = ready(row);
    const asked = (answers: StepAnswers) => needsAgreement(row, { ...facts, tier: 'LOW' }, answers);
    expect([asked({ withoutAnswer: 'She goes there herself.' }), asked({})]).toEqual(['DEC', null]);
  });

  it('is asked for closing before the monitoring is over', () => {
    const { facts } = ready(decision);
    const asked = (until: string | null) =>
      needsAgreement(decision, { ...facts, tier: 'LOW', monitoring: monitoring('2026-08-24', until) });
    expect([asked('2026-11-24'), asked('2026-11-25'), asked(null)]).toEqual([null, 'IRV', 'IRV']);
  });

  it('is always asked where the row says always', () => {
    for (const row of ROWS)
      for (const { role } of agreementsOf(row).filter(({ when }) => when === 'always'))
        expect(needsAgreement(row, { ...ready(row).facts, tier: null })).toBe(role);
  });
});
