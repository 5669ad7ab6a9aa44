import type { Day, Instant } from '../platform/time';
import type { LateThing } from '../rules/lateness';
import type { State } from '../rules/states';
import type { Readiness } from '../rules/workflow';
import type { AskName } from '../rules/asks';
import type { UnmetNeed } from '../platform/refusal';
import type { CheckInView, ProtectionView } from './safety/views';
import type { PacketView } from './sharing/views';
import type {
  AmendmentView,
  ConsentView,
  Contact,
  ContactAttemptView,
  DenialView,
  DictationView,
  MandateView,
  MyDictationView,
  MyProposedDictationView,
  SupportView,
  TranscriptView,
  MyTranslationRequestView,
  TranslationRequestView,
  TranslationView,
} from './party-views';
import type {
  AllegationView,
  EvidenceRequestView,
  FacilitatorView,
  MeetingView,
  MyEvidenceRequestView,
  MyFacilitatorView,
  MyMeetingView,
} from './inquiry/views';
import type { Article26NoticeView, NamedSystemView, PreservationRequestView } from './registers/views';
import type { InterimMeasureView, OfferView, RemedyActionView } from './remedy/views';
import type { ErasureRequestView, HoldView } from './erasure/views';
import type { AppealView, LessonView, StoryView } from './closure/views';
import type { EvidenceView, WrittenDown } from './record-views';
import type { LikelyDuplicate, MyMergerView, RoutingView } from './triage/views';
import type { CollectiveView, MyCollectiveView, MyMembershipView } from './collective/views';
import type { AssignmentView, BreakGlassView, ExclusionView, GuestView, HeldBy } from './team/views';

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
  /** The day on which its end was put off, and why; null while it was not. */
  extendedOn: Day | null;
  extensionReason: string | null;
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

/** Whether the person can write and send files, and until when; null: as long as the case or what we owe goes on. */
export interface DialogueView {
  isOpen: boolean;
  until: Day | null;
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
  /** Of a complaint for a group: who belongs to it, as the person, or who acts for her, told last. */
  groupDefinition: string | null;
  /** The same, as staff wrote it last. */
  groupByStaff: string | null;
}

export interface QuestionView {
  n: number;
  text: string;
  why: string;
  dueOn: Day;
  answeredOn: Day | null;
  /** Where the answer was said and staff wrote it down, and the reader is told. */
  answeredThrough: WrittenDown | null;
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
  /** `email`: a reply to our mail, whose sender nobody checked; a code of `SAID_THROUGH`: staff wrote it down; null: its writer was in the case, or the reader is not told. */
  cameBy: string | null;
  /** The role that wrote it down. */
  penRole: string | null;
  text: string;
}

/** A letter to the complainant; its words are rendered by `notices` in the language of the reader. */
export interface LetterView {
  letter: string;
  language: string;
  /** Of the case, that caused it: the number by which a translation names it. */
  revision: number;
  queuedOn: Day;
  status: string;
  /** Version of the organisation's own words; null: the built-in ones. */
  wording: number | null;
  subject: string;
  paragraphs: string[];
}

/** The same as she sees it, with its number among hers, from 1: by that a translation names it to her. */
export type MyLetterView = Omit<LetterView, 'revision'> & { n: number };

/** A step that this visitor could take in this state, or settle, with what it asks and how far it is from being taken. */
export interface OpenStep {
  step: string;
  to: State;
  by: string;
  asks: AskName[];
  mayAsk: AskName[];
  readiness: Readiness;
  /** Needs about the case that are not met yet; answers are not counted. Of what is proposed: why this visitor cannot agree now. */
  unmet: UnmetNeed[];
  /** Role that has to agree, or null. */
  agreedBy: string | null;
  /** Set when somebody proposed this step and it waits for a second person. */
  proposal: ProposalView | null;
  /** Whether it is a step of the person, to be written down for them. */
  dictated: boolean;
}

/** A proposed step that waits for a second person. */
export interface ProposalView {
  /** Name of the proposer. */
  proposedBy: string;
  byRole: string;
  proposedOn: Day;
  /** When the person last said that they never said this; null where they did not. */
  deniedOn: Day | null;
  answers: Record<string, unknown>;
  /** Whether this visitor is a second person, who refuses it or, where nothing is unmet, agrees. */
  maySettle: boolean;
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
  /** A code of `COUNTRIES`. */
  country: string | null;
  /** A code of `PROCEEDING_FILERS`. */
  filedBy: string | null;
  stayRequested: boolean | null;
  /** Codes of `PROCEEDING_ORDERS`. */
  orders: string[];
  orderedOn: Day | null;
  order: string | null;
  toldOn: Day | null;
  byRole: string;
  recordedOn: Day;
  endedOn: Day | null;
  /** A code of `PROCEEDING_OUTCOMES`. */
  outcome: string | null;
  result: string | null;
}

