// Source: process model 6.2–6.4: what each step has to say before it can be taken. Codes from the taxonomies of section 4.
import { JOIN_DAYS, JOIN_PLACES, MEMBERSHIP_MODE_LIST } from './collective';
import { CHECK_IN_ANSWERS, CHECK_IN_INTERVALS } from './check-ins';
import { CONTACT_CHANNEL_CODES, CONTACT_RESULT_CODES } from './contact-attempts';
import { CONSENT_CODES, SHARED_WITH_CODES } from './consents';
import { AFFECTED_GROUP_CODES, SENSITIVE_LAW_CODES } from './groups';
import { COUNTRY_CODES } from './countries';
import { DECISION_MODE_CODES } from './decision-modes';
import { CHOSEN_REFUSAL_CODES, KNOWN_BY_CODES, SAID_THROUGH_CODES, SPEAKERS } from './dictations';
import { INTERVIEW_PARTNERS, MEETING_OUTCOMES } from './facilitation';
import { GUEST_ROLE_CODES } from './guests';
import { HARM_CODES } from './harms';
import {
  ASKED_OF_CODES,
  RECORDS_FOUND_CODES,
  RECORDS_REFUSED_CODES,
  REFUSAL_GROUND_CODES,
  STANDARD_OF_PROOF_CODES,
} from './inquiry';
import { CONTRIBUTION_MODE_CODES, INVOLVEMENT_CODES } from './involvement';
import { LIFECYCLE_STAGE_CODES } from './lifecycle';
import {
  CLOSURE_CODE_LIST,
  DECLINE_CODE_LIST,
  FINDING_CODE_LIST,
  LINK_TYPE_LIST,
  SYSTEMIC_EFFECT_LIST,
} from './outcomes';
import { CHOSEN_COVERS, TOLD_BASES } from './mandates';
import {
  PARALLEL_COURSE_CODES,
  PARALLEL_PROCEEDING_CODES,
  PROCEEDING_FILER_CODES,
  PROCEEDING_ORDER_CODES,
  PROCEEDING_OUTCOME_CODES,
} from './parallel-proceedings';
import { PAUSE_LENGTHS } from './pauses';
import {
  DEFENDER_TYPE_CODES,
  PERSON_AT_RISK_CODES,
  PROTECTION_MEASURE_CODES,
  RISK_FACTOR_CODES,
  THREAT_ACTOR_CODES,
  THREAT_TYPE_CODES,
} from './protection';
import { REMEDY_ACTION_CODES } from './remedies';
import { ERASURE_SCOPES, HOLD_GROUNDS_OF_STAFF } from './retention';
import { REFERRAL_ANSWER_CODES } from './referrals';
import { RIGHT_CODES } from './rights';
import { ROOT_CAUSE_CODES } from './root-causes';
import { STORY_LANGUAGES } from './stories';
import { STATE_NEXUS_CODES } from './state-nexus';
import {
  AMEND_KINDS,
  AMENDED_PARTS,
  OCCASIONS,
  SUPPORT_KINDS,
  TRANSLATED_KINDS,
  TRANSLATION_AUTHORS,
} from './taking-part';
import { USE_DOMAIN_CODES } from './use-domains';
import { ACTION_RESULTS } from './verification';
import { RECUSAL_GROUND_CODES, TEAM_ROLES } from './sight';
import {
  ARTICLE_26_GROUND_CODES,
  ARTICLE_26_OUTCOME_CODES,
  INCIDENT_KIND_CODES,
  LOG_HOLDER_CODES,
  PRESERVATION_ANSWER_CODES,
} from './system-notices';

/** A register whose entries are named by their numbers elsewhere. */
export type NumberedRegister = 'systems' | 'vendors';

/**
 * One thing a step asks. `text` is sealed and never leaves the vault; everything else is a code, number or day.
 * `passcode` is compared and kept nowhere. `…ByAction`: one answer for each action of remedy that it is about, under the number of the action.
 * `of`: a number of that register, of `entries` several. `column` names the column of the case that keeps the answer as the present truth. `secret`: a code that the ledger never tells.
 */
