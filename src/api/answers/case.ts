import { ApiProperty } from '../../platform/api-decorators';
import type { State } from '../../rules/states';
import {
  AllegationAnswer,
  AppealAnswer,
  CheckInAnswer,
  ClockAnswer,
  InterimMeasureAnswer,
  LikelyDuplicateAnswer,
  RoutingAnswer,
  ProtectionAnswer,
  LateAnswer,
  LateReportAnswer,
  LinkAnswer,
  OfferAnswer,
  QuestionAnswer,
  RemedyActionAnswer,
  SaidAnswer,
  WaitingProposalAnswer,
  TeamTaskAnswer,
  TaskAnswer,
} from './case-objects';
import { CollectiveAnswer, MemberAnswer, MembershipAnswer } from './collective';
import { DecidedConsentAnswer } from './consent';
import { EarlierAnswer, InternalNoteAnswer, LetterAnswer, MessageAnswer } from './correspondence';
import { ErasureRequestAnswer, HoldAnswer } from './erasure';
import { EvidenceAnswer } from './evidence';
import { day, dayOrNull, text, textOrNull, integer, yesNo, state, anything } from './fields';
import { ComplaintAnswer } from './my-case';
import { ContactAttemptAnswer } from './contact-attempt';
import { DenialAnswer, DictationAnswer } from './dictation';
import { MandateAnswer } from './mandate';
import { EvidenceRequestAnswer } from './evidence-request';
import { FacilitatorAnswer, MeetingAnswer } from './facilitation';
import {
  Article26NoticeAnswer,
  LessonAnswer,
  NamedSystemAnswer,
  PreservationRequestAnswer,
} from './case-systems';
import { PacketAnswer } from './sharing';
import { ProceedingAnswer } from './proceeding';
import { StoryAnswer } from './story';
import {
  AmendmentAnswer,
  DialogueAnswer,
  SupportAnswer,
  TranscriptAnswer,
  TranslationAnswer,
  TranslationRequestAnswer,
} from './taking-part';
import { AssignmentAnswer, BreakGlassAnswer, ExclusionAnswer, GuestAnswer, HeldByAnswer } from './team';

