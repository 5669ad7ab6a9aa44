import { SHARED_TEXTS } from '../../rules/sharing';
import {
  EVIDENCE_HANDLING,
  FILE_FAULTS,
  HELD_REASONS,
  REMOVED,
  SCAN_VERDICTS,
} from '../../rules/evidence-handling';
import { COUNTRIES } from '../../rules/countries';
import { SYSTEM_RECORD_KINDS, TENDER_CLAUSES } from '../../rules/ai-systems';
import type { AskName } from '../../rules/asks';
import { CLOCKS } from '../../rules/clocks';
import { JOIN_DAYS, JOIN_PLACES, MEMBERSHIP_MODES } from '../../rules/collective';
import { CONSENTS, SHARED_WITH } from '../../rules/consents';
import { DICTATION_REFUSALS, KNOWN_BY, SAID_THROUGH } from '../../rules/dictations';
import { CONTACT_CHANNELS, CONTACT_RESULTS } from '../../rules/contact-attempts';
import { DECISION_MODES } from '../../rules/decision-modes';
import { AFFECTED_GROUPS, SENSITIVE_LAWS } from '../../rules/groups';
import {
  FACILITATOR_ANSWERS,
  MEETING_KINDS,
  MEETING_PARTNERS,
  MEETING_STATUSES,
} from '../../rules/facilitation';
import { ACCOMMODATIONS, ADOPTIONS, ENGAGED_PARTNERS, ENGAGEMENT_KINDS } from '../../rules/engagements';
import { FORCE_STATES, FRAMEWORK_GAPS, FRAMEWORK_KINDS } from '../../rules/frameworks';
import { HARMS } from '../../rules/harms';
import { IDENTITY_MODES } from '../../rules/identity-modes';
import {
  ASKED_OF,
  EVIDENCE_REQUEST_STATUSES,
  RECORDS_FOUND,
  REFUSAL_GROUNDS,
  STANDARDS_OF_PROOF,
} from '../../rules/inquiry';
import { CONTRIBUTION_MODES, INVOLVEMENTS } from '../../rules/involvement';
import { LEVERAGE_MEASURES, LEVERAGE_RESULTS, VENDOR_REPLIES } from '../../rules/leverage';
import { LIFECYCLE_STAGES } from '../../rules/lifecycle';
import { MANDATE_BASES, MANDATE_COVERS } from '../../rules/mandates';
import {
  APPEAL_OUTCOMES,
  CLOSURE_CODES,
  DECLINE_CODES,
  FINDING_CODES,
  INTERIM_STATES,
  LINK_TYPES,
  SYSTEMIC_EFFECTS,
} from '../../rules/outcomes';
import {
  PARALLEL_COURSES,
  PARALLEL_PROCEEDINGS,
  PROCEEDING_FILERS,
  PROCEEDING_ORDERS,
  PROCEEDING_OUTCOMES,
} from '../../rules/parallel-proceedings';
import {
  DEFENDER_TYPES,
  PERSONS_AT_RISK,
  RISK_FACTORS,
  THREAT_ACTORS,
  THREAT_TYPES,
  PROTECTION_MEASURES,
  PROTECTION_STATES,
  REPRISAL_LEVELS,
} from '../../rules/protection';
import { PATTERN_DECISIONS, PATTERN_RULES } from '../../rules/patterns';
import { REGISTER_NAMES, REGISTERS } from '../../rules/registers';
import { REFERRAL_ANSWERS } from '../../rules/referrals';
import { REMEDY_ACTIONS, REMEDY_FORMS } from '../../rules/remedies';
import { HOLD_GROUNDS, KEPT_BACK, SCHEDULES } from '../../rules/retention';
import { RIGHTS } from '../../rules/rights';
import { ROLES } from '../../rules/roles';
import { ROOT_CAUSES } from '../../rules/root-causes';
import { EXCLUSION_GROUNDS, RECUSAL_GROUNDS } from '../../rules/sight';
import { NATURES } from '../../rules/severity';
import { STATE_NEXUS } from '../../rules/state-nexus';
import {
  ARTICLE_26_ADDRESSEES,
  ARTICLE_26_GROUNDS,
  ARTICLE_26_OUTCOMES,
  INCIDENT_KINDS,
  ARTICLE_FORCE_STATUS,
  LOG_HOLDERS,
  PRESERVATION_ANSWERS,
} from '../../rules/system-notices';
import { BUYER_KINDS, RED_LINES, TENDER_DECISIONS, TENDER_SIDES } from '../../rules/tenders';
import { TASKS } from '../../rules/tasks';
import { USE_DOMAINS } from '../../rules/use-domains';

