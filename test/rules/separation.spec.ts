import { NEEDS, SEPARATION_NEEDS, type NeedName } from '../../src/rules/needs';
import {
  MANDATE_BASIS_CODES,
  MANDATE_COVER_CODES,
  type MandateCover,
  type MandateStatus,
} from '../../src/rules/mandates';
import { agreeingNeeds, partakers, refusingNeeds } from '../../src/rules/agreements';
import type { CaseFacts, MandateFacts, StepAnswers } from '../../src/rules/needs/facts';
import { isDisputed, isOwnWord } from '../../src/rules/needs/dictations';
import { CASE_ROLES, STAFF_ROLES, type RoleCode } from '../../src/rules/roles';
import type { State } from '../../src/rules/states';
import { mayActInState, needsAgreement, needsOf } from '../../src/rules/workflow';
import { STEPS, type StepRow } from '../../src/rules/steps';
import { BUILT_IN } from '../../src/rules/policy';

const ME = 'person-me';
const YOU = 'person-you';
const MADE_BY_ME = 'person-made-by-me';
const ROWS: readonly StepRow[] = STEPS;

const BLANK: Partial<CaseFacts> = {
  actor: { role: 'TRI', personId: ME },
  consents: {},
  actions: [],
  appeal: null,
  assigned: [],
  asked: [],
  exclusions: [],
  glassBroken: [],
  noOthers: [ME],
  taken: [],
  holds: [],
  mandates: [],
  dictations: [],
  wordsWaiting: [],
  denials: [],
  personHoldsReceipt: false,
  named: {
    personRoles: [],
    personId: null,
    isKeptOut: false,
    guestOf: 'NONE',
    otherCaseIsAnother: false,
    otherCaseTakesIn: false,
    otherCaseHasKeptOut: false,
    leadIsLeft: true,
    textIsThere: false,
    proofIsThere: false,
    systemIsThere: false,
    diligenceRecordIsThere: false,
    packet: null,
  },
};

type Given = Omit<Partial<CaseFacts>, 'named'> & { named?: Partial<CaseFacts['named']> };

function factsOf({ named, ...given }: Given): CaseFacts {
  const places = [...(given.assigned ?? []), ...(given.asked ?? [])];
  return { ...BLANK, places, ...given, named: { ...BLANK.named!, ...named } } as CaseFacts;
}

/** Whether a need is met of a case of which only this is known. */
const met = (need: NeedName, given: Given, answers: StepAnswers = {}): boolean =>
  NEEDS[need].met(factsOf(given), answers);

/** Whether nothing keeps somebody from agreeing to a step in such a case. */
function agrees(
  given: Given,
  { step = 'lower-severity', isDictated = false }: { step?: string; isDictated?: boolean },
  ...accounts: string[]
): boolean {
  const row = ROWS.find((each) => each.step === step)!;
  const needs = agreeingNeeds(row, factsOf(given), {
    isDictated,
    accounts: accounts.length > 0 ? accounts : [ME],
  });
  for (const { name, sentence } of needs) {
    expect(name).toBe('secondPersonIndependent');
    expect(sentence).toMatch(/^[^;]+; somebody else has to agree\.$/);
  }
  return needs.length === 0;
}

const by = (role: CaseFacts['actor']['role'], personId: string | null = ME) => ({
  actor: { role, personId },
});
const took = (step: string, role: string, personId: string | null = ME) => ({ step, role, personId });
const action = (ownerId: string, more: Partial<CaseFacts['actions'][number]> = {}) => ({
  n: 1,
  action: 'RA-01' as const,
  status: 'AGREED' as const,
  ownerId,
  agreed: null,
  snapshotKept: false,
  verificationResult: null,
  ...more,
});

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
