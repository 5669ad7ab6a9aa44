import { ApiProperty } from '../../platform/api-decorators';
import {
  FACILITATOR_ANSWER_CODES,
  MEETING_KIND_CODES,
  MEETING_PARTNER_CODES,
  MEETING_STATUS_CODES,
} from '../../rules/facilitation';
import { day, dayOrNull, integer, integerOrNull, role, text, textOrNull, yesNoOrNull } from './fields';

/** Somebody proposed to lead the dialogue, as the person reads it. */
export class MyFacilitatorAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty(text) who!: string;
  @ApiProperty({ ...text, description: 'Why this is somebody neutral.' }) neutral!: string;
  @ApiProperty(day) proposedOn!: string;
  @ApiProperty({ enum: FACILITATOR_ANSWER_CODES }) person!: string;
  @ApiProperty(dayOrNull) personOn!: string | null;
  @ApiProperty(textOrNull) personSaid!: string | null;
  @ApiProperty({ enum: FACILITATOR_ANSWER_CODES }) unit!: string;
}

/** The same for staff. */
export class FacilitatorAnswer extends MyFacilitatorAnswer {
  @ApiProperty(role) byRole!: string;
  @ApiProperty(dayOrNull) unitOn!: string | null;
  @ApiProperty(textOrNull) unitSaid!: string | null;
}

/** An interview or session that the person is at. */
export class MyMeetingAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty({ enum: MEETING_KIND_CODES }) kind!: string;
  @ApiProperty(day) plannedFor!: string;
  @ApiProperty(text) details!: string;
  @ApiProperty({ enum: MEETING_STATUS_CODES }) status!: string;
  @ApiProperty(dayOrNull) heldOn!: string | null;
}

/** Any interview or session, for staff. */
export class MeetingAnswer extends MyMeetingAnswer {
  @ApiProperty({ enum: MEETING_PARTNER_CODES }) withWhom!: string;
  @ApiProperty(role) byRole!: string;
  @ApiProperty(yesNoOrNull) accompanied!: boolean | null;
  @ApiProperty({ ...integerOrNull, description: 'Number of the transcript.' }) transcript!: number | null;
  @ApiProperty(textOrNull) note!: string | null;
}
