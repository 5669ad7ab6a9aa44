import { ApiProperty } from '../../platform/api-decorators';
import { JOIN_CODE_STATUSES, MEMBERSHIP_MODE_LIST, type JoinCodeStatus } from '../../rules/collective';
import type { State } from '../../rules/states';
import { day, dayOrNull, integer, integerOrNull, role, state, text, yesNoOrNull } from './fields';

export class JoinCodeAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty(integer) places!: number;
  @ApiProperty(day) until!: string;
  @ApiProperty(day) madeOn!: string;
  @ApiProperty(dayOrNull) endedOn!: string | null;
  @ApiProperty(role) byRole!: string;
  @ApiProperty({ enum: JOIN_CODE_STATUSES }) status!: JoinCodeStatus;
}

class GroupAnswer {
  @ApiProperty(integerOrNull) estimatedSize!: number | null;
  @ApiProperty({ enum: MEMBERSHIP_MODE_LIST, nullable: true, type: String }) membershipMode!: string | null;
  @ApiProperty(yesNoOrNull) individualRemedyNeeded!: boolean | null;
  @ApiProperty({ type: [JoinCodeAnswer] }) joinCodes!: JoinCodeAnswer[];
}

export class MyCollectiveAnswer extends GroupAnswer {
  @ApiProperty({ ...integerOrNull, description: 'How many members; null for none up to four.' })
  members!: number | null;
}

export class MemberAnswer {
  @ApiProperty(text) reference!: string;
  @ApiProperty(state) state!: State;
}

export class CollectiveAnswer extends GroupAnswer {
  @ApiProperty({ ...integer, description: 'Cases of members that the reader may see.' }) membersSeen!: number;
  @ApiProperty({ type: [MemberAnswer], description: 'The first 200 of them.' }) members!: MemberAnswer[];
}

export class MyMergerAnswer {
  @ApiProperty(day) joinedOn!: string;
  @ApiProperty({ description: 'Whether the other case has ended.' }) isOver!: boolean;
}

export class MembershipAnswer {
  @ApiProperty(text) reference!: string;
  @ApiProperty(state) state!: State;
  @ApiProperty(day) joinedOn!: string;
  @ApiProperty({ ...dayOrNull, description: 'Since when its content is gone.' }) erasedOn!: string | null;
}