/** What one of the staff wrote for the others. */
export interface InternalNoteView {
  n: number;
  byRole: string;
  by: string;
  writtenOn: Day;
  text: string;
}

/** A step that waits for a second person, as the whole team sees it; what was said in it is for whoever may agree. */
export interface WaitingProposalView {
  step: string;
  proposedBy: string;
  proposedOn: Day;
  /** Null where it was proposed before there was such a day. */
  dueOn: Day | null;
  /** The role that agrees or refuses. */
  agreedBy: string;
  /** Who of the team holds that role and did not propose it. */
  mayAgree: string[];
}

/** What the team gave itself to do. */
export interface TeamTaskView {
  n: number;
  text: string;
  owner: string;
  ownerRole: string;
  addedOn: Day;
  dueOn: Day;
  /** OPEN, DONE or DROPPED. */
  status: string;
  settledOn: Day | null;
}

/** Something that somebody owes in a case. */
export interface TaskView {
  /** A code of `TASKS`. */
  kind: string;
  /** Number of the object that it is about; null where there is only one such thing. */
  n: number | null;
  /** Of a task that the team gave itself: what it is; null of every other. */
  text: string | null;
  /** The role that has to act. */
  owedBy: string;
  /** Name of the person that has to act, where one is named. */
  who: string | null;
  /** Null where no day is set. */
  dueOn: Day | null;
  overdue: boolean;
  /** The step that settles it, or that waits for agreement; null where several do. */
  step: string | null;
  /** False where the role that has to act sees only cases of its team, and nobody in it is on this one. */
  isReached: boolean;
}

/** The case as staff see it. Identity and contact are not in it. */
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
  /** What is owed in it, the earliest day first. */
  tasks: TaskView[];
  /** Steps that wait for a second person. */
  proposals: WaitingProposalView[];
  /** What the team gave itself to do, settled ones too. */
  teamTasks: TeamTaskView[];
  late: LateView[];
  lateReports: LateReportView[];
  dialogue: DialogueView;
  mandates: MandateView[];
  dictations: DictationView[];
  denials: DenialView[];
  contactAttempts: ContactAttemptView[];
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
  translationRequests: TranslationRequestView[];
  lessons: LessonView[];
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
  /** Where the page before each of these lists ends; null: there is nothing earlier. */
  earlier: Record<keyof CasePages, number | null>;
  /** A page of them: the newest, unless others were asked for. So are notes, letters and files. */
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
  /** What was put together to be passed on, and when it was. */
  packets: PacketView[];
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

/** Which page of the lists of a case that grow without end: only what comes before this number, or revision. */
export interface CasePages {
  messages?: number | undefined;
  notes?: number | undefined;
  letters?: number | undefined;
  evidence?: number | undefined;
}

/** The case before it is gathered what is owed in it, which depends on who reads it. */
export type UntaskedView = Omit<CaseView, 'tasks'>;

/** Which page of the lists of the case that the complainant sees. */
export type MyCasePages = Pick<CasePages, 'letters' | 'evidence'>;

/** The case as the complainant sees it. Nothing internal is in it; staff appear by role. */
export interface MyCaseView {
  /** Of the holder of the receipt, as is the contact. */
  name: string | null;
  reference: string;
  state: State;
  /** What her forms carry: a mark, not the revision, which counts how often others read the case. */
  seen: string;
  /** The version of the process that it is held to. */
  policyVersion: string;
  lodgedOn: Day;
  complaint: Complaint;
  contact: Contact | null;
  /** Role that owns the next step. */
  nextRole: string;
  late: LateView[];
  lateReports: LateReportView[];
  dialogue: DialogueView;
  mandates: MandateView[];
  dictations: MyDictationView[];
  dictationsProposed: MyProposedDictationView[];
  supports: SupportView[];
  amendments: AmendmentView[];
  transcripts: TranscriptView[];
  facilitators: MyFacilitatorView[];
  meetings: MyMeetingView[];
  translations: TranslationView[];
  /** Into the language of the case alone. */
  translationsUnderWay: MyTranslationRequestView[];
  clocks: ClockView[];
  /** Only from the moment findings were shared, as are the requests for evidence. */
  allegations: AllegationView[];
  evidenceRequests: MyEvidenceRequestView[];
  offers: OfferView[];
  actions: RemedyActionView[];
  appeals: AppealView[];
  questions: QuestionView[];
  /** A page of them: the newest, unless others were asked for. */
  letters: MyLetterView[];
  /** Where the page of letters before this one ends; null: there is none. */
  earlierLetters: number | null;
  /** A page of them, as of the letters. */
  evidence: EvidenceView[];
  /** Where the page of files before this one ends; null: there is none. */
  earlierEvidence: number | null;
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
