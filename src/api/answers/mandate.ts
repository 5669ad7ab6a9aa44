import { ApiProperty } from '../../platform/api-decorators';
import { MANDATE_BASIS_CODES, MANDATE_COVER_CODES, MANDATE_STATUSES } from '../../rules/mandates';
import { day, dayOrNull, integer, role, textOrNull, yesNo } from './fields';

/** Somebody who speaks for the person. */
export class MandateAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty({ ...yesNo, description: 'Whether it is the reader’s own; never of staff.' }) own!: boolean;
  @ApiProperty({ ...textOrNull, description: 'As they gave it; told to the person alone.' })
  name!: string | null;
  @ApiProperty({ enum: [...MANDATE_STATUSES, 'EXPIRED'] }) status!: string;
  @ApiProperty({
    type: String,
    enum: [...MANDATE_BASIS_CODES, null],
    nullable: true,
    description: 'Null while nobody said what it rests on.',
  })
  basis!: string | null;
  @ApiProperty({ enum: MANDATE_COVER_CODES, isArray: true }) covers!: string[];
  @ApiProperty(dayOrNull) since!: string | null;
  @ApiProperty({ ...dayOrNull, description: 'The last day.' }) until!: string | null;
  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Number of a file of the case that shows it.',
  })
  proof!: number | null;
  @ApiProperty(textOrNull) limits!: string | null;
  @ApiProperty(role) byRole!: string;
  @ApiProperty(day) recordedOn!: string;
  @ApiProperty(textOrNull) confirmedBy!: string | null;
  @ApiProperty(dayOrNull) confirmedOn!: string | null;
  @ApiProperty(textOrNull) endedBy!: string | null;
  @ApiProperty(dayOrNull) endedOn!: string | null;
  @ApiProperty({ ...textOrNull, description: 'Why staff confirmed or ended it.' }) reasons!: string | null;
}
