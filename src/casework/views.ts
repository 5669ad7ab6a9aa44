import type { Likeness } from '../rules/duplicates';
import type { RoutingProposal } from '../rules/routing';
import type { JoinCodeStatus } from '../rules/collective';
import type { Day, Instant } from '../platform/time';
import type { UnmetNeed } from '../platform/refusal';
import type { AskName } from '../rules/asks';
import type { ConsentCode } from '../rules/consents';
import type { IdentityMode } from '../rules/identity-modes';
import type { LateThing } from '../rules/lateness';
import type { HolderRole } from '../rules/roles';
import type { AmendedPart, TranslatedKind } from '../rules/taking-part';
import type { Stage, State } from '../rules/states';
import type { ErasureRequestView, HoldView } from './erasure/views';

/** A deadline as everybody sees it: staff work to `dueInternal`, the law holds to `dueLegalLatest`. */
export interface ClockView {
  code: string;
  basis: 'legal' | 'internal';
  startedOn: Day;
  dueInternal: Day;
  dueLegalLatest: Day;
  dueAt: Instant | null;
  status: 'RUNNING' | 'PAUSED' | 'STOPPED';
  stoppedOn: Day | null;
  overdue: boolean;
}

/** Something that the organisation owed and did not do in time. */
export interface LateView extends Omit<LateThing, 'id'> {
  /** Whether the person said so already. */
  isReported: boolean;
}

/** That the person said that something is late: whom that told, and by when they answer. */
export interface LateReportView {
  n: number;
  role: string;
  reportedOn: Day;
  answerDueOn: Day;
  status: string;
  settledOn: Day | null;
}

/** What the person asked for so that they can take part. */
export interface SupportView {
  n: number;
  kind: string;
  wish: string | null;
  askedOn: Day;
  /** By an internal target of ours. */
  dueOn: Day;
  status: string;
  arrangement: string | null;
  reasons: string | null;
  alternative: string | null;
  answeredOn: Day | null;
  endedOn: Day | null;
}

/** What the person added to what they told, or how it should read instead. */
export interface AmendmentView {
  n: number;
  kind: string;
  part: AmendedPart;
  language: string;
  text: string;
  byRole: string;
  writtenOn: Day;
}

/** What was said, as staff wrote it down, and what the person says of that. */
export interface TranscriptView {
  n: number;
  occasion: string;
  heldOn: Day;
  language: string;
  text: string;
  byRole: string;
  recordedOn: Day;
  status: string;
  answeredOn: Day | null;
  dispute: string | null;
}

/** A translation beside a text of the case. */
export interface TranslationView {
  n: number;
  ofKind: TranslatedKind;
  /** Number of the text; nought for the complaint itself, the revision of a letter. */
  ofNumber: number;
  language: string;
  author: string;
  status: string;
  text: string;
  addedOn: Day;
  checkedOn: Day | null;
}

/** Whether the person can write and send files, and until when; null: as long as the case or what we owe goes on. */
export interface DialogueView {
  isOpen: boolean;
  until: Day | null;
}

/** One row of the queue; holds nothing that a complainant wrote. */
export interface QueueRow {
  reference: string;
  state: State;
  tier: string | null;
  language: string;
  channel: string;
  lodgedOn: Day;
  nextDueOn: Day | null;
  overdue: boolean;
  revision: number;
  /** The rung of the ladder that was told that something in it is late and has not answered. */
  lateToldTo: string | null;
  /** Only codes and history are left of it since this day. */
  erasedOn: Day | null;
  /** Since when a protection officer has to look whether the person is safe. */
  alertSince: Day | null;
}

/** The mailbox of complaints, for those who look after it; null where none is read or the reader does not. */
export interface MailboxView {
  today: Day;
  /** The last day on which it could be read; null: not yet. */
  readOn: Day | null;
  /** Mails that could not be stored and are tried again. */
  left: number;
  /** Mails that a person has to look at, and the folder where they lie. */
  notTaken: number;
  notTakenFolder: string;
  /** Open cases that came by e-mail and whose person got no number yet. */
  toHandOver: QueueRow[];
}

