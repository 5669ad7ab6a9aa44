// Source: process model 6.2–6.4 (UN Guiding Principles 29 and 31; ISO 10002:2018; ISO 37002:2021; Dir. (EU) 2019/1937).
// One row per step, in the order of a case's life. Data only, so that a lawyer can read it and a page can draw it.
import type { AskName } from './asks';
import type { ClockCode } from './clocks';
import { PEN_HOLDERS } from './dictations';
import type { Letter } from './letters';
import { LADDER } from './lateness';
import type { NeedName } from './needs';
import { GUEST_INVITERS } from './guests';
import { CASE_ROLES, REACH_OUT, type RoleCode } from './roles';
import { OPEN_STATES, STATE_CODES, type State } from './states';
import { TASK_ENDERS } from './system-notices';

/** Who has to agree before a step happens, and in which cases. */
export interface Agreement {
  role: RoleCode;
  when:
    | 'always'
    | 'severe'
    | 'remedy-owed'
    | 'told-only'
    | 'unanswered'
    | 'monitoring-runs'
    | 'guarded-identity'
    | 'held-by-another'
    | 'by-staff'
    | 'she-could-be-asked'
    | 'dictated';
}

export interface StepRow {
  /** The verb; the same word in code, address, ledger and page. */
  step: string;
  /** States the step can be taken in; `new` is before lodging. */
  from: readonly (State | 'new')[];
  /** The state after it; `same` where only an object of the case changes, `before` where it goes back to where it was when it was joined to another case. */
  to: State | 'same' | 'before';
  /** Roles that may take it. */
  by: readonly RoleCode[];
  /** Roles that may write it down for the person who says it by telephone, by letter or in person: the same step, taken by her. */
  dictatedTo?: readonly RoleCode[];
  /** A second person, never the first, who has to agree before it happens; of several, the first whose case it is. */
  agreedBy?: Agreement | readonly Agreement[];
  /** What has to be true of the case and the actor. */
  needs: readonly NeedName[];
  /** What has to be said. */
  asks: readonly AskName[];
  /** What may be said besides. */
  mayAsk?: readonly AskName[];
  /** The letter to the complainant. */
  tells: Letter | null;
  /** Clocks that start or stop. Entering an ended state stops every internal target besides. */
  clocks: { start?: readonly ClockCode[]; stop?: readonly ClockCode[] };
  /** A decision on merits: its needs keep the decider apart from those who worked on the case. */
  decides?: true;
  /** Open also to whoever is asked onto the team and has not answered yet; they see nothing else of the case. */
  forAsked?: true;
  /** Open to guests of the case, too; every other step is for the house alone. */
  forGuests?: true;
  /** Roles that may leave out everything it asks: a rightsholder gives reasons where she wants to. */
  freeFor?: readonly RoleCode[];
  /** It ends or narrows what the complainant asked for: a review has to be open afterwards. */
  refuses?: true;
}

const OPEN = OPEN_STATES;
const WITH_COMPLAINANT = OPEN.filter((state) => state !== 'own-initiative');
/** A case that goes on without the person who withdrew tells nobody who that was. */
const NOT_WITHOUT_THE_PERSON = STATE_CODES.filter((state) => state !== 'own-initiative');
/** Open, or ended by somebody else's word while the harm may go on: withdrawn by the person, or passed on. */
const MAY_GO_ON = [...OPEN, 'withdrawn', 'referred'] as const satisfies readonly State[];
const WORKING = ['triage', 'investigation', 'dialogue', 'findings-shared'] as const;
const OFFERING = ['triage', 'dialogue', 'findings-shared', 'remedy-proposed', 'implementation'] as const;
const HANDLERS = ['INT', 'TRI', 'INV', 'DIA', 'DEC', 'PRT', 'IRV'] as const;

/** Who notes which other routes a person takes, and what this case does meanwhile. */
const PROCEEDING_KEEPERS = [...REACH_OUT, 'DEC', 'LEG'] as const;

/** Who plans what protects people from reprisal, and looks whether it holds. */
const PROTECTORS = ['INT', 'TRI', 'PRT'] as const;

/** Who says which AI systems a case is about, has their logs kept and tells those whom the law names. */
const SYSTEM_NAMERS = [
  'TRI',
  'INV',
  'DEC',
  'PRT',
  'DPO',
  'LEG',
  'REM',
] as const satisfies readonly RoleCode[];

/** Whoever may end what is still to be done about a system comes first: a person with two roles acts in the first that fits. */
const UNNAMERS = [...TASK_ENDERS, ...SYSTEM_NAMERS.filter((role) => !TASK_ENDERS.includes(role))];

