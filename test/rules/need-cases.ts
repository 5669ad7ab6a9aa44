import { type NeedName } from '../../src/rules/needs';
import type { StepAnswers } from '../../src/rules/needs/facts';
import { type StepRow } from '../../src/rules/steps';
import { unmetNeeds } from '../../src/rules/workflow';
import {
  ME,
  OTHER,
  THIRD,
  type Draft,
  type Change,
  blank,
  action,
  allegation,
  evidenceRequest,
  lost,
  clock,
  joinCode,
  offer,
  set,
  say,
  both,
  name,
  decide,
  appeal,
  take,
  protection,
  REP,
  news,
  mandate,
  translationAsked,
  request,
  monitoring,
  notice,
  RISK,
  destructive,
  INTAKE,
  dictation,
  TRIED,
} from './step-drafts';

const PACKET = { isPassedOn: false, namesSomebody: false, identityErased: false };

/** For every need: what makes it met, and what alone makes it unmet. */
export const CASES: Record<NeedName, { met: Change; unmet: Change }> = {
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
    unmet: both(set({ somebodyHoldsReceipt: true, personHoldsReceipt: false }), say({ reasons: undefined })),
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
      say({ packetNumber: 1, identityShared: false }),
      decide('CN-SHARE-UNIT', true),
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

export function ready(row: StepRow): Draft {
  const draft = blank(row);
  for (const name of row.needs) CASES[name].met(draft);
  return draft;
}

export const names = ({ facts, answers }: Draft, row: StepRow) =>
  unmetNeeds(row, facts, answers as StepAnswers).map((need) => need.field ?? need.name);