/** By what the queue is narrowed and in which order it comes; codes of the taxonomies. */
export interface QueueFilter {
  stage?: Stage;
  state?: State;
  tier?: string;
  domain?: string;
  harm?: string;
  right?: string;
  reprisal?: string;
  language?: string;
  flag?: string;
  /** Number of an AI system that the case names now. */
  system?: number;
  /** Number of a vendor who sold, made or brought in such a system. */
  vendor?: number;
  /** Only cases with an active assignment of this person; `nobody`: only those without any. */
  assignee?: string;
  /** Past the last legal day, past our own, or due within a week from today. */
  due?: 'legally-late' | 'overdue' | 'week';
  /** `now` (default): legally late first, then most severe, then by due day; `due`: earliest due day first; `lodged`: newest first. */
  sort?: 'now' | 'due' | 'lodged';
  /** Opaque, from the page before. */
  cursor?: string;
  /** 1–100, 25 by default. */
  limit?: number;
}

/** `isMore`: there are more than were counted. */
export interface QueueCount {
  cases: number;
  isMore: boolean;
}

export interface CasePage {
  cases: QueueRow[];
  next: string | null;
}

export interface QueuePage extends CasePage {
  /** On the first page: cases that wait for the reader’s own answer about what is late. They stand among the others, too. */
  escalated: QueueRow[];
  /** Of the first page alone. */
  count: QueueCount | null;
}

export interface SearchQuestion {
  /** As typed; every word of it has to occur in the case. */
  words: unknown;
  /** Opaque, from the page before; it tells nothing of the words. */
  cursor?: unknown;
  /** 1–100, 25 by default. */
  limit?: number;
}

export interface SearchPage extends CasePage {
  /** Entries of the log whose texts cannot be found yet; 0 when everything that was written can be. */
  notYetSearched: number;
}

/** What the complainant said at lodging, as written. */
export interface Complaint {
  language: string;
  channel: string;
  identityMode: string;
  complainantRole: string;
  narrative: string;
  desiredOutcome: string | null;
  whenHappened: string | null;
  systemKnown: string | null;
  systemUnknown: boolean | null;
  awareOfAiUse: boolean | null;
  fearOfReprisal: string | null;
  reprisalText: string | null;
  accommodation: string | null;
  keepOut: string | null;
  /** Of a complaint for a group: who belongs to it, as told last. */
  groupDefinition: string | null;
}

/** A code with which people join a collective complaint; the code itself is shown once, when it is made. */
export interface JoinCodeView {
  n: number;
  places: number;
  until: Day;
  madeOn: Day;
  endedOn: Day | null;
  byRole: string;
  status: JoinCodeStatus;
}

/** What is known of a complaint for a group, beside who belongs to it. */
interface GroupFacts {
  estimatedSize: number | null;
  membershipMode: string | null;
  individualRemedyNeeded: boolean | null;
  joinCodes: JoinCodeView[];
}

/** A collective complaint as whoever leads it knows it. `members`: how many; null for none up to four. */
export interface MyCollectiveView extends GroupFacts {
  members: number | null;
}

/** A collective complaint as staff know it, with the cases of members that the reader may see, the first 200 by name. */
export interface CollectiveView extends GroupFacts {
  membersSeen: number;
  members: { reference: string; state: State }[];
}

/** What the rules of routing propose for a case; nothing of it is done by itself. */
export interface RoutingView extends RoutingProposal {
  /** Number of the version of the rules. */
  version: number;
}

/** Another case that may tell of the same: a hint for whoever reads both. */
export interface LikelyDuplicate extends Likeness {
  reference: string;
  state: State;
  lodgedOn: Day;
}

/** The collective complaint that a case is part of, or the case that it was joined to. */
export interface MyMembershipView {
  reference: string;
  state: State;
  joinedOn: Day;
  /** Since when its content is gone. */
  erasedOn: Day | null;
}

/** That a case is looked at in another one, as its own person knows it: whose that is, and where it stands, is not theirs to follow. */
export interface MyMergerView {
  joinedOn: Day;
  /** Whether the other case has ended. */
  isOver: boolean;
}