// One step, one block: the table is read down its columns, which the formatter would break apart.
// prettier-ignore
export const STEPS = [
  // ── intake ──
  { step: 'lodge', from: ['new'], to: 'received', by: ['RH', 'REP', 'INT'], needs: [], asks: [], tells: 'receipt',
    clocks: { start: ['TARGET-ACK'] } },
  { step: 'acknowledge', from: ['received'], to: 'acknowledged', by: ['INT'], needs: [],
    asks: ['noConflict', 'safeChannelChosen', 'jurisdiction', 'isDataRightsRequest', 'reporterIsWorker', 'concernsListedLaw'], mayAsk: ['note'],
    tells: 'acknowledgement', clocks: { stop: ['TARGET-ACK', 'WBD-ACK', 'UK-164A'], start: ['TARGET-ELIGIBILITY-START'] } },
  { step: 'issue-receipt', from: STATE_CODES, to: 'same', by: ['INT', 'TRI', 'PRT'], agreedBy: { role: 'PRT', when: 'held-by-another' }, needs: ['numberCanBeGiven', 'numberReachesHer'],
    asks: [], mayAsk: ['reasons', 'note'], tells: null, clocks: {} },
  { step: 'begin-eligibility', from: ['acknowledged'], to: 'eligibility', by: ['TRI'], needs: [], asks: ['noConflict'],
    tells: null, clocks: { stop: ['TARGET-ELIGIBILITY-START'], start: ['TARGET-ELIGIBILITY'] } },
  { step: 'assess-legal-facts', from: OPEN.filter((state) => state !== 'received'), to: 'same', by: ['INT', 'TRI', 'DPO'], needs: ['receiptNotAhead'],
    asks: ['jurisdiction', 'isDataRightsRequest', 'reporterIsWorker', 'concernsListedLaw'], mayAsk: ['requestReceivedOn', 'note'],
    tells: 'acknowledgement', clocks: { stop: ['WBD-ACK', 'UK-164A'] } },

  // ── in any open case; a measure that protects may outlast the case and is lifted on its own ──
  { step: 'ask-question', from: WITH_COMPLAINANT, to: 'same', by: ['INT', 'TRI', 'INV', 'DIA', 'DEC', 'IRV'], needs: ['canBeAsked', 'dueAhead'],
    asks: ['questionText', 'why', 'dueOn'], tells: 'question', clocks: { start: ['TARGET-QUESTION-REMINDER'] }, forGuests: true },
  { step: 'answer-question', from: WITH_COMPLAINANT, to: 'same', by: ['RH', 'REP'], dictatedTo: PEN_HOLDERS, needs: ['representativeMayAct', 'questionOpen'], asks: ['reply'], tells: null,
    clocks: { stop: ['TARGET-QUESTION-REMINDER'] } },
  { step: 'record-contact-attempt', from: WITH_COMPLAINANT, to: 'same', by: ['INT', 'INV', 'TRI', 'DIA'], needs: ['attemptInTime'], asks: ['attemptOn', 'attemptChannel', 'attemptWasSafe', 'attemptResult', 'contactAttempt'],
    mayAsk: ['onlyWayReason'], tells: null, clocks: { stop: ['TARGET-QUESTION-REMINDER'] } },
  { step: 'set-severity', from: OPEN, to: 'same', by: ['TRI', 'INV', 'PRT'], needs: ['tierNotLowered'],
    asks: ['nature', 'scale', 'scope', 'irremediability', 'vulnerable', 'delayMakesIrremediable', 'reasons'], mayAsk: ['likelihood'],
    tells: null, clocks: {} },
  { step: 'lower-severity', from: OPEN, to: 'same', by: ['TRI', 'INV'], agreedBy: { role: 'DEC', when: 'always' }, needs: ['tierLowered'],
    asks: ['nature', 'scale', 'scope', 'irremediability', 'vulnerable', 'delayMakesIrremediable', 'reasons'], mayAsk: ['likelihood'],
    tells: null, clocks: {} },
  { step: 'assess-reprisal', from: OPEN, to: 'same', by: ['INT', 'TRI', 'PRT'], needs: ['reprisalNotLowered', 'reprisalNotBelowOwnRating', 'riskSpelledOut', 'riskFollowsScores', 'defenderTypeSaid'],
    asks: ['reprisalLevel', 'isDefender'], mayAsk: ['defenderType', 'personsAtRisk', 'threatActors', 'threatTypes', 'riskFactors', 'pastIncidents', 'threatLikelihood', 'threatImpact', 'reasons'], tells: null, clocks: {} },
  { step: 'lower-reprisal', from: OPEN, to: 'same', by: ['INT', 'TRI', 'PRT'], agreedBy: { role: 'PRT', when: 'always' }, needs: ['reprisalLowered'],
    asks: ['reprisalLevel', 'isDefender', 'reasons'], tells: null, clocks: {} },
  { step: 'report-retaliation', from: STATE_CODES, to: 'same', by: ['RH', 'REP'], dictatedTo: PEN_HOLDERS, needs: [], asks: ['threat'], tells: 'retaliation-received',
    clocks: { start: ['TARGET-RETALIATION'] } },
  { step: 'respond-to-retaliation', from: STATE_CODES, to: 'same', by: ['PRT'], needs: ['safetyAlertOpen', 'reprisalNotLowered'], asks: ['reprisalLevel', 'isDefender', 'protectionSteps', 'reply'], tells: 'message',
    clocks: { stop: ['TARGET-RETALIATION', 'TARGET-SAFETY-CHECK'] } },
  { step: 'plan-check-ins', from: STATE_CODES, to: 'same', by: ['RH', 'REP'], needs: ['representativeMayAct', 'isHersToDecide'], asks: ['checkInEvery'], tells: null, clocks: {} },
  { step: 'stop-check-ins', from: STATE_CODES, to: 'same', by: ['RH', 'REP'], dictatedTo: PEN_HOLDERS, agreedBy: { role: 'PRT', when: 'dictated' }, needs: ['representativeMayAct', 'mandateForEnding', 'checkInsPlanned'], asks: [], tells: null, clocks: {} },
  { step: 'answer-check-in', from: STATE_CODES, to: 'same', by: ['RH', 'REP'], needs: ['representativeMayAct', 'isHersToDecide', 'checkInAsked'], asks: ['safeNow'], mayAsk: ['comment'], tells: null, clocks: {} },
  { step: 'decide-interim', from: MAY_GO_ON, to: 'same', by: ['TRI', 'DEC', 'PRT'], needs: ['interimOrderedWhereRequired'], asks: ['interimChoice', 'reasons'],
    tells: null, clocks: { stop: ['TARGET-INTERIM'] } },
  { step: 'order-interim-measure', from: MAY_GO_ON, to: 'same', by: ['TRI', 'DEC', 'PRT'], needs: ['ownerIsActive', 'personNotKeptOut', 'personIsOfHouse', 'dueAhead'], asks: ['measure', 'measureReason', 'owner', 'dueOn'],
    tells: null, clocks: { stop: ['TARGET-INTERIM'] } },
  { step: 'activate-interim-measure', from: STATE_CODES, to: 'same', by: ['REM', 'PRT', 'TRI'], needs: ['measureOrdered', 'snapshotBeforeDestruction', 'authorityToldFirst'], asks: ['measureNumber'], mayAsk: ['snapshot', 'authorityWord', 'note'],
    tells: null, clocks: {} },
  { step: 'lift-interim-measure', from: STATE_CODES, to: 'same', by: ['DEC', 'PRT'], needs: ['measureInForce'], asks: ['measureNumber', 'reasons'], tells: null, clocks: {} },
  { step: 'plan-protection', from: STATE_CODES, to: 'same', by: PROTECTORS, needs: ['ownerIsActive', 'personNotKeptOut', 'personIsOfHouse', 'protectionWished', 'protectionIsNew', 'reviewInTime'],
    asks: ['protects', 'protectionMeasures', 'owner', 'reviewOn'], mayAsk: ['protectionWished', 'note'], tells: null, clocks: {} },
  { step: 'begin-protection', from: STATE_CODES, to: 'same', by: [...PROTECTORS, 'REM'], needs: ['protectionWaits'], asks: ['protectionNumber'], mayAsk: ['note'], tells: null, clocks: {} },
  { step: 'review-protection', from: STATE_CODES, to: 'same', by: PROTECTORS, needs: ['protectionStands', 'reviewInTime'], asks: ['protectionNumber', 'protectionFound', 'reviewOn'], tells: null, clocks: {} },
  { step: 'end-protection', from: STATE_CODES, to: 'same', by: PROTECTORS, agreedBy: { role: 'PRT', when: 'always' }, needs: ['protectionStands'], asks: ['protectionNumber', 'reasons'], tells: null, clocks: {} },
  { step: 'link-case', from: STATE_CODES, to: 'same', by: HANDLERS, needs: ['otherCaseIsAnother'], asks: ['otherCase', 'linkType'], tells: null, clocks: {} },
  { step: 'add-task', from: STATE_CODES, to: 'same', by: CASE_ROLES, needs: ['ownerIsOnTeam', 'personIsOfHouse', 'dueAhead', 'personNotKeptOut'], asks: ['taskText', 'owner', 'dueOn'], tells: null, clocks: {} },
  { step: 'finish-task', from: STATE_CODES, to: 'same', by: CASE_ROLES, needs: ['taskIsOpen'], asks: ['taskNumber'], tells: null, clocks: {} },
  { step: 'drop-task', from: STATE_CODES, to: 'same', by: CASE_ROLES, needs: ['taskIsOpen'], asks: ['taskNumber', 'reasons'], tells: null, clocks: {} },
  { step: 'write-internal-note', from: STATE_CODES, to: 'same', by: CASE_ROLES, needs: [], asks: ['internalNote'], tells: null, clocks: {} },
  { step: 'record-proceeding', from: STATE_CODES, to: 'same', by: PROCEEDING_KEEPERS, needs: ['proceedingNotAhead', 'pausedAsCourseSays'], asks: ['proceedingType', 'proceedingCourse'],
    mayAsk: ['proceedingCountry', 'proceedingBody', 'proceedingReference', 'proceedingFiledBy', 'proceedingBegunOn', 'stayRequested', 'proceedingToldOn', 'note'], tells: null, clocks: {} },
  { step: 'record-proceeding-order', from: STATE_CODES, to: 'same', by: PROCEEDING_KEEPERS, needs: ['proceedingRuns', 'proceedingNotAhead'], asks: ['proceedingNumber', 'proceedingOrders', 'proceedingOrderOn'],
    mayAsk: ['proceedingOrderText', 'proceedingToldOn'], tells: null, clocks: {} },
  { step: 'set-proceeding-course', from: STATE_CODES, to: 'same', by: PROCEEDING_KEEPERS, needs: ['proceedingRuns', 'pausedAsCourseSays'], asks: ['proceedingNumber', 'proceedingCourse', 'reasons'], tells: null, clocks: {} },
  { step: 'end-proceeding', from: STATE_CODES, to: 'same', by: PROCEEDING_KEEPERS, needs: ['proceedingRuns', 'proceedingNotAhead'], asks: ['proceedingNumber', 'proceedingOutcome', 'proceedingResult'], mayAsk: ['proceedingToldOn'], tells: null, clocks: {} },
  { step: 'name-system', from: STATE_CODES, to: 'same', by: SYSTEM_NAMERS, needs: ['systemIsRegistered', 'systemNotNamedYet'], asks: ['systemNumber'], mayAsk: ['note'], tells: null, clocks: {} },
  { step: 'unname-system', from: STATE_CODES, to: 'same', by: UNNAMERS, needs: ['systemIsNamed', 'nothingOpenAboutSystem'], asks: ['systemNumber', 'reasons'], tells: null, clocks: {} },
  { step: 'request-log-preservation', from: STATE_CODES, to: 'same', by: SYSTEM_NAMERS, needs: ['systemIsNamed', 'dueAhead'], asks: ['systemNumber', 'logHolder', 'logsToKeep', 'dueOn'], tells: null, clocks: {} },
  { step: 'record-preservation-answer', from: STATE_CODES, to: 'same', by: SYSTEM_NAMERS, needs: ['preservationWaits'], asks: ['preservationNumber', 'preservationAnswer', 'preservationReply'], tells: null, clocks: {} },
  { step: 'plan-article-26-notices', from: STATE_CODES, to: 'same', by: SYSTEM_NAMERS, needs: ['systemIsNamed', 'knownSinceNotAhead', 'noNoticeOpen', 'incidentKindSaid'], asks: ['systemNumber', 'article26Ground', 'knownSince'], mayAsk: ['incidentKind', 'note'], tells: null, clocks: {} },
  { step: 'record-article-26-notice', from: STATE_CODES, to: 'same', by: SYSTEM_NAMERS, needs: ['noticeIsNext', 'outcomeFitsAddressee', 'toldOnIsRight'], asks: ['noticeNumber', 'noticeOutcome', 'noticeWords'], mayAsk: ['toldOn'], tells: null, clocks: {} },
  { step: 'record-consent', from: NOT_WITHOUT_THE_PERSON, to: 'same', by: REACH_OUT, needs: ['personTakesPart', 'consentIsNotOverruled'], asks: ['consent', 'consentGiven', 'consentSaid'],
    mayAsk: ['limits'], tells: 'consent-recorded', clocks: {} },
  { step: 'share', from: NOT_WITHOUT_THE_PERSON, to: 'same', by: [...REACH_OUT, 'DEC'], needs: ['personTakesPart', 'sharingConsented', 'identitySharingConsented', 'respondentDisclosurePlanned', 'packetIsReady', 'packetNamesNobody', 'reprisalReviewInTime'],
    asks: ['sharedWith', 'recipient', 'sharedWhat', 'identityShared', 'scopeKept'], mayAsk: ['packetNumber', 'legalDuty'], tells: 'shared', clocks: {} },
  { step: 'reveal-identity', from: NOT_WITHOUT_THE_PERSON, to: 'same', by: REACH_OUT, agreedBy: { role: 'PRT', when: 'guarded-identity' }, needs: ['personTakesPart', 'identityLeft'],
    asks: ['revealReason'], tells: null, clocks: {} },
  { step: 'answer-data-request', from: STATE_CODES, to: 'same', by: ['DPO'], needs: ['dataRequestRunning'], asks: ['reply'], tells: 'message', clocks: {} },
  { step: 'extend-clock', from: STATE_CODES, to: 'same', by: ['DPO'], needs: ['clockExtendable'], asks: ['clockCode', 'reasons'], tells: 'extended', clocks: {} },
  { step: 'suspend', from: WITH_COMPLAINANT, to: 'same', by: ['DEC'], needs: ['notSuspended', 'suspendedAtMost30Days'],
    asks: ['suspensionGround', 'suspendedUntil', 'reasons'], tells: 'suspended', clocks: {} },
  { step: 'pause', from: WITH_COMPLAINANT, to: 'same', by: ['RH', 'REP'], dictatedTo: PEN_HOLDERS, needs: ['representativeMayAct', 'notSuspended'], asks: ['pauseFor'], tells: 'suspended', clocks: {} },
  { step: 'resume', from: WITH_COMPLAINANT, to: 'same', by: ['DEC', 'RH', 'REP'], dictatedTo: PEN_HOLDERS, needs: ['representativeMayAct', 'isSuspended'], asks: [], tells: 'resumed', clocks: {} },
  { step: 'withdraw', from: WITH_COMPLAINANT, to: 'withdrawn', by: ['RH', 'REP'], dictatedTo: PEN_HOLDERS, agreedBy: { role: 'PRT', when: 'dictated' }, needs: ['representativeMayAct', 'mandateForEnding'], asks: [], mayAsk: ['withdrawalPressure', 'note'], tells: 'withdrawn',
    clocks: {} },

  // ── what staff wrote down for the person ──
  { step: 'object-to-dictation', from: STATE_CODES, to: 'same', by: ['RH', 'REP'], dictatedTo: PEN_HOLDERS, needs: ['representativeMayAct', 'dictationStands', 'objectionIsInTime'], asks: ['dictationNumber'], mayAsk: ['comment'], tells: 'objection-received',
    clocks: { start: ['TARGET-OBJECTION'] } },
  { step: 'deny-dictation', from: STATE_CODES, to: 'same', by: ['RH', 'REP'], needs: ['representativeMayAct', 'dictationWaits'], asks: [], mayAsk: ['comment'], tells: 'objection-received',
    clocks: { start: ['TARGET-OBJECTION'] } },
  { step: 'answer-denial', from: STATE_CODES, to: 'same', by: ['PRT', 'TRI'], needs: ['denialWaits', 'denialIsOfAnother', 'reasonsSpelledOut'], asks: ['reasons', 'reply'], tells: 'message', clocks: {} },
  { step: 'answer-objection', from: STATE_CODES, to: 'same', by: ['PRT', 'TRI'], needs: ['objectionWaits', 'objectionIsOfAnother'], asks: ['dictationNumber', 'dictationHolds', 'reply'], tells: 'message', clocks: {} },

  // ── what is late ──
  { step: 'report-late', from: NOT_WITHOUT_THE_PERSON, to: 'same', by: ['RH', 'REP'], dictatedTo: PEN_HOLDERS, needs: ['representativeMayAct', 'somethingIsLate'], asks: [], mayAsk: ['comment'], tells: 'late-reported',
    clocks: {} },
  { step: 'answer-late', from: NOT_WITHOUT_THE_PERSON, to: 'same', by: LADDER.toReversed(), needs: ['lateReported'], asks: ['reply'], tells: 'late-answered',
    clocks: { stop: ['TARGET-LATE-ANSWER'] } },

  // ── how the person takes part; after the end, too, while the dialogue is open ──
  { step: 'request-support', from: NOT_WITHOUT_THE_PERSON, to: 'same', by: ['RH', 'REP'], dictatedTo: PEN_HOLDERS, needs: ['representativeMayAct', 'dialogueIsOpen'], asks: ['supportKind'], mayAsk: ['wish'], tells: 'support-requested', clocks: {} },
  { step: 'arrange-support', from: NOT_WITHOUT_THE_PERSON, to: 'same', by: REACH_OUT, needs: ['supportAsked'], asks: ['supportNumber', 'arrangement'], tells: 'support-arranged', clocks: {} },
  { step: 'decline-support', from: NOT_WITHOUT_THE_PERSON, to: 'same', by: REACH_OUT, needs: ['supportAsked'], asks: ['supportNumber', 'reasons', 'alternative'], tells: 'support-declined', clocks: {} },
  { step: 'end-support', from: NOT_WITHOUT_THE_PERSON, to: 'same', by: ['RH', 'REP', ...REACH_OUT], needs: ['representativeMayAct', 'supportGoesOn'], asks: ['supportNumber'], tells: null, clocks: {} },
  { step: 'amend-complaint', from: NOT_WITHOUT_THE_PERSON, to: 'same', by: ['RH', 'REP'], dictatedTo: PEN_HOLDERS, needs: ['representativeMayAct', 'dialogueIsOpen'], asks: ['amendKind', 'amendedPart', 'amendText'], mayAsk: ['writtenIn'], tells: null, clocks: {} },
  { step: 'record-transcript', from: NOT_WITHOUT_THE_PERSON, to: 'same', by: [...REACH_OUT, 'IRV'], needs: ['personTakesPart', 'occasionNotAhead'], asks: ['occasion', 'occasionOn', 'writtenIn', 'transcriptText'], tells: 'transcript', clocks: {}, forGuests: true },
  { step: 'approve-transcript', from: NOT_WITHOUT_THE_PERSON, to: 'same', by: ['RH', 'REP'], dictatedTo: PEN_HOLDERS, agreedBy: { role: 'PRT', when: 'dictated' }, needs: ['representativeMayAct', 'transcriptNotApproved'], asks: ['transcriptNumber'], tells: null, clocks: {} },
  { step: 'dispute-transcript', from: NOT_WITHOUT_THE_PERSON, to: 'same', by: ['RH', 'REP'], dictatedTo: PEN_HOLDERS, needs: ['representativeMayAct', 'transcriptNotDisputed'], asks: ['transcriptNumber', 'dispute'], tells: null, clocks: {} },
  { step: 'add-translation', from: NOT_WITHOUT_THE_PERSON, to: 'same', by: [...REACH_OUT, 'DEC', 'IRV', 'EXP'], needs: ['textIsThere'], asks: ['translatedKind', 'translationLanguage', 'translationAuthor', 'translationText'], mayAsk: ['translatedNumber'], tells: null, clocks: {}, forGuests: true },
  { step: 'check-translation', from: NOT_WITHOUT_THE_PERSON, to: 'same', by: [...REACH_OUT, 'DEC', 'IRV', 'EXP'], needs: ['translationIsDraft'], asks: ['translationNumber', 'readBoth'], tells: null, clocks: {}, forGuests: true },

  { step: 'request-translation', from: NOT_WITHOUT_THE_PERSON, to: 'same', by: [...REACH_OUT, 'DEC', 'IRV'], needs: ['textIsThere', 'translationNotAskedYet', 'ownerIsActive', 'personNotKeptOut', 'personIsOfHouse', 'dueAhead'], asks: ['translatedKind', 'translationLanguage', 'owner', 'dueOn'], mayAsk: ['translatedNumber'], tells: null, clocks: {} },
  { step: 'withdraw-translation-request', from: STATE_CODES, to: 'same', by: [...REACH_OUT, 'DEC', 'IRV'], needs: ['translationWaits'], asks: ['translationRequestNumber', 'reasons'], tells: null, clocks: {} },

  // ── who speaks for the person; nobody is turned away for want of a paper ──
  { step: 'record-mandate', from: NOT_WITHOUT_THE_PERSON, to: 'same', by: ['REP', ...REACH_OUT], needs: ['personTakesPart', 'representativeIsThere', 'mandateOpen', 'mandateNumberOpen', 'mandateIsOfReader', 'mandateEndsAhead', 'mandateProofIsThere'],
    asks: ['mandateBasis'], mayAsk: ['mandateCovers', 'mandateNumber', 'mandateSince', 'mandateUntil', 'mandateProof', 'mandateLimits'], tells: null, clocks: {} },
  { step: 'confirm-mandate', from: NOT_WITHOUT_THE_PERSON, to: 'same', by: ['RH', 'INT', 'TRI', 'PRT', 'DPO'], agreedBy: { role: 'PRT', when: 'she-could-be-asked' }, needs: ['personTakesPart', 'representativeIsThere', 'mandateWaits', 'mandateBasisKnown', 'mandateIsForStaff', 'representationNotRefused', 'mandateEndsAhead', 'staffGiveReasons'],
    asks: ['mandateNumber'], mayAsk: ['mandateCovers', 'mandateUntil', 'mandateLimits', 'reasons'], tells: 'mandate-confirmed', clocks: {} },
  { step: 'end-mandate', from: STATE_CODES, to: 'same', by: ['RH', 'REP', 'TRI', 'PRT', 'DPO'], agreedBy: { role: 'PRT', when: 'by-staff' }, needs: ['representativeIsThere', 'mandateStands', 'mandateIsOfReader', 'staffGiveReasons'], asks: ['mandateNumber'], mayAsk: ['reasons'], tells: 'mandate-ended', clocks: {} },

  // ── who works on it, and who must not learn of it ──
  { step: 'assign', from: STATE_CODES, to: 'same', by: ['TRI', 'INT', 'DEC', 'PRT', 'DPO'], needs: ['assigneeHoldsRole', 'assigneeIndependent', 'personNotKeptOut', 'guestStaysInCase', 'ownConflictDenied'], asks: ['role', 'person'],
    mayAsk: ['noConflict', 'concerns'], tells: null, clocks: {} },
  { step: 'declare-no-conflict', from: STATE_CODES, to: 'same', by: CASE_ROLES, needs: ['actorIsAsked'], asks: ['noConflict'], tells: null, clocks: {}, forAsked: true, forGuests: true },
  { step: 'recuse', from: STATE_CODES, to: 'same', by: CASE_ROLES, needs: ['leadIsLeft'], asks: ['recusalGround'], mayAsk: ['note'], tells: null, clocks: {}, forAsked: true, forGuests: true },
  { step: 'hand-over', from: STATE_CODES, to: 'same', by: CASE_ROLES, needs: ['handsOverOwnPlace', 'handedOverIsOnTeam', 'successorFits', 'personNotKeptOut', 'personIsOfHouse'], asks: ['person', 'note'], mayAsk: ['handedOverFrom'], tells: null, clocks: {} },
  { step: 'end-assignment', from: STATE_CODES, to: 'same', by: ['TRI', 'PRT', 'DEC'], needs: ['personIsOnTeam'], asks: ['person', 'reasons'], tells: null, clocks: {} },
  { step: 'exclude', from: STATE_CODES, to: 'same', by: ['INT', 'TRI', 'PRT', 'DEC', 'DPO', 'IRV'], needs: ['somebodyNamed', 'excludesAnother', 'leadIsLeft'], asks: ['exclusionGround'], mayAsk: ['person', 'unit', 'note'], tells: null, clocks: {} },
  { step: 'lift-exclusion', from: STATE_CODES, to: 'same', by: ['PRT'], agreedBy: { role: 'DEC', when: 'always' }, needs: ['exclusionStands'], asks: ['exclusionNumber', 'reasons'], tells: null, clocks: {} },
  { step: 'review-break-glass', from: STATE_CODES, to: 'same', by: ['PRT'], needs: ['glassToReview', 'glassBrokenByAnother'], asks: ['breakGlassNumber', 'breakGlassNeeded', 'reasons'], tells: null, clocks: {} },

  { step: 'invite-guest', from: WITH_COMPLAINANT, to: 'same', by: GUEST_INVITERS, needs: ['actorAssigned', 'personTakesPart', 'guestConsented', 'disclosurePlanApproved', 'guestEndsInTime'],
    asks: ['guestRole', 'guestUntil', 'guestSeesFiles', 'reasons'], mayAsk: ['concerns'], tells: 'guest-invited', clocks: {} },
  { step: 'end-guest', from: STATE_CODES, to: 'same', by: GUEST_INVITERS, needs: ['guestStands'], asks: ['guestNumber'], mayAsk: ['note'], tells: null, clocks: {} },
  { step: 'give-opinion', from: OPEN, to: 'same', by: ['EXP'], needs: ['actorAssigned'], asks: ['opinion'], tells: null, clocks: {}, forGuests: true },

  // ── a complaint of a group, and the cases of its members, each of which goes its own way ──
  { step: 'describe-group', from: NOT_WITHOUT_THE_PERSON, to: 'same', by: ['RH', 'REP', 'INT', 'TRI', 'INV', 'DIA'], needs: ['representativeMayAct', 'isCollective'], asks: [],
    mayAsk: ['groupDefinition', 'estimatedSize', 'membershipMode', 'individualRemedyNeeded'], tells: null, clocks: {} },
  { step: 'make-join-code', from: WITH_COMPLAINANT, to: 'same', by: ['RH', 'REP', 'INT', 'TRI'], needs: ['representativeMayAct', 'isCollective', 'joinCodesLeft'], asks: ['joinPlaces', 'joinFor'], tells: null, clocks: {} },
  { step: 'end-join-code', from: STATE_CODES, to: 'same', by: ['RH', 'REP', 'INT', 'TRI', 'PRT'], needs: ['representativeMayAct', 'joinCodeStands'], asks: ['joinCodeNumber'], tells: null, clocks: {} },
  { step: 'write-to-members', from: NOT_WITHOUT_THE_PERSON, to: 'same', by: ['RH', 'REP', ...REACH_OUT, 'DEC'], needs: ['representativeMayAct', 'isCollective', 'memberNewsLeft'], asks: ['memberNews'], mayAsk: ['writtenIn'], tells: null, clocks: {} },
  { step: 'join-group', from: WITH_COMPLAINANT, to: 'same', by: ['RH', 'REP'], needs: ['representativeMayAct', 'mandateForConsent', 'isHersToDecide', 'isNotCollective', 'notAMember', 'joinsLeft'], asks: ['joinCode', 'agreesToJoin'], tells: null, clocks: {} },
  { step: 'leave-group', from: STATE_CODES, to: 'same', by: ['RH', 'REP'], dictatedTo: PEN_HOLDERS, needs: ['representativeMayAct', 'isHersToDecide', 'isMember'], asks: [], tells: null, clocks: {} },

  // ── keeping and erasing, in every state; erasing itself is no step: nobody takes one in a case that is gone ──
  { step: 'place-hold', from: STATE_CODES, to: 'same', by: ['INT', 'TRI', 'INV', 'DEC', 'PRT', 'DPO', 'LEG', 'IRV'], needs: ['reasonsSpelledOut'], asks: ['holdGround', 'reasons'],
    tells: null, clocks: {} },
  { step: 'review-hold', from: STATE_CODES, to: 'same', by: ['DPO', 'DEC', 'LEG'], needs: ['holdStands', 'holdOfAnother', 'reasonsSpelledOut'], asks: ['holdNumber', 'reasons'],
    tells: null, clocks: {} },
  { step: 'release-hold', from: STATE_CODES, to: 'same', by: ['DPO', 'DEC', 'LEG'], needs: ['holdStands', 'holdOfAnother', 'reasonsSpelledOut'], asks: ['holdNumber', 'reasons'],
    tells: null, clocks: {} },
  { step: 'request-erasure', from: STATE_CODES, to: 'same', by: ['RH', 'REP'], dictatedTo: PEN_HOLDERS, agreedBy: { role: 'PRT', when: 'dictated' }, needs: ['representativeMayAct', 'mandateForErasure', 'isHersToDecide', 'erasureNotAsked'], asks: ['erasureScope'], mayAsk: ['comment'], tells: 'erasure-requested',
    clocks: { start: ['GDPR-ERASURE'] } },
  { step: 'take-back-erasure', from: STATE_CODES, to: 'same', by: ['RH', 'REP'], dictatedTo: PEN_HOLDERS, needs: ['representativeMayAct', 'isHersToDecide', 'erasureAsked'], asks: [], tells: null,
    clocks: { stop: ['GDPR-ERASURE'] } },
  { step: 'refuse-erasure', from: STATE_CODES, to: 'same', by: ['DPO'], needs: ['erasureAsked'], asks: ['reasons', 'signposting'], tells: 'erasure-refused',
    clocks: { stop: ['GDPR-ERASURE'] } },

  // ── triage ──
  { step: 'accept', from: ['eligibility'], to: 'triage', by: ['TRI'], needs: [], asks: ['affectsPeople', 'plausibleLink'], mayAsk: ['reasons'], tells: 'accepted',
    clocks: { stop: ['TARGET-ELIGIBILITY'], start: ['TARGET-TRIAGE', 'TARGET-ASSESSMENT'] } },
  { step: 'sight-decline', from: ['eligibility'], to: 'same', by: ['IRV'], needs: [], asks: ['reasons'], tells: null, clocks: {} },
  { step: 'decline', from: ['eligibility'], to: 'declined', by: ['TRI'], agreedBy: { role: 'DEC', when: 'always' },
    needs: ['severitySet', 'reprisalAssessed', 'interimDecidedWhereCritical', 'declineAllowed', 'independentSightWhereNeeded'], asks: ['declineCode', 'effectOnPeople', 'reasons', 'signposting'],
    tells: 'declined', clocks: { start: ['APPEAL-WINDOW'] }, refuses: true },
  { step: 'refer', from: ['eligibility'], to: 'referred', by: ['TRI'], agreedBy: [{ role: 'DEC', when: 'severe' }, { role: 'DEC', when: 'told-only' }],
    needs: ['severitySet', 'reprisalAssessed', 'interimDecided', 'independentSightWhereNeeded', 'followUpAhead', 'referralConsented', 'packetWritten', 'packetOnlyWithConsent', 'packetIsReady', 'packetNamesNobody'], asks: ['body', 'referralMode', 'followUpOn', 'reasons'], mayAsk: ['sharedWhat', 'packetNumber'], tells: 'referred',
    clocks: { start: ['APPEAL-WINDOW', 'TARGET-REFERRAL-CHECK'] }, refuses: true },
  { step: 'take-back', from: ['referred'], to: 'eligibility', by: ['TRI', 'INT'], needs: [], asks: ['reasons'], tells: 'reopened',
    clocks: { stop: ['APPEAL-WINDOW', 'TARGET-REFERRAL-CHECK'], start: ['TARGET-ELIGIBILITY'] } },
  { step: 'record-referral-answer', from: ['referred'], to: 'same', by: ['TRI', 'INT'], needs: ['referralAnswerInTime'], asks: ['referralAnswer', 'referralAnsweredOn'], mayAsk: ['referralReference', 'note'], tells: null, clocks: {} },
  { step: 'confirm-referral', from: ['referred'], to: 'closed', by: ['TRI'], agreedBy: [{ role: 'DEC', when: 'severe' }, { role: 'DEC', when: 'unanswered' }], needs: ['referralAnswered', 'interimDecidedWhereCritical', 'legalClocksSettled'], asks: ['reasons'], mayAsk: ['withoutAnswer'], tells: 'closed',
    clocks: { stop: ['TARGET-REFERRAL-CHECK'], start: ['APPEAL-WINDOW', 'TARGET-SAFETY-3', 'TARGET-SAFETY-6'] }, refuses: true },
  { step: 'classify', from: ['triage', 'investigation'], to: 'same', by: ['TRI', 'INV'], needs: ['sensitiveConsented'],
    asks: ['rights', 'harms', 'useDomain', 'lifecycleStage', 'stateNexus', 'decisionMode', 'track', 'systemSearch'], mayAsk: ['groups', 'sensitiveLaw', 'note'], tells: null, clocks: { stop: ['TARGET-REOPEN', 'TARGET-TRIAGE'] } },
  { step: 'add-allegation', from: [...WORKING, 'own-initiative'], to: 'same', by: ['TRI', 'INV'], needs: [], asks: ['allegationText'], mayAsk: ['harm'], tells: null, clocks: {} },
  { step: 'approve-disclosure-plan', from: ['triage', 'investigation'], to: 'same', by: ['PRT'], needs: [], asks: ['disclosurePlan'], tells: null, clocks: {} },

  // ── inquiry ──
  { step: 'start-investigation', from: ['triage'], to: 'investigation', by: ['INV'],
    needs: ['classified', 'severitySet', 'reprisalAssessed', 'legalFactsAssessed', 'interimDecided', 'actorAssigned', 'allegationStated', 'disclosurePlanApproved'],
    asks: ['investigationScope', 'evidencePlan', 'evidenceSnapshot'], tells: 'plan', clocks: { stop: ['TARGET-REOPEN', 'TARGET-TRIAGE', 'TARGET-ASSESSMENT'], start: ['TARGET-INVESTIGATION'] } },
  { step: 'propose-facilitator', from: ['triage', 'investigation', 'dialogue'], to: 'same', by: ['TRI', 'INV', 'DIA'], needs: ['personTakesPart'], asks: ['facilitator', 'facilitatorNeutral'], tells: 'facilitator-proposed', clocks: {} },
  { step: 'accept-facilitator', from: ['triage', 'investigation', 'dialogue'], to: 'same', by: ['RH', 'REP'], dictatedTo: PEN_HOLDERS, agreedBy: { role: 'PRT', when: 'dictated' }, needs: ['representativeMayAct', 'facilitatorNotAccepted'], asks: ['facilitatorNumber'], tells: null, clocks: {} },
  { step: 'refuse-facilitator', from: ['triage', 'investigation', 'dialogue'], to: 'same', by: ['RH', 'REP'], dictatedTo: PEN_HOLDERS, needs: ['representativeMayAct', 'facilitatorNotRefused'], asks: ['facilitatorNumber'], mayAsk: ['comment'], tells: null, clocks: {} },
  { step: 'record-unit-on-facilitator', from: ['triage', 'investigation', 'dialogue'], to: 'same', by: ['TRI', 'INV', 'DIA'], needs: ['facilitatorIsThere'], asks: ['facilitatorNumber', 'unitAccepts', 'unitSaid'], tells: null, clocks: {} },
  { step: 'plan-interview', from: ['triage', 'investigation', 'own-initiative'], to: 'same', by: ['INV'], needs: ['actorAssigned', 'plannedAhead', 'disclosurePlanApproved'], asks: ['interviewWith', 'plannedFor', 'meetingDetails', 'tellsNothingOfHer'], tells: null, clocks: {} },
  { step: 'invite-to-meeting', from: ['triage', 'investigation', 'dialogue'], to: 'same', by: ['INV', 'DIA'], needs: ['actorAssigned', 'personTakesPart', 'canBeAsked', 'plannedAhead', 'sessionIsFacilitated'], asks: ['plannedFor', 'meetingDetails', 'companionOffered'], tells: 'meeting', clocks: {}, forGuests: true },
  { step: 'record-meeting', from: STATE_CODES, to: 'same', by: ['INV', 'DIA'], needs: ['actorAssigned', 'meetingStands', 'occasionNotAhead', 'transcriptIsThere'], asks: ['meetingNumber', 'meetingOutcome', 'occasionOn', 'meetingNote'], mayAsk: ['accompanied', 'transcriptNumber'], tells: null, clocks: {}, forGuests: true },
  { step: 'call-off-meeting', from: NOT_WITHOUT_THE_PERSON, to: 'same', by: ['INV', 'DIA'], needs: ['actorAssigned', 'personTakesPart', 'meetingStands', 'meetingIsHers'], asks: ['meetingNumber', 'reply'], tells: 'message', clocks: {}, forGuests: true },
  { step: 'open-dialogue', from: ['triage'], to: 'dialogue', by: ['DIA'],
    needs: ['classified', 'severitySet', 'reprisalAssessed', 'legalFactsAssessed', 'interimDecided', 'actorAssigned', 'allegationStated', 'dialogueConsented', 'facilitatorAcceptedByBoth'],
    asks: ['supportOffered', 'violenceAdviceTaken'], tells: 'dialogue-invitation',
    clocks: { stop: ['TARGET-REOPEN', 'TARGET-TRIAGE', 'TARGET-ASSESSMENT'], start: ['TARGET-DIALOGUE'] }, forGuests: true },
  { step: 'move-to-dialogue', from: ['investigation'], to: 'dialogue', by: ['DIA'], needs: ['actorAssigned', 'dialogueConsented', 'facilitatorAcceptedByBoth'],
    asks: ['supportOffered', 'violenceAdviceTaken', 'evidenceSnapshot'], tells: 'dialogue-invitation',
    clocks: { stop: ['TARGET-INVESTIGATION'], start: ['TARGET-DIALOGUE'] }, forGuests: true },
  { step: 'return-to-investigation', from: ['dialogue'], to: 'investigation', by: ['INV', 'DIA'], needs: ['disclosurePlanApproved', 'investigatorAssigned'], asks: ['reasons', 'evidencePlan', 'evidenceSnapshot'], tells: 'plan',
    clocks: { stop: ['TARGET-DIALOGUE'], start: ['TARGET-INVESTIGATION'] } },
  { step: 'request-evidence', from: [...WORKING, 'own-initiative'], to: 'same', by: ['INV'], needs: ['actorAssigned', 'allegationFits', 'dueAhead', 'disclosurePlanApproved', 'requestPacketConsented', 'packetIsReady', 'packetNamesNobody'],
    asks: ['askedOf', 'askedWhom', 'askedFor', 'dueOn', 'tellsNothingOfHer'], mayAsk: ['allegationNumber', 'packetNumber'], tells: null, clocks: {} },
  { step: 'record-evidence-answer', from: [...WORKING, 'own-initiative'], to: 'same', by: ['INV'], needs: ['actorAssigned', 'evidenceRequestIsThere'], asks: ['evidenceRequestNumber', 'evidenceAnswer', 'recordsFound'], tells: null, clocks: {} },
  { step: 'record-evidence-refusal', from: [...WORKING, 'own-initiative'], to: 'same', by: ['INV'], needs: ['actorAssigned', 'evidenceRequestWaits', 'silenceIsOver'], asks: ['evidenceRequestNumber', 'refusalGround', 'recordsRefused', 'reasons'], tells: null, clocks: {} },
  { step: 'record-finding', from: ['investigation', 'own-initiative'], to: 'same', by: ['INV'], needs: ['actorAssigned', 'allegationExists', 'standardOfProofSaid', 'findingCausesSaid', 'missingRecordsNotDenied', 'missingRecordsTakenUp'], asks: ['allegationNumber', 'finding', 'reasons'],
    mayAsk: ['standardOfProof', 'findingCauses', 'evidenceWithheld', 'missingRecords'], tells: null, clocks: {} },
  { step: 'determine-involvement', from: ['triage', 'investigation', 'dialogue', 'own-initiative', 'remedy-proposed', 'implementation', 'verification', 'monitoring'], to: 'same', by: ['INV', 'TRI'], needs: ['contributionSaid'], asks: ['involvement', 'involvementBasis', 'rootCauses'], mayAsk: ['contributionModes', 'foreseeable'],
    tells: null, clocks: {} },
  { step: 'share-findings', from: ['investigation'], to: 'findings-shared', by: ['INV'],
    needs: ['actorAssigned', 'findingForEachAllegation', 'evidenceRequestsSettled', 'findingsTakeUpMissingRecords', 'involvementDetermined', 'severitySet', 'disclosurePlanApproved'], asks: ['aiRole', 'evidenceList', 'affectedOthers', 'vendorReply'],
    mayAsk: ['reasons'], tells: 'draft-findings', clocks: { stop: ['TARGET-INVESTIGATION', 'WBD-FB'], start: ['TARGET-FINDINGS-COMMENT', 'TARGET-OFFER'] } },
  { step: 'comment-on-findings', from: ['findings-shared'], to: 'same', by: ['RH', 'REP'], dictatedTo: PEN_HOLDERS, needs: ['representativeMayAct'], asks: ['comment'], tells: null, clocks: {} },
  { step: 'correct-finding', from: ['findings-shared'], to: 'same', by: ['INV'], needs: ['actorAssigned', 'allegationExists', 'evidenceRequestsSettled', 'standardOfProofSaid', 'findingCausesSaid', 'missingRecordsNotDenied', 'missingRecordsTakenUp'], asks: ['allegationNumber', 'finding', 'reasons'],
    mayAsk: ['standardOfProof', 'findingCauses', 'evidenceWithheld', 'missingRecords'], tells: 'draft-findings', clocks: { stop: ['TARGET-FINDINGS-COMMENT'], start: ['TARGET-FINDINGS-COMMENT'] } },
  { step: 'answer-comment', from: ['findings-shared'], to: 'same', by: ['INV'], needs: ['commentMade'], asks: ['reply'], tells: 'message',
    clocks: { stop: ['TARGET-FINDINGS-COMMENT'] } },

  // ── remedy ──
  { step: 'plan-action', from: OFFERING, to: 'same', by: ['DEC', 'DIA', 'REM'], needs: ['noOpenOffer', 'ownerIsRemedyOwner', 'personNotKeptOut', 'dueAhead', 'publicationConsented'], asks: ['action', 'actionDescription', 'owner', 'dueOn'],
    tells: null, clocks: {} },
  { step: 'drop-action', from: OFFERING, to: 'same', by: ['DEC', 'DIA'], needs: ['noOpenOffer', 'actionMayBeDropped'], asks: ['actionNumber', 'reasons'], tells: null, clocks: {} },
  { step: 'propose-fast-remedy', from: ['triage'], to: 'remedy-proposed', by: ['DEC'],
    needs: ['classified', 'severitySet', 'reprisalAssessed', 'legalFactsAssessed', 'interimDecided', 'involvementDetermined', 'deciderIsNotInvestigator', 'actionPlanned', 'individualActionPlanned', 'reprisalReviewInTime'],
    asks: ['factsAreClear', 'offerText', 'wishes', 'noWaiver', 'adviceOffered'], mayAsk: ['nonRepetitionReason'], tells: 'offer',
    clocks: { stop: ['TARGET-REOPEN', 'TARGET-TRIAGE', 'TARGET-ASSESSMENT', 'WBD-FB'], start: ['TARGET-OFFER-REPLY'] }, decides: true, refuses: true },
  { step: 'propose-agreement', from: ['dialogue'], to: 'remedy-proposed', by: ['DIA'], agreedBy: { role: 'PRT', when: 'always' }, needs: ['actorAssigned', 'dialogueConsented', 'facilitatorAcceptedByBoth', 'deciderIsNotInvestigator', 'actionPlanned', 'reprisalReviewInTime'],
    asks: ['offerText', 'noWaiver', 'adviceOffered'], tells: 'offer', clocks: { stop: ['TARGET-DIALOGUE', 'WBD-FB'], start: ['TARGET-OFFER-REPLY'] }, decides: true, refuses: true, forGuests: true },
  { step: 'propose-remedy', from: ['findings-shared'], to: 'remedy-proposed', by: ['DEC'],
    needs: ['commentPeriodOver', 'deciderIsNotInvestigator', 'actionPlanned', 'individualActionPlanned', 'nonRepetitionPlanned', 'reprisalReviewInTime'],
    asks: ['offerText', 'wishes', 'noWaiver', 'adviceOffered'], mayAsk: ['nonRepetitionReason'], tells: 'offer',
    clocks: { stop: ['TARGET-FINDINGS-COMMENT', 'TARGET-OFFER'], start: ['TARGET-OFFER-REPLY'] }, decides: true, refuses: true },
  { step: 'accept-offer', from: ['remedy-proposed'], to: 'implementation', by: ['RH', 'REP'], dictatedTo: PEN_HOLDERS, agreedBy: { role: 'PRT', when: 'dictated' }, needs: ['representativeMayAct', 'mandateForRemedy', 'offerOpen', 'offeredActionsNamed', 'someActionAccepted'], asks: ['understood'],
    mayAsk: ['actionAnswers', 'actionWishes', 'comment'], tells: 'agreement', clocks: { stop: ['TARGET-OFFER-REPLY', 'TARGET-OFFER-QUESTION'], start: ['TARGET-COOLING-OFF', 'TARGET-IMPLEMENTATION-START'] } },
  { step: 'take-back-acceptance', from: ['implementation', 'verification'], to: 'remedy-proposed', by: ['RH', 'REP'], dictatedTo: PEN_HOLDERS, agreedBy: { role: 'PRT', when: 'dictated' }, needs: ['representativeMayAct', 'mandateForRemedy', 'coolingOffRuns'], asks: [], mayAsk: ['comment'],
    tells: 'acceptance-taken-back', clocks: { stop: ['TARGET-COOLING-OFF', 'TARGET-IMPLEMENTATION-START', 'TARGET-VERIFICATION'], start: ['TARGET-OFFER-REPLY'] } },
  { step: 'start-sooner', from: ['implementation'], to: 'same', by: ['RH', 'REP'], needs: ['representativeMayAct', 'mandateForRemedy', 'coolingOffRuns', 'irreversibleActionWaits'], asks: ['startSooner'], tells: null, clocks: {} },
  { step: 'refuse-offer', from: ['remedy-proposed'], to: 'same', by: ['RH', 'REP'], dictatedTo: PEN_HOLDERS, agreedBy: { role: 'PRT', when: 'dictated' }, needs: ['representativeMayAct', 'offerOpen'], asks: [], mayAsk: ['comment'], tells: null,
    clocks: { stop: ['TARGET-OFFER-REPLY', 'TARGET-OFFER-QUESTION'], start: ['TARGET-OFFER'] } },
  { step: 'counter-offer', from: ['remedy-proposed'], to: 'same', by: ['RH', 'REP'], dictatedTo: PEN_HOLDERS, agreedBy: { role: 'PRT', when: 'dictated' }, needs: ['representativeMayAct', 'offerOpen'], asks: ['counterOfferText'], tells: null,
    clocks: { stop: ['TARGET-OFFER-REPLY', 'TARGET-OFFER-QUESTION'], start: ['TARGET-OFFER'] } },
  // Her time to reply waits while she has no answer.
  { step: 'ask-about-offer', from: ['remedy-proposed'], to: 'same', by: ['RH', 'REP'], dictatedTo: PEN_HOLDERS, needs: ['representativeMayAct', 'offerOpen'], asks: ['offerQuestion'], tells: null,
    clocks: { start: ['TARGET-OFFER-QUESTION'] } },
  { step: 'answer-about-offer', from: ['remedy-proposed'], to: 'same', by: ['DEC', 'DIA'], needs: ['offerQuestionOpen'], asks: ['reply'], tells: 'message',
    clocks: { stop: ['TARGET-OFFER-QUESTION'] } },
  { step: 'renew-offer', from: ['remedy-proposed'], to: 'same', by: ['DEC'], needs: ['offerAnswered', 'deciderIsNotInvestigator', 'actionPlanned', 'individualActionPlanned'],
    asks: ['offerText', 'reply', 'noWaiver', 'adviceOffered'], tells: 'offer', clocks: { stop: ['TARGET-OFFER'], start: ['TARGET-OFFER-REPLY'] }, decides: true, refuses: true },
  { step: 'remedy-without-agreement', from: ['remedy-proposed'], to: 'implementation', by: ['DEC'],
    needs: ['offerAnsweredOrExpired', 'offerQuestionAnswered', 'deciderIsNotInvestigator', 'actionPlanned', 'individualActionPlanned', 'nonRepetitionPlanned'], asks: ['reasons'], mayAsk: ['nonRepetitionReason'],
    tells: 'steps', clocks: { stop: ['TARGET-OFFER-REPLY', 'TARGET-OFFER'], start: ['TARGET-IMPLEMENTATION-START'] }, decides: true, refuses: true },
  { step: 'carry-out-refused-action', from: ['implementation'], to: 'same', by: ['DEC'], needs: ['deciderIsNotInvestigator', 'actionRefused', 'refusedActionIsNotHers'], asks: ['actionNumber', 'reasons'],
    tells: 'action-without-agreement', clocks: {}, decides: true, refuses: true },
  { step: 'start-action', from: ['implementation'], to: 'same', by: ['REM'], needs: ['actorOwnsAction', 'coolingOffOver', 'snapshotBeforeDestruction', 'authorityToldFirst'], asks: ['actionNumber'], mayAsk: ['snapshot', 'authorityWord'], tells: null, clocks: { stop: ['TARGET-IMPLEMENTATION-START'] } },
  { step: 'complete-action', from: ['implementation', 'monitoring'], to: 'same', by: ['REM'], needs: ['actorOwnsAction', 'coolingOffOver', 'snapshotBeforeDestruction', 'authorityToldFirst', 'publicationConsented'], asks: ['actionNumber', 'evidenceText'],
    mayAsk: ['snapshot', 'authorityWord', 'actionCost'], tells: null, clocks: { stop: ['TARGET-IMPLEMENTATION-START'] } },
  { step: 'record-action-cost', from: STATE_CODES, to: 'same', by: ['REM', 'DEC'], needs: ['actionIsThere'], asks: ['actionNumber', 'actionCost'], tells: null, clocks: {} },
  { step: 'request-verification', from: ['implementation'], to: 'verification', by: ['REM'], needs: ['individualActionsDone'], asks: [], mayAsk: ['note'], tells: 'please-check',
    clocks: { stop: ['TARGET-IMPLEMENTATION-START'], start: ['TARGET-VERIFICATION'] } },
  { step: 'verify-action', from: ['verification', 'monitoring'], to: 'same', by: ['RH', 'REP'], dictatedTo: PEN_HOLDERS, agreedBy: { role: 'PRT', when: 'dictated' }, needs: ['representativeMayAct', 'mandateForVerifying', 'actionDone'], asks: ['actionNumber', 'actionResult'], mayAsk: ['comment'], tells: null, clocks: {} },
  { step: 'confirm-remedy', from: ['verification'], to: 'monitoring', by: ['RH', 'REP'], dictatedTo: PEN_HOLDERS, agreedBy: { role: 'PRT', when: 'dictated' }, needs: ['representativeMayAct', 'mandateForRemedy', 'deliveredActionsNamed', 'resultFollowsActions', 'residualAcceptedIfPartly'], asks: ['remedyResult'],
    mayAsk: ['actionResults', 'actionComments', 'residualAccepted', 'comment'], tells: 'thanks', clocks: { stop: ['TARGET-VERIFICATION'], start: ['TARGET-MONITORING'] } },
  { step: 'report-not-delivered', from: ['verification'], to: 'implementation', by: ['RH', 'REP'], dictatedTo: PEN_HOLDERS, needs: ['representativeMayAct', 'mandateForVerifying', 'actionNumberFits', 'deliveredActionsNamed', 'missingFollowsActions'], asks: ['notDelivered'],
    mayAsk: ['actionResults', 'actionComments', 'actionNumber', 'comment'], tells: 'continuing',
    clocks: { stop: ['TARGET-VERIFICATION'], start: ['TARGET-IMPLEMENTATION-START'] } },
  { step: 'proceed-unverified', from: ['verification'], to: 'monitoring', by: ['INT'], needs: ['deciderHeldNoPen', 'nothingDisputed', 'threeContactAttempts', 'actorOwnsNoAction'], asks: ['reasons'], tells: 'thanks',
    clocks: { stop: ['TARGET-VERIFICATION'], start: ['TARGET-MONITORING'] } },
  { step: 'resume-implementation', from: ['monitoring'], to: 'implementation', by: ['INV', 'RH', 'REP'], dictatedTo: PEN_HOLDERS, needs: ['representativeMayAct'], asks: ['reasons'], freeFor: ['RH', 'REP'], tells: 'continuing',
    clocks: { stop: ['TARGET-MONITORING'], start: ['TARGET-IMPLEMENTATION-START'] } },

  { step: 'record-monitoring-check', from: ['monitoring'], to: 'same', by: ['INV', 'PRT'], needs: ['actorOwnsNoAction', 'lookedDuringMonitoring'], asks: ['lookedAtOn', 'lookedAt', 'recurrenceChecked', 'reprisalReviewed'], tells: null, clocks: {} },

  // ── closure ──
  { step: 'close', from: ['monitoring'], to: 'closed', by: ['DEC'], agreedBy: [{ role: 'IRV', when: 'severe' }, { role: 'IRV', when: 'monitoring-runs' }],
    needs: ['deciderIsNotInvestigator', 'deciderOwnsNoAction', 'allActionsDone', 'remedyDelivered', 'monitored', 'monitoringOver', 'interimDecidedWhereCritical', 'involvementDetermined', 'closureFitsRemedy', 'membersRemedyDecided', 'legalClocksSettled', 'reprisalReviewInTime'],
    asks: ['closureCode', 'systemicEffects', 'recurrenceChecked', 'reprisalReviewed', 'surveyOffered', 'reasons', 'lessons'], mayAsk: ['closedSooner'], tells: 'closed',
    clocks: { start: ['APPEAL-WINDOW', 'TARGET-SAFETY-3', 'TARGET-SAFETY-6', 'TARGET-FOLLOW-UP-6', 'TARGET-FOLLOW-UP-12'] }, decides: true, refuses: true },
  { step: 'close-unsubstantiated', from: ['findings-shared'], to: 'closed', by: ['DEC'], agreedBy: { role: 'IRV', when: 'severe' },
    needs: ['findingForEachAllegation', 'noneSubstantiatedOrNotInvolved', 'interimDecidedWhereCritical', 'evidenceRequestsSettled', 'findingsTakeUpMissingRecords', 'commentPeriodOver', 'deciderIsNotInvestigator', 'legalClocksSettled', 'reprisalReviewInTime'], asks: ['residualConsidered', 'systemicEffects', 'reasons'], tells: 'closed',
    clocks: { start: ['APPEAL-WINDOW', 'TARGET-SAFETY-3', 'TARGET-SAFETY-6'] }, decides: true, refuses: true },
  { step: 'close-without-remedy', from: ['findings-shared', 'remedy-proposed', 'implementation'], to: 'closed', by: ['DEC'], agreedBy: { role: 'EXE', when: 'always' },
    needs: ['remedyOwed', 'interimDecidedWhereCritical', 'deciderIsNotInvestigator', 'legalClocksSettled', 'reprisalReviewInTime'], asks: ['reasons', 'systemicEffects', 'lessons'], tells: 'closed',
    clocks: { start: ['APPEAL-WINDOW', 'TARGET-SAFETY-3', 'TARGET-SAFETY-6'] }, decides: true, refuses: true },
  { step: 'close-linked', from: ['findings-shared', 'remedy-proposed'], to: 'closed', by: ['DEC'], agreedBy: { role: 'IRV', when: 'severe' },
    needs: ['findingForEachAllegation', 'evidenceRequestsSettled', 'findingsTakeUpMissingRecords', 'linkedOnly', 'noOpenOffer', 'interimDecidedWhereCritical', 'commentPeriodOver', 'deciderIsNotInvestigator', 'legalClocksSettled', 'reprisalReviewInTime'],
    asks: ['leverageUsed', 'signposting', 'systemicEffects', 'reasons', 'lessons'], tells: 'closed',
    clocks: { start: ['APPEAL-WINDOW', 'TARGET-SAFETY-3', 'TARGET-SAFETY-6'] }, decides: true, refuses: true },
  { step: 'close-lost-contact', from: ['acknowledged', 'eligibility', 'triage', 'investigation', 'dialogue'], to: 'closed', by: ['INT'], agreedBy: { role: 'DEC', when: 'always' },
    needs: ['threeContactAttempts', 'severitySet', 'notSevere', 'noRemedyOwed', 'canBeAsked', 'legalClocksSettled'], asks: ['reasons'], tells: 'closed',
    clocks: { start: ['APPEAL-WINDOW', 'TARGET-SAFETY-3', 'TARGET-SAFETY-6'] }, refuses: true },
  { step: 'close-merged', from: ['acknowledged', 'eligibility', 'triage'], to: 'closed', by: ['TRI'], agreedBy: { role: 'DEC', when: 'always' }, needs: ['joinsOpenDuplicate', 'nobodyKeptOutIsThere', 'interimDecidedWhereCritical', 'legalClocksSettled'], asks: ['otherCase', 'reasons'], tells: 'merged',
    clocks: { start: ['APPEAL-WINDOW', 'TARGET-SAFETY-3', 'TARGET-SAFETY-6'] }, refuses: true },
  { step: 'undo-merge', from: ['closed'], to: 'before', by: ['TRI'], agreedBy: { role: 'DEC', when: 'always' }, needs: ['isMerged'], asks: ['reasons'], tells: 'reopened', clocks: { stop: ['APPEAL-WINDOW'] } },
  { step: 'close-resolved-elsewhere', from: WITH_COMPLAINANT.filter((state) => state !== 'received' && state !== 'appeal'), to: 'closed', by: ['DEC'], agreedBy: [{ role: 'EXE', when: 'remedy-owed' }, { role: 'IRV', when: 'severe' }],
    needs: ['severitySet', 'interimDecidedWhereCritical', 'elsewhereOnRecord', 'deciderIsNotInvestigator', 'legalClocksSettled', 'reprisalReviewInTime'], asks: ['complainantAgrees', 'body', 'reasons'], mayAsk: ['proceedingNumber', 'questionNumber'], tells: 'closed',
    clocks: { start: ['APPEAL-WINDOW', 'TARGET-SAFETY-3', 'TARGET-SAFETY-6'] }, decides: true, refuses: true },
  { step: 'continue-own-initiative', from: ['withdrawn'], to: 'own-initiative', by: ['TRI'], needs: ['ownInitiativeWarranted'], asks: ['identityRemoved', 'othersAtRisk', 'reasons'], tells: 'own-initiative',
    clocks: { start: ['TARGET-INVESTIGATION'] } },
  { step: 'close-own-initiative', from: ['own-initiative'], to: 'closed', by: ['DEC'], agreedBy: [{ role: 'EXE', when: 'remedy-owed' }, { role: 'IRV', when: 'severe' }],
    needs: ['severitySet', 'interimDecidedWhereCritical', 'deciderIsNotInvestigator', 'involvementDetermined', 'legalClocksSettled'],
    asks: ['systemicEffects', 'reasons', 'lessons'], tells: 'closed', clocks: { start: ['APPEAL-WINDOW', 'TARGET-SAFETY-3', 'TARGET-SAFETY-6'] }, decides: true, refuses: true },
  { step: 'close-withdrawn', from: ['withdrawn'], to: 'closed', by: ['TRI'], agreedBy: [{ role: 'EXE', when: 'remedy-owed' }, { role: 'DEC', when: 'severe' }], needs: ['interimDecidedWhereCritical', 'legalClocksSettled'], asks: ['othersAtRisk', 'reasons'], tells: 'closed', clocks: { start: ['APPEAL-WINDOW', 'TARGET-SAFETY-3', 'TARGET-SAFETY-6'] } },
  { step: 'come-back', from: ['withdrawn'], to: 'triage', by: ['RH', 'REP'], dictatedTo: PEN_HOLDERS, needs: ['representativeMayAct', 'isHersToDecide'], asks: [], mayAsk: ['comment'], tells: 'reopened', clocks: { start: ['TARGET-TRIAGE', 'TARGET-ASSESSMENT'] } },
  { step: 'record-follow-up', from: ['closed'], to: 'same', by: ['INV', 'PRT'], needs: ['followUpRunning'], asks: ['recurrenceChecked', 'reprisalReviewed', 'note'], tells: null, clocks: {} },
  { step: 'record-lesson', from: ['monitoring', 'closed'], to: 'same', by: ['DEC', 'INV', 'TRI', 'REM', 'LEG'], needs: ['systemIsNamed', 'diligenceRecordIsThere'], asks: ['systemNumber', 'lessonCauses', 'lessonText'], mayAsk: ['diligenceRecord'], tells: null, clocks: {} },
  { step: 'review-safety', from: ['closed'], to: 'same', by: ['INV', 'PRT'], needs: ['safetyReviewRunning', 'reprisalNotLowered'], asks: ['reprisalLevel', 'isDefender', 'note'], tells: null, clocks: {} },
  { step: 'publish-story', from: ['closed'], to: 'same', by: [...REACH_OUT, 'DEC'], agreedBy: { role: 'PRT', when: 'always' },
    needs: ['personTakesPart', 'personDidNotWithdraw', 'storyConsented', 'storyCanBeTakenBack', 'storyEndangersNobody', 'storyTellsNoDetails'],
    asks: ['storyText', 'storyLanguage', 'nothingIdentifies', 'scopeKept'], tells: 'story-published', clocks: {} },
  { step: 'take-down-story', from: ['closed'], to: 'same', by: ['PRT', 'DEC', 'DPO'], needs: ['storyStands'], asks: ['reasons'], tells: 'story-taken-down', clocks: {} },
  { step: 'reopen', from: ['closed'], to: 'triage', by: ['TRI', 'PRT', 'RH', 'REP'], dictatedTo: PEN_HOLDERS, needs: ['representativeMayAct', 'isHersToDecide', 'staffDoNotUndoMergers'], asks: ['reopenGround', 'reasons'], freeFor: ['RH', 'REP'], tells: 'reopened',
    clocks: { stop: ['APPEAL-WINDOW'], start: ['TARGET-REOPEN', 'TARGET-TRIAGE', 'TARGET-ASSESSMENT'] } },

  // ── appeal ──
  { step: 'appeal', from: ['remedy-proposed', 'implementation', 'closed', 'declined', 'referred'], to: 'appeal', by: ['RH', 'REP'], dictatedTo: PEN_HOLDERS, agreedBy: { role: 'PRT', when: 'dictated' }, needs: ['representativeMayAct', 'remedyNotAccepted'], asks: [], mayAsk: ['grounds'], tells: 'appeal-received',
    clocks: { stop: ['TARGET-OFFER-REPLY', 'TARGET-OFFER-QUESTION', 'TARGET-OFFER', 'TARGET-IMPLEMENTATION-START', 'TARGET-REFERRAL-CHECK', 'APPEAL-WINDOW'], start: ['TARGET-APPEAL-DECISION'] } },
  { step: 'uphold-appeal', from: ['appeal'], to: 'remedy-proposed', by: ['IRV'], needs: ['reviewerAssigned', 'reviewerTookNoEarlierPart', 'appealAgainstOutcome', 'actionPlannedByReviewer'], asks: ['reasons', 'offerText', 'noWaiver'],
    tells: 'appeal-decided', clocks: { stop: ['TARGET-APPEAL-DECISION'], start: ['TARGET-OFFER-REPLY'] }, decides: true, refuses: true },
  { step: 'vary-decision', from: ['appeal'], to: 'remedy-proposed', by: ['IRV'], needs: ['reviewerAssigned', 'reviewerTookNoEarlierPart', 'appealAgainstOutcome', 'actionPlannedByReviewer'], asks: ['reasons', 'offerText', 'noWaiver'],
    tells: 'appeal-decided', clocks: { stop: ['TARGET-APPEAL-DECISION'], start: ['TARGET-OFFER-REPLY'] }, decides: true, refuses: true },
  { step: 'plan-action-on-appeal', from: ['appeal'], to: 'same', by: ['IRV'], needs: ['reviewerAssigned', 'reviewerTookNoEarlierPart', 'ownerIsRemedyOwner', 'personNotKeptOut', 'dueAhead', 'publicationConsented'], asks: ['action', 'actionDescription', 'owner', 'dueOn'], tells: null, clocks: {} },
  { step: 'send-back', from: ['appeal'], to: 'investigation', by: ['IRV'], needs: ['reviewerAssigned', 'reviewerTookNoEarlierPart', 'appealAgainstOutcome'], asks: ['reasons'], tells: 'appeal-decided',
    clocks: { stop: ['TARGET-APPEAL-DECISION'], start: ['TARGET-INVESTIGATION'] }, decides: true },
  { step: 'admit-case', from: ['appeal'], to: 'triage', by: ['IRV'], needs: ['reviewerAssigned', 'reviewerTookNoEarlierPart', 'appealAgainstRefusal'], asks: ['reasons'], tells: 'appeal-decided',
    clocks: { stop: ['TARGET-APPEAL-DECISION'], start: ['TARGET-TRIAGE', 'TARGET-ASSESSMENT'] }, decides: true },
  { step: 'confirm-offer', from: ['appeal'], to: 'remedy-proposed', by: ['IRV'], needs: ['reviewerAssigned', 'reviewerTookNoEarlierPart', 'appealAgainstOffer'], asks: ['reasons', 'signposting'], tells: 'appeal-decided',
    clocks: { stop: ['TARGET-APPEAL-DECISION'], start: ['TARGET-OFFER-REPLY'] }, decides: true, refuses: true },
  { step: 'confirm-measures', from: ['appeal'], to: 'implementation', by: ['IRV'], needs: ['reviewerAssigned', 'reviewerTookNoEarlierPart', 'appealAgainstMeasures'], asks: ['reasons', 'signposting'], tells: 'appeal-decided',
    clocks: { stop: ['TARGET-APPEAL-DECISION'], start: ['TARGET-IMPLEMENTATION-START'] }, decides: true, refuses: true },
  { step: 'reject-appeal', from: ['appeal'], to: 'closed', by: ['IRV'], needs: ['reviewerAssigned', 'reviewerTookNoEarlierPart', 'appealAgainstEnding', 'interimDecidedWhereCritical'], asks: ['reasons', 'signposting'], tells: 'appeal-decided',
    clocks: { start: ['APPEAL-WINDOW', 'TARGET-SAFETY-3', 'TARGET-SAFETY-6'] }, decides: true, refuses: true },
  { step: 'refuse-late-appeal', from: ['appeal'], to: 'closed', by: ['IRV'], needs: ['reviewerAssigned', 'reviewerTookNoEarlierPart', 'appealIsLate', 'interimDecidedWhereCritical'], asks: ['reasons', 'signposting'], tells: 'appeal-decided',
    clocks: { start: ['APPEAL-WINDOW', 'TARGET-SAFETY-3', 'TARGET-SAFETY-6'] }, decides: true, refuses: true },
] as const satisfies readonly StepRow[];

