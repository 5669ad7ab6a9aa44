import type { ClockCode } from '../../src/rules/clocks';
import type { ConsentCode } from '../../src/rules/consents';
import { ASKS, type Ask, type AskName } from '../../src/rules/asks';
import { NEEDS, SEPARATION_NEEDS, type NeedName } from '../../src/rules/needs';
import type { MandateStatus } from '../../src/rules/mandates';
import type { ActionFacts, CaseFacts, MandateFacts, StepAnswers } from '../../src/rules/needs/facts';
import type { Need } from '../../src/rules/needs/need';
import { IDENTITY_MODE_CODES } from '../../src/rules/identity-modes';
import { REPRISAL_LEVEL_CODES } from '../../src/rules/protection';
import { ROLE_CODES, ROLES, type RoleCode } from '../../src/rules/roles';
import { OPEN_STATES, STATE_CODES, STATES, type State } from '../../src/rules/states';
import { STEPS, type StepName, type StepRow } from '../../src/rules/steps';
import {
  DICTATION_ASKS,
  DICTATION_REFUSAL_ASK,
  dictatedRow,
  waitsOnlyDictated,
} from '../../src/rules/dictated-row';
import {
  agreementsOf,
  graphFaults,
  needsAgreement,
  needsOf,
  readinessOf,
  stateAfter,
  unmetNeeds,
} from '../../src/rules/workflow';

const ME = 'person-me';
const OTHER = 'person-other';
const THIRD = 'person-third';
type Draft = { facts: CaseFacts; answers: Record<string, unknown> };
type Change = (draft: Draft) => void;

const ROWS: readonly StepRow[] = STEPS;
const PACKET = { isPassedOn: false, namesSomebody: false };

function sample(name: AskName): unknown {
  const ask: Ask = ASKS[name];
  switch (ask.kind) {
    case 'text':
    case 'passcode':
      return 'in plain words';
    case 'code':
      return ask.codes[0];
    case 'codes':
      return [ask.codes[0]];
    case 'yesNo':
      return true;
    case 'confirm':
      return true;
    case 'number':
      return Math.max(ask.min, 1);
    case 'day':
      return '2026-12-01';
    case 'language':
      return 'ar';
    case 'person':
      return OTHER;
    case 'codeByAction':
      return { 1: ask.codes[0] };
    case 'textByAction':
      return { 1: 'in plain words' };
    case 'case':
      return 'RD-0000-0001';
  }
}

function blank(row: StepRow): Draft {
  return {
    facts: {
      today: '2026-11-24',
      actor: { role: row.by[0]!, personId: ['RH', 'REP'].includes(row.by[0]!) ? null : ME },
      state: row.from[0]!,
      lodgedOn: '2026-11-01',
      askedSince: null,
      identityMode: 'NAMED',
      complainantRole: 'affected',
      fearOfReprisal: null,
      hasContact: true,
      hasName: false,
      personHoldsReceipt: true,
      somebodyHoldsReceipt: true,
      consents: {},
      tier: null,
      interimRequired: false,
      interimDecision: null,
      legalFactsAssessed: false,
      classified: false,
      reprisalLevel: null,
      reprisalReviewOn: null,
      isDefender: false,
      closureCode: null,
      storyStands: false,
      involvement: null,
      agreement: null,
      verification: null,
      contactAttempts: [],
      suspendedGround: null,
      suspendedUntil: null,
      questionOpen: false,
      allegations: [],
      actions: [],
      offer: null,
      measures: [],
      protection: [],
      checkIns: [],
      appeal: null,
      assigned: [],
      asked: [],
      places: [],
      exclusions: [],
      glassBroken: [],
      noOthers: [ME],
      guests: [],
      taken: [],
      dictations: [],
      wordsWaiting: [],
      denials: [],
      commentsDueOn: null,
      clocks: [],
      dialogueIsOpen: true,
      supports: [],
      proceedings: [],
      answeredQuestions: [],
      monitoring: null,
      referredOn: null,
      referralAnswer: null,
      evidenceRequests: [],
      facilitators: [],
      meetings: [],
      systems: [],
      preservationRequests: [],
      translationRequests: [],
      teamTasks: [],
      article26Notices: [],
      mandates: [],
      representativesUnwritten: 0,
      transcripts: [],
      translations: [],
      lateUnreported: 0,
      lateReport: null,
      duplicateLinked: false,
      isMerged: false,
      joinCodes: [],
      memberNews: [],
      isMember: false,
      joinedOn: [],
      individualRemedyNeeded: false,
      undecidedMembers: 0,
      holds: [],
      erasureAsked: null,
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
    },
    answers: Object.fromEntries(row.asks.map((name) => [name, sample(name)])),
  };
}

const action = (patch: Partial<ActionFacts>): ActionFacts => ({
  n: 1,
  action: 'RA-01',
  status: 'PROPOSED',
  ownerId: OTHER,
  agreed: null,
  snapshotKept: false,
  verificationResult: null,
  ...patch,
});
const allegation = (
  finding: string | null,
  patch: Partial<CaseFacts['allegations'][number]> = {},
): CaseFacts['allegations'][number] => ({ n: 1, finding, withheld: false, missingTakenUp: false, ...patch });
const evidenceRequest = (
  patch: Partial<CaseFacts['evidenceRequests'][number]> = {},
): CaseFacts['evidenceRequests'][number] => ({
  n: 1,
  status: 'ASKED',
  dueOn: '2026-11-24',
  records: null,
  allegation: null,
  ...patch,
});
const lost = evidenceRequest({ status: 'REFUSED', records: 'LOST' });
const clock = (
  code: ClockCode,
  status: string,
  patch: Partial<CaseFacts['clocks'][number]> = {},
): CaseFacts['clocks'][number] => ({
  code,
  basis: 'internal',
  status,
  dueLegalLatest: '2026-12-24',
  extended: false,
  ...patch,
});
const joinCode = (patch: Partial<CaseFacts['joinCodes'][number]>): CaseFacts['joinCodes'][number] => ({
  n: 1,
  until: '2026-12-24',
  endedOn: null,
  used: 0,
  places: 5,
  ...patch,
});
const offer = (status: string): CaseFacts['offer'] => ({ kind: 'OFFER', status, replyDueOn: null });
const set =
  (patch: Partial<CaseFacts>): Change =>
  ({ facts }) =>
    void Object.assign(facts, patch);
const say =
  (answers: Record<string, unknown>): Change =>
  (draft) =>
    void Object.assign(draft.answers, answers);
const both =
  (...changes: Change[]): Change =>
  (draft) =>
    changes.forEach((change) => change(draft));
const name =
  (patch: Partial<CaseFacts['named']>): Change =>
  ({ facts }) =>
    void (facts.named = { ...facts.named, ...patch });
const decide =
  (code: ConsentCode, given: boolean, bySelf = true): Change =>
  ({ facts }) =>
    void (facts.consents = { ...facts.consents, [code]: { given, bySelf } });
const appeal =
  (patch: Partial<NonNullable<CaseFacts['appeal']>>): Change =>
  ({ facts }) =>
    void (facts.appeal = { against: 'closed', late: false, reviewerId: null, ...facts.appeal, ...patch });
const take =
  (...steps: { step: string; personId: string | null; role: string }[]): Change =>
  ({ facts }) =>
    void (facts.taken = [...facts.taken, ...steps]);

const protection = (status: string): Change =>
  set({ protection: [{ n: 1, measure: 'PM-21', protects: 'FAMILY', status }] });

const REP = { role: 'REP' as const, personId: null, partyId: 'party' };
const news = (writtenOn: string, byStaff = false) => ({ writtenOn, byStaff });
const mandate = (status: MandateStatus): MandateFacts => ({
  n: 1,
  partyId: 'party',
  status,
  basis: 'MB-WRITTEN',
  covers: [],
  endedByStaff: false,
});

const translationAsked = (status: string, language: string) => ({
  n: 1,
  ofKind: 'MESSAGE',
  ofNumber: 1,
  language,
  status,
});
const request = (n: number, answer: string | null) => ({ n, systemNumber: 1, answer });
const monitoring = (since: string, until: string | null, lookedAtOn = '2026-11-24') => ({
  since,
  until,
  lookedAtOn,
});
const notice = (n: number, addressee: string, outcome: string | null = null) => ({
  n,
  systemNumber: 1,
  addressee,
  since: '2026-11-20',
  outcome,
});

const RISK = {
  personsAtRisk: ['COMPLAINANT'],
  threatActors: ['MANAGER'],
  threatTypes: ['DISMISSAL'],
  threatLikelihood: 4,
  threatImpact: 5,
};
const destructive = set({
  actions: [action({ status: 'AGREED', ownerId: ME, action: 'RA-21' })],
  measures: [{ n: 1, measure: 'RA-21', status: 'IM_ORDERED' }],
});

const INTAKE = { role: 'RH' as const, personId: null, writtenBy: { role: 'INT' as const, personId: ME } };
const dictation = (
  patch: Partial<CaseFacts['dictations'][number]> = {},
): CaseFacts['dictations'][number] => ({
  n: 1,
  step: 'accept-offer',
  penHolders: [OTHER],
  isLast: true,
  objectUntil: '2026-12-24',
  objected: false,
  holds: null,
  ...patch,
});

const TRIED = ['2026-11-20', '2026-11-21', '2026-11-22'].map((triedOn, n) => ({
  triedOn,
  channel: n ? 'PHONE' : 'POST',
  isSafe: true,
  isOnlyWay: false,
}));

