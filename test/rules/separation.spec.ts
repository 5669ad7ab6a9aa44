import { SEPARATION_NEEDS, type NeedName } from '../../src/rules/needs';
import { partakers } from '../../src/rules/agreements';
import type { CaseFacts, StepAnswers } from '../../src/rules/needs/facts';
import { CASE_ROLES, STAFF_ROLES, type RoleCode } from '../../src/rules/roles';
import type { State } from '../../src/rules/states';
import { BUILT_IN } from '../../src/rules/policy';
import { mayActInState, needsAgreement } from '../../src/rules/workflow';
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

describe('whoever investigated', () => {
  const investigated: [string, Given][] = [
    ['is on the team as investigator', { assigned: [{ role: 'INV', personId: ME }] }],
    ['took a step as investigator', { taken: [took('record-finding', 'INV')] }],
    ['answered a comment as investigator', { taken: [took('answer-comment', 'INV')] }],
  ];
  const didNot: [string, Given][] = [
    ['is on the team in another role', { assigned: [{ role: 'LEG', personId: ME }] }],
    [
      'saw another one investigate',
      { assigned: [{ role: 'INV', personId: YOU }], taken: [took('record-finding', 'INV', YOU)] },
    ],
    ['took a step in another role', { taken: [took('record-finding', 'TRI')] }],
    ['said only that there is no conflict', { taken: [took('declare-no-conflict', 'INV')] }],
    ['withdrew before doing anything', { taken: [took('recuse', 'INV')] }],
    ['is asked to investigate, and has not answered', { asked: [{ role: 'INV', personId: ME }] }],
  ];

  it.each(investigated)('%s, and does not decide', (_name, given) => {
    expect(met('deciderIsNotInvestigator', { ...given, ...by('DEC') })).toBe(false);
    expect(met('assigneeIndependent', { ...given, named: { personId: ME } }, { role: 'DEC' })).toBe(false);
    expect(met('assigneeIndependent', { ...given, named: { personId: ME } }, { role: 'INV' })).toBe(true);
    expect(met('assigneeIndependent', { ...given, named: { personId: YOU } }, { role: 'DEC' })).toBe(true);
    expect([agrees(given, {}), agrees(given, { step: 'close' })]).toEqual([false, false]);
    expect(agrees(given, {}, YOU)).toBe(true);
  });

  it.each(didNot)('is not who %s', (_name, given) => {
    expect([agrees(given, {}), agrees(given, { step: 'close' })]).toEqual([true, true]);
    expect(met('deciderIsNotInvestigator', { ...given, ...by('DEC') })).toBe(true);
    expect(met('assigneeIndependent', { ...given, named: { personId: ME } }, { role: 'DEC' })).toBe(true);
  });

  it('is no rightsholder, who has no account', () => {
    expect(met('deciderIsNotInvestigator', by('RH', null))).toBe(true);
    expect(
      met('deciderIsNotInvestigator', { ...by('RH', null), taken: [took('answer-comment', 'INV', '')] }),
    ).toBe(false);
    const unknown = { taken: [took('record-finding', 'INV', null)], named: { personId: null } };
    expect(met('assigneeIndependent', unknown, { role: 'DEC' })).toBe(true);
  });
});

