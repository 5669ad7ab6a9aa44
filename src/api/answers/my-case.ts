import { ApiProperty } from '../../platform/api-decorators';
import type { State } from '../../rules/states';
import {
  AllegationAnswer,
  AppealAnswer,
  CheckInAnswer,
  ClockAnswer,
  LateAnswer,
  LateReportAnswer,
  OfferAnswer,
  QuestionAnswer,
  RemedyActionAnswer,
} from './case-objects';
import { MembershipAnswer, MyCollectiveAnswer, MyMergerAnswer } from './collective';
import { MyLetterAnswer } from './correspondence';
import { EvidenceAnswer } from './evidence';
import { MyFacilitatorAnswer, MyMeetingAnswer } from './facilitation';
import { MyEvidenceRequestAnswer } from './evidence-request';
import {
  day,
  dayOrNull,
  text,
  textOrNull,
  integer,
  integerOrNull,
  yesNo,
  yesNoOrNull,
  state,
  role,
} from './fields';
import { ContactAnswer } from './identity';
import { StoryAnswer } from './story';
import { MyDictationAnswer, MyProposedDictationAnswer, WrittenDownAnswer } from './dictation';
import { MandateAnswer } from './mandate';
import {
  AmendmentAnswer,
  DialogueAnswer,
  SupportAnswer,
  TranscriptAnswer,
  MyTranslationRequestAnswer,
  TranslationAnswer,
} from './taking-part';

/** What was said at lodging, as it was written. */
export class ComplaintAnswer {
  @ApiProperty(text) language!: string;
  @ApiProperty(text) channel!: string;
  @ApiProperty(text) identityMode!: string;
  @ApiProperty(text) complainantRole!: string;
  @ApiProperty(text) narrative!: string;
  @ApiProperty(textOrNull) desiredOutcome!: string | null;
  @ApiProperty(textOrNull) whenHappened!: string | null;
  @ApiProperty(textOrNull) systemKnown!: string | null;
  @ApiProperty(yesNoOrNull) systemUnknown!: boolean | null;
  @ApiProperty(yesNoOrNull) awareOfAiUse!: boolean | null;
  @ApiProperty(textOrNull) fearOfReprisal!: string | null;
  @ApiProperty(textOrNull) reprisalText!: string | null;
  @ApiProperty(textOrNull) accommodation!: string | null;
  @ApiProperty({ ...textOrNull, description: 'People or units who must not see the case.' })
  keepOut!: string | null;
  @ApiProperty({
    ...textOrNull,
    description:
      'Of a complaint for a group: who belongs to it, as the person, or who acts for her, told last.',
  })
  groupDefinition!: string | null;
  @ApiProperty({ ...textOrNull, description: 'The same, as staff wrote it last.' })
  groupByStaff!: string | null;
}

