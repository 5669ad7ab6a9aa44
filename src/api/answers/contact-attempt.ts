import { ApiProperty } from '../../platform/api-decorators';
import { CONTACT_CHANNEL_CODES, CONTACT_RESULT_CODES } from '../../rules/contact-attempts';
import { day, integer, role, text, textOrNull, yesNo } from './fields';

/** An attempt to reach the person. */
export class ContactAttemptAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty({ ...integer, description: 'Of the entry in the history.' }) revision!: number;
  @ApiProperty(day) triedOn!: string;
  @ApiProperty({ enum: CONTACT_CHANNEL_CODES }) channel!: string;
  @ApiProperty({ ...yesNo, description: 'Whether the person had agreed that this way is safe.' })
  isSafe!: boolean;
  @ApiProperty(yesNo) isOnlyWay!: boolean;
  @ApiProperty({ ...textOrNull, description: 'Why no other way is safe.' }) onlyWayReason!: string | null;
  @ApiProperty({ enum: CONTACT_RESULT_CODES }) result!: string;
  @ApiProperty(role) byRole!: string;
  @ApiProperty(text) words!: string;
  @ApiProperty({ ...yesNo, description: 'Whether the person has not been heard since.' }) counts!: boolean;
}