/** For every need: what makes it met, and what alone makes it unmet. */
const CASES: Record<NeedName, { met: Change; unmet: Change }> = {
  personNotKeptOut: { met: name({ isKeptOut: false }), unmet: name({ isKeptOut: true }) },
  ownConflictDenied: { met: say({ person: OTHER }), unmet: say({ person: ME, noConflict: false }) },
  actorIsAsked: {
    met: set({ asked: [{ role: 'INV', personId: ME }] }),
    unmet: set({ asked: [{ role: 'INV', personId: OTHER }] }),
  },
  handsOverOwnPlace: {
    met: both(set({ actor: { role: 'TRI', personId: ME } }), say({ handedOverFrom: OTHER })),
    unmet: both(set({ actor: { role: 'INV', personId: ME } }), say({ handedOverFrom: OTHER })),
  },
  handedOverIsOnTeam: {
    met: set({ places: [{ role: 'INV', personId: OTHER }] }),
    unmet: set({ places: [] }),
  },
  successorFits: {
    met: name({ personId: THIRD, personRoles: ['INV'] }),
    unmet: both(
      set({ places: [{ role: 'INV', personId: OTHER }] }),
      name({ personId: THIRD, personRoles: ['DEC'] }),
    ),
  },
  personIsOnTeam: {
    met: both(set({ places: [{ role: 'INV', personId: OTHER }] }), say({ person: OTHER })),
    unmet: set({ places: [] }),
  },
  somebodyNamed: {
    met: both(name({ personId: OTHER }), say({ person: OTHER })),
    unmet: both(name({ personId: null }), say({ person: OTHER, unit: 'Claims' })),
  },
  excludesAnother: { met: say({ person: OTHER }), unmet: say({ person: ME }) },
  guestConsented: {
    met: both(decide('CN-EXPERT', true), say({ guestRole: 'EXP' })),
    unmet: both(decide('CN-DIALOGUE', true), decide('CN-EXPERT', false), say({ guestRole: 'EXP' })),
  },
  guestEndsInTime: { met: say({ guestUntil: '2027-05-23' }), unmet: say({ guestUntil: '2027-05-24' }) },
  guestStands: { met: set({ guests: [{ n: 1 }] }), unmet: set({ guests: [{ n: 2 }] }) },
  guestStaysInCase: { met: name({ guestOf: 'THIS' }), unmet: name({ guestOf: 'ANOTHER' }) },
  personIsOfHouse: { met: name({ guestOf: 'NONE' }), unmet: name({ guestOf: 'THIS' }) },
  leadIsLeft: { met: name({ leadIsLeft: true }), unmet: name({ leadIsLeft: false }) },
  exclusionStands: {
    met: set({ exclusions: [{ n: 1, personId: OTHER }] }),
    unmet: set({ exclusions: [{ n: 2, personId: OTHER }] }),
  },
  glassToReview: {
    met: set({ glassBroken: [{ n: 1, personId: OTHER, isReviewed: false }] }),
    unmet: set({ glassBroken: [{ n: 1, personId: OTHER, isReviewed: true }] }),
  },
  glassBrokenByAnother: {
    met: set({ glassBroken: [{ n: 1, personId: OTHER, isReviewed: false }] }),
    unmet: set({ glassBroken: [{ n: 1, personId: ME, isReviewed: false }] }),
  },
  questionOpen: { met: set({ questionOpen: true }), unmet: set({ questionOpen: false }) },
  canBeAsked: {
    met: set({ identityMode: 'NAMED' }),
    unmet: set({ identityMode: 'ANONYMOUS', hasContact: false }),
  },
  allegationStated: { met: set({ allegations: [allegation(null)] }), unmet: set({ allegations: [] }) },
  allegationExists: {
    met: set({ allegations: [allegation(null)] }),
    unmet: say({ allegationNumber: 9 }),
  },
  findingForEachAllegation: {
    met: set({ allegations: [allegation('FC-SUBST')] }),
    unmet: set({
      allegations: [allegation('FC-SUBST'), allegation(null, { n: 2 })],
    }),
  },
  measureOrdered: {
    met: set({ measures: [{ n: 1, measure: 'RA-17', status: 'IM_ORDERED' }] }),
    unmet: set({ measures: [{ n: 1, measure: 'RA-17', status: 'IM_LIFTED' }] }),
  },
  measureInForce: {
    met: set({ measures: [{ n: 1, measure: 'RA-17', status: 'IM_ACTIVE' }] }),
    unmet: set({ measures: [{ n: 1, measure: 'RA-17', status: 'IM_LIFTED' }] }),
  },
  commentMade: {
    met: take({ step: 'comment-on-findings', personId: null, role: 'RH' }),
    unmet: set({ taken: [] }),
  },
  offerOpen: {
    met: set({ offer: { kind: 'OFFER', status: 'OPEN', replyDueOn: '2026-12-24' } }),
    unmet: set({ offer: { kind: 'OFFER', status: 'REFUSED', replyDueOn: null } }),
  },
  offerAnswered: {
    met: set({ offer: { kind: 'OFFER', status: 'REFUSED', replyDueOn: null } }),
    unmet: set({ offer: { kind: 'OFFER', status: 'OPEN', replyDueOn: '2026-12-24' } }),
  },
  offerAnsweredOrExpired: {
    met: set({ offer: { kind: 'OFFER', status: 'OPEN', replyDueOn: '2026-11-23' } }),
    unmet: set({ offer: { kind: 'OFFER', status: 'OPEN', replyDueOn: '2026-11-24' } }),
  },
  actionIsThere: {
    met: both(set({ actions: [action({ n: 1 })] }), say({ actionNumber: 1 })),
    unmet: both(set({ actions: [action({ n: 1 })] }), say({ actionNumber: 2 })),
  },
  actionDone: {
    met: set({ actions: [action({ status: 'DONE' })] }),
    unmet: set({ actions: [action({ status: 'AGREED' })] }),
  },
  actionMayBeDropped: {
    met: set({ actions: [action({ status: 'PROPOSED' })] }),
    unmet: set({ actions: [action({ status: 'AGREED' })] }),
  },
  actorOwnsAction: {
    met: set({ actions: [action({ status: 'AGREED', ownerId: ME })] }),
    unmet: set({ actions: [action({ status: 'AGREED', ownerId: OTHER })] }),
  },
  joinsOpenDuplicate: {
    met: both(name({ otherCaseTakesIn: true }), set({ duplicateLinked: true })),
    unmet: name({ otherCaseTakesIn: false }),
  },
  nobodyKeptOutIsThere: {
    met: name({ otherCaseHasKeptOut: false }),
    unmet: name({ otherCaseHasKeptOut: true }),
  },
  staffDoNotUndoMergers: { met: set({ isMerged: false }), unmet: set({ isMerged: true }) },
  isMerged: { met: set({ isMerged: true }), unmet: set({ isMerged: false }) },
  protectionWished: {
    met: say({ protectionMeasures: ['PM-01', 'PM-21'], protectionWished: true }),
    unmet: say({ protectionMeasures: ['PM-01', 'PM-21'], protectionWished: false }),
  },
  protectionIsNew: {
    met: both(protection('ENDED'), say({ protects: 'FAMILY', protectionMeasures: ['PM-21'] })),
    unmet: both(protection('IN_FORCE'), say({ protects: 'FAMILY', protectionMeasures: ['PM-21'] })),
  },
  protectionWaits: {
    met: both(protection('PLANNED'), say({ protectionNumber: 1 })),
    unmet: both(protection('IN_FORCE'), say({ protectionNumber: 1 })),
  },
  protectionStands: {
    met: both(protection('IN_FORCE'), say({ protectionNumber: 1 })),
    unmet: both(protection('ENDED'), say({ protectionNumber: 1 })),
  },
  reviewInTime: {
    met: both(set({ reprisalLevel: 'HIGH' }), say({ reviewOn: '2026-12-01' })),
    unmet: both(set({ reprisalLevel: 'HIGH' }), say({ reviewOn: '2026-12-02' })),
  },
  otherCaseIsAnother: {
    met: ({ facts }) => void (facts.named = { ...facts.named, otherCaseIsAnother: true }),
    unmet: ({ facts }) => void (facts.named = { ...facts.named, otherCaseIsAnother: false }),
  },
  dataRequestRunning: {
    met: set({
      clocks: [clock('GDPR-RTS', 'RUNNING', { basis: 'legal', dueLegalLatest: '2026-12-24' })],
    }),
    unmet: set({ clocks: [] }),
  },
  clockExtendable: {
    met: set({
      clocks: [clock('GDPR-RTS', 'RUNNING', { basis: 'legal', dueLegalLatest: '2026-11-24' })],
    }),
    unmet: set({
      clocks: [clock('GDPR-RTS', 'RUNNING', { basis: 'legal', dueLegalLatest: '2026-11-23' })],
    }),
  },
  ownerIsActive: {
    met: name({ personId: OTHER, personRoles: ['LEG'] }),
    unmet: name({ personId: OTHER, personRoles: ['ADM', 'AUD'] }),
  },
  actionNumberFits: {
    met: set({}),
    unmet: both(set({ actions: [action({ status: 'STARTED' })] }), say({ actionNumber: 1 })),
  },
  noOpenOffer: {
    met: set({ offer: offer('REFUSED') }),
    unmet: set({ state: 'remedy-proposed', offer: offer('OPEN') }),
  },
  followUpRunning: {
    met: set({ clocks: [clock('TARGET-FOLLOW-UP-6', 'RUNNING')] }),
    unmet: set({ clocks: [clock('TARGET-FOLLOW-UP-6', 'STOPPED'), clock('TARGET-MONITORING', 'RUNNING')] }),
  },
  receiptNotAhead: {
    met: say({ requestReceivedOn: '2026-11-24' }),
    unmet: say({ requestReceivedOn: '2026-11-25' }),
  },
  remedyOwed: { met: set({ involvement: 'CONTRIBUTE' }), unmet: set({ involvement: 'NOT_INVOLVED' }) },
  linkedOnly: {
    met: ({ facts }) => {
      facts.involvement = 'DIRECTLY_LINKED';
      facts.allegations = facts.allegations.map((each) => ({ ...each, finding: 'FC-SUBST' }));
    },
    unmet: set({ involvement: 'CONTRIBUTE' }),
  },
  noRemedyOwed: {
    met: set({ involvement: null }),
    unmet: set({ involvement: 'CAUSE', allegations: [allegation('FC-INCON', { withheld: true })] }),
  },
  investigatorAssigned: {
    met: ({ facts }) => void (facts.assigned = [...facts.assigned, { role: 'INV', personId: OTHER }]),
    unmet: set({ assigned: [{ role: 'TRI', personId: OTHER }] }),
  },
  classified: { met: set({ classified: true }), unmet: set({ classified: false }) },
  severitySet: { met: set({ tier: 'MODERATE' }), unmet: set({ tier: null }) },
  reprisalAssessed: { met: set({ reprisalLevel: 'LOW' }), unmet: set({ reprisalLevel: null }) },
  legalFactsAssessed: { met: set({ legalFactsAssessed: true }), unmet: set({ legalFactsAssessed: false }) },
  interimDecided: {
    met: set({ interimDecision: 'IM_NONE' }),
    unmet: set({ interimDecision: 'IM_NONE', interimRequired: true, measures: [] }),
  },
  interimDecidedWhereCritical: {
    met: set({ interimDecision: 'IM_NONE' }),
    unmet: set({ tier: 'CRITICAL', interimDecision: null }),
  },
  interimOrderedWhereRequired: {
    met: both(set({ interimRequired: true }), say({ interimChoice: 'IM_ORDERED' })),
    unmet: both(set({ interimRequired: true }), say({ interimChoice: 'IM_NONE' })),
  },
  involvementDetermined: {
    met: set({ involvement: 'NOT_INVOLVED' }),
    unmet: set({ involvement: 'UNDETERMINED' }),
  },
  disclosurePlanApproved: {
    met: set({ reprisalLevel: 'LOW' }),
    unmet: set({ reprisalLevel: 'MEDIUM', taken: [] }),
  },
  tierNotLowered: {
    met: both(
      set({ tier: 'SEVERE' }),
      say({ scale: 5, scope: 1, irremediability: 1, vulnerable: false, delayMakesIrremediable: false }),
    ),
    unmet: both(
      set({ tier: 'SEVERE' }),
      say({ scale: 1, scope: 1, irremediability: 1, vulnerable: false, delayMakesIrremediable: false }),
    ),
  },
  tierLowered: {
    met: both(
      set({ tier: 'SEVERE' }),
      say({ scale: 1, scope: 1, irremediability: 1, vulnerable: false, delayMakesIrremediable: false }),
    ),
    unmet: both(
      set({ tier: 'SEVERE' }),
      say({ scale: 5, scope: 1, irremediability: 1, vulnerable: false, delayMakesIrremediable: false }),
    ),
  },
  reprisalNotLowered: {
    met: both(set({ reprisalLevel: 'MEDIUM' }), say({ reprisalLevel: 'MEDIUM' })),
    unmet: both(set({ reprisalLevel: 'HIGH' }), say({ reprisalLevel: 'MEDIUM' })),
  },
  reprisalLowered: {
    met: both(set({ reprisalLevel: 'EXTREME' }), say({ reprisalLevel: 'HIGH' })),
    unmet: both(set({ reprisalLevel: 'HIGH' }), say({ reprisalLevel: 'HIGH' })),
  },
  reprisalNotBelowOwnRating: {
    met: both(set({ fearOfReprisal: 'some' }), say({ reprisalLevel: 'MEDIUM' })),
    unmet: both(set({ fearOfReprisal: 'serious' }), say({ reprisalLevel: 'LOW' })),
  },
  noneSubstantiatedOrNotInvolved: {
    met: set({ allegations: [allegation('FC-UNSUB')] }),
    unmet: both(set({ allegations: [allegation('FC-SUBST')], involvement: 'CAUSE' })),
  },
  notSevere: { met: set({ tier: 'MODERATE' }), unmet: set({ tier: 'SEVERE' }) },
  ownInitiativeWarranted: {
    met: say({ othersAtRisk: true }),
    unmet: both(set({ tier: 'LOW' }), say({ othersAtRisk: false })),
  },
  threeContactAttempts: {
    met: set({ contactAttempts: TRIED }),
    unmet: set({ contactAttempts: TRIED.slice(1) }),
  },
  attemptInTime: { met: say({ attemptOn: '2026-11-24' }), unmet: say({ attemptOn: '2026-11-25' }) },
  commentPeriodOver: {
    met: set({ commentsDueOn: '2026-11-23' }),
    unmet: set({ commentsDueOn: '2026-11-24' }),
  },
  declineAllowed: {
    met: say({ declineCode: 'DC-COMM', effectOnPeople: false }),
    unmet: say({ declineCode: 'DC-COMM', effectOnPeople: true }),
  },
  independentSightWhereNeeded: {
    met: set({ isDefender: false }),
    unmet: set({ isDefender: true, taken: [] }),
  },
  followUpAhead: { met: say({ followUpOn: '2026-11-25' }), unmet: say({ followUpOn: '2026-11-24' }) },
  actionPlanned: {
    met: set({ actions: [action({})] }),
    unmet: set({ actions: [action({ status: 'DROPPED' })] }),
  },
  actionPlannedByReviewer: {
    met: set({ actions: [action({})] }),
    unmet: set({ actions: [action({ status: 'DONE' })] }),
  },
  individualActionPlanned: {
    met: set({ actions: [action({})] }),
    unmet: set({
      involvement: 'CAUSE',
      allegations: [allegation('FC-SUBST')],
      actions: [action({ action: 'RA-22' })],
    }),
  },
  nonRepetitionPlanned: {
    met: set({ actions: [action({}), action({ n: 2, action: 'RA-19' })] }),
    unmet: set({ involvement: 'CAUSE', allegations: [allegation('FC-SUBST')], actions: [action({})] }),
  },
  ownerIsRemedyOwner: {
    met: ({ facts }) => void (facts.named = { ...facts.named, personId: OTHER, personRoles: ['REM'] }),
    unmet: ({ facts }) => void (facts.named = { ...facts.named, personRoles: ['INV'] }),
  },
  dueAhead: { met: say({ dueOn: '2026-11-24' }), unmet: say({ dueOn: '2026-11-23' }) },
  snapshotBeforeDestruction: {
    met: ({ facts }) => void (facts.actions = [action({ status: 'AGREED', ownerId: ME })]),
    unmet: destructive,
  },
  authorityToldFirst: {
    met: ({ facts }) => void (facts.actions = [action({ status: 'AGREED', ownerId: ME })]),
    unmet: both(destructive, set({ article26Notices: [notice(1, 'PROVIDER', 'TOLD'), notice(2, 'MSA')] })),
  },
  remedyDelivered: {
    met: set({ actions: [action({ status: 'DONE' })] }),
    unmet: set({ involvement: 'CAUSE', allegations: [allegation('FC-PART')], actions: [] }),
  },
  lookedDuringMonitoring: {
    met: both(set({ monitoring: monitoring('2026-11-20', null) }), say({ lookedAtOn: '2026-11-20' })),
    unmet: say({ lookedAtOn: '2026-11-19' }),
  },
  monitored: {
    met: both(
      take({ step: 'record-monitoring-check', personId: OTHER, role: 'INV' }),
      set({ monitoring: monitoring('2026-08-24', null, '2026-10-25') }),
    ),
    unmet: set({ monitoring: monitoring('2026-08-24', null, '2026-10-24') }),
  },
  monitoringOver: {
    met: set({ monitoring: monitoring('2026-08-24', '2026-11-24') }),
    unmet: set({ monitoring: monitoring('2026-08-25', '2026-11-25') }),
  },
  individualActionsDone: {
    met: set({ actions: [action({ status: 'DONE' }), action({ n: 2, action: 'RA-19', status: 'AGREED' })] }),
    unmet: set({ actions: [action({ status: 'AGREED' })] }),
  },
  allActionsDone: {
    met: set({ actions: [action({ status: 'DONE' })] }),
    unmet: set({
      actions: [action({ status: 'DONE' }), action({ n: 2, action: 'RA-19', status: 'STARTED' })],
    }),
  },
  residualAcceptedIfPartly: {
    met: say({ remedyResult: 'FULL' }),
    unmet: say({ remedyResult: 'PARTLY', residualAccepted: false }),
  },
  closureFitsRemedy: {
    met: both(set({ verification: 'FULL', agreement: 'AGREED' }), say({ closureCode: 'CR-REM-V' })),
    unmet: both(set({ verification: 'UNVERIFIED' }), say({ closureCode: 'CR-REM-V' })),
  },
  legalClocksSettled: {
    met: set({
      clocks: [clock('GDPR-RTS', 'STOPPED', { basis: 'legal', dueLegalLatest: '2026-12-24' })],
    }),
    unmet: set({
      clocks: [clock('GDPR-RTS', 'RUNNING', { basis: 'legal', dueLegalLatest: '2026-12-24' })],
    }),
  },
  actorAssigned: {
    met: ({ facts }) => void (facts.assigned = [...facts.assigned, { role: facts.actor.role, personId: ME }]),
    unmet: set({ assigned: [] }),
  },
  assigneeHoldsRole: {
    met: both(
      say({ role: 'INV' }),
      ({ facts }) => void (facts.named = { ...facts.named, personId: OTHER, personRoles: ['INV'] }),
    ),
    unmet: ({ facts }) => void (facts.named = { ...facts.named, personRoles: [] }),
  },
  assigneeIndependent: {
    met: ({ facts }) => void (facts.named = { ...facts.named, personId: OTHER }),
    unmet: both(
      say({ role: 'IRV' }),
      take({ step: 'accept', personId: OTHER, role: 'TRI' }),
      ({ facts }) => void (facts.named = { ...facts.named, personId: OTHER, personRoles: ['IRV'] }),
    ),
  },
  deciderIsNotInvestigator: {
    met: take({ step: 'record-finding', personId: OTHER, role: 'INV' }),
    unmet: take({ step: 'record-finding', personId: ME, role: 'INV' }),
  },
  deciderOwnsNoAction: { met: set({}), unmet: set({ actions: [action({ status: 'DONE', ownerId: ME })] }) },
  actorOwnsNoAction: { met: set({}), unmet: set({ actions: [action({ status: 'DONE', ownerId: ME })] }) },
  reviewerAssigned: { met: appeal({ reviewerId: ME }), unmet: appeal({ reviewerId: OTHER }) },
  reviewerTookNoEarlierPart: {
    met: take({ step: 'accept', personId: OTHER, role: 'TRI' }),
    unmet: take({ step: 'accept', personId: ME, role: 'TRI' }),
  },
  appealAgainstOutcome: { met: appeal({ against: 'closed' }), unmet: appeal({ against: 'declined' }) },
  appealAgainstRefusal: { met: appeal({ against: 'declined' }), unmet: appeal({ against: 'closed' }) },
  appealAgainstOffer: { met: appeal({ against: 'remedy-proposed' }), unmet: appeal({ against: 'closed' }) },
  appealAgainstMeasures: { met: appeal({ against: 'implementation' }), unmet: appeal({ against: 'closed' }) },
  appealAgainstEnding: { met: appeal({ against: 'closed' }), unmet: appeal({ against: 'remedy-proposed' }) },
  appealIsLate: { met: appeal({ late: true }), unmet: appeal({ late: false }) },
  remedyNotAccepted: {
    met: set({ agreement: 'NOT_AGREED' }),
    unmet: set({ state: 'implementation', agreement: 'AGREED' }),
  },
  dialogueConsented: { met: decide('CN-DIALOGUE', true), unmet: decide('CN-DIALOGUE', false) },
  referralConsented: {
    met: decide('CN-SHARE-AUTH', true),
    unmet: both(say({ referralMode: 'WITH_CONSENT' }), decide('CN-SHARE-AUTH', false)),
  },
  sensitiveConsented: {
    met: both(say({ groups: ['AG-DISAB'] }), decide('CN-SENS', true)),
    unmet: decide('CN-SENS', false),
  },
  sharingConsented: {
    met: both(say({ sharedWith: 'VENDOR' }), decide('CN-SHARE-VENDOR', true)),
    unmet: both(say({ sharedWith: 'UNIT', legalDuty: 'A law.' }), decide('CN-SHARE-VENDOR', true)),
  },
  identitySharingConsented: { met: decide('CN-SHARE-ID', true), unmet: decide('CN-SHARE-ID', false) },
  respondentDisclosurePlanned: {
    met: set({ reprisalLevel: 'LOW' }),
    unmet: set({ reprisalLevel: 'HIGH', taken: [] }),
  },
  publicationConsented: {
    met: decide('CN-STORY', true),
    unmet: both(
      say({ action: 'RA-15' }),
      set({ actions: [action({ action: 'RA-15', status: 'AGREED', ownerId: ME })] }),
      decide('CN-STORY', false),
    ),
  },
  storyConsented: { met: decide('CN-STORY', true), unmet: decide('CN-STORY', false) },
  storyEndangersNobody: {
    met: set({ reprisalLevel: 'MEDIUM' }),
    unmet: set({ reprisalLevel: 'LOW', fearOfReprisal: 'serious' }),
  },
  numberCanBeGiven: {
    met: set({ personHoldsReceipt: false }),
    unmet: set({ personHoldsReceipt: true }),
  },
  numberReachesHer: {
    met: say({ reasons: 'She showed her badge, and we spoke with her alone.' }),
    unmet: both(set({ somebodyHoldsReceipt: true }), say({ reasons: undefined })),
  },
  storyCanBeTakenBack: {
    met: set({ somebodyHoldsReceipt: true }),
    unmet: set({ somebodyHoldsReceipt: false }),
  },
  personDidNotWithdraw: {
    met: set({ closureCode: 'CR-REM-V' }),
    unmet: set({ closureCode: 'CR-WITHDRAWN' }),
  },
  storyTellsNoDetails: {
    met: say({ storyText: 'In spring a system stopped a benefit for 3 months.' }),
    unmet: say({ storyText: 'It was RD-7K3F-9QXM.' }),
  },
  storyStands: { met: set({ storyStands: true }), unmet: set({ storyStands: false }) },
  consentIsNotOverruled: {
    met: both(say({ consent: 'CN-STORY', consentGiven: true }), decide('CN-STORY', false, false)),
    unmet: both(say({ consent: 'CN-STORY', consentGiven: true }), decide('CN-STORY', false)),
  },
  representativeMayAct: {
    met: set({}),
    unmet: both(set({ actor: { role: 'REP', personId: null } }), decide('CN-REP', false)),
  },
  mandateForRemedy: { met: set({}), unmet: set({ actor: REP }) },
  mandateForVerifying: {
    met: both(set({ actor: REP }), say({ actionResult: 'PARTLY' })),
    unmet: both(set({ actor: REP }), say({ actionResult: 'FULL' })),
  },
  mandateForEnding: { met: set({}), unmet: set({ actor: REP }) },
  mandateForErasure: { met: set({}), unmet: set({ actor: REP }) },
  mandateForConsent: { met: set({}), unmet: set({ actor: REP }) },
  representativeIsThere: {
    met: ({ facts }) => {
      if (facts.mandates.length === 0) facts.mandates = [mandate('CLAIMED')];
    },
    unmet: set({ mandates: [] }),
  },
  mandateOpen: {
    met: set({ mandates: [mandate('CLAIMED')] }),
    unmet: set({ actor: REP, mandates: [mandate('CONFIRMED')] }),
  },
  mandateNumberOpen: {
    met: set({ mandates: [mandate('CLAIMED')] }),
    unmet: set({ actor: { role: 'INT', personId: ME }, mandates: [mandate('CONFIRMED')] }),
  },
  mandateIsOfReader: {
    met: set({}),
    unmet: both(set({ actor: { ...REP, partyId: 'another' } }), say({ mandateNumber: 1 })),
  },
  mandateEndsAhead: { met: set({}), unmet: say({ mandateUntil: '2026-11-23' }) },
  mandateProofIsThere: { met: set({}), unmet: say({ mandateProof: 9 }) },
  mandateWaits: {
    met: set({ mandates: [mandate('CLAIMED')] }),
    unmet: set({ mandates: [mandate('CONFIRMED')] }),
  },
  mandateBasisKnown: {
    met: set({ mandates: [mandate('CLAIMED')] }),
    unmet: set({
      actor: { role: 'INT', personId: ME },
      mandates: [{ ...mandate('CLAIMED'), basis: null }],
    }),
  },
  mandateIsForStaff: {
    met: set({ mandates: [mandate('CLAIMED')] }),
    unmet: set({ actor: { role: 'INT', personId: ME }, personHoldsReceipt: true }),
  },
  representationNotRefused: { met: set({}), unmet: decide('CN-REP', false) },
  mandateStands: {
    met: set({ mandates: [mandate('CONFIRMED')] }),
    unmet: set({ mandates: [mandate('EXPIRED')] }),
  },
  staffGiveReasons: { met: set({}), unmet: set({ actor: { role: 'PRT', personId: ME } }) },
  penHolderIsApart: {
    met: set({ actor: INTAKE }),
    unmet: both(set({ actor: INTAKE }), take({ step: 'record-finding', personId: ME, role: 'INV' })),
  },
  penHolderNotDenied: {
    met: set({ actor: INTAKE }),
    unmet: set({ actor: INTAKE, denials: [{ penHolder: ME, answered: true }] }),
  },
  deciderHeldNoPen: {
    met: set({ dictations: [dictation()] }),
    unmet: set({ dictations: [dictation({ penHolders: [OTHER, ME] })] }),
  },
  saidInTime: { met: say({ saidOn: '2026-11-24' }), unmet: say({ saidOn: '2026-11-25' }) },
  throughWhomSaid: { met: say({ saidThrough: 'phone' }), unmet: say({ saidThrough: 'assisted' }) },
  speakerHasMandate: { met: say({ saidBy: 'RH' }), unmet: say({ saidBy: 'REP', mandateNumber: 7 }) },
  dictationStands: {
    met: both(set({ dictations: [dictation()] }), say({ dictationNumber: 1 })),
    unmet: set({ dictations: [dictation({ objected: true })] }),
  },
  dictationWaits: {
    met: both(
      set({ wordsWaiting: [{ saidBy: 'RH', partyId: null }] }),
      set({ actor: { role: 'RH', personId: null } }),
    ),
    unmet: set({ wordsWaiting: [] }),
  },
  denialWaits: {
    met: set({ denials: [{ penHolder: OTHER, answered: false }] }),
    unmet: set({ denials: [{ penHolder: OTHER, answered: true }] }),
  },
  denialIsOfAnother: {
    met: set({ denials: [{ penHolder: OTHER, answered: false }] }),
    unmet: set({ denials: [{ penHolder: ME, answered: false }] }),
  },
  objectionIsInTime: {
    met: both(set({ dictations: [dictation({ objectUntil: '2026-11-24' })] }), say({ dictationNumber: 1 })),
    unmet: set({ dictations: [dictation({ objectUntil: '2026-11-19' })] }),
  },
  objectionWaits: {
    met: both(set({ dictations: [dictation({ objected: true })] }), say({ dictationNumber: 1 })),
    unmet: set({ dictations: [dictation({ objected: true, holds: true })] }),
  },
  objectionIsOfAnother: {
    met: set({}),
    unmet: set({ dictations: [dictation({ objected: true, penHolders: [ME] })] }),
  },
  personTakesPart: {
    met: set({ taken: [] }),
    unmet: set({ taken: [{ step: 'continue-own-initiative', personId: OTHER, role: 'DEC' }] }),
  },
  identityLeft: { met: set({ hasName: true }), unmet: set({ hasName: false, hasContact: false }) },
  reasonsSpelledOut: { met: say({ reasons: 'in ten and more' }), unmet: say({ reasons: ' too short ' }) },
  holdStands: { met: set({ holds: [{ n: 1, placedBy: OTHER }] }), unmet: set({ holds: [] }) },
  holdOfAnother: {
    met: set({ holds: [{ n: 1, placedBy: OTHER }] }),
    unmet: set({ holds: [{ n: 1, placedBy: ME }] }),
  },
  erasureAsked: { met: set({ erasureAsked: 'PERSON' }), unmet: set({ erasureAsked: null }) },
  erasureNotAsked: { met: set({ erasureAsked: null }), unmet: set({ erasureAsked: 'PERSON' }) },
  somethingIsLate: { met: set({ lateUnreported: 1 }), unmet: set({ lateUnreported: 0 }) },
  lateReported: {
    met: set({ lateReport: { role: 'TRI', answerIsLate: false } }),
    unmet: both(
      set({ actor: { role: 'DEC', personId: ME } }),
      set({ lateReport: { role: 'PRT', answerIsLate: false } }),
    ),
  },
  dialogueIsOpen: { met: set({ dialogueIsOpen: true }), unmet: set({ dialogueIsOpen: false }) },
  proceedingNotAhead: {
    met: say({
      proceedingBegunOn: '2026-11-24',
      proceedingOrderOn: '2026-11-24',
      proceedingToldOn: '2026-11-24',
    }),
    unmet: say({ proceedingToldOn: '2026-11-25' }),
  },
  packetIsReady: {
    met: name({ packet: PACKET }),
    unmet: both(
      say({ packetNumber: 1 }),
      decide('CN-SHARE-UNIT', true),
      name({ packet: { ...PACKET, isPassedOn: true } }),
    ),
  },
  packetNamesNobody: {
    met: set({ identityMode: 'CONFIDENTIAL' }),
    unmet: both(
      say({ packetNumber: 1, identityShared: true }),
      decide('CN-SHARE-UNIT', true),
      decide('CN-SHARE-ID', false),
      name({ packet: { ...PACKET, namesSomebody: true } }),
    ),
  },
  packetOnlyWithConsent: {
    met: say({ referralMode: 'WITH_CONSENT' }),
    unmet: both(
      say({ packetNumber: 1, referralMode: 'SIGNPOST_ONLY', sharedWhat: undefined }),
      name({ packet: PACKET }),
    ),
  },
  requestPacketConsented: {
    met: decide('CN-SHARE-VENDOR', true),
    unmet: both(
      say({ packetNumber: 1, askedOf: 'VENDOR' }),
      decide('CN-SHARE-VENDOR', false),
      name({ packet: PACKET }),
    ),
  },
  packetWritten: {
    met: say({ referralMode: 'WITH_CONSENT', sharedWhat: 'The dates and the decision.' }),
    unmet: say({ referralMode: 'SIGNPOST_ONLY', sharedWhat: 'All of it.' }),
  },
  referralAnswerInTime: {
    met: both(set({ referredOn: '2026-11-24' }), say({ referralAnsweredOn: '2026-11-24' })),
    unmet: both(set({ referredOn: '2026-11-24' }), say({ referralAnsweredOn: '2026-11-23' })),
  },
  referralAnswered: {
    met: both(
      take({ step: 'record-referral-answer', personId: OTHER, role: 'TRI' }),
      set({ referralAnswer: 'RW-TAKEN' }),
    ),
    unmet: both(set({ referralAnswer: 'RW-ASKS' }), say({ withoutAnswer: 'Because.' })),
  },
  elsewhereOnRecord: {
    met: both(set({ answeredQuestions: [1] }), say({ questionNumber: 1 })),
    unmet: both(
      set({ answeredQuestions: [2], proceedings: [{ n: 1, endedOn: null }] }),
      say({ questionNumber: 1, proceedingNumber: 1 }),
    ),
  },
  proceedingRuns: {
    met: both(set({ proceedings: [{ n: 1, endedOn: null }] }), say({ proceedingNumber: 1 })),
    unmet: both(set({ proceedings: [{ n: 1, endedOn: '2026-11-24' }] }), say({ proceedingNumber: 1 })),
  },
  allegationFits: {
    met: both(set({ allegations: [allegation(null)] }), say({ allegationNumber: 1 })),
    unmet: both(set({ allegations: [allegation(null)] }), say({ allegationNumber: 2 })),
  },
  evidenceRequestIsThere: {
    met: set({ evidenceRequests: [evidenceRequest({ status: 'REFUSED' })] }),
    unmet: set({ evidenceRequests: [evidenceRequest({ n: 2 })] }),
  },
  evidenceRequestWaits: {
    met: set({ evidenceRequests: [evidenceRequest()] }),
    unmet: set({ evidenceRequests: [evidenceRequest({ status: 'ANSWERED' })] }),
  },
  silenceIsOver: {
    met: both(
      set({ evidenceRequests: [evidenceRequest({ dueOn: '2026-11-23' })] }),
      say({ refusalGround: 'SILENCE' }),
    ),
    unmet: both(set({ evidenceRequests: [evidenceRequest()] }), say({ refusalGround: 'SILENCE' })),
  },
  standardOfProofSaid: {
    met: say({ standardOfProof: 'SP-BALANCE' }),
    unmet: say({ standardOfProof: undefined, finding: 'FC-SUBST' }),
  },
  riskSpelledOut: {
    met: say({ reprisalLevel: 'EXTREME', ...RISK }),
    unmet: say({ reprisalLevel: 'MEDIUM', ...RISK, threatTypes: undefined }),
  },
  riskFollowsScores: {
    met: say({ reprisalLevel: 'EXTREME', threatLikelihood: 4, threatImpact: 5, reasons: undefined }),
    unmet: say({ reprisalLevel: 'LOW', threatLikelihood: 5, threatImpact: 5, reasons: undefined }),
  },
  defenderTypeSaid: {
    met: say({ isDefender: true, defenderType: 'UNION' }),
    unmet: say({ isDefender: true, defenderType: undefined }),
  },
  reprisalReviewInTime: {
    met: set({ reprisalReviewOn: '2026-11-24' }),
    unmet: set({ reprisalReviewOn: '2026-11-23' }),
  },
  nothingDisputed: {
    met: set({ dictations: [dictation({ objected: true, holds: true })] }),
    unmet: set({ dictations: [dictation({ objected: true })] }),
  },
  findingCausesSaid: {
    met: say({ findingCauses: ['RC-UNK'], finding: 'FC-PART' }),
    unmet: say({ findingCauses: undefined, finding: 'FC-PART' }),
  },
  contributionSaid: {
    met: say({ contributionModes: ['OMISSION'], foreseeable: false, involvement: 'CONTRIBUTE' }),
    unmet: say({ contributionModes: ['OMISSION'], foreseeable: undefined, involvement: 'CONTRIBUTE' }),
  },
  missingRecordsNotDenied: {
    met: both(set({ evidenceRequests: [lost] }), say({ evidenceWithheld: true })),
    unmet: both(set({ evidenceRequests: [lost] }), say({ evidenceWithheld: false })),
  },
  missingRecordsTakenUp: {
    met: both(
      set({ evidenceRequests: [lost] }),
      say({ finding: 'FC-UNSUB', missingRecords: 'Even then, no rule was broken.' }),
    ),
    unmet: both(set({ evidenceRequests: [lost] }), say({ finding: 'FC-UNSUB', missingRecords: undefined })),
  },
  evidenceRequestsSettled: {
    met: set({ evidenceRequests: [lost] }),
    unmet: set({ evidenceRequests: [lost, evidenceRequest({ n: 2 })] }),
  },
  findingsTakeUpMissingRecords: {
    met: set({
      evidenceRequests: [lost],
      allegations: [allegation('FC-UNSUB', { withheld: true, missingTakenUp: true })],
    }),
    unmet: set({ evidenceRequests: [lost], allegations: [allegation('FC-UNSUB', { withheld: true })] }),
  },
  facilitatorAcceptedByBoth: {
    met: set({ facilitators: [{ n: 1, person: 'ACCEPTED', unit: 'ACCEPTED' }] }),
    unmet: set({
      facilitators: [
        { n: 1, person: 'ACCEPTED', unit: 'WAITING' },
        { n: 2, person: 'REFUSED', unit: 'ACCEPTED' },
      ],
    }),
  },
  facilitatorIsThere: {
    met: set({ facilitators: [{ n: 1, person: 'WAITING', unit: 'WAITING' }] }),
    unmet: set({ facilitators: [{ n: 2, person: 'WAITING', unit: 'WAITING' }] }),
  },
  facilitatorNotAccepted: {
    met: set({ facilitators: [{ n: 1, person: 'REFUSED', unit: 'WAITING' }] }),
    unmet: set({ facilitators: [{ n: 1, person: 'ACCEPTED', unit: 'WAITING' }] }),
  },
  facilitatorNotRefused: {
    met: set({ facilitators: [{ n: 1, person: 'ACCEPTED', unit: 'WAITING' }] }),
    unmet: set({ facilitators: [{ n: 1, person: 'REFUSED', unit: 'WAITING' }] }),
  },
  sessionIsFacilitated: {
    met: set({ facilitators: [{ n: 1, person: 'ACCEPTED', unit: 'ACCEPTED' }] }),
    unmet: set({ facilitators: [], state: 'dialogue', actor: { role: 'DIA', personId: ME } }),
  },
  plannedAhead: { met: say({ plannedFor: '2026-11-24' }), unmet: say({ plannedFor: '2026-11-23' }) },
  meetingStands: {
    met: set({ meetings: [{ n: 1, kind: 'INTERVIEW', withWhom: 'WITNESS', status: 'PLANNED' }] }),
    unmet: set({ meetings: [{ n: 1, kind: 'INTERVIEW', withWhom: 'WITNESS', status: 'HELD' }] }),
  },
  meetingIsHers: {
    met: set({ meetings: [{ n: 1, kind: 'INTERVIEW', withWhom: 'PERSON', status: 'PLANNED' }] }),
    unmet: set({ meetings: [{ n: 1, kind: 'INTERVIEW', withWhom: 'WITNESS', status: 'PLANNED' }] }),
  },
  transcriptIsThere: {
    met: both(set({ transcripts: [{ n: 1, status: 'WAITING' }] }), say({ transcriptNumber: 1 })),
    unmet: both(set({ transcripts: [{ n: 1, status: 'WAITING' }] }), say({ transcriptNumber: 2 })),
  },
  pausedAsCourseSays: {
    met: both(
      set({ suspendedUntil: '2026-12-01', suspendedGround: 'COURT_OR_AUTHORITY_ORDER' }),
      say({ proceedingCourse: 'SUSPEND_BY_LAW' }),
    ),
    unmet: both(
      set({ suspendedUntil: '2026-12-01', suspendedGround: 'SAFETY' }),
      say({ proceedingCourse: 'SUSPEND_BY_LAW' }),
    ),
  },
  systemIsRegistered: { met: name({ systemIsThere: true }), unmet: name({ systemIsThere: false }) },
  systemNotNamedYet: {
    met: both(set({ systems: [2] }), say({ systemNumber: 1 })),
    unmet: both(set({ systems: [1] }), say({ systemNumber: 1 })),
  },
  systemIsNamed: {
    met: both(set({ systems: [1] }), say({ systemNumber: 1 })),
    unmet: both(set({ systems: [2] }), say({ systemNumber: 1 })),
  },
  nothingOpenAboutSystem: {
    met: both(
      set({ actor: { role: 'TRI', personId: ME }, preservationRequests: [request(1, 'KEPT')] }),
      say({ systemNumber: 1 }),
    ),
    unmet: both(
      set({ actor: { role: 'TRI', personId: ME }, preservationRequests: [request(1, null)] }),
      say({ systemNumber: 1 }),
    ),
  },
  preservationWaits: {
    met: both(set({ preservationRequests: [request(1, null)] }), say({ preservationNumber: 1 })),
    unmet: both(set({ preservationRequests: [request(1, 'KEPT')] }), say({ preservationNumber: 1 })),
  },
  knownSinceNotAhead: { met: say({ knownSince: '2026-11-24' }), unmet: say({ knownSince: '2026-11-25' }) },
  noNoticeOpen: {
    met: both(set({ article26Notices: [notice(1, 'PROVIDER', 'TOLD')] }), say({ systemNumber: 1 })),
    unmet: both(set({ article26Notices: [notice(1, 'PROVIDER')] }), say({ systemNumber: 1 })),
  },
  noticeIsNext: {
    met: both(
      set({ article26Notices: [notice(1, 'PROVIDER', 'TOLD'), notice(2, 'MSA')] }),
      say({ noticeNumber: 2 }),
    ),
    unmet: both(
      set({ article26Notices: [notice(1, 'PROVIDER'), notice(2, 'MSA')] }),
      say({ noticeNumber: 2 }),
    ),
  },
  outcomeFitsAddressee: {
    met: both(
      set({ article26Notices: [notice(1, 'PROVIDER')] }),
      say({ noticeNumber: 1, noticeOutcome: 'UNREACHABLE', toldOn: undefined }),
    ),
    unmet: both(
      set({ article26Notices: [notice(1, 'MSA')] }),
      say({ noticeNumber: 1, noticeOutcome: 'UNREACHABLE', toldOn: undefined }),
    ),
  },
  incidentKindSaid: {
    met: say({ article26Ground: 'SERIOUS_INCIDENT', incidentKind: 'DEATH' }),
    unmet: say({ article26Ground: 'SERIOUS_INCIDENT', incidentKind: undefined }),
  },
  toldOnIsRight: {
    met: both(
      set({ article26Notices: [notice(1, 'PROVIDER')] }),
      say({ noticeNumber: 1, noticeOutcome: 'TOLD', toldOn: '2026-11-20' }),
    ),
    unmet: both(
      set({ article26Notices: [notice(1, 'PROVIDER')] }),
      say({ noticeNumber: 1, noticeOutcome: 'TOLD', toldOn: '2026-11-19' }),
    ),
  },
  supportAsked: {
    met: set({ supports: [{ n: 1, status: 'ASKED' }] }),
    unmet: set({ supports: [{ n: 1, status: 'ARRANGED' }] }),
  },
  supportGoesOn: {
    met: set({ supports: [{ n: 1, status: 'ARRANGED' }] }),
    unmet: both(
      set({ supports: [{ n: 1, status: 'ASKED' }] }),
      set({ actor: { role: 'INT', personId: ME } }),
    ),
  },
  occasionNotAhead: { met: say({ occasionOn: '2026-11-24' }), unmet: say({ occasionOn: '2026-11-25' }) },
  transcriptNotApproved: {
    met: set({ transcripts: [{ n: 1, status: 'DISPUTED' }] }),
    unmet: set({ transcripts: [{ n: 1, status: 'APPROVED' }] }),
  },
  transcriptNotDisputed: {
    met: set({ transcripts: [{ n: 1, status: 'APPROVED' }] }),
    unmet: set({ transcripts: [{ n: 1, status: 'DISPUTED' }] }),
  },
  textIsThere: { met: name({ textIsThere: true }), unmet: name({ textIsThere: false }) },
  translationNotAskedYet: {
    met: both(
      set({ translationRequests: [translationAsked('ASKED', 'fr')] }),
      say({ translatedKind: 'MESSAGE', translatedNumber: 1, translationLanguage: 'ar' }),
    ),
    unmet: both(
      set({ translationRequests: [translationAsked('ASKED', 'ar')] }),
      say({ translatedKind: 'MESSAGE', translatedNumber: 1, translationLanguage: 'ar' }),
    ),
  },
  taskIsOpen: {
    met: both(set({ teamTasks: [{ n: 1, status: 'OPEN' }] }), say({ taskNumber: 1 })),
    unmet: both(set({ teamTasks: [{ n: 1, status: 'DONE' }] }), say({ taskNumber: 1 })),
  },
  ownerIsOnTeam: {
    met: both(set({ assigned: [{ role: 'INV', personId: 'inv' }] }), say({ owner: 'inv' })),
    unmet: both(set({ assigned: [{ role: 'INV', personId: 'other' }] }), say({ owner: 'inv' })),
  },
  translationWaits: {
    met: both(
      set({ translationRequests: [translationAsked('ASKED', 'ar')] }),
      say({ translationRequestNumber: 1 }),
    ),
    unmet: both(
      set({ translationRequests: [translationAsked('DONE', 'ar')] }),
      say({ translationRequestNumber: 1 }),
    ),
  },
  diligenceRecordIsThere: {
    met: both(name({ diligenceRecordIsThere: true }), say({ diligenceRecord: 1 })),
    unmet: both(name({ diligenceRecordIsThere: false }), say({ diligenceRecord: 1 })),
  },
  translationIsDraft: {
    met: set({ translations: [{ n: 1, status: 'DRAFT' }] }),
    unmet: set({ translations: [{ n: 1, status: 'CHECKED' }] }),
  },
  offeredActionsNamed: {
    met: both(set({ actions: [action({}), action({ n: 2 })] }), say({ actionAnswers: { 2: 'REFUSED' } })),
    unmet: say({ actionAnswers: { 3: 'REFUSED' } }),
  },
  someActionAccepted: {
    met: both(set({ actions: [action({}), action({ n: 2 })] }), say({ actionAnswers: { 2: 'REFUSED' } })),
    unmet: say({ actionAnswers: { 1: 'REFUSED', 2: 'REFUSED' } }),
  },
  actionRefused: {
    met: set({ actions: [action({ action: 'RA-19', status: 'REFUSED' })] }),
    unmet: set({ actions: [action({ action: 'RA-19', status: 'AGREED' })] }),
  },
  refusedActionIsNotHers: {
    met: set({ actions: [action({ action: 'RA-19', status: 'REFUSED' })] }),
    unmet: set({ actions: [action({ action: 'RA-01', status: 'REFUSED' })] }),
  },
  offerQuestionOpen: {
    met: set({ clocks: [clock('TARGET-OFFER-QUESTION', 'RUNNING')] }),
    unmet: set({ clocks: [clock('TARGET-OFFER-QUESTION', 'STOPPED')] }),
  },
  offerQuestionAnswered: {
    met: set({ clocks: [clock('TARGET-OFFER-QUESTION', 'STOPPED')] }),
    unmet: set({ clocks: [clock('TARGET-OFFER-QUESTION', 'RUNNING')] }),
  },
  coolingOffRuns: {
    met: set({ clocks: [clock('TARGET-COOLING-OFF', 'RUNNING', { dueLegalLatest: '2026-11-24' })] }),
    unmet: set({ clocks: [clock('TARGET-COOLING-OFF', 'RUNNING', { dueLegalLatest: '2026-11-23' })] }),
  },
  irreversibleActionWaits: {
    met: set({ actions: [action({ action: 'RA-15', status: 'AGREED' })] }),
    unmet: set({ actions: [action({ action: 'RA-15', status: 'DONE' })] }),
  },
  coolingOffOver: {
    met: set({ clocks: [] }),
    unmet: set({
      clocks: [clock('TARGET-COOLING-OFF', 'RUNNING')],
      actions: [action({ action: 'RA-06', status: 'AGREED', ownerId: ME })],
    }),
  },
  deliveredActionsNamed: {
    met: both(set({ actions: [action({ status: 'DONE' })] }), say({ actionComments: { 1: 'Late.' } })),
    unmet: both(
      set({ actions: [action({ status: 'STARTED' })] }),
      say({ actionResults: { 1: 'PARTLY' }, remedyResult: 'PARTLY' }),
    ),
  },
  resultFollowsActions: {
    met: set({ actions: [action({ status: 'DONE', verificationResult: 'FULL' })] }),
    unmet: both(
      set({ actions: [action({ status: 'DONE', verificationResult: 'NO' })] }),
      say({ remedyResult: 'FULL' }),
    ),
  },
  missingFollowsActions: {
    met: both(
      set({ actions: [action({ status: 'DONE' })] }),
      say({ actionResults: { 1: 'NO' }, notDelivered: 'NO' }),
    ),
    unmet: say({ actionResults: { 1: 'FULL' }, notDelivered: 'NO' }),
  },
  safetyAlertOpen: {
    met: set({ clocks: [clock('TARGET-RETALIATION', 'RUNNING')] }),
    unmet: set({ clocks: [clock('TARGET-RETALIATION', 'STOPPED')] }),
  },
  safetyReviewRunning: {
    met: set({ clocks: [clock('TARGET-SAFETY-6', 'RUNNING')] }),
    unmet: set({ clocks: [clock('TARGET-SAFETY-6', 'STOPPED')] }),
  },
  checkInsPlanned: { met: set({ checkIns: ['PLANNED'] }), unmet: set({ checkIns: ['STOPPED', 'MISSED'] }) },
  checkInAsked: { met: set({ checkIns: ['ASKED', 'PLANNED'] }), unmet: set({ checkIns: ['PLANNED'] }) },
  isCollective: { met: set({ complainantRole: 'group' }), unmet: set({ complainantRole: 'affected' }) },
  isNotCollective: { met: set({ complainantRole: 'affected' }), unmet: set({ complainantRole: 'group' }) },
  joinCodesLeft: {
    met: set({ joinCodes: Array.from({ length: 20 }, (_, at) => joinCode({ n: at + 1, used: 5 })) }),
    unmet: set({ joinCodes: Array.from({ length: 20 }, (_, at) => joinCode({ n: at + 1 })) }),
  },
  joinCodeStands: {
    met: both(set({ joinCodes: [joinCode({ n: 1 })] }), say({ joinCodeNumber: 1 })),
    unmet: set({ joinCodes: [joinCode({ n: 1, endedOn: '2026-11-20' })] }),
  },
  memberNewsLeft: {
    met: set({
      memberNews: [news('2026-11-23'), news('2026-11-24'), news('2026-11-24'), news('2026-11-24', true)],
    }),
    unmet: set({ memberNews: [news('2026-11-24'), news('2026-11-24'), news('2026-11-24')] }),
  },
  isHersToDecide: {
    met: set({ personHoldsReceipt: false }),
    unmet: set({ personHoldsReceipt: true, actor: { role: 'REP', personId: null } }),
  },
  notAMember: { met: set({ isMember: false }), unmet: set({ isMember: true }) },
  joinsLeft: {
    met: set({ joinedOn: ['2026-11-23', '2026-11-23', '2026-11-24'] }),
    unmet: set({ joinedOn: ['2026-11-24', '2026-11-24'] }),
  },
  isMember: { met: set({ isMember: true }), unmet: set({ isMember: false }) },
  membersRemedyDecided: {
    met: set({ individualRemedyNeeded: true, undecidedMembers: 0 }),
    unmet: both(set({ individualRemedyNeeded: true, undecidedMembers: 1 }), say({ closureCode: 'CR-REM-V' })),
  },
  isSuspended: { met: set({ suspendedUntil: '2026-12-01' }), unmet: set({ suspendedUntil: null }) },
  notSuspended: { met: set({ suspendedUntil: null }), unmet: set({ suspendedUntil: '2026-12-01' }) },
  suspendedAtMost30Days: {
    met: say({ suspendedUntil: '2026-12-24' }),
    unmet: say({ suspendedUntil: '2026-12-25' }),
  },
};