export type StepName = (typeof STEPS)[number]['step'];
/** No policy adds a step, or takes one away. */
export const STEP_NAMES: readonly StepName[] = STEPS.map(({ step }) => step);

/** Closure code that a step sets by itself, where it leaves no choice. */
export const CLOSURE_OF: Partial<Record<StepName, string>> = {
  'confirm-referral': 'CR-REFERRED',
  'close-unsubstantiated': 'CR-UNSUB',
  'close-without-remedy': 'CR-NOREMEDY',
  'close-linked': 'CR-LINKED',
  'close-lost-contact': 'CR-LOSTCONTACT',
  'close-merged': 'CR-MERGED',
  'close-resolved-elsewhere': 'CR-PARALLEL',
  'close-own-initiative': 'CR-WITHDRAWN',
  'close-withdrawn': 'CR-WITHDRAWN',
};

/** Appeal outcome that a step of the reviewer records. */
export const APPEAL_OUTCOME_OF: Partial<Record<StepName, string>> = {
  'uphold-appeal': 'AP-UPHELD',
  'vary-decision': 'AP-VARIED',
  'send-back': 'AP-SENTBACK',
  'admit-case': 'AP-SENTBACK',
  'confirm-offer': 'AP-REJECTED',
  'confirm-measures': 'AP-REJECTED',
  'reject-appeal': 'AP-REJECTED',
  'refuse-late-appeal': 'AP-LATE',
};
