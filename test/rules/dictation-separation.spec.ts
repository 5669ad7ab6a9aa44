import { type NeedName } from '../../src/rules/needs';
import { refusingNeeds } from '../../src/rules/agreements';
import type { CaseFacts, StepAnswers } from '../../src/rules/needs/facts';
import { isDisputed, isOwnWord } from '../../src/rules/needs/dictations';
import { CASE_ROLES, type RoleCode } from '../../src/rules/roles';
import { needsOf } from '../../src/rules/workflow';
import {
  ME,
  YOU,
  MADE_BY_ME,
  ROWS,
  type Given,
  factsOf,
  met,
  agrees,
  by,
  took,
  action,
} from './separation-facts';

describe('whoever refuses what a person is to have said', () => {
  const refused = (given: Given, step: string, isDictated = true) =>
    refusingNeeds(
      ROWS.find((row) => row.step === step)!,
      factsOf(given),
      { isDictated, accounts: [ME] },
    );

  it('neither investigated nor decided where she asks for a review', () => {
    for (const given of [
      { assigned: [{ role: 'INV', personId: ME }] },
      { taken: [took('offer-remedy', 'DEC')] },
    ] as Given[]) {
      expect(refused(given, 'appeal')).toMatchObject([{ name: 'secondPersonIndependent' }]);
      expect([refused(given, 'withdraw'), refused(given, 'appeal', false)]).toEqual([[], []]);
    }
    expect(refused({ assigned: [{ role: 'PRT', personId: ME }] }, 'appeal')).toEqual([]);
  });
});

describe('whoever held the pen for the person', () => {
  const dictation = {
    n: 1,
    step: 'withdraw',
    penHolders: [YOU, ME],
    isLast: true,
    objectUntil: '2026-12-24',
    objected: false,
    holds: null,
  };
  const given: Given = { dictations: [dictation] };

  it('is asked for nothing in the case but to hold it, nor takes over anything else', () => {
    for (const role of CASE_ROLES) {
      const isPen = ['INT', 'PRT'].includes(role);
      const mayTake = (personId: string | null) =>
        met('assigneeIndependent', { ...given, named: { personId } }, { role });
      expect([role, mayTake(ME), mayTake('another'), mayTake(null)]).toEqual([role, isPen, true, true]);
      const taken = { ...given, assigned: [{ role, personId: 'leaver' }] };
      const fits = (personId: string) =>
        met(
          'successorFits',
          { ...taken, named: { personId, personRoles: [role] } },
          { handedOverFrom: 'leaver' },
        );
      expect([role, fits(ME), fits('another')]).toEqual([role, isPen, true]);
    }
  });

  it('decides nothing in it', () => {
    expect(met('deciderHeldNoPen', { ...given, ...by('DEC') })).toBe(false);
    expect(met('deciderHeldNoPen', { ...given, ...by('DEC', 'another') })).toBe(true);
    expect(met('deciderHeldNoPen', { ...given, ...by('RH', null) })).toBe(true);
    expect(met('deciderHeldNoPen', by('DEC'))).toBe(true);
    expect(['lower-severity', 'close', 'decline'].map((step) => agrees(given, { step }))).toEqual([
      true,
      false,
      false,
    ]);
    expect(agrees(given, { step: 'close' }, 'another')).toBe(true);
  });

  it('is kept apart from each decision and each end that is not hers, and from nothing else', () => {
    const implied = (name: NeedName) =>
      ROWS.filter((row) => needsOf(row).includes(name) && !row.needs.includes(name));
    expect(
      implied('deciderHeldNoPen')
        .filter(({ decides }) => !decides)
        .map(({ step }) => step),
    ).toEqual([
      'decline',
      'refer',
      'confirm-referral',
      'close-lost-contact',
      'close-merged',
      'close-withdrawn',
    ]);
    for (const row of ROWS.filter(({ decides }) => decides))
      expect([row.step, needsOf(row).includes('deciderHeldNoPen')]).toEqual([row.step, true]);
    expect(implied('nothingDisputed').map(({ step }) => step)).toEqual([
      'decline',
      'refer',
      'confirm-referral',
      'close',
      'close-unsubstantiated',
      'close-without-remedy',
      'close-linked',
      'close-lost-contact',
      'close-merged',
      'close-resolved-elsewhere',
      'close-own-initiative',
      'close-withdrawn',
      'reject-appeal',
      'refuse-late-appeal',
    ]);
  });

  const parts: [string, Given][] = [
    ['is on the team', { assigned: [{ role: 'INV', personId: ME }] }],
    ['is asked onto it', { asked: [{ role: 'DIA', personId: ME }] }],
    ['took a step', { taken: [took('accept', 'TRI')] }],
    ['owns an action', { actions: [action(ME)] }],
    ['reviews', { appeal: { against: 'closed', late: false, reviewerId: ME } }],
  ];
  const none: [string, Given][] = [
    ['did nothing', {}],
    ['is on the team to take cases in', { assigned: [{ role: 'INT', personId: ME }] }],
    [
      'keeps the person safe',
      { asked: [{ role: 'PRT', personId: ME }], taken: [took('reveal-identity', 'PRT')] },
    ],
    ['said that there is no conflict', { taken: [took('declare-no-conflict', 'INV')] }],
    ['withdrew', { taken: [took('recuse', 'DEC')] }],
    ['owned an action that was dropped', { actions: [action(ME, { status: 'DROPPED' })] }],
    [
      'saw others work',
      {
        assigned: [{ role: 'INV', personId: YOU }],
        taken: [took('accept', 'TRI', YOU)],
        actions: [action(YOU)],
        appeal: { against: 'closed', late: false, reviewerId: YOU },
      },
    ],
  ];
  const writes = (more: Given, writtenBy: { role: 'INT'; personId: string } | undefined) =>
    met('penHolderIsApart', { ...more, actor: { role: 'RH', personId: null, writtenBy } });

  it.each(parts)('is none who %s', (_name, more) => {
    expect(writes(more, { role: 'INT', personId: ME })).toBe(false);
    expect(writes(more, { role: 'INT', personId: 'another' })).toBe(true);
    expect(writes(more, undefined)).toBe(true);
    expect(agrees(more, { isDictated: true })).toBe(false);
    expect(agrees(more, { isDictated: true }, 'another')).toBe(true);
  });

  it.each(none)('may be who %s', (_name, more) => {
    expect(writes(more, { role: 'INT', personId: ME })).toBe(true);
    expect(agrees(more, { isDictated: true })).toBe(true);
  });
});