export type Ask =
  | { kind: 'text'; label: string; maxLength: number; minLength?: number }
  | { kind: 'code'; label: string; codes: readonly string[]; column?: string; secret?: true }
  | { kind: 'codes'; label: string; codes: readonly string[]; column?: string; secret?: true }
  | { kind: 'yesNo'; label: string; column?: string }
  | { kind: 'confirm'; label: string }
  | { kind: 'number'; label: string; min: number; max: number; column?: string; of?: NumberedRegister }
  | { kind: 'day'; label: string; column?: string }
  | { kind: 'person'; label: string }
  | { kind: 'language'; label: string }
  | { kind: 'passcode'; label: string; maxLength: number }
  | { kind: 'codeByAction'; label: string; codes: readonly string[] }
  | { kind: 'textByAction'; label: string; maxLength: number }
  | { kind: 'case'; label: string }
  | { kind: 'entries'; label: string; of: NumberedRegister };

const LONG = 20_000;
const text = (label: string, maxLength = LONG): Ask => ({ kind: 'text', label, maxLength });
const score = (label: string, column: string): Ask => ({ kind: 'number', label, min: 1, max: 5, column });
/** Why something sealed is to be opened: one word is no reason. */
export const REASON_MIN_LENGTH = 10;
export const REASON_MAX_LENGTH = 2000;
const confirm = (label: string): Ask => ({ kind: 'confirm', label });
const number = (label: string): Ask => ({ kind: 'number', label, min: 1, max: 10_000 });

