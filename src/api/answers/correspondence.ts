import { ApiProperty } from '../../platform/api-decorators';
import { day, text, textOrNull, integer, integerOrNull, role } from './fields';

export class MessageAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty(role) fromRole!: string;
  @ApiProperty(textOrNull) by!: string | null;
  @ApiProperty(day) writtenOn!: string;
  @ApiProperty({ ...integerOrNull, description: 'Number of the offer it is about.' })
  aboutOffer!: number | null;
  @ApiProperty(text) text!: string;
}

export class LetterAnswer {
  @ApiProperty(text) letter!: string;
  @ApiProperty(text) language!: string;
  @ApiProperty(day) queuedOn!: string;
  @ApiProperty(text) status!: string;
  @ApiProperty(text) subject!: string;
  @ApiProperty({ type: [String] }) paragraphs!: string[];
}