function ready(row: StepRow): Draft {
  const draft = blank(row);
  for (const name of row.needs) CASES[name].met(draft);
  return draft;
}

const names = ({ facts, answers }: Draft, row: StepRow) =>
  unmetNeeds(row, facts, answers as StepAnswers).map((need) => need.field ?? need.name);

describe.each(ROWS.map((row) => [row.step, row] as const))('the step %s', (_name, row) => {
  it('may be taken when everything it needs is there', () => {
    expect(names(ready(row), row)).toEqual([]);
  });

  if (row.needs.length > 0)
    it.each(row.needs)('is refused with a sentence while %s is unmet', (name) => {
      const draft = ready(row);
      CASES[name].unmet(draft);
      const unmet = unmetNeeds(row, draft.facts, draft.answers as StepAnswers);
      expect(unmet.map((need) => need.name)).toContain(name);
      expect(unmet.find((need) => need.name === name)!.sentence).toMatch(/^[A-Z“].{10,}[.!]$/);
    });

  if (row.asks.length > 0)
    it.each(row.asks)('is refused with a sentence while %s is not answered', (ask) => {
      const draft = ready(row);
      delete draft.answers[ask];
      const missing = unmetNeeds(row, draft.facts, draft.answers as StepAnswers).find(
        (need) => need.field === ask,
      );
      expect(missing?.sentence).toMatch(/\.$/);
    });

  if (row.freeFor)
    it.each(row.freeFor)('asks nothing of %s, who may say it all the same', (role) => {
      const draft = ready(row);
      draft.facts.actor = { role, personId: null };
      expect(unmetNeeds(row, draft.facts, {})).toEqual([]);
      expect(names(draft, row)).toEqual([]);
    });

  it('names nothing but missing answers to whoever has not answered yet', () => {
    const draft = ready(row);
    const unmet = unmetNeeds(row, draft.facts, {});
    expect(unmet.map((need) => need.field)).toEqual([...row.asks]);
  });

  it('is refused in every state where the table does not have it', () => {
    for (const state of [...STATE_CODES, 'new' as const].filter((each) => !row.from.includes(each))) {
      const draft = ready(row);
      draft.facts.state = state;
      expect(names(draft, row)).toEqual(['state']);
    }
  });

  it('is refused for every role that the table does not name', () => {
    for (const role of ROLE_CODES.filter((each: RoleCode) => !row.by.includes(each))) {
      const draft = ready(row);
      draft.facts.actor = { ...draft.facts.actor, role };
      expect(names(draft, row)).toEqual(['role']);
    }
  });

  it('leads to a state of the table from each state it starts in', () => {
    for (const from of row.from)
      expect(STATE_CODES).toContain(stateAfter(row, from === 'new' ? 'received' : from));
  });
});