/** Everything that any step asks, by name. The same name means the same thing in every step. */
export const ASKS = {
  reasons: text('Reasons, in plain words'),
  note: text('Note'),
  taskText: text('What is to be done; the person never reads it'),
  taskNumber: number('Number of the task'),
  internalNote: text('For those who work on this case; the person never reads it'),
  grounds: text('Grounds'),
  comment: text('Your comment'),
  reply: text('Reply'),
  questionText: text('Your question to the complainant'),
  why: text('Why you need to know'),
  signposting: text('Where else the person can turn: bodies and how to reach them'),
  body: text('Body the case is passed on to', 500),
  evidencePlan: text('Evidence plan: logs, model card, decision record, vendor request'),
  investigationScope: text('Scope and questions of the investigation'),
  evidenceSnapshot: text('Where the snapshot of logs and versions is kept', 2000),
  disclosurePlan: text('Disclosure plan: who learns what, and when'),
  allegationText: text('The allegation, in one or two sentences'),
  aiRole: text('What role the AI system played, in plain words'),
  evidenceList: text('The evidence relied on'),
  involvementBasis: text('Why this involvement'),
  affectedOthers: text('Who else is affected, and roughly how many'),
  vendorReply: text("The vendor's reply, or that it refused"),
  nonRepetitionReason: text('Why no guarantee of non-repetition is needed'),
  wishes: text("The complainant's wishes, and how this offer meets them"),
  offerText: text('The offer, as the complainant will read it'),
  counterOfferText: text('What you ask for instead'),
  offerQuestion: text('Your question about the offer'),
  actionAnswers: {
    kind: 'codeByAction',
    label: 'Answer to each action; what is left out is accepted',
    codes: ['ACCEPTED', 'REFUSED'],
  },
  actionResults: {
    kind: 'codeByAction',
    label: 'Is it done, and is it enough? Action by action',
    codes: ACTION_RESULTS,
  },
  actionComments: { kind: 'textByAction', label: 'What is missing, action by action', maxLength: 2000 },
  actionWishes: {
    kind: 'textByAction',
    label: 'Why not, or what you would want instead, action by action',
    maxLength: 2000,
  },
  actionDescription: text('What exactly will be done'),
  evidenceText: text('What proves that it is done'),
  snapshot: text('Where the snapshot taken before the change is kept', 2000),
  authorityWord: text(
    'If it changes the system and no notice to the authority stands in this case: when and how the authority was told before the change, or why this is no serious incident',
    2000,
  ),
  actionCost: text(
    'What it cost us: amount, currency, what for. The person and the ledger never learn it',
    500,
  ),
  lessons: text('Lessons for the organisation'),
  lessonText: text('What is to be learnt about this AI system. Nothing of a person', 2000),
  lessonCauses: { kind: 'codes', label: 'Why it happened', codes: ROOT_CAUSE_CODES },
  diligenceRecord: number(
    'Number of the record of this system in the register that takes it up: an assessment, a tender or contract, a version',
  ),
  attemptOn: { kind: 'day', label: 'The day on which you tried' },
  attemptChannel: { kind: 'code', label: 'How you tried', codes: CONTACT_CHANNEL_CODES },
  attemptWasSafe: { kind: 'yesNo', label: 'Had the person agreed that this way is safe?' },
  attemptResult: { kind: 'code', label: 'What came of it', codes: CONTACT_RESULT_CODES },
  contactAttempt: text('What you did, so that somebody else can judge it', 2000),
  onlyWayReason: text('Why no other way is safe for the person, where there is only this one', 2000),
  measureReason: text('Why this measure'),
  checkInEvery: { kind: 'code', label: 'Days between two check-ins', codes: CHECK_IN_INTERVALS },
  safeNow: { kind: 'code', label: 'Are you safe?', codes: CHECK_IN_ANSWERS },
  protectionSteps: text('What you did, and what is done now, so that the person is safe'),
  threat: text('What happened, and what you fear'),
  revealReason: {
    kind: 'text',
    label: 'Why you need to know who the person is. The person reads this reason',
    minLength: REASON_MIN_LENGTH,
    maxLength: REASON_MAX_LENGTH,
  },
  consentSaid: text('How and when the person said so', 2000),
  limits: text('Limits that the person set: with whom, what, until when', 500),
  recipient: text('Who exactly gets it. The person reads this', 500),
  sharedWhat: text('What was passed on. The person reads this', 2000),
  legalDuty: text('For an authority only: the law that obliges us, if the person has not agreed', 500),

  storyText: text(
    'The story, as everybody will read it. Leave out names, contacts, the reference, every day (name a quarter at most), places, units, sites and vendors, and whatever else could tell who the person or somebody else is',
    5000,
  ),

  supportKind: { kind: 'code', label: 'What the person asks for', codes: SUPPORT_KINDS },
  wish: text('What exactly is wished, in own words', 2000),
  supportNumber: number('Number of the request for support'),
  arrangement: text('What is arranged: who, when, where, how. The person reads this', 2000),
  alternative: text('What you offer instead. The person reads this', 2000),
  amendKind: { kind: 'code', label: 'Add something, or correct something', codes: AMEND_KINDS },
  amendedPart: { kind: 'code', label: 'Which part of the complaint it belongs to', codes: AMENDED_PARTS },
  amendText: text('The text'),
  writtenIn: { kind: 'language', label: 'Language it is written in' },
  occasion: { kind: 'code', label: 'What is written down', codes: OCCASIONS },
  occasionOn: { kind: 'day', label: 'Day of the meeting, call or spoken complaint' },
  transcriptText: text(
    'The transcript: what was said, by whom. The person reads it and says whether it is right',
  ),
  transcriptNumber: number('Number of the transcript'),
  dispute: text('What is wrong in the transcript'),
  translatedKind: { kind: 'code', label: 'What is translated', codes: TRANSLATED_KINDS },
  translatedNumber: number('Its number in the case; leave it empty for the complaint itself'),
  translationLanguage: { kind: 'language', label: 'Language of the translation' },
  translationAuthor: { kind: 'code', label: 'Who translated it', codes: TRANSLATION_AUTHORS },
  translationText: text('The translation'),
  translationNumber: number('Number of the translation'),
  translationRequestNumber: number('Number of the request for a translation'),
  readBoth: confirm('I know both languages and compared the translation with the original'),

  saidBy: { kind: 'code', label: 'Who said it', codes: SPEAKERS },
  saidThrough: { kind: 'code', label: 'How they said it', codes: SAID_THROUGH_CODES },
  saidThroughWhom: text('Through whom it came, where somebody helped', 500),
  saidOn: { kind: 'day', label: 'The day on which they said it' },
  saidWords: text(
    'What they said, as near to their own words as it can be kept. The person reads this',
    5000,
  ),
  knownBy: { kind: 'code', label: 'How you know that it was they', codes: KNOWN_BY_CODES },
  channelWasSafe: confirm('The way we spoke was safe for the person'),
  dictationNumber: number('Number of what was written down'),
  dictationRefusedFor: {
    kind: 'code',
    label: 'If you refuse it: why. The person reads this',
    codes: CHOSEN_REFUSAL_CODES,
  },
  dictationHolds: {
    kind: 'yesNo',
    label: 'Does what was written down hold? Where the person says that they did not say it, it does not',
  },

  mandateNumber: number('Number of the mandate'),
  mandateBasis: { kind: 'code', label: 'What the mandate rests on', codes: TOLD_BASES },
  mandateCovers: { kind: 'codes', label: 'What the mandate covers', codes: CHOSEN_COVERS },
  mandateSince: { kind: 'day', label: 'First day of the mandate' },
  mandateUntil: { kind: 'day', label: 'Last day of the mandate' },
  mandateProof: number('Number of a file of this case that shows it; no paper is needed'),
  mandateLimits: text('Limits of the mandate, and what else there is to know of it', 500),
  groupDefinition: text('Who belongs to the group, in own words; without names', 2000),
  estimatedSize: {
    kind: 'number',
    label: 'About how many people it is',
    min: 1,
    max: 100_000_000,
    column: 'estimatedSize',
  },
  membershipMode: {
    kind: 'code',
    label: 'Who counts as a member',
    codes: MEMBERSHIP_MODE_LIST,
    column: 'membershipMode',
  },
  individualRemedyNeeded: {
    kind: 'yesNo',
    label: 'Do members need a remedy of their own, beside what is done for all?',
    column: 'individualRemedyNeeded',
  },
  joinPlaces: { kind: 'code', label: 'How many people can join with the code', codes: JOIN_PLACES },
  joinFor: { kind: 'code', label: 'For how many days the code works', codes: JOIN_DAYS },
  joinCodeNumber: number('Number of the code'),
  joinCode: { kind: 'passcode', label: 'Code of 20 letters', maxLength: 400 },
  agreesToJoin: confirm('I agree that my case is part of the collective complaint'),
  memberNews: text('What all members read, each in their own case', 5000),

  noConflict: confirm('I have no conflict of interest in this case'),
  affectsPeople: confirm('It affects people, or could'),
  plausibleLink: confirm('A link to our use of AI, or to a business relationship of ours, is plausible'),
  safeChannelChosen: confirm('The answer goes by a channel that is safe for the person'),
  exclusionGround: {
    kind: 'code',
    label: 'Why this person or unit must not learn of the case',
    codes: ['EX-NAMED', 'EX-UNIT', 'EX-CLOSE'],
  },
  recusalGround: { kind: 'code', label: 'What kind of conflict it is', codes: RECUSAL_GROUND_CODES },
  unit: text('The unit, named as on its accounts', 64),
  concerns: text(
    'Whom and what it concerns, as far as the person has to know to say whether they have a conflict: units, people, systems. Nothing of what the complainant wrote',
    1000,
  ),
  guestRole: { kind: 'code', label: 'What the person from outside is in this case', codes: GUEST_ROLE_CODES },
  guestUntil: { kind: 'day', label: 'Last day of access, at most 180 days ahead' },
  guestSeesFiles: { kind: 'yesNo', label: 'May the guest open the working copies of the files?' },
  guestNumber: number('Number of the guest'),
  opinion: text('The opinion: what was asked, what you looked at, what you find, how sure you are'),
  handedOverFrom: { kind: 'person', label: 'From whom; leave it empty to hand over your own place' },
  exclusionNumber: number('Number of the exclusion'),
  breakGlassNumber: number('Number of the emergency opening'),
  breakGlassNeeded: { kind: 'yesNo', label: 'Was it needed?' },
  scopeKept: confirm('I have read what the person allowed, and kept to its limits'),
  nothingIdentifies: confirm(
    'Nobody can tell from this text who the person or anybody else is, not even those who were there',
  ),
  facilitator: text('Who is to lead the dialogue. The person reads this', 2000),
  facilitatorNeutral: text(
    'Why this is somebody neutral: who pays, and what ties there are to the organisation, the unit and the vendor. The person reads this',
    2000,
  ),
  facilitatorNumber: number('Number of the facilitator'),
  unitAccepts: { kind: 'yesNo', label: 'Does the unit accept this person as neutral?' },
  unitSaid: text('Who said so for the unit, how and when', 2000),
  interviewWith: { kind: 'code', label: 'Whom the interview is with', codes: INTERVIEW_PARTNERS },
  plannedFor: { kind: 'day', label: 'Day of the meeting' },
  meetingDetails: text(
    'Time, place or call, who takes part, and what about. The person reads this where they are invited',
    2000,
  ),
  companionOffered: confirm(
    'The person was told that somebody they trust, an interpreter or a lawyer may come along, and that nobody has to come',
  ),
  meetingNumber: number('Number of the meeting'),
  meetingOutcome: { kind: 'code', label: 'Was it held?', codes: MEETING_OUTCOMES },
  accompanied: { kind: 'yesNo', label: 'Was somebody there beside whoever was heard?' },
  meetingNote: text('How it went; what was said belongs into a transcript'),
  supportOffered: confirm('Support against the imbalance of power was offered'),
  violenceAdviceTaken: confirm('No crime or violence is involved, or specialised advice was taken'),
  factsAreClear: confirm('The facts are clear and the organisation accepts them'),
  noWaiver: confirm('Nothing in it asks the person to give up any right'),
  adviceOffered: confirm('Independent advice was offered to the person'),
  startSooner: confirm('What cannot be undone may begin at once'),
  understood: confirm('I have understood the offer in my language'),
  recurrenceChecked: confirm('I checked that it has not happened again'),
  reprisalReviewed: confirm('The risk of reprisal was reviewed'),
  lookedAtOn: { kind: 'day', label: 'Day on which it was looked at', column: 'lookedAtOn' },
  lookedAt: text('What was looked at, whom you asked, and what was found'),
  closedSooner: text('If it is closed before the monitoring is over: why', 2000),
  surveyOffered: confirm('The person was offered to rate the process'),
  residualConsidered: confirm('I considered what should change even though the finding is not substantiated'),
  leverageUsed: text(
    'What leverage was used on whoever caused it, with what result, and how the organisation helps with a remedy',
  ),
  complainantAgrees: confirm('The complainant agrees'),
  identityRemoved: confirm("The person's identity is kept out of the review"),

  consent: { kind: 'code', label: 'What the person decided about', codes: CONSENT_CODES },
  storyLanguage: { kind: 'code', label: 'Language of the story', codes: STORY_LANGUAGES },
  consentGiven: { kind: 'yesNo', label: 'Does the person agree?' },
  sharedWith: { kind: 'code', label: 'Shared with', codes: SHARED_WITH_CODES },
  packetNumber: number(
    'Number of the packet that goes with it, if any: put it together under “Pass something on”',
  ),
  identityShared: { kind: 'yesNo', label: 'Does it tell who the person is?' },
  jurisdiction: {
    kind: 'code',
    label: 'Law that applies',
    codes: ['EU', 'UK', 'OTHER'],
    column: 'jurisdiction',
  },
  isDataRightsRequest: {
    kind: 'yesNo',
    label: 'Does the person ask for data, correction, erasure or a human review? No magic words are needed.',
    column: 'isDataRightsRequest',
  },
  reporterIsWorker: {
    kind: 'yesNo',
    label: 'Is the person a worker, contractor or applicant?',
    column: 'reporterIsWorker',
  },
  concernsListedLaw: {
    kind: 'yesNo',
    label: 'Does it concern a breach of law that whistleblower protection covers?',
    column: 'concernsListedLaw',
  },
  useDomain: { kind: 'code', label: 'Use domain', codes: USE_DOMAIN_CODES, column: 'useDomain' },
  lifecycleStage: {
    kind: 'code',
    label: 'Lifecycle stage',
    codes: LIFECYCLE_STAGE_CODES,
    column: 'lifecycleStage',
  },
  stateNexus: { kind: 'code', label: 'State nexus', codes: STATE_NEXUS_CODES, column: 'stateNexus' },
  decisionMode: { kind: 'code', label: 'Decision mode', codes: DECISION_MODE_CODES, column: 'decisionMode' },
  rights: { kind: 'codes', label: 'Rights affected', codes: RIGHT_CODES, column: 'rights' },
  harms: { kind: 'codes', label: 'Harms', codes: HARM_CODES, column: 'harms' },
  groups: {
    kind: 'codes',
    label: 'Affected groups, as people named them. What you leave out is taken away',
    codes: AFFECTED_GROUP_CODES,
    secret: true,
  },
  sensitiveLaw: {
    kind: 'code',
    label:
      'If these groups tell of health, origin, religion, belief, union or sexual life, and the person has not agreed: the law that lets us note them all the same. The person reads this',
    codes: SENSITIVE_LAW_CODES,
    secret: true,
  },
  rootCauses: { kind: 'codes', label: 'Root causes', codes: ROOT_CAUSE_CODES, column: 'rootCauses' },
  track: { kind: 'code', label: 'Track', codes: ['INVESTIGATION', 'DIALOGUE', 'BOTH'], column: 'track' },
  nature: { kind: 'code', label: 'Has it happened?', codes: ['ACTUAL', 'POTENTIAL'], column: 'nature' },
  scale: score('Scale: how grave', 'scale'),
  scope: score('Scope: how many people', 'scope'),
  irremediability: score('Irremediability: how hard to undo', 'irremediability'),
  likelihood: score('Likelihood (potential impacts only)', 'likelihood'),
  vulnerable: { kind: 'yesNo', label: 'Is a vulnerable group materially affected?', column: 'vulnerable' },
  delayMakesIrremediable: {
    kind: 'yesNo',
    label: 'Would delay make it impossible to undo?',
    column: 'delayMakesIrremediable',
  },
  reprisalLevel: {
    kind: 'code',
    label: 'Risk of reprisal',
    codes: ['LOW', 'MEDIUM', 'HIGH', 'EXTREME'],
    column: 'reprisalLevel',
  },
  isDefender: { kind: 'yesNo', label: 'Is the person a human rights defender?', column: 'isDefender' },
  defenderType: {
    kind: 'code',
    label: 'If so, what the person defends',
    codes: DEFENDER_TYPE_CODES,
    secret: true,
  },
  personsAtRisk: { kind: 'codes', label: 'Who is at risk', codes: PERSON_AT_RISK_CODES, secret: true },
  threatActors: { kind: 'codes', label: 'From whom', codes: THREAT_ACTOR_CODES, secret: true },
  threatTypes: { kind: 'codes', label: 'Of what', codes: THREAT_TYPE_CODES, secret: true },
  riskFactors: {
    kind: 'codes',
    label: 'What makes it likelier, or worse',
    codes: RISK_FACTOR_CODES,
    secret: true,
  },
  pastIncidents: text('What has happened already, and when'),
  threatLikelihood: { kind: 'number', label: 'How likely it is, from 1 to 5', min: 1, max: 5 },
  threatImpact: { kind: 'number', label: 'How bad it would be, from 1 to 5', min: 1, max: 5 },
  systemSearch: { kind: 'code', label: 'AI system', codes: ['NAMED', 'SEARCH_STARTED'] },
  interimChoice: {
    kind: 'code',
    label: 'Interim measures',
    codes: ['IM_NONE', 'IM_ORDERED'],
    column: 'interimDecision',
  },
  measure: { kind: 'code', label: 'Measure', codes: [...REMEDY_ACTION_CODES, ...PROTECTION_MEASURE_CODES] },
  measureNumber: number('Number of the measure'),
  declineCode: {
    kind: 'code',
    label: 'Ground for declining',
    codes: DECLINE_CODE_LIST,
    column: 'declineCode',
  },
  effectOnPeople: { kind: 'yesNo', label: 'Does it have an effect on people?' },
  referralAnswer: {
    kind: 'code',
    label: 'What the other body says',
    codes: REFERRAL_ANSWER_CODES,
    column: 'referralAnswer',
  },
  referralAnsweredOn: { kind: 'day', label: 'Day on which it said so' },
  referralReference: text('Its reference there', 200),
  withoutAnswer: text(
    'Where it has not said that it takes the case: why the case ends here all the same',
    2000,
  ),
  referralMode: { kind: 'code', label: 'How', codes: ['WITH_CONSENT', 'SIGNPOST_ONLY'] },
  followUpOn: { kind: 'day', label: 'Day of the follow-up' },
  dueOn: { kind: 'day', label: 'Due on' },
  requestReceivedOn: {
    kind: 'day',
    label: 'Day on which the request came, if it came after the complaint',
  },
  role: {
    kind: 'code',
    label: 'Role',
    codes: TEAM_ROLES,
  },
  person: { kind: 'person', label: 'Person' },
  owner: { kind: 'person', label: 'Who will do it' },
  harm: { kind: 'code', label: 'Harm', codes: HARM_CODES },
  allegationNumber: number('Number of the allegation'),
  finding: { kind: 'code', label: 'Finding', codes: FINDING_CODE_LIST },
  evidenceWithheld: {
    kind: 'yesNo',
    label: 'Is evidence missing because we or the vendor lost or withheld it?',
  },
  findingCauses: {
    kind: 'codes',
    label: 'Root causes of what this allegation says, where it is found to be so',
    codes: ROOT_CAUSE_CODES,
  },
  contributionModes: {
    kind: 'codes',
    label: 'If we contributed: how',
    codes: CONTRIBUTION_MODE_CODES,
  },
  foreseeable: { kind: 'yesNo', label: 'If we contributed: could we have foreseen it?' },
  standardOfProof: {
    kind: 'code',
    label: 'Standard of proof: how sure one has to be. The person reads this',
    codes: STANDARD_OF_PROOF_CODES,
  },
  missingRecords: text(
    'If records that had to be kept are missing: what that means for this finding. It counts in favour of the complainant. The person reads this',
  ),
  askedOf: { kind: 'code', label: 'Of whom it is asked', codes: ASKED_OF_CODES },
  askedWhom: text('Who exactly', 500),
  askedFor: text('What is asked for: logs, versions, settings, decisions, documents, and of which days'),
  tellsNothingOfHer: confirm(
    'Nobody can tell from the request who the person is. What tells of the person goes by “share”, which needs consent',
  ),
  evidenceRequestNumber: number('Number of the request for evidence'),
  evidenceAnswer: text('What came, and where it is kept: the numbers of the files of this case'),
  recordsFound: {
    kind: 'code',
    label: 'Records that the organisation or the vendor had to keep',
    codes: RECORDS_FOUND_CODES,
  },
  refusalGround: { kind: 'code', label: 'Ground of the refusal', codes: REFUSAL_GROUND_CODES },
  recordsRefused: {
    kind: 'code',
    label: 'What became of records that the organisation or the vendor had to keep',
    codes: RECORDS_REFUSED_CODES,
  },
  involvement: { kind: 'code', label: 'Involvement', codes: INVOLVEMENT_CODES, column: 'involvement' },
  action: { kind: 'code', label: 'Remedy action', codes: REMEDY_ACTION_CODES },
  actionNumber: number('Number of the action'),
  actionResult: { kind: 'code', label: 'Is it done, and is it enough?', codes: ACTION_RESULTS },
  remedyResult: {
    kind: 'code',
    label: 'Is it done, and is it enough?',
    codes: ['FULL', 'PARTLY'],
    column: 'verification',
  },
  notDelivered: { kind: 'code', label: 'What is missing?', codes: ['PARTLY', 'NO'], column: 'verification' },
  residualAccepted: { kind: 'yesNo', label: 'If partly: do you accept that the rest stays as it is?' },
  closureCode: { kind: 'code', label: 'Closure reason', codes: CLOSURE_CODE_LIST, column: 'closureCode' },
  systemicEffects: {
    kind: 'codes',
    label: 'What changes in the system',
    codes: SYSTEMIC_EFFECT_LIST,
    column: 'systemicEffects',
  },
  clockCode: { kind: 'code', label: 'Clock', codes: ['GDPR-RTS', 'GDPR-ERASURE'] },
  otherCase: { kind: 'case', label: 'Reference of the other case' },
  proceedingType: { kind: 'code', label: 'Which proceeding', codes: PARALLEL_PROCEEDING_CODES },
  proceedingCourse: {
    kind: 'code',
    label: 'What this case does while it runs',
    codes: PARALLEL_COURSE_CODES,
  },
  proceedingBody: text('Where it runs: the court, authority or other body', 500),
  proceedingReference: text('Its reference there', 200),
  proceedingBegunOn: { kind: 'day', label: 'Since which day it runs' },
  proceedingCountry: {
    kind: 'code',
    label: 'In which country, or before a body of several',
    codes: COUNTRY_CODES,
  },
  proceedingFiledBy: { kind: 'code', label: 'Who brought it there', codes: PROCEEDING_FILER_CODES },
  stayRequested: { kind: 'yesNo', label: 'Did anybody ask that this case stands still meanwhile?' },
  proceedingToldOn: { kind: 'day', label: 'Day on which the person was told of it' },
  proceedingOrders: { kind: 'codes', label: 'What was ordered', codes: PROCEEDING_ORDER_CODES },
  proceedingOrderOn: { kind: 'day', label: 'Day of the order' },
  proceedingOrderText: text('The order in its own words, as far as it concerns us'),
  proceedingOutcome: { kind: 'code', label: 'How it ended there', codes: PROCEEDING_OUTCOME_CODES },
  proceedingNumber: number('Number of the proceeding'),
  questionNumber: number('Number of the question to which the person answered that they agree'),
  proceedingResult: text('What came of it'),
  protectionMeasures: {
    kind: 'codes',
    label: 'What protects them',
    codes: PROTECTION_MEASURE_CODES,
  },
  protects: { kind: 'code', label: 'Whom it protects', codes: PERSON_AT_RISK_CODES },
  protectionWished: { kind: 'yesNo', label: 'Do they wish it?' },
  protectionNumber: number('Number of the measure of protection'),
  protectionFound: text('How it holds: what you looked at, and what they say of it'),
  reviewOn: { kind: 'day', label: 'Day on which you look at it again' },
  linkType: { kind: 'code', label: 'How they are linked', codes: LINK_TYPE_LIST },
  suspensionGround: {
    kind: 'code',
    label: 'Ground',
    codes: ['COMPLAINANT_REQUEST', 'COURT_OR_AUTHORITY_ORDER', 'SAFETY'],
    column: 'suspendedGround',
  },
  suspendedUntil: { kind: 'day', label: 'Until (at most 30 days)', column: 'suspendedUntil' },
  pauseFor: { kind: 'code', label: 'For how long', codes: PAUSE_LENGTHS },
  withdrawalPressure: {
    kind: 'yesNo',
    label: 'Has anybody put pressure on you to withdraw?',
    column: 'withdrawalPressure',
  },
  erasureScope: { kind: 'code', label: 'What is to be erased', codes: ERASURE_SCOPES },
  holdGround: { kind: 'code', label: 'Why it has to be kept', codes: HOLD_GROUNDS_OF_STAFF },
  holdNumber: number('Number of the legal hold'),
  othersAtRisk: { kind: 'yesNo', label: 'Are other people at risk?' },
  reopenGround: {
    kind: 'code',
    label: 'Ground',
    codes: ['NEW_FACTS', 'NOT_IMPLEMENTED', 'RECURRENCE', 'RETALIATION'],
  },

  systemNumber: number('Number of the AI system in the register'),
  logHolder: { kind: 'code', label: 'Who holds the logs', codes: LOG_HOLDER_CODES },
  logsToKeep: text('Which logs, of which days, are to be kept. Nothing that tells who the person is', 2000),
  preservationNumber: number('Number of the request to keep logs'),
  preservationAnswer: { kind: 'code', label: 'What came of it', codes: PRESERVATION_ANSWER_CODES },
  preservationReply: text('What was answered: where they are kept, until when; or why not', 2000),
  article26Ground: { kind: 'code', label: 'Why others have to be told', codes: ARTICLE_26_GROUND_CODES },
  knownSince: { kind: 'day', label: 'Day since which we have known' },
  incidentKind: { kind: 'code', label: 'How serious the incident is', codes: INCIDENT_KIND_CODES },
  noticeNumber: number('Number of the notice'),
  noticeOutcome: { kind: 'code', label: 'What came of it', codes: ARTICLE_26_OUTCOME_CODES },
  noticeWords: text('Who was told what, how, and with which reference; or how you tried to reach them', 2000),
  toldOn: { kind: 'day', label: 'Day on which they were told' },
} as const satisfies Record<string, Ask>;

export type AskName = keyof typeof ASKS;
