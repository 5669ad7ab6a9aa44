import { type NeedName } from '../../src/rules/needs';
import {
  MANDATE_BASIS_CODES,
  MANDATE_COVER_CODES,
  type MandateCover,
  type MandateStatus,
} from '../../src/rules/mandates';
import type { CaseFacts, MandateFacts, StepAnswers } from '../../src/rules/needs/facts';
import { ME, ROWS, met, by } from './separation-facts';

describe('whoever acts for the person', () => {
  it('does so until the person says no, and asks for no erasure beside her', () => {
    const rep = (given: boolean | undefined) =>
      met('representativeMayAct', {
        ...by('REP', null),
        consents: given === undefined ? {} : { 'CN-REP': { given, bySelf: true } },
      });
    expect([rep(undefined), rep(true), rep(false)]).toEqual([true, true, false]);
    expect(
      met('representativeMayAct', {
        ...by('RH', null),
        consents: { 'CN-REP': { given: false, bySelf: true } },
      }),
    ).toBe(true);
    const erases = (role: 'RH' | 'REP', personHoldsReceipt: boolean) =>
      met('isHersToDecide', { ...by(role, null), personHoldsReceipt });
    expect([erases('RH', true), erases('RH', false), erases('REP', true), erases('REP', false)]).toEqual([
      true,
      true,
      false,
      true,
    ]);
  });
});