describe('a reviewer', () => {
  const tookPart: [string, Given][] = [
    ['accepted the case', { taken: [took('accept', 'TRI')] }],
    ['is on the team in another role', { assigned: [{ role: 'LEG', personId: ME }] }],
    ['sighted a decline as reviewer', { taken: [took('sight-decline', 'IRV')] }],
    ['asked the person in another role', { taken: [took('ask-question', 'INV')] }],
    ['planned an action as decision-maker', { taken: [took('plan-action-on-appeal', 'DEC')] }],
    [
      'did one thing of a review and one before',
      { taken: [took('ask-question', 'IRV'), took('share', 'PRT')] },
    ],
  ];
  const didNot: [string, Given][] = [
    ['did nothing', {}],
    ['is on the team as reviewer', { assigned: [{ role: 'IRV', personId: ME }] }],
    ['planned an action within the review', { taken: [took('plan-action-on-appeal', 'IRV')] }],
    ['asked the person within the review', { taken: [took('ask-question', 'IRV')] }],
    ['wrote a note within the review', { taken: [took('write-internal-note', 'IRV')] }],
    ['said only that there is no conflict', { taken: [took('declare-no-conflict', 'LEG')] }],
    ['withdrew', { taken: [took('recuse', 'LEG')] }],
    ['saw others work', { taken: [took('accept', 'TRI', YOU)], assigned: [{ role: 'LEG', personId: YOU }] }],
  ];

  it.each(tookPart)('who %s took an earlier part', (_name, given) => {
    expect(met('reviewerTookNoEarlierPart', { ...given, ...by('IRV') })).toBe(false);
    expect(met('assigneeIndependent', { ...given, named: { personId: ME } }, { role: 'IRV' })).toBe(false);
    expect(met('assigneeIndependent', { ...given, named: { personId: ME } }, { role: 'LEG' })).toBe(true);
  });

  it.each(didNot)('who %s took none', (_name, given) => {
    expect(met('reviewerTookNoEarlierPart', { ...given, ...by('IRV') })).toBe(true);
    expect(met('assigneeIndependent', { ...given, named: { personId: ME } }, { role: 'IRV' })).toBe(true);
  });

  it('decides only the appeal that is theirs', () => {
    const appeal = (reviewerId: string | null) => ({
      appeal: { against: 'closed', late: false, reviewerId },
    });
    expect(met('reviewerAssigned', { ...by('IRV'), ...appeal(ME) })).toBe(true);
    expect(met('reviewerAssigned', { ...by('IRV'), ...appeal(YOU) })).toBe(false);
    expect(met('reviewerAssigned', { ...by('IRV'), ...appeal(null) })).toBe(false);
    expect(met('reviewerAssigned', { ...by('RH', null), ...appeal(null) })).toBe(false);
    expect(met('reviewerAssigned', by('IRV'))).toBe(false);
  });
});

describe('a review', () => {
  /** What an appeal can be against, with the needs that it meets. */
  const AGAINST: [string | null, NeedName[]][] = [
    [null, []],
    ['remedy-proposed', ['appealAgainstOutcome', 'appealAgainstOffer']],
    ['implementation', ['appealAgainstOutcome', 'appealAgainstMeasures']],
    ['closed', ['appealAgainstOutcome', 'appealAgainstEnding']],
    ['declined', ['appealAgainstRefusal', 'appealAgainstEnding']],
    ['referred', ['appealAgainstRefusal', 'appealAgainstEnding']],
  ];
  const NEEDS_OF_APPEALS = [...new Set(AGAINST.flatMap(([, needs]) => needs))];

  it.each(AGAINST)('of %s ends only as fits what it is against', (against, needs) => {
    const appeal =
      against === null ? null : ({ against, late: false, reviewerId: null } as CaseFacts['appeal']);
    for (const need of NEEDS_OF_APPEALS)
      expect([need, met(need, { appeal })]).toEqual([need, needs.includes(need)]);
  });

  it('is open against measures that the person did not accept, in whole or in part', () => {
    const ask = (given: Given) =>
      met('remedyNotAccepted', { state: 'implementation', agreement: 'AGREED', ...given });
    expect(ask({ actions: [action(ME, { agreed: true })] })).toBe(false);
    expect(ask({ actions: [action(ME)] })).toBe(false);
    expect(ask({ agreement: 'NOT_AGREED' })).toBe(true);
    expect(ask({ state: 'closed' })).toBe(true);
    expect(ask({ actions: [action(ME, { agreed: true }), action(ME, { n: 2, agreed: false })] })).toBe(true);
    for (const status of ['DROPPED', 'REFUSED'] as const)
      expect(ask({ actions: [action(ME, { agreed: false, status })] })).toBe(false);
  });
});

