import { Alert } from './entities/alert';
import { Allegation } from './entities/allegation';
import { Answers } from './entities/answers';
import { ApiToken } from './entities/api-token';
import { Appeal } from './entities/appeal';
import { Assignment } from './entities/assignment';
import { BreakGlass } from './entities/break-glass';
import { CaseStay } from './entities/case-stay';
import { Case } from './entities/case';
import { CaseLink } from './entities/case-link';
import { CheckIn } from './entities/check-in';
import { Clock } from './entities/clock';
import { ContactAttempt } from './entities/contact-attempt';
import { Consent } from './entities/consent';
import { DataKey } from './entities/data-key';
import { DisposalBatch } from './entities/disposal-batch';
import { DisposalItem } from './entities/disposal-item';
import { DoomedFile } from './entities/doomed-file';
import { Draft } from './entities/draft';
import { DraftFile } from './entities/draft-file';
import { Entry } from './entities/entry';
import { ErasureRequest } from './entities/erasure-request';
import { Evidence } from './entities/evidence';
import { Exclusion } from './entities/exclusion';
import { Guest } from './entities/guest';
import { IdempotencyKey } from './entities/idempotency-key';
import { InterimMeasure } from './entities/interim-measure';
import { Invitation } from './entities/invitation';
import { InternalNote } from './entities/internal-note';
import { Facilitator } from './entities/facilitator';
import { Meeting } from './entities/meeting';
import { EvidenceRequest } from './entities/evidence-request';
import { Packet } from './entities/packet';
import { ParallelProceeding } from './entities/parallel-proceeding';
import { JoinCode } from './entities/join-code';
import { LateReport } from './entities/late-report';
import { LegalHold } from './entities/legal-hold';
import { LogCheckpoint } from './entities/log-checkpoint';
import { LogLeaf } from './entities/log-leaf';
import { MailAnswer } from './entities/mail-answer';
import { MailboxVisit } from './entities/mailbox-visit';
import { Dictation } from './entities/dictation';
import { Mandate } from './entities/mandate';
import { MemberNews } from './entities/member-news';
import { Membership } from './entities/membership';
import { Merger } from './entities/merger';
import { Opening } from './entities/opening';
import { Message } from './entities/message';
import { Notice } from './entities/notice';
import { Offer } from './entities/offer';
import { Party } from './entities/party';
import { Passkey } from './entities/passkey';
import { PatternReview } from './entities/pattern-review';
import { Person } from './entities/person';
import { Proposal } from './entities/proposal';
import { QueuePlace } from './entities/queue-place';
import { ProtectionMeasure } from './entities/protection-measure';
import { Question } from './entities/question';
import { Redaction } from './entities/redaction';
import { RegisterCase } from './entities/register-case';
import { RegisterEmptying } from './entities/register-emptying';
import { RegisterEntry } from './entities/register-entry';
import { RegisterVersion } from './entities/register-version';
import { RemedyAction } from './entities/remedy-action';
import { PolicyDraft } from './entities/policy-draft';
import { PolicyVersion } from './entities/policy-version';
import { RoutingVersion } from './entities/routing-version';
import { Wording } from './entities/wording';
import { SearchProgress } from './entities/search-progress';
import { SearchWord } from './entities/search-word';
import { SearchedCase } from './entities/searched-case';
import { SearchedGroup } from './entities/searched-group';
import { Recovery } from './entities/recovery';
import { SecondFactorUse } from './entities/second-factor-use';
import { SavedView } from './entities/saved-view';
import { Session } from './entities/session';
import { SingleSignOnUse } from './entities/single-sign-on-use';
import { SupportRequest } from './entities/support-request';
import { Amendment } from './entities/amendment';
import { TakenMail } from './entities/taken-mail';
import { Transcript } from './entities/transcript';
import { Translation } from './entities/translation';
import { TeamTask } from './entities/team-task';
import { TranslationRequest } from './entities/translation-request';
import { Lesson } from './entities/lesson';
import { Story } from './entities/story';
import { SurveyAnswer } from './entities/survey-answer';
import { WaitingEntry } from './entities/waiting-entry';
import { AiSystem } from './entities/ai-system';
import { SystemRecord } from './entities/system-record';
import { Vendor } from './entities/vendor';
import { CaseSystem } from './entities/case-system';
import { PreservationRequest } from './entities/preservation-request';
import { Article26Notice } from './entities/article26-notice';

/** Every table of the house. */
export const ENTITIES = [
  Alert,
  Allegation,
  Answers,
  ApiToken,
  Appeal,
  Assignment,
  BreakGlass,
  Case,
  CaseLink,
  CheckIn,
  Clock,
  Consent,
  DataKey,
  DisposalBatch,
  DisposalItem,
  DoomedFile,
  Draft,
  DraftFile,
  Entry,
  ErasureRequest,
  Evidence,
  Exclusion,
  Guest,
  IdempotencyKey,
  InterimMeasure,
  Invitation,
  JoinCode,
  LateReport,
  LegalHold,
  LogCheckpoint,
  LogLeaf,
  MailAnswer,
  MailboxVisit,
  Mandate,
  Dictation,
  ContactAttempt,
  MemberNews,
  Membership,
  Merger,
  Opening,
  Message,
  Notice,
  Offer,
  Party,
  Passkey,
  Person,
  Proposal,
  QueuePlace,
  CaseStay,
  PatternReview,
  ProtectionMeasure,
  Question,
  RemedyAction,
  RoutingVersion,
  PolicyDraft,
  PolicyVersion,
  Wording,
  SearchProgress,
  SearchWord,
  SearchedCase,
  SearchedGroup,
  Recovery,
  SecondFactorUse,
  SavedView,
  Session,
  SingleSignOnUse,
  SupportRequest,
  Amendment,
  TakenMail,
  Transcript,
  Translation,
  TranslationRequest,
  TeamTask,
  Lesson,
  Story,
  SurveyAnswer,
  InternalNote,
  Redaction,
  Packet,
  ParallelProceeding,
  EvidenceRequest,
  Facilitator,
  Meeting,
  WaitingEntry,
  Vendor,
  AiSystem,
  SystemRecord,
  RegisterEntry,
  RegisterVersion,
  RegisterCase,
  RegisterEmptying,
  CaseSystem,
  PreservationRequest,
  Article26Notice,
];
