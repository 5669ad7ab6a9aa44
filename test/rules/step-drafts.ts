import { dictatedRow } from '../../src/rules/dictated-row';
import type { ClockCode } from '../../src/rules/clocks';
import type { ConsentCode } from '../../src/rules/consents';
import { ASKS, type Ask, type AskName } from '../../src/rules/asks';
import type { MandateStatus } from '../../src/rules/mandates';
import type { ActionFacts, CaseFacts, MandateFacts } from '../../src/rules/needs/facts';
import { STEPS, type StepRow } from '../../src/rules/steps';

export const ME = 'person-me';
export const OTHER = 'person-other';
export const THIRD = 'person-third';
export type Draft = { facts: CaseFacts; answers: Record<string, unknown> };
export type Change = (draft: Draft) => void;

/** What a step names: nothing of it is there. */
export const NOTHING_NAMED: CaseFacts['named'] = {
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
};

export const ROWS: readonly StepRow[] = STEPS;
/** Steps that staff may write down for the person, as those of whoever holds the pen. */
export const DICTATED = ROWS.filter(({ dictatedTo }) => dictatedTo).map(dictatedRow);

export function sample(name: AskName): unknown {
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

export function blank(row: StepRow): Draft {
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
      named: { ...NOTHING_NAMED },
    },
    answers: Object.fromEntries(row.asks.map((name) => [name, sample(name)])),
  };
}

export const action = (patch: Partial<ActionFacts>): ActionFacts => ({
  n: 1,
  action: 'RA-01',
  status: 'PROPOSED',
  ownerId: OTHER,
  agreed: null,
  snapshotKept: false,
  verificationResult: null,
  ...patch,
});
export const allegation = (
  finding: string | null,
  patch: Partial<CaseFacts['allegations'][number]> = {},
): CaseFacts['allegations'][number] => ({ n: 1, finding, withheld: false, missingTakenUp: false, ...patch });
export const evidenceRequest = (
  patch: Partial<CaseFacts['evidenceRequests'][number]> = {},
): CaseFacts['evidenceRequests'][number] => ({
  n: 1,
  status: 'ASKED',
  dueOn: '2026-11-24',
  records: null,
  allegation: null,
  ...patch,
});
export const lost = evidenceRequest({ status: 'REFUSED', records: 'LOST' });
export const clock = (
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
export const joinCode = (patch: Partial<CaseFacts['joinCodes'][number]>): CaseFacts['joinCodes'][number] => ({
  n: 1,
  until: '2026-12-24',
  endedOn: null,
  used: 0,
  places: 5,
  ...patch,
});
export const offer = (status: string): CaseFacts['offer'] => ({ kind: 'OFFER', status, replyDueOn: null });
export const set =
  (patch: Partial<CaseFacts>): Change =>
  ({ facts }) =>
    void Object.assign(facts, patch);
export const say =
  (answers: Record<string, unknown>): Change =>
  (draft) =>
    void Object.assign(draft.answers, answers);
export const both =
  (...changes: Change[]): Change =>
  (draft) =>
    changes.forEach((change) => change(draft));
export const name =
  (patch: Partial<CaseFacts['named']>): Change =>
  ({ facts }) =>
    void (facts.named = { ...facts.named, ...patch });
export const decide =
  (code: ConsentCode, given: boolean, bySelf = true): Change =>
  ({ facts }) =>
    void (facts.consents = { ...facts.consents, [code]: { given, bySelf } });
export const appeal =
  (patch: Partial<NonNullable<CaseFacts['appeal']>>): Change =>
  ({ facts }) =>
    void (facts.appeal = { against: 'closed', late: false, reviewerId: null, ...facts.appeal, ...patch });
export const take =
  (...steps: { step: string; personId: string | null; role: string }[]): Change =>
  ({ facts }) =>
    void (facts.taken = [...facts.taken, ...steps]);

export const protection = (status: string): Change =>
  set({ protection: [{ n: 1, measure: 'PM-21', protects: 'FAMILY', status }] });

export const REP = { role: 'REP' as const, personId: null, partyId: 'party' };
export const news = (writtenOn: string, byStaff = false) => ({ writtenOn, byStaff });
export const mandate = (status: MandateStatus): MandateFacts => ({
  n: 1,
  partyId: 'party',
  status,
  basis: 'MB-WRITTEN',
  covers: [],
  endedByStaff: false,
});

export const translationAsked = (status: string, language: string) => ({
  n: 1,
  ofKind: 'MESSAGE',
  ofNumber: 1,
  language,
  status,
});
export const request = (n: number, answer: string | null) => ({ n, systemNumber: 1, answer });
export const monitoring = (since: string, until: string | null, lookedAtOn = '2026-11-24') => ({
  since,
  until,
  lookedAtOn,
});
export const notice = (n: number, addressee: string, outcome: string | null = null) => ({
  n,
  systemNumber: 1,
  addressee,
  since: '2026-11-20',
  outcome,
});

export const RISK = {
  personsAtRisk: ['COMPLAINANT'],
  threatActors: ['MANAGER'],
  threatTypes: ['DISMISSAL'],
  threatLikelihood: 4,
  threatImpact: 5,
};
export const destructive = set({
  actions: [action({ status: 'AGREED', ownerId: ME, action: 'RA-21' })],
  measures: [{ n: 1, measure: 'RA-21', status: 'IM_ORDERED' }],
});

export const INTAKE = {
  role: 'RH' as const,
  personId: null,
  writtenBy: { role: 'INT' as const, personId: ME },
};
export const dictation = (
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

export const TRIED = ['2026-11-20', '2026-11-21', '2026-11-22'].map((triedOn, n) => ({
  triedOn,
  channel: n ? 'PHONE' : 'POST',
  isSafe: true,
  isOnlyWay: false,
}));