/** What the holder of a receipt left of themself. */
export interface MyIdentityView {
  identityMode: IdentityMode;
  /** Modes in which more is known, that the reader can move the case to. */
  movesTo: IdentityMode[];
  name: string | null;
  contact: Contact | null;
  /** Whether the reader can change anything of it. */
  mayChange: boolean;
}

/** Name and contact of everybody in a case who left one, opened to one member of staff until an instant. */
export interface IdentityView {
  until: Instant;
  parties: { holder: HolderRole; name: string | null; contact: Contact | null }[];
}

/** Something that was shared, passed on or begun under a consent, or under a law in its place. */
export interface Disclosure {
  /** Null where the entry cannot be read any more. */
  on: Day | null;
  step: string;
  byRole: string;
  to: string | null;
  what: string | null;
  legalDuty: string | null;
}

/** One consent: what is asked, what the person decided last, and what already happened under it. */
export interface ConsentView {
  code: ConsentCode;
  /** In the words of `version`, in the language of the reader. */
  text: string;
  version: number;
  optOut: boolean;
  /** Whether the person can set limits. */
  scoped: boolean;
  /** A law or duty is the basis, not this consent. */
  lawInstead: boolean;
  /** No deed here rests on it yet. */
  onlyRecorded: boolean;
  /** Whether it holds now. */
  holds: boolean;
  /** Null while nothing was decided. */
  given: boolean | null;
  answeredVersion: number | null;
  language: string | null;
  decidedOn: Day | null;
  withdrawnOn: Day | null;
  scope: string | null;
  byRole: string | null;
  disclosures: Disclosure[];
}

export interface Contact {
  kind: string;
  value: string;
  safeContact?: string | null;
}

export interface AllegationView {
  n: number;
  harm: string | null;
  text: string;
  finding: string | null;
  findingReasons: string | null;
  /** A code of `STANDARDS_OF_PROOF`; null where nothing was assessed. */
  standardOfProof: string | null;
  /** Evidence was lost or withheld, which counts for the complainant; null where nobody said so. */
  evidenceWithheld: boolean | null;
  /** What the finding says of records that are missing. */
  missingRecords: string | null;
}

export interface OfferView {
  n: number;
  kind: string;
  madeByRole: string;
  madeOn: Day;
  text: string;
  replyDueOn: Day | null;
  status: string;
  answeredOn: Day | null;
}

export interface RemedyActionView {
  n: number;
  action: string;
  label: string;
  form: string;
  description: string;
  owner: string;
  dueOn: Day;
  status: string;
  /** Number of the offer it is part of; null where it was planned afterwards. */
  offer: number | null;
  /** Whether the complainant agreed to it; null while nobody asked. */
  agreed: boolean | null;
  /** What the complainant said of it when she answered the offer. */
  wish: string | null;
  doneOn: Day | null;
  /** Staff only; null for the complainant. */
  evidence: string | null;
  verificationQuestion: string | null;
  verificationResult: string | null;
  /** What is missing, in the words of the complainant. */
  verificationComment: string | null;
}

export interface InterimMeasureView {
  n: number;
  measure: string;
  label: string;
  status: string;
  reason: string;
  owner: string;
  dueOn: Day;
}

/** A measure of the plan that protects somebody of the case. */
export interface ProtectionView {
  n: number;
  /** A code of `PROTECTION_MEASURES`. */
  measure: string;
  /** A code of `PERSONS_AT_RISK`. */
  protects: string;
  /** A code of `PROTECTION_STATES`. */
  status: string;
  wished: boolean | null;
  owner: string;
  plannedOn: Day;
  begunOn: Day | null;
  reviewedOn: Day | null;
  reviewOn: Day;
  /** Whether the day of the review has come. */
  reviewDue: boolean;
  endedOn: Day | null;
}

export interface AppealView {
  n: number;
  against: State;
  grounds: string | null;
  filedOn: Day;
  late: boolean;
  reviewer: string | null;
  outcome: string | null;
  reasons: string | null;
  decidedOn: Day | null;
}

export interface QuestionView {
  n: number;
  text: string;
  why: string;
  dueOn: Day;
  answeredOn: Day | null;
}

