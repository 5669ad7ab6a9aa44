// Source: the table of steps (process model 6.3). Where each need is met: by a step, by another answer in the form itself, or seen in a part of
// the case. One line for every need: one without does not compile.
import type { AskName } from './asks';
import type { NeedName } from './needs';
import type { RoleCode } from './roles';
import { OPEN_STATES, type State } from './states';
import type { StepName, StepRow } from './steps';
import { stepRow } from './workflow';

/** Parts of the page of a case that show why a need is not met, by their anchors. */
export const NEED_SECTIONS = [
  'complaint',
  'assessment',
  'late',
  'clocks',
  'allegations',
  'evidence-requests',
  'facilitators',
  'meetings',
  'offers',
  'actions',
  'measures',
  'protection',
  'check-ins',
  'holds',
  'erasure',
  'appeals',
  'stories',
  'questions',
  'messages',
  'evidence',
  'consents',
  'mandates',
  'dictations',
  'contact-attempts',
  'supports',
  'transcripts',
  'translations',
  'proceedings',
  'systems',
  'links',
  'collective',
  'assignments',
  'exclusions',
  'guests',
  'break-glass',
] as const;
export type NeedSection = (typeof NEED_SECTIONS)[number];

/** Where a need is met; more than one may be said, and one has to be. */
interface Ways {
  /** Steps that meet it, or that do instead what was wanted. */
  steps: readonly StepName[];
  /** Questions of the step itself that have to be answered otherwise. */
  answers: readonly AskName[];
  /** The part of the case to look at. */
  section: NeedSection;
  /** A page beside that of the case. */
  page: 'systems' | 'sharing';
  /** Who has to act where no step says so. */
  roles: readonly RoleCode[];
}
export type MetBy = { [Way in keyof Ways]: Pick<Ways, Way> & Partial<Ways> }[keyof Ways];

const asked = (...answers: readonly AskName[]) => ({ answers });
const taken = (...steps: readonly StepName[]) => ({ steps });
const CONSENT = { steps: ['record-consent'], section: 'consents' } as const;
const SOMEBODY_ELSE = { steps: ['assign'], section: 'assignments' } as const;
const MANDATE = { steps: ['confirm-mandate', 'record-mandate'], section: 'mandates' } as const;

/** Needs that are of no row: two persons have to agree. */
export type AgreementNeed = 'secondPerson' | 'secondPersonIndependent';