/** Needs for something that a step acts on. */
const OBJECTS = (Object.keys(NEEDS) as NeedName[]).filter((each) => NEEDS[each].object !== null);
/** With nothing said but what may be left out. */
const readiness = (row: StepRow, { facts, answers }: Draft) => {
  const left = Object.entries(answers).filter(([ask]) => !row.asks.includes(ask as AskName));
  const unmet = unmetNeeds(row, facts, Object.fromEntries(left) as StepAnswers);
  return readinessOf(unmet.filter((each) => each.name !== 'answer'));
};

describe.each(OBJECTS)('%s, which needs something that is there', (need) => {
  const rows = ROWS.filter(({ needs }) => needs.includes(need));
  const { object, ...named }: Need = NEEDS[need];
  const bare = (row: StepRow) => {
    const draft = blank(row);
    Object.assign(draft.facts, { hasContact: false, hasName: false });
    return draft;
  };

  it('says what is to be named, and what there is none of', () => {
    for (const sentence of [named.sentence, object!.sentence]) expect(sentence).toMatch(/ \w+\S*\.$/);
  });

  it.each(rows.map((row) => [row.step, row] as const))(
    'puts %s apart where there is nothing, whatever is answered, and nowhere else',
    (_step, row) => {
      const draft = bare(row);
      expect(object!.isThere(draft.facts)).toBe(false);
      expect(readiness(row, draft)).toBe('NOTHING_THERE');
      const said = unmetNeeds(row, draft.facts, draft.answers as StepAnswers);
      expect(said).toContainEqual({ name: need, sentence: object!.sentence });
      expect(object!.sentence).toMatch(/^[A-Z“].{10,}[.]$/);
      for (const n of [0, 1, 2, 9])
        expect(named.met(draft.facts, { ...draft.answers, [object!.answer ?? '']: n } as StepAnswers)).toBe(
          false,
        );
      expect(object!.isThere(ready(row).facts)).toBe(true);
    },
  );
});