export interface MessageView {
  n: number;
  fromRole: string;
  /** Name of the member of staff for staff; null for the complainant, who sees the role. */
  by: string | null;
  writtenOn: Day;
  /** As the writer said; null where nobody was asked yet. */
  language: string | null;
  /** Number of the offer it is about, if it is about one. */
  aboutOffer: number | null;
  /** `email`: a reply to our mail, whose sender nobody checked; null: its writer was in the case. */
  cameBy: string | null;
  text: string;
}

export interface EvidenceView {
  n: number;
  fileName: string;
  describes: string | null;
  mediaType: string;
  sizeInBytes: number;
  /** Of the original. */
  sha256: string;
  fromRole: string;
  addedOn: Day;
  /** CLEANED: staff open a working copy; HELD: only the original, with a reason; QUARANTINED: nobody opens it. */
  handling: string;
  heldReason: string | null;
  /** What the working copy no longer has. */
  removed: string[] | null;
  /** Degrees clockwise by which the working copy has to be turned to stand upright. */
  turnedBy: number | null;
  /** MISSING or ALTERED when the original or the working copy is no longer in the store as it was stored. */
  fault: string | null;
}

/** What happened to a file, from the entry that says so. */
export interface CustodyLine extends HistoryLine {
  /** Why somebody opened the original, for case staff; null for auditors and where no reason is asked. */
  reason: string | null;
}

/** A file and everything that happened to it. What a person wrote is in it for case staff only. */
export interface CustodyView extends Omit<EvidenceView, 'fileName' | 'describes'> {
  /** Null for auditors. */
  fileName: string | null;
  workingSha256: string | null;
  /** Whether the store has the file now; null for a working copy that never was. */
  originalIsThere: boolean;
  workingCopyIsThere: boolean | null;
  lines: CustodyLine[];
}

/** A letter to the complainant; its words are rendered by `notices` in the language of the reader. */
export interface LetterView {
  letter: string;
  language: string;
  /** Of the case, that caused it: the number by which a translation names it. */
  revision: number;
  queuedOn: Day;
  status: string;
  subject: string;
  paragraphs: string[];
}

/** One line of a history, read from the ledger; what people wrote is not in it. */
export interface HistoryLine {
  n: number;
  act: string;
  byRole: string;
  /** Name for case staff, pseudonym for auditors, null for a rightsholder or the system. */
  by: string | null;
  on: Day | null;
  at: Instant | null;
  from: string | null;
  to: string | null;
  facts: Record<string, unknown>;
  leafHash: string;
}

/** A history as an auditor reads it: entries with their text as stored, staff under pseudonyms, and whether it holds. */
export interface AuditedCase {
  ledgerId: string;
  reference: string;
  /** Its content is gone since this day, under this schedule; null while it is there. */
  erasedOn: Day | null;
  erasedUnder: string | null;
  /** `body` is null where the entry names a case that the auditor is kept out of. */
  entries: (HistoryLine & { body: string | null })[];
  /** What does not agree, as sentences; empty when the chain and the rows hold. */
  differences: string[];
}

/** A page of the history of the house, newest first. */
export interface AuditedHouse {
  entries: (HistoryLine & { body: string })[];
  /** What does not agree on this page, as sentences; such entries are not among `entries`. */
  differences: string[];
  /** `before` of the next page. */
  next: number | null;
}

/** A step that this visitor could take in this state, with what it asks and what is still missing. */
export interface OpenStep {
  step: string;
  to: State;
  by: string;
  asks: AskName[];
  mayAsk: AskName[];
  /** Needs about the case that are not met yet; answers are not counted. */
  unmet: UnmetNeed[];
  /** Role that has to agree, or null. */
  agreedBy: string | null;
  /** Set when somebody proposed this step and this visitor can agree or refuse. */
  proposal: { proposedBy: string; proposedOn: Day; answers: Record<string, unknown> } | null;
}

/** The case as staff see it. Identity and contact are not in it. */
/** One time at which the person is asked whether she is safe. */
export interface CheckInView {
  n: number;
  everyDays: number;
  dueOn: Day;
  status: string;
  askedOn: Day | null;
  answer: string | null;
  answeredOn: Day | null;
}

