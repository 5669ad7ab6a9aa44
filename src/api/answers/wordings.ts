import { ApiProperty } from '../../platform/api-decorators';
import { WORDING_KINDS, WORDING_STATUSES, type WordingKind } from '../../rules/wordings';
import { day, instant, integer, integerOrNull, text, textOrNull } from './fields';

export class WordingRowAnswer {
  @ApiProperty({ enum: WORDING_KINDS }) kind!: WordingKind;
  @ApiProperty(text) name!: string;
  @ApiProperty(text) language!: string;
  @ApiProperty({ ...integerOrNull, description: 'Null: the built-in words, or a block that is not offered.' })
  on!: number | null;
  @ApiProperty(integerOrNull) draft!: number | null;
  @ApiProperty(text) subject!: string;
}

export class WordingTextAnswer {
  @ApiProperty(text) subject!: string;
  @ApiProperty(text) body!: string;
}

export class PlacesAnswer {
  @ApiProperty({ type: [String], description: 'What the text has to fill in.' }) must!: readonly string[];
  @ApiProperty({ type: [String], description: 'What it may fill in besides.' }) may!: readonly string[];
}

export class EmptiedWordingAnswer {
  @ApiProperty(day) on!: string;
  @ApiProperty(text) reason!: string;
}

export class WordingVersionAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty({ enum: WORDING_STATUSES }) status!: string;
  @ApiProperty({ type: WordingTextAnswer, nullable: true }) text!: WordingTextAnswer | null;
  @ApiProperty({ type: EmptiedWordingAnswer, nullable: true }) emptied!: EmptiedWordingAnswer | null;
  @ApiProperty(instant) changedAt!: string;
  @ApiProperty(textOrNull) by!: string | null;
}

export class WordingAnswer {
  @ApiProperty({ enum: WORDING_KINDS }) kind!: WordingKind;
  @ApiProperty(text) name!: string;
  @ApiProperty(text) language!: string;
  @ApiProperty({ type: WordingTextAnswer, nullable: true }) builtIn!: WordingTextAnswer | null;
  @ApiProperty({ type: PlacesAnswer }) places!: PlacesAnswer;
  @ApiProperty({ type: WordingVersionAnswer, nullable: true }) on!: WordingVersionAnswer | null;
  @ApiProperty({ type: WordingVersionAnswer, nullable: true }) draft!: WordingVersionAnswer | null;
  @ApiProperty({ type: [WordingVersionAnswer] }) earlier!: WordingVersionAnswer[];
  @ApiProperty({ description: 'Sent back with every change.' }) seen!: string;
}