describe('what staff write down for the person', () => {
  const dictation = (n: number, more: Partial<CaseFacts['dictations'][number]> = {}) => ({
    n,
    step: 'withdraw',
    penHolders: [YOU],
    isLast: true,
    objectUntil: '2026-12-24',
    objected: false,
    holds: null,
    ...more,
  });
  const today = '2026-11-24';
  const lodgedOn = '2026-11-20';

  it('was said on no day to come, and on none before she could say it', () => {
    const said = (saidOn: string, askedSince: string | null = null) =>
      met('saidInTime', { today, lodgedOn, askedSince }, { saidOn });
    expect(['2026-11-19', '2026-11-20', '2026-11-24', '2026-11-25'].map((day) => said(day))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(['2026-11-21', '2026-11-22'].map((day) => said(day, '2026-11-22'))).toEqual([false, true]);
  });

  it('came through somebody who is named, where it did', () => {
    const through = (saidThrough: string, saidThroughWhom?: string) =>
      met('throughWhomSaid', {}, { saidThrough, saidThroughWhom });
    expect([through('phone'), through('assisted'), through('assisted', 'Her sister')]).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('is said by somebody else under a mandate that is there, and by her under none', () => {
    const said = (saidBy: string, mandateNumber: number | undefined, ...ns: number[]) =>
      met(
        'speakerHasMandate',
        { mandates: ns.map((n) => ({ n })) as unknown as CaseFacts['mandates'] },
        { saidBy, mandateNumber },
      );
    expect([said('REP', 2, 1, 2), said('REP', 3, 1, 2), said('REP', undefined, 1)]).toEqual([
      true,
      false,
      false,
    ]);
    expect([said('RH', undefined, 1), said('RH', 1, 1)]).toEqual([true, false]);
  });

  it('is objected to once, in time, by its number', () => {
    const dictations = [dictation(1), dictation(2, { objected: true }), dictation(3, { objectUntil: today })];
    const both = (dictationNumber: number, more: StepAnswers = {}) =>
      (['dictationStands', 'objectionIsInTime'] as const).map((need) =>
        met(need, { today, dictations }, { dictationNumber, ...more }),
      );
    expect([1, 2, 3, 4].map((n) => both(n))).toEqual([
      [true, true],
      [false, true],
      [true, true],
      [false, false],
    ]);
    expect(both(3, { saidOn: '2026-11-25' })).toEqual([true, false]);
    expect(both(1, { saidOn: '2026-11-25' })).toEqual([true, true]);
  });

  it('is taken back by her whoever is to have said it, and by whoever speaks for her where they are', () => {
    const words = [
      { saidBy: 'RH', partyId: null },
      { saidBy: 'REP', partyId: 'theirs' },
      { saidBy: 'REP', partyId: null },
      { saidBy: null, partyId: null },
      { saidBy: 'RH', partyId: 'theirs' },
    ];
    const own = (role: RoleCode, partyId?: string) =>
      words.map((word) => isOwnWord({ role, personId: null, partyId }, word));
    expect(own('RH', 'hers')).toEqual([true, true, true, true, true]);
    expect(own('REP', 'theirs')).toEqual([false, true, false, false, false]);
    expect(own('REP', 'another')).toEqual([false, false, false, false, false]);
    expect(own('REP')).toEqual([false, false, false, false, false]);
    const waits = (...wordsWaiting: CaseFacts['wordsWaiting'][number][]) =>
      met('dictationWaits', { actor: { role: 'REP', personId: null, partyId: 'theirs' }, wordsWaiting });
    expect([waits(), waits(words[0]!), waits(words[0]!, words[1]!)]).toEqual([false, false, true]);
  });

  it('is answered where she denied it, by another one, who alone writes down what she says from then on', () => {
    const denied = (penHolder: string, answered = false) => ({ penHolder, answered });
    const waits = (...denials: CaseFacts['denials'][number][]) => met('denialWaits', { denials });
    expect(waits()).toBe(false);
    expect(waits(denied(YOU, true))).toBe(false);
    expect(waits(denied(YOU, true), denied(YOU))).toBe(true);
    const noOthers = [ME, MADE_BY_ME];
    const other = (...denials: CaseFacts['denials'][number][]) =>
      met('denialIsOfAnother', { denials, noOthers });
    expect([other(denied(YOU)), other(denied(ME)), other(denied(MADE_BY_ME))]).toEqual([true, false, false]);
    expect(other(denied(YOU), denied(ME))).toBe(false);
    expect(other(denied(YOU), denied(ME, true))).toBe(true);
    const writes = (writtenBy: CaseFacts['actor']['writtenBy'], ...denials: CaseFacts['denials'][number][]) =>
      met('penHolderNotDenied', { actor: { role: 'RH', personId: null, writtenBy }, denials, noOthers });
    const pen = { role: 'INT' as const, personId: ME };
    expect([writes(pen), writes(pen, denied(YOU)), writes(undefined, denied(ME))]).toEqual([
      true,
      true,
      true,
    ]);
    expect([writes(pen, denied(YOU), denied(ME)), writes(pen, denied(MADE_BY_ME, true))]).toEqual([
      false,
      false,
    ]);
    const agreed = { denials: [denied(YOU, true), denied(ME, true)] };
    expect(agrees(agreed, { isDictated: true, step: 'withdraw' })).toBe(false);
    expect(agrees(agreed, { isDictated: true, step: 'withdraw' }, 'another')).toBe(true);
    expect(agrees(agreed, {})).toBe(true);
  });

  it('is answered where she objected, once', () => {
    const dictations = [
      dictation(1),
      dictation(2, { objected: true }),
      dictation(3, { objected: true, holds: false }),
    ];
    const waits = (dictationNumber: number) => met('objectionWaits', { dictations }, { dictationNumber });
    expect([1, 2, 3, 4].map(waits)).toEqual([false, true, false, false]);
  });

  it('is disputed until she was told, and where it does not hold until she says it anew', () => {
    const settled = (...dictations: CaseFacts['dictations'][number][]) =>
      met('nothingDisputed', { dictations });
    expect([settled(), settled(dictation(1))]).toEqual([true, true]);
    expect(settled(dictation(1, { objected: true }))).toBe(false);
    expect(settled(dictation(1, { objected: true, isLast: false }))).toBe(false);
    expect(settled(dictation(1, { objected: true, holds: true }))).toBe(true);
    expect(settled(dictation(1, { objected: true, holds: false }))).toBe(false);
    expect(settled(dictation(1, { objected: true, holds: false, isLast: false }))).toBe(true);
    expect(settled(dictation(1), dictation(2, { objected: true, holds: true }))).toBe(true);
    const pause = dictation(1, { objected: true, holds: false, step: 'pause' });
    expect([isDisputed(factsOf({ dictations: [pause] }), 'pause')]).toEqual([true]);
    expect([isDisputed(factsOf({ dictations: [pause] }), 'withdraw')]).toEqual([false]);
  });
});
