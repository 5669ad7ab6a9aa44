import { ApiProperty } from '../../platform/api-decorators';
import { SAID_THROUGH_CODES } from '../../rules/dictations';
import { day, text, textOrNull, integer, integerOrNull, role } from './fields';

export class MessageAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty(role) fromRole!: string;
  @ApiProperty(textOrNull) by!: string | null;
  @ApiProperty(day) writtenOn!: string;
  @ApiProperty({ ...textOrNull, description: 'As the writer said.' }) language!: string | null;
  @ApiProperty({ ...integerOrNull, description: 'Number of the offer it is about.' })
  aboutOffer!: number | null;
  @ApiProperty({
    type: String,
    enum: ['email', ...SAID_THROUGH_CODES],
    nullable: true,
    description: 'email: a reply to our mail, whose sender nobody checked; another: staff wrote it down.',
  })
  cameBy!: string | null;
  @ApiProperty({ ...role, nullable: true, description: 'The role that wrote it down.' })
  penRole!: string | null;
  @ApiProperty(text) text!: string;
}

/** Of staff, for staff. */
export class InternalNoteAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty(role) byRole!: string;
  @ApiProperty(text) by!: string;
  @ApiProperty(day) writtenOn!: string;
  @ApiProperty(text) text!: string;
}

class AnyLetterAnswer {
  @ApiProperty(text) letter!: string;
  @ApiProperty(text) language!: string;
  @ApiProperty(day) queuedOn!: string;
  @ApiProperty(text) status!: string;
  @ApiProperty({
    ...integerOrNull,
    description: 'Version of the words of the organisation; null: the built-in ones.',
  })
  wording!: number | null;
  @ApiProperty(text) subject!: string;
  @ApiProperty({ type: [String] }) paragraphs!: string[];
}

export class LetterAnswer extends AnyLetterAnswer {
  @ApiProperty({
    ...integer,
    description: 'Of the case: the number by which a translation names the letter.',
  })
  revision!: number;
}

export class MyLetterAnswer extends AnyLetterAnswer {
  @ApiProperty({ ...integer, description: 'The number by which a translation names the letter.' }) n!: number;
}

export class EarlierAnswer {
  @ApiProperty({ ...integerOrNull, description: 'Number of a message.' }) messages!: number | null;
  @ApiProperty({ ...integerOrNull, description: 'Number of a note.' }) notes!: number | null;
  @ApiProperty({ ...integerOrNull, description: 'Revision of a letter.' }) letters!: number | null;
  @ApiProperty({ ...integerOrNull, description: 'Number of a file.' }) evidence!: number | null;
}
