import { ApiProperty, ApiPropertyOptional } from '../../platform/api-decorators';
import { EVIDENCE_HANDLING } from '../../rules/evidence-handling';
import { day, instant, text, textOrNull, integer } from './fields';

export class DueDate {
  @ApiProperty({ example: 'TARGET-ACK' }) code!: string;
  @ApiProperty(day) dueInternal!: string;
  @ApiProperty(day) dueLegalLatest!: string;
}

export class EnclosedFileAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty(text) fileName!: string;
  @ApiProperty(textOrNull) describes!: string | null;
  @ApiProperty(integer) sizeInBytes!: number;
  @ApiProperty({ ...text, description: 'Of the original; the statement names it too.' }) sha256!: string;
  @ApiProperty({ enum: Object.keys(EVIDENCE_HANDLING) }) handling!: string;
}

export class Lodged {
  @ApiProperty({ example: 'RD-7K3F-9QXM' }) reference!: string;
  @ApiProperty({ description: '25 digits, shown only now.' }) receipt!: string;
  @ApiPropertyOptional({
    ...day,
    description:
      'For a member of staff who lodged for somebody: the last day on which the person gives the receipt in, once, for one of their own.',
  })
  oneTimeUntil?: string;
  @ApiProperty({ description: 'Signed note (C2SP) over the first entry of the history.' }) statement!: string;
  @ApiProperty({ enum: ['received'] }) state!: 'received';
  @ApiProperty({ type: [DueDate] }) dueDates!: DueDate[];
  @ApiPropertyOptional({ type: [EnclosedFileAnswer], description: 'The files that came with it.' })
  files?: EnclosedFileAnswer[];
}

export class ComplaintSession {
  @ApiProperty() token!: string;
  @ApiProperty(instant) expiresAt!: string;
  @ApiPropertyOptional({
    ...text,
    description: 'Where the receipt worked once: the new one, 25 digits, shown only now.',
  })
  receipt?: string;
}
