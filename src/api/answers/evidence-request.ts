import { ApiProperty } from '../../platform/api-decorators';
import { ASKED_OF_CODES, RECORDS_FOUND_CODES, REFUSAL_GROUND_CODES } from '../../rules/inquiry';
import { day, dayOrNull, integer, integerOrNull, role, text, textOrNull, yesNo } from './fields';

/** What the inquiry asked for, and what came of it, as the person reads it. */
export class MyEvidenceRequestAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty({ enum: ASKED_OF_CODES }) askedOf!: string;
  @ApiProperty(day) askedOn!: string;
  @ApiProperty({ enum: ['ASKED', 'ANSWERED', 'REFUSED'] }) status!: string;
  @ApiProperty(dayOrNull) settledOn!: string | null;
  @ApiProperty({
    enum: RECORDS_FOUND_CODES,
    nullable: true,
    description: 'What became of records that had to be kept.',
  })
  records!: string | null;
}

/** The same for staff. */
export class EvidenceRequestAnswer extends MyEvidenceRequestAnswer {
  @ApiProperty(text) whom!: string;
  @ApiProperty(text) text!: string;
  @ApiProperty({ ...integerOrNull, description: 'Number of the allegation; null: all of them.' })
  allegation!: number | null;
  @ApiProperty(text) by!: string;
  @ApiProperty(role) byRole!: string;
  @ApiProperty(day) dueOn!: string;
  @ApiProperty(yesNo) overdue!: boolean;
  @ApiProperty({ ...textOrNull, description: 'What came, or why nothing did.' }) reply!: string | null;
  @ApiProperty({ enum: REFUSAL_GROUND_CODES, nullable: true }) refusalGround!: string | null;
}
