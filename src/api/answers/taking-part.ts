import { ApiProperty } from '../../platform/api-decorators';
import {
  AMEND_KINDS,
  AMENDED_PARTS,
  OCCASIONS,
  SUPPORT_KINDS,
  SUPPORT_STATUSES,
  TRANSCRIPT_STATUSES,
  TRANSLATED_KINDS,
  TRANSLATION_REQUEST_STATUSES,
  TRANSLATION_AUTHORS,
  TRANSLATION_STATUSES,
  type AmendedPart,
  type TranslatedKind,
} from '../../rules/taking-part';
import { day, dayOrNull, integer, role, text, textOrNull, yesNo } from './fields';

export class DialogueAnswer {
  @ApiProperty({ ...yesNo, description: 'Whether the person can write and send files.' }) isOpen!: boolean;
  @ApiProperty({ ...dayOrNull, description: 'The last day; null while there is no end to it.' })
  until!: string | null;
}

export class SupportAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty({ enum: SUPPORT_KINDS }) kind!: string;
  @ApiProperty(textOrNull) wish!: string | null;
  @ApiProperty(day) askedOn!: string;
  @ApiProperty({ ...day, description: 'By an internal target, not by law.' }) dueOn!: string;
  @ApiProperty({ enum: SUPPORT_STATUSES }) status!: string;
  @ApiProperty(textOrNull) arrangement!: string | null;
  @ApiProperty(textOrNull) reasons!: string | null;
  @ApiProperty({ ...textOrNull, description: 'What is offered instead of what was declined.' })
  alternative!: string | null;
  @ApiProperty(dayOrNull) answeredOn!: string | null;
  @ApiProperty(dayOrNull) endedOn!: string | null;
}

export class AmendmentAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty({ enum: AMEND_KINDS }) kind!: string;
  @ApiProperty({ enum: AMENDED_PARTS, description: 'The first text stays where it is.' }) part!: AmendedPart;
  @ApiProperty(text) language!: string;
  @ApiProperty(text) text!: string;
  @ApiProperty(role) byRole!: string;
  @ApiProperty(day) writtenOn!: string;
}

export class TranscriptAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty({ enum: OCCASIONS }) occasion!: string;
  @ApiProperty(day) heldOn!: string;
  @ApiProperty(text) language!: string;
  @ApiProperty(text) text!: string;
  @ApiProperty(role) byRole!: string;
  @ApiProperty(day) recordedOn!: string;
  @ApiProperty({ enum: TRANSCRIPT_STATUSES, description: 'Silence approves nothing.' }) status!: string;
  @ApiProperty(dayOrNull) answeredOn!: string | null;
  @ApiProperty({ ...textOrNull, description: 'What the person says is wrong in it.' }) dispute!:
    string | null;
}

export class TranslationAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty({ enum: TRANSLATED_KINDS }) ofKind!: TranslatedKind;
  @ApiProperty({
    ...integer,
    description: 'Number of the text; nought for the complaint itself; of a letter, for staff its revision.',
  })
  ofNumber!: number;
  @ApiProperty(text) language!: string;
  @ApiProperty({ enum: TRANSLATION_AUTHORS }) author!: string;
  @ApiProperty({ enum: TRANSLATION_STATUSES }) status!: string;
  @ApiProperty({ ...text, description: 'The original is what counts.' }) text!: string;
  @ApiProperty(day) addedOn!: string;
  @ApiProperty(dayOrNull) checkedOn!: string | null;
}

export class MyTranslationRequestAnswer {
  @ApiProperty({ enum: TRANSLATED_KINDS }) ofKind!: TranslatedKind;
  @ApiProperty({ ...integer, description: 'As of a translation.' }) ofNumber!: number;
  @ApiProperty(text) language!: string;
}

export class TranslationRequestAnswer extends MyTranslationRequestAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty(text) owner!: string;
  @ApiProperty(role) byRole!: string;
  @ApiProperty(day) askedOn!: string;
  @ApiProperty({ ...day, description: 'A target of our own.' }) dueOn!: string;
  @ApiProperty(yesNo) overdue!: boolean;
  @ApiProperty({ enum: TRANSLATION_REQUEST_STATUSES }) status!: string;
  @ApiProperty(dayOrNull) settledOn!: string | null;
}