/** Somebody who speaks for the person. */
export interface MandateView {
  n: number;
  /** Whether it is the reader's own. */
  own: boolean;
  /** As they gave it; null to everybody but the person. */
  name: string | null;
  /** CLAIMED, CONFIRMED, REFUSED, ENDED or EXPIRED. */
  status: string;
  /** Null while nobody said what it rests on. */
  basis: string | null;
  covers: string[];
  since: Day | null;
  until: Day | null;
  /** Number of a file of the case. */
  proof: number | null;
  limits: string | null;
  byRole: string;
  recordedOn: Day;
  confirmedBy: string | null;
  confirmedOn: Day | null;
  endedBy: string | null;
  endedOn: Day | null;
  reasons: string | null;
}

/** Another route that the person takes. */
export interface ProceedingView {
  n: number;
  /** A code of `PARALLEL_PROCEEDINGS`. */
  type: string;
  /** A code of `PARALLEL_COURSES`. */
  course: string;
  body: string | null;
  reference: string | null;
  begunOn: Day | null;
  byRole: string;
  recordedOn: Day;
  endedOn: Day | null;
  result: string | null;
}

/** What the inquiry asked for, and what came of it, as the person reads it. */
export interface MyEvidenceRequestView {
  n: number;
  /** A code of `ASKED_OF`. */
  askedOf: string;
  askedOn: Day;
  /** A code of `EVIDENCE_REQUEST_STATUSES`. */
  status: string;
  settledOn: Day | null;
  /** A code of `RECORDS_FOUND`; null while it waits. */
  records: string | null;
}

/** The same for staff. */
export interface EvidenceRequestView extends MyEvidenceRequestView {
  whom: string;
  text: string;
  /** Number of the allegation; null where it is about all of them. */
  allegation: number | null;
  by: string;
  byRole: string;
  dueOn: Day;
  overdue: boolean;
  /** What came, or why nothing did. */
  reply: string | null;
  /** A code of `REFUSAL_GROUNDS`. */
  refusalGround: string | null;
}

/** Somebody proposed to lead the dialogue, as the person reads it. */
export interface MyFacilitatorView {
  n: number;
  who: string;
  /** Why this is somebody neutral. */
  neutral: string;
  proposedOn: Day;
  /** What each side says: codes of `FACILITATOR_ANSWERS`. */
  person: string;
  personOn: Day | null;
  personSaid: string | null;
  unit: string;
}

/** The same for staff. */
export interface FacilitatorView extends MyFacilitatorView {
  byRole: string;
  unitOn: Day | null;
  unitSaid: string | null;
}

/** An interview or session that the person is at. */
export interface MyMeetingView {
  n: number;
  /** A code of `MEETING_KINDS`. */
  kind: string;
  plannedFor: Day;
  details: string;
  /** A code of `MEETING_STATUSES`. */
  status: string;
  /** Day on which it was held, or was to be. */
  heldOn: Day | null;
}

/** Any interview or session, for staff. */
export interface MeetingView extends MyMeetingView {
  /** A code of `MEETING_PARTNERS`. */
  withWhom: string;
  byRole: string;
  accompanied: boolean | null;
  /** Number of the transcript. */
  transcript: number | null;
  note: string | null;
}

/** An AI system of the register that a case names, or named. */
export interface NamedSystemView {
  number: number;
  systemName: string;
  byRole: string;
  namedOn: Day;
  /** Since when the case is not about it any more. */
  unnamedOn: Day | null;
}

/** A request to whoever holds logs of a system to keep them. */
export interface PreservationRequestView {
  n: number;
  systemNumber: number;
  /** A code of `LOG_HOLDERS`. */
  logHolder: string;
  logs: string;
  byRole: string;
  askedOn: Day;
  dueOn: Day;
  overdue: boolean;
  /** A code of `PRESERVATION_ANSWERS`, or `NOT_CONCERNED`; null while nobody answered. */
  answer: string | null;
  answeredOn: Day | null;
  reply: string | null;
}

