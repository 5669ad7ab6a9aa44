import type { EntityTarget } from 'typeorm';
import { Allegation } from '../records/entities/allegation';
import { Answers } from '../records/entities/answers';
import { Appeal } from '../records/entities/appeal';
import { Assignment } from '../records/entities/assignment';
import { BreakGlass } from '../records/entities/break-glass';
import { Case } from '../records/entities/case';
import { CaseLink } from '../records/entities/case-link';
import { CheckIn } from '../records/entities/check-in';
import { Clock } from '../records/entities/clock';
import { ContactAttempt } from '../records/entities/contact-attempt';
import { Dictation } from '../records/entities/dictation';
import { Consent } from '../records/entities/consent';
import { ErasureRequest } from '../records/entities/erasure-request';
import { Evidence } from '../records/entities/evidence';
import { Exclusion } from '../records/entities/exclusion';
import { Guest } from '../records/entities/guest';
import { InternalNote } from '../records/entities/internal-note';
import { InterimMeasure } from '../records/entities/interim-measure';
import { JoinCode } from '../records/entities/join-code';
import { LateReport } from '../records/entities/late-report';
import { LegalHold } from '../records/entities/legal-hold';
import { Mandate } from '../records/entities/mandate';
import { MemberNews } from '../records/entities/member-news';
import { Membership } from '../records/entities/membership';
import { Merger } from '../records/entities/merger';
import { Message } from '../records/entities/message';
import { Notice } from '../records/entities/notice';
import { Opening } from '../records/entities/opening';
import { Offer } from '../records/entities/offer';
import { Facilitator } from '../records/entities/facilitator';
import { Meeting } from '../records/entities/meeting';
import { EvidenceRequest } from '../records/entities/evidence-request';
import { ParallelProceeding } from '../records/entities/parallel-proceeding';
import { Packet } from '../records/entities/packet';
import { Party } from '../records/entities/party';
import { Proposal } from '../records/entities/proposal';
import { ProtectionMeasure } from '../records/entities/protection-measure';
import { Question } from '../records/entities/question';
import { Redaction } from '../records/entities/redaction';
import { RemedyAction } from '../records/entities/remedy-action';
import { SupportRequest } from '../records/entities/support-request';
import { Amendment } from '../records/entities/amendment';
import { Transcript } from '../records/entities/transcript';
import { Translation } from '../records/entities/translation';
import { TeamTask } from '../records/entities/team-task';
import { TranslationRequest } from '../records/entities/translation-request';
import { Lesson } from '../records/entities/lesson';
import { Story } from '../records/entities/story';
import { SurveyAnswer } from '../records/entities/survey-answer';
import { CaseSystem } from '../records/entities/case-system';
import { PreservationRequest } from '../records/entities/preservation-request';
import { Article26Notice } from '../records/entities/article26-notice';

/** Tables whose every column is told by the history of the case, children before nothing: the order only groups messages. */
export const CASE_TABLES: readonly EntityTarget<{ id: string }>[] = [
  Case,
  Party,
  Allegation,
  Offer,
  RemedyAction,
  InterimMeasure,
  ProtectionMeasure,
  Appeal,
  CaseLink,
  Merger,
  JoinCode,
  Membership,
  MemberNews,
  CheckIn,
  Clock,
  Consent,
  Question,
  Message,
  InternalNote,
  Evidence,
  Redaction,
  Packet,
  Answers,
  Proposal,
  Assignment,
  Exclusion,
  BreakGlass,
  Guest,
  Opening,
  LateReport,
  LegalHold,
  ErasureRequest,
  Mandate,
  Dictation,
  ContactAttempt,
  SupportRequest,
  ParallelProceeding,
  EvidenceRequest,
  Facilitator,
  Meeting,
  Amendment,
  Transcript,
  Translation,
  TranslationRequest,
  TeamTask,
  Lesson,
  Story,
  SurveyAnswer,
  CaseSystem,
  PreservationRequest,
  Article26Notice,
  Notice,
];