describe.each(ROWS.map((row) => [row.step, row] as const))(
  '%s, before anything is answered',
  (_name, row) => {
    it('is ready where everything is there, and waits where something else has to be done before', () => {
      expect(readiness(row, ready(row))).toBe('READY');
      for (const each of row.needs.filter((other) => !OBJECTS.includes(other))) {
        const draft = ready(row);
        CASES[each].unmet(draft);
        const unmet = unmetNeeds(row, draft.facts, {}).some(({ name }) => name === each);
        if (unmet && row.needs.every((other) => NEEDS[other].object?.isThere(draft.facts) !== false))
          expect([each, readiness(row, draft)]).toEqual([each, 'MISSING']);
      }
    });

    // A system that is to be named is one of the register, not of the case.
    it('asks for the number of something only where there is one', () => {
      const numbers = row.asks.filter((ask) => ask.endsWith('Number') && row.step !== 'name-system');
      const named = row.needs.map((each) => NEEDS[each].object?.answer);
      expect(numbers.filter((ask) => !named.includes(ask))).toEqual([]);
    });
  },
);

/** Hers, as somebody of intake writes them down. */
const DICTATED = ROWS.filter(({ dictatedTo }) => dictatedTo).map(dictatedRow);
function dictated(row: StepRow): Draft {
  const draft = ready(row);
  draft.facts.actor = { ...INTAKE };
  return draft;
}