/** One task of the chain of notices of AI Act Art. 26(5). */
export interface Article26NoticeView {
  n: number;
  systemNumber: number;
  /** A code of `ARTICLE_26_GROUNDS`. */
  ground: string;
  /** A code of `ARTICLE_26_ADDRESSEES`. */
  addressee: string;
  since: Day;
  dueOn: Day;
  overdue: boolean;
  /** A code of `ARTICLE_26_OUTCOMES`, or `NOT_CONCERNED`; null while it is to be done. */
  outcome: string | null;
  toldOn: Day | null;
  settledOn: Day | null;
  words: string | null;
  /** The last day of the report of Art. 73, where the provider of a system in a serious incident cannot be reached; whether it binds is `ARTICLE_FORCE_STATUS`. */
  article73LatestOn: Day | null;
}

/** What one of the staff wrote for the others. */
export interface InternalNoteView {
  n: number;
  byRole: string;
  by: string;
  writtenOn: Day;
  text: string;
}

export interface CaseView {
  reference: string;
  state: State;
  revision: number;
  policyVersion: string;
  lodgedOn: Day;
  closedOn: Day | null;
  complaint: Complaint;
  /** Whether any legal hold stands. */
  legalHold: boolean;
  /** Since when a protection officer has to look whether the person is safe; null where nobody has to. */
  alertSince: Day | null;
  /** Of a complaint by e-mail: a code of `MAIL_ANSWERS`, what became of the number for the person; null for any other. */
  mailAnswer: string | null;
  checkIns: CheckInView[];
  /** Columns that steps set: useDomain, rights, harms, tier, involvement … (null while unknown). */
  assessment: Record<string, string | number | boolean | string[] | null>;
  suspendedUntil: Day | null;
  late: LateView[];
  lateReports: LateReportView[];
  dialogue: DialogueView;
  mandates: MandateView[];
  supports: SupportView[];
  proceedings: ProceedingView[];
  evidenceRequests: EvidenceRequestView[];
  facilitators: FacilitatorView[];
  meetings: MeetingView[];
  systems: NamedSystemView[];
  preservationRequests: PreservationRequestView[];
  article26Notices: Article26NoticeView[];
  amendments: AmendmentView[];
  transcripts: TranscriptView[];
  translations: TranslationView[];
  clocks: ClockView[];
  allegations: AllegationView[];
  offers: OfferView[];
  actions: RemedyActionView[];
  measures: InterimMeasureView[];
  protection: ProtectionView[];
  holds: HoldView[];
  erasureRequests: ErasureRequestView[];
  appeals: AppealView[];
  questions: QuestionView[];
  messages: MessageView[];
  internalNotes: InternalNoteView[];
  evidence: EvidenceView[];
  letters: LetterView[];
  stories: StoryView[];
  links: { type: string; reference: string }[];
  /** Null where no rule holds, and once it is decided where the case goes. */
  routing: RoutingView | null;
  /** Other cases that may tell of the same, the most alike first; looked for while the case can be joined to one. */
  duplicates: LikelyDuplicate[];
  /** Null where it was not lodged for a group. */
  collective: CollectiveView | null;
  /** Null where it is part of no collective complaint that the reader may see. */
  memberOf: MyMembershipView | null;
  /** The case in which it is looked at; null where there is none that the reader may see. */
  mergedInto: MyMembershipView | null;
  /** Cases that are looked at in this one, as far as the reader may see them. */
  mergedHere: { reference: string; state: State }[];
  assignments: AssignmentView[];
  heldBy: HeldBy;
  exclusions: ExclusionView[];
  breakGlass: BreakGlassView[];
  guests: GuestView[];
  /** What the person decided about consents; those nobody asked about are not in it. */
  consents: Omit<ConsentView, 'disclosures'>[];
  /** What was said at each step, newest last. */
  said: {
    step: string;
    byRole: string;
    by: string | null;
    revision: number;
    answers: Record<string, unknown>;
  }[];
}

/** Somebody on the team, or asked onto it. */
export interface AssignmentView {
  role: string;
  name: string;
  personId: string;
  /** Whether the person has yet to say if there is a conflict of interest. */
  isAsked: boolean;
  /** From outside, for this case alone. */
  isGuest: boolean;
  /** Whether the person is no longer active, or no longer holds the role: the place waits to be handed over. */
  hasLeft: boolean;
}

