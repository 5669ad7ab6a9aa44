import { ApiProperty } from '../../platform/api-decorators';
import { KNOWN_BY_CODES, SAID_THROUGH_CODES, SPEAKERS, TOLD_REFUSAL_CODES } from '../../rules/dictations';
import { day, dayOrNull, integer, role, text, textOrNull, yesNoOrNull } from './fields';

/** How something of the person came in that staff wrote down. */
export class WrittenDownAnswer {
  @ApiProperty({ enum: SPEAKERS }) saidBy!: string;
  @ApiProperty(role) byRole!: string;
  @ApiProperty({ ...day, description: 'When they said it.' }) saidOn!: string;
  @ApiProperty({ enum: SAID_THROUGH_CODES }) saidThrough!: string;
}

const HOW = 'Null for who is neither the person nor who said it.';

class StepWrittenDownAnswer {
  @ApiProperty(text) step!: string;
  @ApiProperty({ enum: SPEAKERS }) saidBy!: string;
  @ApiProperty({ ...dayOrNull, description: HOW }) saidOn!: string | null;
  @ApiProperty({ type: String, enum: SAID_THROUGH_CODES, nullable: true, description: HOW })
  saidThrough!: string | null;
  @ApiProperty({ ...textOrNull, description: HOW }) throughWhom!: string | null;
  @ApiProperty({ ...textOrNull, description: `${HOW} For everybody where they are of danger.` })
  words!: string | null;
  @ApiProperty({ ...role, nullable: true, description: HOW }) byRole!: string | null;
  @ApiProperty(day) writtenOn!: string;
}

/** A step of the person that staff wrote down for them, and that waits for a second person or was refused. */
export class MyProposedDictationAnswer extends StepWrittenDownAnswer {
  @ApiProperty({ ...dayOrNull, description: 'By when a second person looks at it.' })
  agreeUntil!: string | null;
  @ApiProperty({ type: String, enum: TOLD_REFUSAL_CODES, nullable: true })
  refusedFor!: string | null;
  @ApiProperty(dayOrNull) refusedOn!: string | null;
  @ApiProperty({ ...dayOrNull, description: 'When they said that they never said it.' })
  deniedOn!: string | null;
  @ApiProperty(dayOrNull) denialAnsweredOn!: string | null;
}

/** A step of the person that staff wrote down for them. */
export class MyDictationAnswer extends StepWrittenDownAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty({ ...day, description: 'The last day on which they can say that they did not say it.' })
  objectUntil!: string;
  @ApiProperty(dayOrNull) objectedOn!: string | null;
  @ApiProperty({ ...yesNoOrNull, description: 'What they were told when they had objected.' })
  holds!: boolean | null;
  @ApiProperty(dayOrNull) answeredOn!: string | null;
}

/** The same for staff. */
export class DictationAnswer extends MyDictationAnswer {
  @ApiProperty({ ...integer, description: 'Of the entry in the history.' }) revision!: number;
  @ApiProperty({ enum: KNOWN_BY_CODES }) knownBy!: string;
  @ApiProperty(text) by!: string;
  @ApiProperty({ ...textOrNull, description: 'The second person, where one had to agree.' })
  agreedBy!: string | null;
}

/** What staff wrote down for the person and the person says they never said. */
export class DenialAnswer extends WrittenDownAnswer {
  @ApiProperty(text) step!: string;
  @ApiProperty(text) words!: string;
  @ApiProperty(text) by!: string;
  @ApiProperty(day) writtenOn!: string;
  @ApiProperty(day) deniedOn!: string;
  @ApiProperty({ ...dayOrNull, description: 'Null until somebody who did not write it down looked at it.' })
  answeredOn!: string | null;
}