describe('a guest', () => {
  it('comes until a day from today to half a year ahead', () => {
    const until = (guestUntil?: string) =>
      met('guestEndsInTime', { today: '2026-11-24' }, guestUntil ? { guestUntil } : {});
    expect(['2026-11-24', '2026-11-25', '2027-05-23'].map(until)).toEqual([true, true, true]);
    expect(['2026-11-23', '2027-05-24'].map(until)).toEqual([false, false]);
    expect(until()).toBe(false);
  });

  it('is known by number among several', () => {
    const guests = [{ n: 1 }, { n: 2 }] as CaseFacts['guests'];
    expect([1, 2, 3].map((guestNumber) => met('guestStands', { guests }, { guestNumber }))).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe('whoever is to put it right', () => {
  it('neither decides nor verifies what they own, dropped actions apart', () => {
    for (const need of ['deciderOwnsNoAction', 'actorOwnsNoAction'] as const) {
      expect(met(need, { actions: [action(ME)] })).toBe(false);
      expect(met(need, { actions: [action(YOU), action(ME, { n: 2, status: 'DONE' })] })).toBe(false);
      expect(met(need, { actions: [action(YOU)] })).toBe(true);
      expect(met(need, { actions: [action(ME, { status: 'DROPPED' })] })).toBe(true);
      expect(met(need, { actions: [] })).toBe(true);
      expect(met(need, { ...by('RH', null), actions: [action(YOU)] })).toBe(true);
      expect(met(need, { ...by('RH', null), actions: [action('')] })).toBe(false);
    }
  });

  it('agrees to no decision on what they own either', () => {
    const owned: Given = { actions: [action(ME)] };
    expect([agrees(owned, { step: 'close' }), agrees(owned, {})]).toEqual([false, true]);
    expect(agrees(owned, { step: 'close' }, YOU)).toBe(true);
    expect(agrees({ actions: [action(ME, { status: 'DROPPED' })] }, { step: 'close' })).toBe(true);
  });

  it('works on actions of their own alone, from the agreement until they are done', () => {
    const own = (given: Given, actionNumber = 1) => met('actorOwnsAction', given, { actionNumber });
    expect(own({ actions: [action(ME)] })).toBe(true);
    expect(own({ actions: [action(ME, { status: 'STARTED' })] })).toBe(true);
    for (const status of ['PROPOSED', 'DONE', 'DROPPED'] as const)
      expect([status, own({ actions: [action(ME, { status })] })]).toEqual([status, false]);
    expect(own({ actions: [action(YOU)] })).toBe(false);
    expect(own({ actions: [action(ME)] }, 2)).toBe(false);
    expect(own({ actions: [] })).toBe(false);
  });

  it('is a remedy owner who works here', () => {
    expect(met('ownerIsRemedyOwner', { named: { personRoles: ['INV', 'REM'] } })).toBe(true);
    expect(met('ownerIsRemedyOwner', { named: { personRoles: ['INV'] } })).toBe(false);
    expect(met('ownerIsActive', { named: { personId: YOU, personRoles: ['INV'] } })).toBe(true);
    expect(met('ownerIsActive', { named: { personId: null } })).toBe(false);
    const team = {
      assigned: [
        { role: 'INV', personId: YOU },
        { role: 'LEG', personId: ME },
      ],
    };
    for (const owner of [ME, YOU]) expect(met('ownerIsOnTeam', team, { owner })).toBe(true);
    expect(met('ownerIsOnTeam', team, { owner: 'another' })).toBe(false);
    expect(met('ownerIsOnTeam', {}, { owner: ME })).toBe(false);
  });
});

describe('whoever comes onto a team', () => {
  it('holds the role', () => {
    expect(met('assigneeHoldsRole', { named: { personRoles: ['DEC', 'INV'] } }, { role: 'INV' })).toBe(true);
    expect(met('assigneeHoldsRole', { named: { personRoles: ['DEC'] } }, { role: 'INV' })).toBe(false);
  });

  it('is not kept out of the case: an investigator does not come from the unit concerned', () => {
    expect(met('personNotKeptOut', { named: { isKeptOut: true } })).toBe(false);
    expect(met('personNotKeptOut', { named: { isKeptOut: false } })).toBe(true);
    for (const { step, asks, needs } of ROWS.filter((row) =>
      row.asks.some((name) => name === 'person' || name === 'owner'),
    ))
      if (!['end-assignment'].includes(step))
        expect([step, asks, needs.includes('personNotKeptOut')]).toEqual([step, asks, true]);
  });

  it('denies a conflict of interest when assigning oneself', () => {
    expect(met('ownConflictDenied', {}, { person: YOU })).toBe(true);
    expect(met('ownConflictDenied', {}, { person: ME, noConflict: true })).toBe(true);
    expect(met('ownConflictDenied', {}, { person: ME })).toBe(false);
    expect(met('ownConflictDenied', {}, { person: ME, noConflict: false })).toBe(false);
  });

  it('answers only what they are asked themselves', () => {
    expect(
      met('actorIsAsked', {
        asked: [
          { role: 'INV', personId: YOU },
          { role: 'INV', personId: ME },
        ],
      }),
    ).toBe(true);
    expect(met('actorIsAsked', { asked: [{ role: 'INV', personId: YOU }] })).toBe(false);
    expect(met('actorIsAsked', { assigned: [{ role: 'INV', personId: ME }] })).toBe(false);
  });

  it('acts in the role in which they are there', () => {
    const assigned = [
      { role: 'INV', personId: YOU },
      { role: 'INV', personId: ME },
      { role: 'LEG', personId: ME },
    ];
    expect(met('actorAssigned', { ...by('INV'), assigned })).toBe(true);
    expect(met('actorAssigned', { ...by('DIA'), assigned })).toBe(false);
    expect(met('actorAssigned', { ...by('LEG', YOU), assigned })).toBe(false);
    expect(met('actorAssigned', { ...by('INV'), asked: assigned })).toBe(false);
    expect(met('investigatorAssigned', { assigned })).toBe(true);
    expect(met('investigatorAssigned', { assigned: [{ role: 'LEG', personId: ME }] })).toBe(false);
    expect(
      met('investigatorAssigned', {
        assigned: [
          { role: 'LEG', personId: ME },
          { role: 'INV', personId: YOU },
        ],
      }),
    ).toBe(true);
  });
});

describe('handing over', () => {
  it('is everybody’s for the own place, and three roles’ for others', () => {
    for (const role of CASE_ROLES) {
      expect([role, met('handsOverOwnPlace', by(role))]).toEqual([role, true]);
      expect([role, met('handsOverOwnPlace', by(role), { handedOverFrom: ME })]).toEqual([role, true]);
      expect([role, met('handsOverOwnPlace', by(role), { handedOverFrom: YOU })]).toEqual([
        role,
        ['TRI', 'PRT', 'DEC'].includes(role),
      ]);
    }
  });

  it('needs a place on the team, answered or not', () => {
    const place = { role: 'INV', personId: ME };
    const others = { role: 'INV', personId: YOU };
    expect(met('handedOverIsOnTeam', { assigned: [place] })).toBe(true);
    expect(met('handedOverIsOnTeam', { asked: [place] })).toBe(true);
    expect(met('handedOverIsOnTeam', { assigned: [others], asked: [others] })).toBe(false);
    expect(met('handedOverIsOnTeam', { assigned: [others] }, { handedOverFrom: YOU })).toBe(true);
    expect(met('personIsOnTeam', { assigned: [others] }, { person: YOU })).toBe(true);
    expect(met('personIsOnTeam', { asked: [others] }, { person: YOU })).toBe(true);
    expect(met('personIsOnTeam', { assigned: [others], asked: [others] }, { person: ME })).toBe(false);
  });

  it('needs a successor who holds every role of the place and may take each in this case', () => {
    const assigned = [{ role: 'INV', personId: ME }];
    const asked = [{ role: 'LEG', personId: ME }];
    const to = (given: Given, answers: StepAnswers = {}) =>
      met('successorFits', { assigned, asked, ...given }, answers);
    expect(to({ named: { personId: YOU, personRoles: ['INV', 'LEG', 'DEC'] } })).toBe(true);
    expect(to({ named: { personId: YOU, personRoles: ['INV'] } })).toBe(false);
    expect(to({ named: { personId: YOU, personRoles: ['LEG'] } })).toBe(false);
    expect(to({ named: { personId: ME, personRoles: ['INV', 'LEG'] } })).toBe(false);
    const decider = {
      assigned: [{ role: 'DEC', personId: ME }],
      named: { personId: YOU, personRoles: ['DEC', 'LEG'] as const },
    };
    expect(to({ ...decider, named: { ...decider.named, personRoles: ['DEC', 'LEG'] } })).toBe(true);
    expect(
      to({
        ...decider,
        named: { ...decider.named, personRoles: ['DEC', 'LEG'] },
        taken: [took('record-finding', 'INV', YOU)],
      }),
    ).toBe(false);
    expect(
      to(
        {
          named: { personId: ME, personRoles: ['INV'] },
          assigned: [{ role: 'INV', personId: YOU }],
          asked: [],
        },
        { handedOverFrom: YOU },
      ),
    ).toBe(true);
  });
});

describe('keeping somebody out', () => {
  it('names a person, a unit or both, and never oneself', () => {
    expect(met('somebodyNamed', { named: { personId: YOU } }, { person: YOU })).toBe(true);
    expect(met('somebodyNamed', {}, { person: YOU })).toBe(false);
    expect(met('somebodyNamed', {}, { unit: 'Claims' })).toBe(true);
    expect(met('somebodyNamed', {}, {})).toBe(false);
    expect(met('excludesAnother', {}, { person: YOU })).toBe(true);
    expect(met('excludesAnother', {}, { person: ME })).toBe(false);
    expect(met('excludesAnother', by('RH', null), {})).toBe(true);
  });

  it('leaves a triage lead who carries the case', () => {
    expect(met('leadIsLeft', { named: { leadIsLeft: true } })).toBe(true);
    expect(met('leadIsLeft', { named: { leadIsLeft: false } })).toBe(false);
  });

  it('is lifted by number', () => {
    const exclusions = [
      { n: 1, personId: YOU },
      { n: 3, personId: null },
    ];
    expect(met('exclusionStands', { exclusions }, { exclusionNumber: 3 })).toBe(true);
    expect(met('exclusionStands', { exclusions }, { exclusionNumber: 2 })).toBe(false);
  });
});

describe('looking at what was done', () => {
  it('is another one’s where a case was opened in an emergency', () => {
    const glassBroken = [
      { n: 1, personId: ME, isReviewed: false },
      { n: 2, personId: YOU, isReviewed: false },
      { n: 3, personId: YOU, isReviewed: true },
      { n: 5, personId: MADE_BY_ME, isReviewed: false },
    ];
    const both = (breakGlassNumber: number) =>
      (['glassToReview', 'glassBrokenByAnother'] as const).map((need) =>
        met(need, { glassBroken, noOthers: [ME, MADE_BY_ME] }, { breakGlassNumber }),
      );
    expect([1, 2, 3, 4, 5].map(both)).toEqual([
      [true, false],
      [true, true],
      [false, true],
      [false, true],
      [true, false],
    ]);
  });

  it('is another one’s where a legal hold was placed; nobody placed that which holds from receipt', () => {
    const holds = [
      { n: 1, placedBy: null },
      { n: 2, placedBy: ME },
      { n: 3, placedBy: YOU },
      { n: 5, placedBy: MADE_BY_ME },
    ];
    const other = (holdNumber: number) =>
      met('holdOfAnother', { ...by('DPO'), holds, noOthers: [ME, MADE_BY_ME] }, { holdNumber });
    expect([1, 2, 3, 4, 5].map(other)).toEqual([true, false, true, true, false]);
  });

  it('is another one’s where she objects to what was written down, and to an objection that was', () => {
    const written = (n: number, penHolders: string[], step = 'withdraw') => ({
      n,
      step,
      penHolders,
      isLast: true,
      objectUntil: '2026-12-24',
      objected: true,
      holds: null,
    });
    const other = (...dictations: CaseFacts['dictations'][number][]) =>
      met('objectionIsOfAnother', { dictations, noOthers: [ME, MADE_BY_ME] }, { dictationNumber: 1 });
    expect(other()).toBe(true);
    expect(other(written(1, [YOU]))).toBe(true);
    expect(other(written(1, [YOU, ME]))).toBe(false);
    expect(other(written(1, [MADE_BY_ME, YOU]))).toBe(false);
    expect(other(written(1, [YOU]), written(2, [ME]))).toBe(true);
    expect(other(written(1, [YOU]), written(2, [ME], 'object-to-dictation'))).toBe(false);
  });
});

describe('a second person', () => {
  it('is no account that counts as one with somebody who investigated, owns, held a pen or has another part', () => {
    const dictations = [
      {
        n: 1,
        step: 'pause',
        penHolders: [MADE_BY_ME],
        isLast: true,
        objectUntil: '2026-12-24',
        objected: false,
        holds: null,
      },
    ];
    const kept: [Given, Parameters<typeof agrees>[1]][] = [
      [{ assigned: [{ role: 'INV', personId: MADE_BY_ME }] }, {}],
      [{ actions: [action(MADE_BY_ME)] }, { step: 'close' }],
      [{ dictations }, { step: 'close' }],
      [{ taken: [took('decide-interim', 'DEC', MADE_BY_ME)] }, { step: 'withdraw', isDictated: true }],
      [{ denials: [{ penHolder: MADE_BY_ME, answered: false }] }, { step: 'withdraw', isDictated: true }],
    ];
    for (const [given, how] of kept) {
      expect(agrees(given, how, ME, MADE_BY_ME)).toBe(false);
      expect(agrees(given, how, MADE_BY_ME, ME)).toBe(false);
      expect(agrees(given, how, ME, YOU)).toBe(true);
      expect(partakers(factsOf(given))).toContain(MADE_BY_ME);
    }
    expect(partakers(factsOf({}))).toEqual([]);
    const asked = { asked: [{ role: 'INV', personId: YOU }], taken: [took('accept', 'RH', null)] };
    expect(partakers(factsOf(asked))).toEqual([YOU]);
    const appeal = { against: 'closed' as const, late: false, reviewerId: YOU };
    expect(partakers(factsOf({ appeal }))).toEqual([YOU]);
    expect(partakers(factsOf({ appeal: { ...appeal, reviewerId: null } }))).toEqual([]);
  });

  const open = ROWS.find(({ step }) => step === 'reveal-identity')!;
  const asked = (given: Given) =>
    needsAgreement(open, factsOf({ identityMode: 'NAMED', reprisalLevel: null, ...given }));

  it('is asked of whoever rated the risk, proposed a lower one, or agreed to it, before they open who it is', () => {
    expect(asked({})).toBeNull();
    for (const step of [
      'assess-reprisal',
      'lower-reprisal',
      'propose:lower-reprisal',
      'settle:lower-reprisal',
    ]) {
      expect([step, asked({ taken: [took(step, 'PRT')] })]).toEqual([step, 'PRT']);
      expect([step, asked({ taken: [took(step, 'PRT', YOU)] })]).toEqual([step, null]);
    }
    for (const step of ['accept', 'propose:assess-reprisal', 'lower-severity'])
      expect([step, asked({ taken: [took(step, 'PRT')] })]).toEqual([step, null]);
  });

  it('is asked by the own rating of the person until somebody rated the risk', () => {
    expect(asked({ fearOfReprisal: 'serious' })).toBe('PRT');
    expect(asked({ fearOfReprisal: 'some' })).toBeNull();
    expect(asked({ fearOfReprisal: 'serious', reprisalLevel: 'LOW' })).toBeNull();
    expect(asked({ fearOfReprisal: 'some', reprisalLevel: 'HIGH' })).toBe('PRT');
  });
});

describe('in whose hands a case may be', () => {
  const mayAct = (state: State, role: RoleCode, given: Given = {}) =>
    mayActInState(BUILT_IN.rows, factsOf({ ...by(role), state, ...given }));
  const investigated: Given = { taken: [took('record-finding', 'INV')] };

  it('is whoever decides nothing there, or may decide one thing at least', () => {
    expect(mayAct('findings-shared', 'INV', investigated)).toBe(true);
    expect([mayAct('findings-shared', 'DEC'), mayAct('findings-shared', 'DEC', investigated)]).toEqual([
      true,
      false,
    ]);
    // Whoever owns an action does not close the case, and may say that it was resolved elsewhere.
    expect(mayAct('monitoring', 'DEC', { actions: [action(ME)] })).toBe(true);
    expect(mayAct('monitoring', 'DEC', investigated)).toBe(false);
  });

  it('is of an appeal the reviewer to whom it was given, who took no earlier part', () => {
    const appeal = { against: 'closed' as const, late: false, reviewerId: ME };
    expect([mayAct('appeal', 'IRV', { appeal }), mayAct('appeal', 'IRV')]).toEqual([true, false]);
    expect(mayAct('appeal', 'IRV', { appeal: { ...appeal, reviewerId: YOU } })).toBe(false);
    expect(mayAct('appeal', 'IRV', { appeal, taken: [took('accept', 'TRI')] })).toBe(false);
  });
});

describe('the table of steps', () => {
  const needsOf = (step: string) => ROWS.find((row) => row.step === step)!.needs;

  it('asks of each decision that somebody else worked on it', () => {
    expect(SEPARATION_NEEDS).toEqual([
      'deciderIsNotInvestigator',
      'deciderOwnsNoAction',
      'actorOwnsNoAction',
      'reviewerTookNoEarlierPart',
    ]);
    for (const { step, by: roles, needs } of ROWS.filter((row) => row.decides))
      expect([
        step,
        needs.includes(roles.includes('IRV') ? 'reviewerTookNoEarlierPart' : 'deciderIsNotInvestigator'),
      ]).toEqual([step, true]);
  });

  it('lets nobody verify their own remedy, review their own opening, nor look at their own hold', () => {
    expect(needsOf('proceed-unverified')).toContain('actorOwnsNoAction');
    expect(needsOf('close')).toContain('deciderOwnsNoAction');
    expect(needsOf('review-break-glass')).toContain('glassBrokenByAnother');
    for (const step of ['review-hold', 'release-hold']) expect(needsOf(step)).toContain('holdOfAnother');
  });

  it('has an exclusion lifted by two people, of whom none can be the one kept out, who sees no such step', () => {
    const row = ROWS.find(({ step }) => step === 'lift-exclusion')!;
    expect([row.by, row.agreedBy]).toEqual([['PRT'], { role: 'DEC', when: 'always' }]);
    expect(row.forAsked).toBeUndefined();
  });

  it('lets whoever is asked answer, or withdraw, and nothing else', () => {
    expect(ROWS.filter(({ forAsked }) => forAsked).map(({ step }) => step)).toEqual([
      'declare-no-conflict',
      'recuse',
    ]);
    for (const step of ['declare-no-conflict', 'recuse'])
      expect(ROWS.find((row) => row.step === step)!.by).toEqual(
        STAFF_ROLES.filter((role) => role !== 'ADM' && role !== 'AUD'),
      );
  });
});