/** In whose hands a case is. Without names: in those of everybody who holds the role. */
export interface HeldBy {
  role: string;
  names: string[];
}

/** Somebody, or a unit, that must not learn of the case. */
export interface ExclusionView {
  n: number;
  ground: string;
  person: string | null;
  unit: string | null;
  /** Null: the person withdrew. */
  excludedBy: string | null;
  excludedOn: Day;
  endedOn: Day | null;
}

/** How far a guest is: the link waits, was not used in its time, was used; the last day is over; somebody ended it. */
export type GuestStatus = 'INVITED' | 'NOT_USED' | 'LET_IN' | 'OVER' | 'ENDED';

/** Somebody from outside whom the case was opened to. */
export interface GuestView {
  n: number;
  role: string;
  /** The last day. */
  until: Day;
  seesFiles: boolean;
  /** Null until the link was used, as is the name. */
  personId: string | null;
  name: string | null;
  invitedBy: string;
  invitedOn: Day;
  /** The day on which they last opened the case. */
  readOn: Day | null;
  endedOn: Day | null;
  status: GuestStatus;
}

/** That somebody from outside the team opened the case in an emergency. */
export interface BreakGlassView {
  n: number;
  by: string;
  role: string;
  reason: string;
  openedAt: Instant;
  until: Instant;
  reviewedBy: string | null;
  reviewedOn: Day | null;
  wasNeeded: boolean | null;
}

/** A case that somebody is asked to work on: as much of it as is needed to say whether there is a conflict of interest. */
export interface AskedView {
  reference: string;
  revision: number;
  roles: string[];
  askedBy: string | null;
  concerns: string | null;
}

/** An emergency opening that no protection officer has looked at yet. */
export type UnreviewedView = BreakGlassView & { reference: string };

/** What is, was or may become public of a case. */
export interface StoryView {
  /** PROPOSED: it waits for the protection officer, and nobody outside the case can read it. */
  status: 'PROPOSED' | 'SHOWN' | 'TAKEN_DOWN';
  /** Of the text. */
  language: string;
  text: string;
  publishedOn: Day | null;
}

/** A page of what everybody can read. */
export interface PublicStories {
  stories: Pick<StoryView, 'language' | 'text'>[];
  /** Number of the next page. */
  next: number | null;
}

/** The case as the complainant sees it. Nothing internal is in it; staff appear by role. */
export interface MyCaseView {
  /** Of the holder of the receipt, as is the contact. */
  name: string | null;
  reference: string;
  state: State;
  revision: number;
  lodgedOn: Day;
  complaint: Complaint;
  contact: Contact | null;
  /** Role that owns the next step. */
  nextRole: string;
  late: LateView[];
  lateReports: LateReportView[];
  dialogue: DialogueView;
  mandates: MandateView[];
  supports: SupportView[];
  amendments: AmendmentView[];
  transcripts: TranscriptView[];
  facilitators: MyFacilitatorView[];
  meetings: MyMeetingView[];
  translations: TranslationView[];
  clocks: ClockView[];
  /** Only from the moment findings were shared, as are the requests for evidence. */
  allegations: AllegationView[];
  evidenceRequests: MyEvidenceRequestView[];
  offers: OfferView[];
  actions: RemedyActionView[];
  appeals: AppealView[];
  questions: QuestionView[];
  letters: LetterView[];
  evidence: EvidenceView[];
  checkIns: CheckInView[];
  suspendedUntil: Day | null;
  stories: StoryView[];
  collective: MyCollectiveView | null;
  memberOf: MyMembershipView | null;
  /** Where it was joined to another one. */
  mergedInto: MyMergerView | null;
  statement: string;
}

/** What is left for the complainant of a case that was erased; its timeline stays. */
export interface MyErasure {
  reference: string;
  language: string;
  erasedOn: Day;
  erasedUnder: string;
}

/** A line of the complainant's timeline: by day, by role. */
/** One line of the person's timeline; day and states are null where the entry cannot be read any more. */
export interface TimelineLine {
  on: Day | null;
  act: string;
  byRole: string;
  from: string | null;
  to: string | null;
  /** What staff gave as reason for opening who the person is, or an original file; null for every other deed. */
  reason: string | null;
}