describe.each(DICTATED.map((row) => [row.step, row] as const))(
  '%s, written down for the person',
  (_name, row) => {
    it('may be taken when everything it needs is there', () => {
      expect(names(dictated(row), row)).toEqual([]);
    });

    it.each(DICTATION_ASKS)('is refused while %s is not said', (ask) => {
      const draft = dictated(row);
      delete draft.answers[ask];
      expect(names(draft, row)).toContain(ask);
    });

    // What holds staff alone back does not hold her back.
    it.each(row.needs.filter((name) => name !== 'staffDoNotUndoMergers'))(
      'is refused while %s is unmet',
      (name) => {
        const draft = dictated(row);
        CASES[name].unmet(draft);
        const { writtenBy } = INTAKE;
        if (draft.facts.actor.personId !== null || !draft.facts.actor.writtenBy)
          draft.facts.actor = { ...draft.facts.actor, personId: null, writtenBy };
        if (!row.by.includes(draft.facts.actor.role)) draft.facts.actor.role = 'RH';
        expect(names(draft, row)).toContain(name);
      },
    );

    it('is refused to every role but those that hold the pen', () => {
      for (const role of ROLE_CODES.filter((each) => !row.dictatedTo!.includes(each))) {
        const draft = dictated(row);
        draft.facts.actor.writtenBy = { role, personId: ME };
        expect(names(draft, row)).toEqual(['role']);
      }
    });

    it.each([
      ['investigates', set({ places: [{ role: 'INV', personId: ME }] })],
      ['is asked to decide', set({ assigned: [{ role: 'DEC', personId: ME }] })],
      ['mediated', take({ step: 'record-meeting', personId: ME, role: 'DIA' })],
      ['took the complaint in as triage lead', take({ step: 'accept', personId: ME, role: 'TRI' })],
      ['owns an action', set({ actions: [action({ status: 'AGREED', ownerId: ME })] })],
      ['reviews', appeal({ reviewerId: ME })],
    ])('is refused to whoever %s', (_what, change) => {
      const draft = dictated(row);
      change(draft);
      expect(names(draft, row)).toContain('penHolderIsApart');
    });

    it('is open to whoever only received what she said, or keeps her safe', () => {
      const draft = dictated(row);
      take(
        { step: 'acknowledge', personId: ME, role: 'INT' },
        { step: 'plan-protection', personId: ME, role: 'PRT' },
      )(draft);
      draft.facts.places = [{ role: 'INT', personId: ME }];
      expect(names(draft, row)).toEqual([]);
    });
  },
);