export class CaseAnswer {
  @ApiProperty(text) reference!: string;
  @ApiProperty(state) state!: State;
  @ApiProperty(integer) revision!: number;
  @ApiProperty({ description: 'The version of the process that it is held to; GET /policies names them.' })
  policyVersion!: string;
  @ApiProperty(day) lodgedOn!: string;
  @ApiProperty(dayOrNull) closedOn!: string | null;
  @ApiProperty({ type: ComplaintAnswer }) complaint!: ComplaintAnswer;
  @ApiProperty(yesNo) legalHold!: boolean;
  @ApiProperty({
    ...dayOrNull,
    description: 'Since when a protection officer has to look whether the person is safe.',
  })
  alertSince!: string | null;
  @ApiProperty({
    ...textOrNull,
    description: 'Of a complaint by e-mail: what became of the number for the person.',
  })
  mailAnswer!: string | null;
  @ApiProperty({ type: [CheckInAnswer] }) checkIns!: CheckInAnswer[];
  @ApiProperty(anything) assessment!: Record<string, string | number | boolean | string[] | null>;
  @ApiProperty(dayOrNull) suspendedUntil!: string | null;
  @ApiProperty({ type: [TaskAnswer], description: 'What is owed in it, the earliest day first.' })
  tasks!: TaskAnswer[];
  @ApiProperty({ type: [WaitingProposalAnswer], description: 'Steps that wait for a second person.' })
  proposals!: WaitingProposalAnswer[];
  @ApiProperty({
    type: [TeamTaskAnswer],
    description: 'What the team gave itself to do, settled ones too.',
  })
  teamTasks!: TeamTaskAnswer[];
  @ApiProperty({ type: [LateAnswer] }) late!: LateAnswer[];
  @ApiProperty({ type: [LateReportAnswer] }) lateReports!: LateReportAnswer[];
  @ApiProperty({ type: DialogueAnswer }) dialogue!: DialogueAnswer;
  @ApiProperty({ type: [MandateAnswer] }) mandates!: MandateAnswer[];
  @ApiProperty({ type: [DictationAnswer] }) dictations!: DictationAnswer[];
  @ApiProperty({ type: [DenialAnswer] }) denials!: DenialAnswer[];
  @ApiProperty({ type: [ContactAttemptAnswer] }) contactAttempts!: ContactAttemptAnswer[];
  @ApiProperty({ type: [SupportAnswer] }) supports!: SupportAnswer[];
  @ApiProperty({ type: [ProceedingAnswer] }) proceedings!: ProceedingAnswer[];
  @ApiProperty({ type: [EvidenceRequestAnswer] }) evidenceRequests!: EvidenceRequestAnswer[];
  @ApiProperty({ type: [FacilitatorAnswer] }) facilitators!: FacilitatorAnswer[];
  @ApiProperty({ type: [MeetingAnswer] }) meetings!: MeetingAnswer[];
  @ApiProperty({ type: [NamedSystemAnswer] }) systems!: NamedSystemAnswer[];
  @ApiProperty({ type: [PreservationRequestAnswer] }) preservationRequests!: PreservationRequestAnswer[];
  @ApiProperty({ type: [Article26NoticeAnswer] }) article26Notices!: Article26NoticeAnswer[];
  @ApiProperty({ type: [AmendmentAnswer] }) amendments!: AmendmentAnswer[];
  @ApiProperty({ type: [TranscriptAnswer] }) transcripts!: TranscriptAnswer[];
  @ApiProperty({ type: [TranslationAnswer] }) translations!: TranslationAnswer[];
  @ApiProperty({ type: [TranslationRequestAnswer] }) translationRequests!: TranslationRequestAnswer[];
  @ApiProperty({ type: [LessonAnswer] }) lessons!: LessonAnswer[];
  @ApiProperty({ type: [ClockAnswer] }) clocks!: ClockAnswer[];
  @ApiProperty({ type: [AllegationAnswer] }) allegations!: AllegationAnswer[];
  @ApiProperty({ type: [OfferAnswer] }) offers!: OfferAnswer[];
  @ApiProperty({ type: [RemedyActionAnswer] }) actions!: RemedyActionAnswer[];
  @ApiProperty({ type: [InterimMeasureAnswer] }) measures!: InterimMeasureAnswer[];
  @ApiProperty({ type: [ProtectionAnswer] }) protection!: ProtectionAnswer[];
  @ApiProperty({ type: [HoldAnswer] }) holds!: HoldAnswer[];
  @ApiProperty({ type: [ErasureRequestAnswer] }) erasureRequests!: ErasureRequestAnswer[];
  @ApiProperty({ type: [AppealAnswer] }) appeals!: AppealAnswer[];
  @ApiProperty({ type: [QuestionAnswer] }) questions!: QuestionAnswer[];
  @ApiProperty({ type: [DecidedConsentAnswer], description: 'Only what was decided.' })
  consents!: DecidedConsentAnswer[];
  @ApiProperty({ type: [PacketAnswer], description: 'What was put together to be passed on.' })
  packets!: PacketAnswer[];
  @ApiProperty({ type: EarlierAnswer, description: 'Where the page before each of these lists ends.' })
  earlier!: EarlierAnswer;
  @ApiProperty({ type: [MessageAnswer], description: 'The newest 50.' }) messages!: MessageAnswer[];
  @ApiProperty({ type: [InternalNoteAnswer], description: 'The newest 50.' })
  internalNotes!: InternalNoteAnswer[];
  @ApiProperty({ type: [EvidenceAnswer], description: 'The newest 50.' }) evidence!: EvidenceAnswer[];
  @ApiProperty({ type: [LetterAnswer], description: 'The newest 50.' }) letters!: LetterAnswer[];
  @ApiProperty({ type: [StoryAnswer] }) stories!: StoryAnswer[];
  @ApiProperty({ type: [LinkAnswer] }) links!: LinkAnswer[];
  @ApiProperty({ type: RoutingAnswer, nullable: true }) routing!: RoutingAnswer | null;
  @ApiProperty({
    type: [LikelyDuplicateAnswer],
    description: 'Cases that may tell of the same; looked for while the case can be joined to one.',
  })
  duplicates!: LikelyDuplicateAnswer[];
  @ApiProperty({ type: CollectiveAnswer, nullable: true, description: 'Where it was lodged for a group.' })
  collective!: CollectiveAnswer | null;
  @ApiProperty({
    type: MembershipAnswer,
    nullable: true,
    description: 'The collective complaint that it is part of, where the reader may see that.',
  })
  memberOf!: MembershipAnswer | null;
  @ApiProperty({ type: MembershipAnswer, nullable: true, description: 'The case in which it is looked at.' })
  mergedInto!: MembershipAnswer | null;
  @ApiProperty({ type: [MemberAnswer], description: 'Cases that are looked at in this one.' })
  mergedHere!: MemberAnswer[];
  @ApiProperty({ type: [AssignmentAnswer] }) assignments!: AssignmentAnswer[];
  @ApiProperty({ type: HeldByAnswer }) heldBy!: HeldByAnswer;
  @ApiProperty({ type: [ExclusionAnswer] }) exclusions!: ExclusionAnswer[];
  @ApiProperty({ type: [BreakGlassAnswer] }) breakGlass!: BreakGlassAnswer[];
  @ApiProperty({ type: [GuestAnswer] }) guests!: GuestAnswer[];
  @ApiProperty({ type: [SaidAnswer] }) said!: SaidAnswer[];
}