export class MyCaseAnswer extends ComplaintAnswer {
  @ApiProperty({ ...textOrNull, description: 'Of the holder of the receipt, as is the contact.' })
  name!: string | null;
  @ApiProperty(text) reference!: string;
  @ApiProperty(state) state!: State;
  @ApiProperty({ description: 'The version of the process that it is held to.' }) policyVersion!: string;
  @ApiProperty(day) lodgedOn!: string;
  @ApiProperty({ type: ContactAnswer, nullable: true }) contact!: ContactAnswer | null;
  @ApiProperty({ ...role, description: 'Role that owns the next step.' }) nextRole!: string;
  @ApiProperty({ type: [LateAnswer] }) late!: LateAnswer[];
  @ApiProperty({ type: [LateReportAnswer] }) lateReports!: LateReportAnswer[];
  @ApiProperty({ type: DialogueAnswer }) dialogue!: DialogueAnswer;
  @ApiProperty({ type: [MandateAnswer] }) mandates!: MandateAnswer[];
  @ApiProperty({ type: [MyDictationAnswer] }) dictations!: MyDictationAnswer[];
  @ApiProperty({
    type: [MyProposedDictationAnswer],
    description: 'What waits for a second person, or was refused.',
  })
  dictationsProposed!: MyProposedDictationAnswer[];
  @ApiProperty({ type: [SupportAnswer] }) supports!: SupportAnswer[];
  @ApiProperty({ type: [AmendmentAnswer] }) amendments!: AmendmentAnswer[];
  @ApiProperty({ type: [TranscriptAnswer] }) transcripts!: TranscriptAnswer[];
  @ApiProperty({ type: [MyFacilitatorAnswer] }) facilitators!: MyFacilitatorAnswer[];
  @ApiProperty({ type: [MyMeetingAnswer] }) meetings!: MyMeetingAnswer[];
  @ApiProperty({
    type: [TranslationAnswer],
    description:
      'Into the language of the case, or another one in which her side wrote; numbered by themselves.',
  })
  translations!: TranslationAnswer[];
  @ApiProperty({ type: [MyTranslationRequestAnswer], description: 'Into the same languages.' })
  translationsUnderWay!: MyTranslationRequestAnswer[];
  @ApiProperty({ type: [ClockAnswer] }) clocks!: ClockAnswer[];
  @ApiProperty({ type: [AllegationAnswer], description: 'Empty until findings were shared.' })
  allegations!: AllegationAnswer[];
  @ApiProperty({ type: [MyEvidenceRequestAnswer], description: 'Empty until findings were shared.' })
  evidenceRequests!: MyEvidenceRequestAnswer[];
  @ApiProperty({ type: [OfferAnswer] }) offers!: OfferAnswer[];
  @ApiProperty({ type: [RemedyActionAnswer] }) actions!: RemedyActionAnswer[];
  @ApiProperty({ type: [AppealAnswer] }) appeals!: AppealAnswer[];
  @ApiProperty({ type: [QuestionAnswer] }) questions!: QuestionAnswer[];
  @ApiProperty({ type: [MyLetterAnswer], description: 'The newest 50.' }) letters!: MyLetterAnswer[];
  @ApiProperty({ ...integerOrNull, description: 'Number before which there are earlier letters.' })
  earlierLetters!: number | null;
  @ApiProperty({ type: [EvidenceAnswer], description: 'The newest 50.' }) evidence!: EvidenceAnswer[];
  @ApiProperty({ ...integerOrNull, description: 'Number before which there are earlier files.' })
  earlierEvidence!: number | null;
  @ApiProperty({ type: [CheckInAnswer] }) checkIns!: CheckInAnswer[];
  @ApiProperty(dayOrNull) suspendedUntil!: string | null;
  @ApiProperty({ type: [StoryAnswer] }) stories!: StoryAnswer[];
  @ApiProperty({ type: MyCollectiveAnswer, nullable: true, description: 'Where it was lodged for a group.' })
  collective!: MyCollectiveAnswer | null;
  @ApiProperty({ type: MembershipAnswer, nullable: true }) memberOf!: MembershipAnswer | null;
  @ApiProperty({ type: MyMergerAnswer, nullable: true }) mergedInto!: MyMergerAnswer | null;
  @ApiProperty({ description: 'Signed note that proves the complaint was lodged.' }) statement!: string;
}

export class MySurveyAnswer {
  @ApiProperty({ ...yesNo, description: 'Whether it can be given or changed now.' }) isOpen!: boolean;
  @ApiProperty(dayOrNull) changeableUntil!: string | null;
  @ApiProperty({ ...integerOrNull, description: 'From 1 to 5; null: skipped, as are the others.' }) easy!:
    number | null;
  @ApiProperty(integerOrNull) respect!: number | null;
  @ApiProperty(integerOrNull) informed!: number | null;
  @ApiProperty(integerOrNull) fair!: number | null;
  @ApiProperty(textOrNull) comment!: string | null;
}

export class ReceiptAnswer {
  @ApiProperty({ description: '25 digits, shown only now.' }) receipt!: string;
  @ApiProperty({ ...dayOrNull, description: 'The last day to give it in, once, for one of their own.' })
  oneTimeUntil!: string | null;
}

export class ReceiptListAnswer {
  @ApiProperty({ type: String, format: 'uuid' }) id!: string;
  @ApiProperty({ enum: ['RH', 'REP', 'SUP'] }) holder!: string;
  @ApiProperty(yesNo) own!: boolean;
  @ApiProperty({ ...yesNo, description: 'Whether the reader can end it.' }) mayEnd!: boolean;
  @ApiProperty({
    ...dayOrNull,
    description: 'The last day to give it in; null once its holder has one of their own.',
  })
  oneTimeUntil!: string | null;
}

export class TimelineAnswer {
  @ApiProperty({ ...integer, description: 'From 1 without gaps; not the number of an entry.' }) n!: number;
  @ApiProperty(dayOrNull) on!: string | null;
  @ApiProperty(text) act!: string;
  @ApiProperty(role) byRole!: string;
  @ApiProperty(textOrNull) from!: string | null;
  @ApiProperty({ ...state, nullable: true }) to!: string | null;
  @ApiProperty({
    ...textOrNull,
    description: 'Why staff opened who the person is, or an original file; null for every other deed.',
  })
  reason!: string | null;
  @ApiProperty({
    type: WrittenDownAnswer,
    nullable: true,
    description: 'Where it is a step of theirs that staff wrote down.',
  })
  dictated!: WrittenDownAnswer | null;
}