export const MET_BY: Readonly<Record<NeedName | AgreementNeed, MetBy>> = {
  secondPerson: SOMEBODY_ELSE,
  secondPersonIndependent: SOMEBODY_ELSE,

  // ── objects ──
  questionOpen: { ...taken('ask-question'), section: 'questions' },
  canBeAsked: { ...taken('request-evidence'), section: 'complaint' },
  allegationStated: taken('add-allegation'),
  allegationExists: { ...asked('allegationNumber'), ...taken('add-allegation'), section: 'allegations' },
  findingForEachAllegation: { ...taken('record-finding', 'correct-finding'), section: 'allegations' },
  measureOrdered: { ...asked('measureNumber'), ...taken('order-interim-measure'), section: 'measures' },
  measureInForce: { ...asked('measureNumber'), ...taken('order-interim-measure'), section: 'measures' },
  commentMade: taken('comment-on-findings'),
  offerOpen: {
    ...taken('propose-remedy', 'propose-agreement', 'propose-fast-remedy', 'renew-offer'),
    section: 'offers',
  },
  offerAnswered: { ...taken('refuse-offer', 'counter-offer'), section: 'offers' },
  offerAnsweredOrExpired: { ...taken('refuse-offer', 'counter-offer'), section: 'clocks' },
  actionIsThere: { ...asked('actionNumber'), ...taken('plan-action'), section: 'actions' },
  actionDone: { ...asked('actionNumber'), ...taken('complete-action'), section: 'actions' },
  actionMayBeDropped: { ...asked('actionNumber'), section: 'actions' },
  joinsOpenDuplicate: { ...asked('otherCase'), ...taken('link-case'), section: 'links' },
  nobodyKeptOutIsThere: { section: 'links' },
  staffDoNotUndoMergers: taken('undo-merge'),
  isMerged: taken('close-merged'),
  numberCanBeGiven: { section: 'complaint' },
  numberReachesHer: asked('reasons'),
  otherCaseIsAnother: asked('otherCase'),
  dataRequestRunning: { ...taken('assess-legal-facts'), section: 'clocks' },
  clockExtendable: { ...asked('clockCode'), section: 'clocks' },
  actionNumberFits: { ...asked('actionNumber'), section: 'actions' },
  noOpenOffer: { ...taken('accept-offer', 'refuse-offer', 'counter-offer'), section: 'offers' },
  followUpRunning: { section: 'clocks' },
  safetyReviewRunning: { section: 'clocks' },
  checkInsPlanned: { ...taken('plan-check-ins'), section: 'check-ins' },
  checkInAsked: { ...taken('plan-check-ins'), section: 'check-ins' },
  receiptNotAhead: asked('requestReceivedOn'),

  // ── assessments ──
  classified: taken('classify'),
  severitySet: taken('set-severity'),
  reprisalAssessed: taken('assess-reprisal'),
  legalFactsAssessed: taken('assess-legal-facts', 'acknowledge'),
  interimDecided: taken('decide-interim', 'order-interim-measure'),
  interimDecidedWhereCritical: taken('decide-interim', 'order-interim-measure'),
  interimOrderedWhereRequired: { ...asked('interimChoice'), ...taken('order-interim-measure') },
  involvementDetermined: taken('determine-involvement'),
  disclosurePlanApproved: taken('approve-disclosure-plan'),
  tierNotLowered: { ...taken('lower-severity'), section: 'assessment' },
  tierLowered: { ...taken('set-severity'), section: 'assessment' },
  reprisalNotLowered: { ...taken('lower-reprisal'), section: 'assessment' },
  reprisalLowered: { ...taken('assess-reprisal'), section: 'assessment' },
  safetyAlertOpen: { ...taken('report-retaliation', 'answer-check-in'), section: 'check-ins' },
  reprisalNotBelowOwnRating: { ...asked('reasons', 'reprisalLevel'), section: 'complaint' },
  noneSubstantiatedOrNotInvolved: { ...taken('propose-remedy', 'correct-finding'), section: 'allegations' },
  remedyOwed: { ...taken('close-linked', 'close-unsubstantiated'), section: 'assessment' },
  linkedOnly: { ...taken('propose-remedy', 'close-unsubstantiated'), section: 'assessment' },
  noRemedyOwed: { section: 'assessment' },
  notSevere: { section: 'assessment' },
  ownInitiativeWarranted: { ...asked('othersAtRisk'), section: 'assessment' },
  threeContactAttempts: { ...taken('record-contact-attempt'), section: 'contact-attempts' },
  attemptInTime: asked('attemptOn'),
  commentPeriodOver: { ...taken('answer-comment'), section: 'clocks' },

  // ── what staff write down for the person ──
  penHolderIsApart: { roles: ['INT', 'PRT'], section: 'assignments' },
  penHolderNotDenied: { roles: ['INT', 'PRT'], section: 'dictations' },
  deciderHeldNoPen: SOMEBODY_ELSE,
  saidInTime: asked('saidOn'),
  throughWhomSaid: asked('saidThroughWhom', 'saidThrough'),
  speakerHasMandate: { ...asked('saidBy', 'mandateNumber'), steps: ['record-mandate'], section: 'mandates' },
  dictationStands: { ...asked('dictationNumber'), section: 'dictations' },
  dictationWaits: { section: 'dictations' },
  denialWaits: { section: 'dictations' },
  denialIsOfAnother: { roles: ['PRT', 'TRI'], section: 'dictations' },
  objectionIsInTime: { ...asked('dictationNumber'), section: 'dictations' },
  objectionWaits: { ...asked('dictationNumber'), section: 'dictations' },
  objectionIsOfAnother: { roles: ['PRT', 'TRI'], section: 'dictations' },

  // ── consents ──
  dialogueConsented: CONSENT,
  packetWritten: asked('sharedWhat', 'referralMode'),
  packetIsReady: { ...asked('packetNumber'), page: 'sharing' },
  packetNamesNobody: { ...asked('packetNumber', 'identityShared'), page: 'sharing' },
  packetOnlyWithConsent: asked('packetNumber', 'referralMode'),
  requestPacketConsented: { ...asked('packetNumber'), ...CONSENT },
  referralAnswerInTime: asked('referralAnsweredOn'),
  referralAnswered: { ...asked('withoutAnswer'), ...taken('record-referral-answer', 'take-back') },
  referralConsented: { ...asked('referralMode'), ...CONSENT },
  sensitiveConsented: { ...asked('groups', 'sensitiveLaw'), ...CONSENT },
  sharingConsented: { ...asked('sharedWith', 'legalDuty'), ...CONSENT },
  identitySharingConsented: { ...asked('identityShared'), ...CONSENT },
  respondentDisclosurePlanned: taken('approve-disclosure-plan'),
  publicationConsented: { ...asked('action'), ...CONSENT },
  guestConsented: { ...asked('guestRole'), ...CONSENT },
  storyConsented: CONSENT,
  storyEndangersNobody: { section: 'assessment' },
  storyCanBeTakenBack: taken('issue-receipt'),
  personDidNotWithdraw: { section: 'assessment' },
  storyTellsNoDetails: asked('storyText'),
  storyStands: { ...taken('publish-story'), section: 'stories' },
  consentIsNotOverruled: { section: 'consents' },
  personTakesPart: { section: 'complaint' },
  identityLeft: { section: 'messages' },

  // ── who speaks for the person ──
  representativeMayAct: MANDATE,
  isHersToDecide: { section: 'mandates' },
  mandateForRemedy: MANDATE,
  mandateForVerifying: MANDATE,
  mandateForEnding: MANDATE,
  mandateForErasure: MANDATE,
  mandateForConsent: MANDATE,
  representativeIsThere: { section: 'complaint' },
  mandateOpen: { ...taken('end-mandate'), section: 'mandates' },
  mandateNumberOpen: { ...asked('mandateNumber'), section: 'mandates' },
  mandateIsOfReader: { ...asked('mandateNumber'), section: 'mandates' },
  mandateEndsAhead: asked('mandateUntil', 'mandateSince'),
  mandateProofIsThere: { ...asked('mandateProof'), section: 'evidence' },
  mandateWaits: { ...asked('mandateNumber'), ...taken('record-mandate'), section: 'mandates' },
  mandateBasisKnown: { ...taken('record-mandate'), section: 'mandates' },
  mandateIsForStaff: { ...asked('mandateNumber'), section: 'mandates' },
  representationNotRefused: { section: 'consents' },
  mandateStands: { ...asked('mandateNumber'), section: 'mandates' },
  staffGiveReasons: asked('reasons'),

  // ── declining ──
  declineAllowed: {
    ...asked('declineCode'),
    ...taken('sight-decline', 'link-case', 'ask-question', 'record-contact-attempt'),
    section: 'assessment',
  },
  independentSightWhereNeeded: taken('sight-decline'),
  followUpAhead: asked('followUpOn'),

  // ── remedy ──
  actionPlanned: taken('plan-action'),
  actionPlannedByReviewer: taken('plan-action-on-appeal'),
  individualActionPlanned: { ...taken('plan-action'), section: 'actions' },
  nonRepetitionPlanned: { ...asked('nonRepetitionReason'), ...taken('plan-action') },
  dueAhead: asked('dueOn'),
  snapshotBeforeDestruction: asked('snapshot'),
  authorityToldFirst: {
    ...asked('authorityWord'),
    ...taken('record-article-26-notice', 'plan-article-26-notices'),
    section: 'systems',
  },
  remedyDelivered: { ...taken('resume-implementation'), section: 'actions' },
  lookedDuringMonitoring: asked('lookedAtOn'),
  monitored: taken('record-monitoring-check'),
  monitoringOver: { ...asked('closedSooner'), section: 'clocks' },
  individualActionsDone: { ...taken('complete-action'), section: 'actions' },
  allActionsDone: { ...taken('complete-action'), section: 'actions' },
  residualAcceptedIfPartly: { ...asked('residualAccepted'), ...taken('report-not-delivered') },
  offeredActionsNamed: asked('actionAnswers', 'actionWishes'),
  someActionAccepted: { ...asked('actionAnswers'), ...taken('refuse-offer', 'counter-offer') },
  actionRefused: { ...asked('actionNumber'), section: 'actions' },
  refusedActionIsNotHers: { ...asked('actionNumber'), ...taken('plan-action'), section: 'actions' },
  deliveredActionsNamed: asked('actionResults', 'actionComments'),
  resultFollowsActions: { ...asked('remedyResult', 'actionResults'), ...taken('report-not-delivered') },
  missingFollowsActions: asked('notDelivered', 'actionResults'),
  offerQuestionOpen: { ...taken('ask-about-offer'), section: 'offers' },
  offerQuestionAnswered: taken('answer-about-offer'),
  coolingOffRuns: { ...taken('accept-offer'), section: 'clocks' },
  irreversibleActionWaits: { section: 'actions' },
  coolingOffOver: { ...taken('start-sooner'), section: 'clocks' },
  closureFitsRemedy: { ...asked('closureCode'), section: 'actions' },
  legalClocksSettled: {
    ...taken('answer-data-request', 'refuse-erasure', 'record-article-26-notice'),
    section: 'clocks',
  },

  // ── who acts ──
  investigatorAssigned: taken('assign'),
  actorAssigned: SOMEBODY_ELSE,
  assigneeHoldsRole: { ...asked('person', 'role'), roles: ['ADM'] },
  assigneeIndependent: { ...asked('person', 'role'), section: 'assignments' },
  personNotKeptOut: { ...asked('person', 'owner'), section: 'exclusions' },
  ownConflictDenied: asked('noConflict'),
  actorIsAsked: SOMEBODY_ELSE,
  handsOverOwnPlace: asked('handedOverFrom'),
  handedOverIsOnTeam: { ...asked('handedOverFrom'), ...SOMEBODY_ELSE },
  successorFits: { ...asked('person'), ...SOMEBODY_ELSE },
  guestEndsInTime: asked('guestUntil'),
  guestStands: { ...asked('guestNumber'), ...taken('invite-guest'), section: 'guests' },
  guestStaysInCase: asked('person'),
  personIsOfHouse: asked('person', 'owner'),
  personIsOnTeam: { ...asked('person'), section: 'assignments' },
  somebodyNamed: asked('person', 'unit'),
  excludesAnother: taken('recuse'),
  leadIsLeft: { roles: ['ADM'] },
  exclusionStands: { ...asked('exclusionNumber'), ...taken('exclude'), section: 'exclusions' },
  glassToReview: { ...asked('breakGlassNumber'), section: 'break-glass' },
  glassBrokenByAnother: { ...asked('breakGlassNumber'), section: 'break-glass', roles: ['PRT'] },
  deciderIsNotInvestigator: SOMEBODY_ELSE,
  deciderOwnsNoAction: SOMEBODY_ELSE,
  actorOwnsNoAction: SOMEBODY_ELSE,
  reviewerAssigned: SOMEBODY_ELSE,
  reviewerTookNoEarlierPart: SOMEBODY_ELSE,
  appealAgainstOutcome: { ...taken('admit-case', 'reject-appeal'), section: 'appeals' },
  appealAgainstRefusal: { ...taken('send-back', 'vary-decision', 'uphold-appeal'), section: 'appeals' },
  appealAgainstOffer: { section: 'appeals' },
  appealAgainstEnding: { ...taken('confirm-offer', 'confirm-measures'), section: 'appeals' },
  appealAgainstMeasures: { section: 'appeals' },
  remedyNotAccepted: { ...taken('take-back-acceptance', 'report-not-delivered'), section: 'offers' },
  appealIsLate: { section: 'appeals' },
  actorOwnsAction: { ...asked('actionNumber'), section: 'actions' },
  ownerIsActive: { ...asked('owner'), roles: ['ADM'] },
  ownerIsOnTeam: { ...asked('owner'), ...SOMEBODY_ELSE },
  taskIsOpen: { ...asked('taskNumber'), ...taken('add-task') },
  ownerIsRemedyOwner: { ...asked('owner'), roles: ['ADM'] },
  holdOfAnother: { ...asked('holdNumber'), section: 'holds' },

  // ── keeping ──
  reasonsSpelledOut: asked('reasons'),
  holdStands: { ...asked('holdNumber'), ...taken('place-hold'), section: 'holds' },
  erasureAsked: { ...taken('request-erasure'), section: 'erasure' },
  erasureNotAsked: { ...taken('take-back-erasure', 'refuse-erasure'), section: 'erasure' },

  // ── pauses ──
  isSuspended: taken('suspend', 'pause'),
  notSuspended: taken('resume'),
  suspendedAtMost30Days: asked('suspendedUntil'),

  // ── what is late ──
  somethingIsLate: { section: 'clocks' },
  lateReported: { ...taken('report-late'), section: 'late' },

  // ── how the person takes part ──
  dialogueIsOpen: taken('appeal', 'reopen'),
  supportAsked: { ...asked('supportNumber'), ...taken('request-support'), section: 'supports' },
  supportGoesOn: { ...asked('supportNumber'), ...taken('arrange-support'), section: 'supports' },
  occasionNotAhead: asked('occasionOn'),
  transcriptNotApproved: {
    ...asked('transcriptNumber'),
    ...taken('record-transcript'),
    section: 'transcripts',
  },
  transcriptNotDisputed: {
    ...asked('transcriptNumber'),
    ...taken('record-transcript'),
    section: 'transcripts',
  },
  textIsThere: asked('translatedNumber', 'translatedKind'),
  translationNotAskedYet: {
    ...asked('translatedNumber'),
    ...taken('withdraw-translation-request'),
    section: 'translations',
  },
  translationWaits: {
    ...asked('translationRequestNumber'),
    ...taken('request-translation'),
    section: 'translations',
  },
  translationIsDraft: { ...asked('translationNumber'), ...taken('add-translation'), section: 'translations' },

  // ── collective complaints ──
  isCollective: { section: 'complaint' },
  isNotCollective: { section: 'collective' },
  joinCodesLeft: { ...taken('end-join-code'), section: 'collective' },
  joinCodeStands: { ...asked('joinCodeNumber'), ...taken('make-join-code'), section: 'collective' },
  memberNewsLeft: { section: 'collective' },
  notAMember: { ...taken('leave-group'), section: 'collective' },
  joinsLeft: { section: 'collective' },
  isMember: { ...taken('join-group'), section: 'collective' },
  membersRemedyDecided: { ...taken('describe-group'), section: 'collective' },

  // ── other routes ──
  proceedingNotAhead: asked('proceedingBegunOn', 'proceedingOrderOn', 'proceedingToldOn'),
  elsewhereOnRecord: {
    ...asked('proceedingNumber', 'questionNumber'),
    ...taken('record-proceeding', 'end-proceeding', 'ask-question'),
    section: 'proceedings',
  },
  proceedingRuns: { ...asked('proceedingNumber'), ...taken('record-proceeding'), section: 'proceedings' },
  pausedAsCourseSays: { ...asked('proceedingCourse'), ...taken('suspend', 'pause') },

  // ── inquiry ──
  allegationFits: { ...asked('allegationNumber'), section: 'allegations' },
  evidenceRequestIsThere: {
    ...asked('evidenceRequestNumber'),
    ...taken('request-evidence'),
    section: 'evidence-requests',
  },
  evidenceRequestWaits: {
    ...asked('evidenceRequestNumber'),
    ...taken('request-evidence'),
    section: 'evidence-requests',
  },
  silenceIsOver: { ...asked('refusalGround'), section: 'evidence-requests' },
  riskSpelledOut: asked('threatTypes'),
  riskFollowsScores: asked('threatLikelihood'),
  defenderTypeSaid: asked('defenderType'),
  reprisalReviewInTime: { ...taken('assess-reprisal'), section: 'protection' },
  nothingDisputed: { ...taken('answer-objection'), section: 'dictations' },
  standardOfProofSaid: asked('standardOfProof'),
  findingCausesSaid: asked('findingCauses'),
  contributionSaid: asked('contributionModes'),
  missingRecordsNotDenied: {
    ...asked('evidenceWithheld'),
    ...taken('record-evidence-answer'),
    section: 'evidence-requests',
  },
  missingRecordsTakenUp: { ...asked('missingRecords'), section: 'evidence-requests' },
  evidenceRequestsSettled: {
    ...taken('record-evidence-answer', 'record-evidence-refusal'),
    section: 'evidence-requests',
  },
  findingsTakeUpMissingRecords: { ...taken('record-finding', 'correct-finding'), section: 'allegations' },

  // ── dialogue and meetings ──
  facilitatorAcceptedByBoth: {
    ...taken('propose-facilitator', 'record-unit-on-facilitator', 'accept-facilitator'),
    section: 'facilitators',
  },
  facilitatorIsThere: {
    ...asked('facilitatorNumber'),
    ...taken('propose-facilitator'),
    section: 'facilitators',
  },
  facilitatorNotAccepted: { ...asked('facilitatorNumber'), section: 'facilitators' },
  facilitatorNotRefused: { ...asked('facilitatorNumber'), section: 'facilitators' },
  sessionIsFacilitated: {
    ...taken(
      'open-dialogue',
      'move-to-dialogue',
      'propose-facilitator',
      'record-unit-on-facilitator',
      'accept-facilitator',
    ),
    section: 'facilitators',
  },
  plannedAhead: asked('plannedFor'),
  meetingStands: {
    ...asked('meetingNumber'),
    ...taken('plan-interview', 'invite-to-meeting'),
    section: 'meetings',
  },
  meetingIsHers: { ...asked('meetingNumber'), ...taken('record-meeting'), section: 'meetings' },
  transcriptIsThere: {
    ...asked('transcriptNumber'),
    ...taken('record-transcript'),
    section: 'transcripts',
  },

  // ── protection ──
  protectionWished: asked('protectionWished', 'protectionMeasures'),
  protectionIsNew: { ...asked('protectionMeasures'), ...taken('end-protection'), section: 'protection' },
  protectionWaits: { ...asked('protectionNumber'), ...taken('plan-protection'), section: 'protection' },
  protectionStands: { ...asked('protectionNumber'), ...taken('plan-protection'), section: 'protection' },
  reviewInTime: asked('reviewOn'),

  // ── AI systems ──
  systemIsRegistered: { ...asked('systemNumber'), page: 'systems' },
  systemNotNamedYet: { ...asked('systemNumber'), section: 'systems' },
  systemIsNamed: { ...asked('systemNumber'), ...taken('name-system'), section: 'systems' },
  nothingOpenAboutSystem: {
    ...taken('record-article-26-notice', 'record-preservation-answer'),
    section: 'systems',
  },
  preservationWaits: {
    ...asked('preservationNumber'),
    ...taken('request-log-preservation'),
    section: 'systems',
  },
  knownSinceNotAhead: asked('knownSince'),
  noNoticeOpen: { ...taken('record-article-26-notice'), section: 'systems' },
  noticeIsNext: { ...asked('noticeNumber'), ...taken('plan-article-26-notices'), section: 'systems' },
  outcomeFitsAddressee: asked('noticeOutcome'),
  diligenceRecordIsThere: { ...asked('diligenceRecord'), page: 'systems' },
  incidentKindSaid: asked('incidentKind', 'article26Ground'),
  toldOnIsRight: asked('toldOn'),
};

/** Where a need is met, by its name; null for what is no need of the table, such as an answer that is missing. */
export function metBy(need: string): (Partial<Ways> & MetBy) | null {
  return Object.hasOwn(MET_BY, need) ? MET_BY[need as keyof typeof MET_BY] : null;
}

/** A step that meets a need. */
export interface MeetingStep {
  step: StepName;
  /** Who takes it. */
  by: readonly RoleCode[];
  /** Whether it can be taken in the state the case is in. */
  isOpen: boolean;
}

/** The steps of these rows that meet a need of a case in this state: those that are open in it, and only where there is none, those of another state. */
export function stepsMeeting(rows: readonly StepRow[], need: string, state: State | 'new'): MeetingStep[] {
  const steps = (metBy(need)?.steps ?? []).map((step) => {
    const { by, from } = rows.find((row) => row.step === step)!;
    return { step, by, isOpen: from.includes(state) };
  });
  const open = steps.filter(({ isOpen }) => isOpen);
  return open.length > 0 ? open : steps;
}

/** In which open states a step can be taken: the same under every policy. */
export function statesOf(step: StepName): State[] {
  return OPEN_STATES.filter((state) => stepRow(step).from.includes(state));
}