type Labels = Readonly<Record<string, { readonly label: string }>>;

const RULES: Readonly<Record<string, Labels>> = {
  rights: RIGHTS,
  task: TASKS,
  harms: HARMS,
  harm: HARMS,
  groups: AFFECTED_GROUPS,
  sensitiveLaw: SENSITIVE_LAWS,
  rootCauses: ROOT_CAUSES,
  findingCauses: ROOT_CAUSES,
  lessonCauses: ROOT_CAUSES,
  useDomain: USE_DOMAINS,
  lifecycleStage: LIFECYCLE_STAGES,
  stateNexus: STATE_NEXUS,
  decisionMode: DECISION_MODES,
  involvement: INVOLVEMENTS,
  contributionModes: CONTRIBUTION_MODES,
  nature: NATURES,
  reprisalLevel: REPRISAL_LEVELS,
  interimChoice: INTERIM_STATES,
  interimDecision: INTERIM_STATES,
  mandateBasis: MANDATE_BASES,
  facilitatorAnswer: FACILITATOR_ANSWERS,
  meetingKind: MEETING_KINDS,
  meetingPartner: MEETING_PARTNERS,
  interviewWith: MEETING_PARTNERS,
  meetingOutcome: MEETING_STATUSES,
  askedOf: ASKED_OF,
  evidenceRequestStatus: EVIDENCE_REQUEST_STATUSES,
  recordsFound: RECORDS_FOUND,
  recordsRefused: RECORDS_FOUND,
  refusalGround: REFUSAL_GROUNDS,
  standardOfProof: STANDARDS_OF_PROOF,
  proceedingType: PARALLEL_PROCEEDINGS,
  proceedingCourse: PARALLEL_COURSES,
  referralAnswer: REFERRAL_ANSWERS,
  proceedingCountry: COUNTRIES,
  proceedingFiledBy: PROCEEDING_FILERS,
  proceedingOrders: PROCEEDING_ORDERS,
  proceedingOutcome: PROCEEDING_OUTCOMES,
  mandateCovers: MANDATE_COVERS,
  attemptChannel: CONTACT_CHANNELS,
  attemptResult: CONTACT_RESULTS,
  saidBy: ROLES,
  saidThrough: SAID_THROUGH,
  dictationRefusedFor: DICTATION_REFUSALS,
  knownBy: KNOWN_BY,
  writtenDownBy: ROLES,
  measureStatus: INTERIM_STATES,
  measure: { ...REMEDY_ACTIONS, ...PROTECTION_MEASURES },
  protectionMeasures: PROTECTION_MEASURES,
  protects: PERSONS_AT_RISK,
  personsAtRisk: PERSONS_AT_RISK,
  defenderType: DEFENDER_TYPES,
  threatActors: THREAT_ACTORS,
  threatTypes: THREAT_TYPES,
  riskFactors: RISK_FACTORS,
  protectionStatus: PROTECTION_STATES,
  action: REMEDY_ACTIONS,
  form: REMEDY_FORMS,
  declineCode: DECLINE_CODES,
  finding: FINDING_CODES,
  closureCode: CLOSURE_CODES,
  systemicEffects: SYSTEMIC_EFFECTS,
  appealOutcome: APPEAL_OUTCOMES,
  linkType: LINK_TYPES,
  role: ROLES,
  guestRole: ROLES,
  exclusionGround: EXCLUSION_GROUNDS,
  recusalGround: RECUSAL_GROUNDS,
  clockCode: CLOCKS,
  identityMode: IDENTITY_MODES,
  identityFrom: IDENTITY_MODES,
  identityTo: IDENTITY_MODES,
  consent: CONSENTS,
  agreedTo: CONSENTS,
  saidNoTo: CONSENTS,
  sharedWith: SHARED_WITH,
  sharedKind: SHARED_TEXTS,
  schedule: SCHEDULES,
  under: SCHEDULES,
  holdGround: HOLD_GROUNDS,
  keptBack: KEPT_BACK,
  membershipMode: MEMBERSHIP_MODES,
  recordKind: SYSTEM_RECORD_KINDS,
  logHolder: LOG_HOLDERS,
  preservationAnswer: PRESERVATION_ANSWERS,
  article26Ground: ARTICLE_26_GROUNDS,
  incidentKind: INCIDENT_KINDS,
  noticeAddressee: ARTICLE_26_ADDRESSEES,
  noticeOutcome: ARTICLE_26_OUTCOMES,
  clauses: TENDER_CLAUSES,
  patternRule: PATTERN_RULES,
  patternDecision: PATTERN_DECISIONS,
  engagementKind: ENGAGEMENT_KINDS,
  consultedGroups: AFFECTED_GROUPS,
  partnerKinds: ENGAGED_PARTNERS,
  accommodations: ACCOMMODATIONS,
  changeAdopted: ADOPTIONS,
  leverageMeasure: LEVERAGE_MEASURES,
  vendorReply: VENDOR_REPLIES,
  leverageResult: LEVERAGE_RESULTS,
  tenderSide: TENDER_SIDES,
  buyerKind: BUYER_KINDS,
  tenderDecision: TENDER_DECISIONS,
  redLines: RED_LINES,
  frameworkKind: FRAMEWORK_KINDS,
  inForce: FORCE_STATES,
  frameworkGaps: FRAMEWORK_GAPS,
  useDomains: USE_DOMAINS,
};

