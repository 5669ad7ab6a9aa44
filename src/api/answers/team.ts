import { ApiProperty } from '../../platform/api-decorators';
import { EXCLUSION_GROUNDS } from '../../rules/sight';
import type { GuestStatus } from '../../casework/team/views';
import { day, dayOrNull, instant, integer, role, text, textOrNull, yesNo, yesNoOrNull } from './fields';

export class AssignmentAnswer {
  @ApiProperty(role) role!: string;
  @ApiProperty(text) name!: string;
  @ApiProperty(text) personId!: string;
  @ApiProperty({ ...yesNo, description: 'Not on the team before they said that they have no conflict.' })
  isAsked!: boolean;
  @ApiProperty({ ...yesNo, description: 'From outside, for this case alone.' }) isGuest!: boolean;
  @ApiProperty({ ...yesNo, description: 'No longer active, or without the role: to be handed over.' })
  hasLeft!: boolean;
}

export class HeldByAnswer {
  @ApiProperty(role) role!: string;
  @ApiProperty({ type: [String], description: 'Empty: everybody who holds the role.' }) names!: string[];
  @ApiProperty({
    ...role,
    nullable: true,
    description: 'The role in which nobody is on the team who may act, so that somebody has to be assigned.',
  })
  lacks!: string | null;
}

export class ExclusionAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty({ enum: Object.keys(EXCLUSION_GROUNDS) }) ground!: string;
  @ApiProperty(textOrNull) person!: string | null;
  @ApiProperty(textOrNull) unit!: string | null;
  @ApiProperty({ ...textOrNull, description: 'Null for somebody who withdrew.' })
  excludedBy!: string | null;
  @ApiProperty(day) excludedOn!: string;
  @ApiProperty(dayOrNull) endedOn!: string | null;
}

export class BreakGlassAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty(text) by!: string;
  @ApiProperty(role) role!: string;
  @ApiProperty(text) reason!: string;
  @ApiProperty(instant) openedAt!: string;
  @ApiProperty(instant) until!: string;
  @ApiProperty(textOrNull) reviewedBy!: string | null;
  @ApiProperty(dayOrNull) reviewedOn!: string | null;
  @ApiProperty(yesNoOrNull) wasNeeded!: boolean | null;
}

export class GuestAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty(role) role!: string;
  @ApiProperty({ ...day, description: 'The last day.' }) until!: string;
  @ApiProperty({ ...yesNo, description: 'Whether the guest may open working copies of the files.' })
  seesFiles!: boolean;
  @ApiProperty({ ...textOrNull, description: 'Null until the link was used.' }) personId!: string | null;
  @ApiProperty(textOrNull) name!: string | null;
  @ApiProperty(text) invitedBy!: string;
  @ApiProperty(day) invitedOn!: string;
  @ApiProperty({ ...dayOrNull, description: 'When the guest last opened the case.' })
  readOn!: string | null;
  @ApiProperty(dayOrNull) endedOn!: string | null;
  @ApiProperty({ enum: ['INVITED', 'NOT_USED', 'LET_IN', 'OVER', 'ENDED'] }) status!: GuestStatus;
}

export class UnreviewedAnswer extends BreakGlassAnswer {
  @ApiProperty(text) reference!: string;
}

export class AskedAnswer {
  @ApiProperty(text) reference!: string;
  @ApiProperty(integer) revision!: number;
  @ApiProperty({ ...role, isArray: true }) roles!: string[];
  @ApiProperty(textOrNull) askedBy!: string | null;
  @ApiProperty({ ...textOrNull, description: 'Whom and what the case concerns.' }) concerns!: string | null;
}

export class HandedOverAnswer {
  @ApiProperty(integer) handedOver!: number;
  @ApiProperty({ type: [String], description: 'References of cases that stay where they are.' })
  left!: string[];
}

export class OpenedAnswer {
  @ApiProperty(text) reference!: string;
  @ApiProperty(instant) until!: string;
}