describe('a mandate', () => {
  const OURS = 'party-ours';
  const THEIRS = 'party-theirs';
  const rep = { actor: { role: 'REP' as const, personId: null, partyId: OURS } };
  const mandate = (status: MandateStatus, more: Partial<MandateFacts> = {}): MandateFacts => ({
    n: 1,
    partyId: OURS,
    status,
    basis: 'MB-WRITTEN',
    covers: [...MANDATE_COVER_CODES],
    endedByStaff: false,
    ...more,
  });
  const NEEDS_OF: [NeedName, MandateCover][] = [
    ['mandateForRemedy', 'MC-REMEDY'],
    ['mandateForEnding', 'MC-END'],
    ['mandateForErasure', 'MC-ERASE'],
    ['mandateForConsent', 'MC-CONSENT'],
  ];

  it.each(NEEDS_OF)('is needed where %s, and covers %s', (need, cover) => {
    const holds = (...mandates: MandateFacts[]) => met(need, { ...rep, mandates });
    expect(holds()).toBe(false);
    for (const status of ['CLAIMED', 'REFUSED', 'ENDED', 'EXPIRED'] as const)
      expect([status, holds(mandate(status))]).toEqual([status, false]);
    expect(holds(mandate('CONFIRMED'))).toBe(true);
    expect(
      holds(mandate('CONFIRMED', { covers: MANDATE_COVER_CODES.filter((code) => code !== cover) })),
    ).toBe(false);
    expect(holds(mandate('CONFIRMED', { covers: [cover] }))).toBe(true);
    expect(holds(mandate('CONFIRMED', { partyId: THEIRS }))).toBe(false);
    expect(holds(mandate('CONFIRMED'), mandate('ENDED', { n: 2 }))).toBe(false);
    expect(holds(mandate('ENDED'), mandate('CONFIRMED', { n: 2 }))).toBe(true);
    expect(holds(mandate('CONFIRMED'), mandate('ENDED', { n: 2, partyId: THEIRS }))).toBe(true);
    expect(met(need, { ...by('RH', null), mandates: [] })).toBe(true);
  });

  it('is needed to say that an action is done as promised, not to say what is missing', () => {
    const says = (answers: StepAnswers, ...mandates: MandateFacts[]) =>
      met('mandateForVerifying', { ...rep, mandates }, answers);
    const done: StepAnswers[] = [
      { actionResult: 'FULL' },
      { actionResults: { 1: 'FULL' } },
      { actionResults: { 1: 'NO', 2: 'FULL' } },
    ];
    for (const answers of done) {
      expect(says(answers, mandate('CLAIMED'))).toBe(false);
      expect(says(answers, mandate('CONFIRMED', { covers: ['MC-REMEDY'] }))).toBe(true);
      expect(says(answers, mandate('CONFIRMED', { covers: ['MC-END'] }))).toBe(false);
      expect(met('mandateForVerifying', by('RH', null), answers)).toBe(true);
    }
    for (const answers of [
      {},
      { actionResult: 'NO' },
      { actionResult: 'PARTLY' },
      { actionResults: { 1: 'NO' } },
    ])
      expect(says(answers, mandate('CLAIMED'))).toBe(true);
  });

  it('lets act whoever claims it, until it is over', () => {
    const acts = (...mandates: MandateFacts[]) => met('representativeMayAct', { ...rep, mandates });
    expect([acts(), acts(mandate('CLAIMED')), acts(mandate('CONFIRMED'))]).toEqual([true, true, true]);
    for (const status of ['REFUSED', 'ENDED', 'EXPIRED'] as const)
      expect([status, acts(mandate(status))]).toEqual([status, false]);
    expect(acts(mandate('ENDED', { partyId: THEIRS }))).toBe(true);
    expect(met('representativeMayAct', { ...by('RH', null), mandates: [mandate('ENDED')] })).toBe(true);
  });

  it('is written down by its holder until somebody confirmed or ended it, and again after its last day', () => {
    const opens = (...mandates: MandateFacts[]) => met('mandateOpen', { ...rep, mandates });
    expect([opens(), opens(mandate('CLAIMED')), opens(mandate('EXPIRED'))]).toEqual([true, true, true]);
    for (const status of ['CONFIRMED', 'REFUSED', 'ENDED'] as const)
      expect([status, opens(mandate(status))]).toEqual([status, false]);
    expect(opens(mandate('ENDED', { endedByStaff: true }))).toBe(true);
    expect(opens(mandate('ENDED', { endedByStaff: true }), mandate('CONFIRMED', { n: 2 }))).toBe(false);
    expect(opens(mandate('CONFIRMED', { partyId: THEIRS }))).toBe(true);
    expect(met('mandateOpen', { ...by('INT'), mandates: [mandate('CONFIRMED')] })).toBe(true);
  });

  it('is written down by staff by its number, or for whom nothing is written down', () => {
    const opens = (mandateNumber: number | undefined, representativesUnwritten = 0) =>
      met(
        'mandateNumberOpen',
        {
          ...by('INT'),
          representativesUnwritten,
          mandates: (['CLAIMED', 'CONFIRMED', 'REFUSED', 'ENDED', 'EXPIRED'] as const).map((status, at) =>
            mandate(status, { n: at + 1, partyId: `party-${at}` }),
          ),
        },
        { mandateNumber },
      );
    const named = (...mandates: MandateFacts[]) =>
      met('mandateNumberOpen', { ...by('INT'), mandates }, { mandateNumber: 1 });
    expect(named(mandate('REFUSED', { endedByStaff: true }))).toBe(true);
    expect(named(mandate('EXPIRED'), mandate('CONFIRMED', { n: 2 }))).toBe(false);
    expect(named(mandate('EXPIRED'), mandate('CONFIRMED', { n: 2, partyId: THEIRS }))).toBe(true);
    expect([1, 2, 3, 4, 5, 6].map((n) => opens(n))).toEqual([true, false, false, false, true, false]);
    expect([opens(undefined), opens(undefined, 1)]).toEqual([false, true]);
    expect(met('mandateNumberOpen', { ...rep, mandates: [], representativesUnwritten: 0 })).toBe(true);
    const there = (representativesUnwritten: number, ...mandates: MandateFacts[]) =>
      met('representativeIsThere', { mandates, representativesUnwritten });
    expect([there(0), there(1), there(0, mandate('ENDED'))]).toEqual([false, true, true]);
  });

  it('is confirmed by the person, and by staff only where she has no receipt or law is what it rests on', () => {
    const confirms = (role: 'RH' | 'INT', personHoldsReceipt: boolean, basis: string | null) =>
      met(
        'mandateIsForStaff',
        {
          ...by(role, role === 'RH' ? null : ME),
          personHoldsReceipt,
          mandates: [mandate('CLAIMED', { basis })],
        },
        { mandateNumber: 1 },
      );
    expect(confirms('RH', true, null)).toBe(true);
    expect(confirms('INT', false, 'MB-SPOKEN')).toBe(true);
    expect(MANDATE_BASIS_CODES.filter((basis) => confirms('INT', true, basis))).toEqual([
      'MB-PARENT',
      'MB-AUTHORITY',
    ]);
    expect(confirms('INT', true, null)).toBe(false);
    expect(met('mandateIsForStaff', { ...by('INT'), personHoldsReceipt: true, mandates: [] }, {})).toBe(
      false,
    );
    const known = (role: 'RH' | 'INT', basis: string | null) =>
      met(
        'mandateBasisKnown',
        { ...by(role, role === 'RH' ? null : ME), mandates: [mandate('CLAIMED', { basis })] },
        { mandateNumber: 1 },
      );
    expect([known('INT', null), known('INT', 'MB-BODY'), known('RH', null)]).toEqual([false, true, true]);
  });

  it('waits while it is claimed, and stands until it is over', () => {
    const all = ['CLAIMED', 'CONFIRMED', 'REFUSED', 'ENDED', 'EXPIRED'] as const;
    const which = (need: NeedName) =>
      all.filter((status) => met(need, { mandates: [mandate(status)] }, { mandateNumber: 1 }));
    expect(which('mandateWaits')).toEqual(['CLAIMED']);
    expect(which('mandateStands')).toEqual(['CLAIMED', 'CONFIRMED']);
    for (const need of ['mandateWaits', 'mandateStands'] as const)
      expect(met(need, { mandates: [mandate('CLAIMED')] }, { mandateNumber: 2 })).toBe(false);
  });

  it('is ended by a representative only where it is their own', () => {
    const ends = (actor: CaseFacts['actor'], mandateNumber?: number) =>
      met(
        'mandateIsOfReader',
        { actor, mandates: [mandate('CLAIMED'), mandate('CLAIMED', { n: 2, partyId: THEIRS })] },
        { mandateNumber },
      );
    expect([ends(rep.actor, 1), ends(rep.actor, 2), ends(rep.actor, 3), ends(rep.actor)]).toEqual([
      true,
      false,
      false,
      true,
    ]);
    expect([ends({ role: 'RH', personId: null, partyId: THEIRS }, 1), ends(by('PRT').actor, 2)]).toEqual([
      true,
      true,
    ]);
  });

  it('has a last day that lies ahead, a file that is there, and of staff a reason', () => {
    const ends = (mandateUntil?: string, mandateSince?: string) =>
      met('mandateEndsAhead', { today: '2026-11-24' }, { mandateUntil, mandateSince });
    expect([ends(), ends('2026-11-24'), ends('2026-11-23')]).toEqual([true, true, false]);
    expect([ends('2026-12-01', '2026-12-01'), ends('2026-12-01', '2026-12-02')]).toEqual([true, false]);
    expect(ends(undefined, '2027-01-01')).toBe(true);
    const proves = (proofIsThere: boolean, mandateProof?: number) =>
      met('mandateProofIsThere', { named: { proofIsThere } }, { mandateProof });
    expect([proves(false), proves(false, 1), proves(true, 1)]).toEqual([true, false, true]);
    const says = (role: 'RH' | 'PRT', reasons?: string) =>
      met('staffGiveReasons', by(role, role === 'RH' ? null : ME), { reasons });
    expect([says('RH'), says('PRT'), says('PRT', 'The court order.')]).toEqual([true, false, true]);
    const refused = (given?: boolean) =>
      met('representationNotRefused', {
        consents: given === undefined ? {} : { 'CN-REP': { given, bySelf: true } },
      });
    expect([refused(), refused(true), refused(false)]).toEqual([true, true, false]);
  });

  it('is asked of every deed that gives something up for the person, and of nothing that protects her', () => {
    const asked = ROWS.filter(({ by: who }) => who.includes('REP')).map(({ step, needs }) => [
      step,
      needs.find((name) => name.startsWith('mandateFor')) ?? null,
    ]);
    expect(Object.fromEntries(asked)).toEqual({
      lodge: null,
      'accept-facilitator': null,
      'refuse-facilitator': null,
      'answer-question': null,
      'report-retaliation': null,
      'plan-check-ins': null,
      'stop-check-ins': 'mandateForEnding',
      'answer-check-in': null,
      pause: null,
      resume: null,
      withdraw: 'mandateForEnding',
      'report-late': null,
      'request-support': null,
      'end-support': null,
      'amend-complaint': null,
      'approve-transcript': null,
      'dispute-transcript': null,
      'record-mandate': null,
      'end-mandate': null,
      'describe-group': null,
      'make-join-code': null,
      'object-to-dictation': null,
      'deny-dictation': null,
      'end-join-code': null,
      'write-to-members': null,
      'join-group': 'mandateForConsent',
      'leave-group': null,
      'request-erasure': 'mandateForErasure',
      'take-back-erasure': null,
      'comment-on-findings': null,
      'accept-offer': 'mandateForRemedy',
      'take-back-acceptance': 'mandateForRemedy',
      'start-sooner': 'mandateForRemedy',
      'refuse-offer': null,
      'counter-offer': null,
      'ask-about-offer': null,
      'verify-action': 'mandateForVerifying',
      'confirm-remedy': 'mandateForRemedy',
      'report-not-delivered': 'mandateForVerifying',
      'resume-implementation': null,
      'come-back': null,
      reopen: null,
      appeal: null,
    });
  });
});