describe('what is written down for the person', () => {
  it('needs a second person wherever it gives something up, or settles what she thinks of an offer, a transcript or somebody who leads', () => {
    const gives = DICTATED.filter(
      ({ step, needs }) =>
        ['refuse-offer', 'counter-offer', 'approve-transcript', 'accept-facilitator', 'appeal'].includes(
          step,
        ) || needs.some((name) => /^mandateFor(Remedy|Ending|Erasure|Verifying)$/.test(name)),
    ).map(({ step }) => step);
    expect(
      DICTATED.filter((row) => agreementsOf(row).some(({ when }) => when === 'dictated')).map(
        ({ step }) => step,
      ),
      // It only says what is missing, so that no time may be lost with it.
    ).toEqual(gives.filter((step) => step !== 'report-not-delivered'));
  });

  it('waits for a second person only where staff wrote it down, so that whatever waits of it is hers', () => {
    for (const { step } of DICTATED.filter((row) => agreementsOf(row).length > 0))
      expect([step, waitsOnlyDictated(step)]).toEqual([step, true]);
    for (const { step } of ROWS.filter(({ dictatedTo }) => !dictatedTo))
      expect([step, waitsOnlyDictated(step)]).toEqual([step, false]);
  });

  it('asks for the second person of staff alone', () => {
    const row = DICTATED.find(({ step }) => step === 'withdraw')!;
    const { facts } = ready(row);
    expect(needsAgreement(row, { ...facts, actor: { role: 'RH', personId: null } })).toBeNull();
    expect(needsAgreement(row, { ...facts, actor: INTAKE })).toBe('PRT');
  });

  it('is every step that is hers alone, but what a code opens, what stops staff who wrote for her, what binds her to a group, what hurries her, and how often she is asked whether she is safe', () => {
    const hers = ROWS.filter(({ by }) => by.some((role) => role === 'RH') && !by.includes('INT'));
    expect(hers.filter(({ dictatedTo }) => !dictatedTo).map(({ step }) => step)).toEqual([
      'plan-check-ins',
      'answer-check-in',
      'deny-dictation',
      'end-mandate',
      'join-group',
      'start-sooner',
    ]);
  });

  it('is kept apart from every decision', () => {
    for (const row of ROWS.filter((each) => needsOf(each).includes('deciderHeldNoPen'))) {
      const draft = ready(row);
      draft.facts.dictations = [...draft.facts.dictations, dictation({ n: 9, penHolders: [ME] })];
      expect(names(draft, row)).toContain('deciderHeldNoPen');
    }
  });

  it('ends no case while she disputes something, nor by the hand that wrote it down', () => {
    const endings = ROWS.filter(
      ({ step, to, by }) =>
        step !== 'lodge' && to in STATES && STATES[to as State].ended && !by.includes('RH'),
    );
    expect(endings.length).toBeGreaterThan(8);
    for (const row of endings)
      expect([row.step, ...needsOf(row)]).toEqual(
        expect.arrayContaining(['deciderHeldNoPen', 'nothingDisputed']),
      );
    for (const holds of [null, false]) {
      const row = ROWS.find(({ step }) => step === 'close')!;
      const draft = ready(row);
      draft.facts.dictations = [dictation({ step: 'confirm-remedy', objected: true, holds })];
      expect(names(draft, row)).toContain('nothingDisputed');
    }
  });

  it('can be taken back by her for as long as she disputes it, however long ago she is said to have accepted', () => {
    const row = ROWS.find(({ step }) => step === 'take-back-acceptance')!;
    const draft = ready(row);
    draft.facts.clocks = [];
    const open = (patch: Partial<CaseFacts['dictations'][number]>) => {
      draft.facts.dictations = [dictation(patch)];
      return names(draft, row);
    };
    expect(open({ objected: true })).toEqual([]);
    expect(open({ objected: true, holds: false })).toEqual([]);
    for (const patch of [{ objected: true, holds: true }, { objected: true, isLast: false }, {}])
      expect(open(patch)).toEqual(['coolingOffRuns']);
  });

  it('counts from the day on which she said it', () => {
    const row = DICTATED.find(({ step }) => step === 'take-back-acceptance')!;
    const draft = dictated(row);
    draft.facts.clocks = [clock('TARGET-COOLING-OFF', 'RUNNING', { dueLegalLatest: '2026-11-20' })];
    expect(names(draft, row)).toContain('coolingOffRuns');
    draft.answers.saidOn = '2026-11-20';
    expect(names(draft, row)).toEqual([]);
  });
});

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