const REGISTER_TITLES = Object.fromEntries(REGISTER_NAMES.map((name) => [name, REGISTERS[name].title]));

const KEPT_OR_NOT = { GIVEN: 'Given', CHANGED: 'Changed', 'TAKEN-BACK': 'Taken back' };

const OWN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  heldReason: HELD_REASONS,
  register: REGISTER_TITLES,
  forceStatus: ARTICLE_FORCE_STATUS,
  name: KEPT_OR_NOT,
  contact: KEPT_OR_NOT,
  removed: REMOVED,
  scan: SCAN_VERDICTS,
  handling: EVIDENCE_HANDLING,
  fault: FILE_FAULTS,
  file: { ORIGINAL: 'The original', WORKING: 'The working copy' },
  jurisdiction: { EU: 'European Union', UK: 'United Kingdom', OTHER: 'Another law' },
  track: { INVESTIGATION: 'Investigation', DIALOGUE: 'Dialogue', BOTH: 'Both, one after the other' },
  systemSearch: { NAMED: 'The system is known', SEARCH_STARTED: 'Not known yet; a search has begun' },
  interimChoice: { IM_NONE: 'None needed', IM_ORDERED: 'At least one is needed' },
  referralMode: {
    WITH_CONSENT: 'We pass it on; the person agrees',
    SIGNPOST_ONLY: 'We only tell the person where to turn',
  },
  checkInEvery: { 7: 'Every week', 14: 'Every two weeks', 30: 'Every month', 90: 'Every three months' },
  safeNow: { OK: 'Safe', NOT_OK: 'Not safe', TALK: 'Wants to talk' },
  checkInStatus: {
    PLANNED: 'planned',
    ASKED: 'asked, no answer yet',
    ANSWERED: 'answered',
    MISSED: 'no answer',
    STOPPED: 'stopped',
  },
  actionAnswers: { ACCEPTED: 'Accepted', REFUSED: 'Refused' },
  actionResults: { FULL: 'Yes, fully', PARTLY: 'Partly', NO: 'No' },
  actionResult: { FULL: 'Yes, fully', PARTLY: 'Partly', NO: 'No' },
  remedyResult: { FULL: 'Yes, fully', PARTLY: 'Partly' },
  notDelivered: { PARTLY: 'It was done only in part', NO: 'It was not done' },
  verification: { FULL: 'Fully', PARTLY: 'Partly', NO: 'Not done', UNVERIFIED: 'Not verified' },
  agreement: { AGREED: 'Agreed', NOT_AGREED: 'Without agreement' },
  suspensionGround: {
    COMPLAINANT_REQUEST: 'The complainant asks for it',
    COURT_OR_AUTHORITY_ORDER: 'A court or authority orders it',
    SAFETY: 'The safety of a person',
  },
  suspendedGround: {
    COMPLAINANT_REQUEST: 'The complainant asked for it',
    COURT_OR_AUTHORITY_ORDER: 'A court or authority ordered it',
    SAFETY: 'The safety of a person',
  },
  reopenGround: {
    NEW_FACTS: 'New facts',
    NOT_IMPLEMENTED: 'The remedy was not carried out',
    RECURRENCE: 'It happened again',
    RETALIATION: 'Retaliation',
  },
  storyStatus: {
    PROPOSED: 'Waits for the protection officer',
    SHOWN: 'Everybody can read it',
    TAKEN_DOWN: 'Not shown any more',
  },
  storyLanguage: {
    en: 'English',
    ar: 'Arabic',
    zh: 'Chinese',
    fr: 'French',
    ru: 'Russian',
    es: 'Spanish',
    pt: 'Portuguese',
    de: 'German',
    hi: 'Hindi',
    sw: 'Swahili',
    fa: 'Persian',
    tr: 'Turkish',
  },
  guestStatus: {
    INVITED: 'The link waits',
    NOT_USED: 'The link was not used in its time',
    LET_IN: 'Let in',
    OVER: 'The last day is over',
    ENDED: 'Ended',
  },
  tier: { LOW: 'Low', MODERATE: 'Moderate', SEVERE: 'Severe', CRITICAL: 'Critical' },
  fearOfReprisal: { none: 'None', some: 'Some', serious: 'Serious' },
  complainantRole: {
    affected: 'Affected person',
    representative: 'Representative',
    group: 'Group of people',
    witness: 'Witness',
  },
  channel: {
    web: 'Web page',
    email: 'E-mail',
    letter: 'Letter',
    phone: 'Telephone',
    'in-person': 'In person',
    assisted: 'Written down by staff',
  },
  contactKind: {
    email: 'E-mail',
    phone: 'Telephone',
    post: 'Post',
    intermediary: 'Through somebody else',
    other: 'Another way',
  },
  clockStatus: { RUNNING: 'Running', PAUSED: 'Paused', STOPPED: 'Stopped' },
  basis: { legal: 'Law', internal: 'Own target' },
  offerKind: {
    OFFER: 'Offer',
    AGREEMENT: 'Agreement from dialogue',
    COUNTER_OFFER: 'Counter-offer',
    UNILATERAL: 'Remedy without agreement',
  },
  offerStatus: {
    OPEN: 'Waiting for an answer',
    ACCEPTED: 'Accepted',
    REFUSED: 'Refused',
    REPLACED: 'Replaced by a later one',
    IMPOSED: 'Carried out without agreement',
  },
  actionStatus: {
    PROPOSED: 'Proposed',
    AGREED: 'Agreed',
    STARTED: 'Started',
    DONE: 'Done',
    REFUSED: 'Refused by the complainant; not carried out',
    DROPPED: 'Dropped',
  },
  under: { 'RS-REQUEST': 'The person asked for it' },
  erasureScope: { PERSON: 'Names, contacts and receipts', CASE: 'Everything in the case' },
  erasureStatus: {
    OPEN: 'Waiting for a decision',
    CARRIED_OUT: 'Carried out',
    REFUSED: 'Refused',
    TAKEN_BACK: 'Taken back',
  },
  batchStatus: {
    PROPOSED: 'Waits for a second person',
    AGREED: 'Being carried out',
    DONE: 'Done',
    REFUSED: 'Refused',
  },
  itemStatus: { LISTED: 'Listed', ERASED: 'Erased', KEPT_BACK: 'Kept back', DROPPED: 'Not erased' },
  supportKind: {
    INTERPRETER: 'An interpreter',
    SUPPORT_PERSON: 'Somebody beside the person',
    MEETING: 'A meeting',
    ACCESSIBLE_FORMAT: 'Another form, such as large print or sound',
  },
  mandateStatus: {
    CLAIMED: 'Claimed, not confirmed',
    CONFIRMED: 'Confirmed',
    REFUSED: 'Refused',
    ENDED: 'Ended',
    EXPIRED: 'The last day is over',
  },
  supportStatus: {
    ASKED: 'Waits for an answer',
    ARRANGED: 'Arranged',
    DECLINED: 'Declined, with an alternative',
    DONE: 'Done',
    TAKEN_BACK: 'Taken back',
  },
  amendKind: { ADDITION: 'Added', CORRECTION: 'Corrected' },
  amendedPart: {
    narrative: 'What happened',
    desiredOutcome: 'What the person wants',
    whenHappened: 'When',
    systemKnown: 'System, as far as known',
    reprisalText: 'Fear of reprisal',
  },
  complaintPart: {
    narrative: 'what happened',
    desiredOutcome: 'what the person wants',
    whenHappened: 'when',
    systemKnown: 'system, as far as known',
    reprisalText: 'fear of reprisal',
    groupDefinition: 'who belongs to the group',
    groupByStaff: 'who belongs to the group, as staff wrote it',
  },
  sharedKind: { FILE: 'File' },
  occasion: { MEETING: 'A meeting', PHONE_CALL: 'A telephone call', VOICE_COMPLAINT: 'A spoken complaint' },
  transcriptStatus: {
    WAITING: 'Not approved: the person has not said anything yet',
    APPROVED: 'Approved by the person',
    DISPUTED: 'The person says that it is wrong',
  },
  translatedKind: {
    COMPLAINT: 'The complaint: what happened',
    AMENDMENT: 'An addition or correction',
    MESSAGE: 'A message',
    QUESTION: 'A question',
    OFFER: 'An offer',
    FINDING: 'The reasons of a finding',
    TRANSCRIPT: 'A transcript',
    LETTER: 'A letter (number: the revision shown with it)',
    FILE: 'What a file says',
  },
  translationRequestStatus: { ASKED: 'Asked for', DONE: 'Translated', WITHDRAWN: 'Withdrawn' },
  translationAuthor: { PERSON: 'A person', INTERPRETER: 'An interpreter', MACHINE: 'A machine' },
  pauseFor: { WEEK: 'One week', TWO_WEEKS: 'Two weeks', THIRTY_DAYS: '30 days' },
  lateStatus: {
    WAITING: 'Waits for an answer',
    REPLACED: 'Told again of more',
    ANSWERED: 'Answered',
    PASSED_UP: 'Not answered in time; the rung above was told',
    OVER: 'The case ended',
  },
  joinPlaces: Object.fromEntries(JOIN_PLACES.map((places) => [places, `Up to ${places} people`])),
  joinFor: Object.fromEntries(JOIN_DAYS.map((days) => [days, `${days} days`])),
  joinCodeStatus: { OPEN: 'Can be used', FULL: 'All places taken', OVER: 'Its time is over', ENDED: 'Ended' },
  leverage: { NONE: 'None', LOW: 'Low', MEDIUM: 'Medium', HIGH: 'High' },
  preservationAnswer: { NOT_CONCERNED: 'Not needed: the case is not about this system' },
  noticeOutcome: { NOT_CONCERNED: 'Not needed: the case is not about this system' },
  makerAs: { VENDOR: 'vendor', PROVIDER: 'provider', IMPORTER: 'importer or distributor' },
  letterStatus: {
    QUEUED: 'Waiting to be sent',
    SENT: 'Sent',
    FAILED: 'Not delivered',
    KEPT: 'Waiting to be read',
  },
};

/** What a code means, in English; a code that nobody named is shown as it is. `name` is the ask or column that holds it. */
export function codeLabel(name: AskName | (string & {}), code: string): string {
  if (name === 'language') return LANGUAGE_NAMES.of(code) ?? code;
  return OWN[name]?.[code] ?? RULES[name]?.[code]?.label ?? code;
}

/** A language for whoever may not read it: `fa-AF` is shown as “Dari”. */
const LANGUAGE_NAMES = new Intl.DisplayNames(['en'], { type: 'language' });

/** A step or act as words: `record-finding` is shown as “Record finding”. */
export function stepLabel(step: string): string {
  return sentenceCase(step);
}

/** A state as words; the state before lodging is “new”. */
export function stateLabel(state: string): string {
  return sentenceCase(state);
}

/** A role as words. */
export function roleLabel(role: string): string {
  return codeLabel('role', role);
}

/** A code of small letters as words: `data-protection` is shown as “Data protection”. */
export function sentenceCase(code: string): string {
  const words = code.replaceAll(/[-_]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
