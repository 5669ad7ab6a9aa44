import { IsBoolean, IsInt, IsString, Max, Min } from 'class-validator';
import { ApiProperty } from '../platform/api-decorators';
import { BODY_MAX_LENGTH, SUBJECT_MAX_LENGTH } from '../rules/wordings';

const SEEN = {
  description: 'What you saw as `seen`: words that somebody changed since are not overwritten.',
};

export class WordingForm {
  @ApiProperty({ maxLength: SUBJECT_MAX_LENGTH })
  @IsString({ message: 'error.text.not-text' })
  subject!: string;

  @ApiProperty({ maxLength: BODY_MAX_LENGTH })
  @IsString({ message: 'error.text.not-text' })
  body!: string;

  @ApiProperty(SEEN)
  @IsString({ message: 'error.text.not-text' })
  seen!: string;
}

export class WordingTakeUpForm {
  @ApiProperty({
    type: 'integer',
    minimum: 0,
    description: 'An earlier version; 0 for the built-in words, or a block that is not offered any more.',
  })
  @IsInt({ message: 'error.number' })
  @Min(0, { message: 'error.number' })
  @Max(1_000_000, { message: 'error.number' })
  version!: number;

  @ApiProperty(SEEN)
  @IsString({ message: 'error.text.not-text' })
  seen!: string;
}

export class WordingEmptyingForm {
  @ApiProperty({ minLength: 10, maxLength: 500, description: 'Why, without repeating it. It stays.' })
  @IsString({ message: 'error.text.not-text' })
  emptyingReason!: string;

  @ApiProperty(SEEN)
  @IsString({ message: 'error.text.not-text' })
  seen!: string;
}

export class WordingDecisionForm {
  @ApiProperty({ description: 'True switches the draft on, false drops it.' })
  @IsBoolean({ message: 'error.yes-or-no' })
  on!: boolean;

  @ApiProperty(SEEN)
  @IsString({ message: 'error.text.not-text' })
  seen!: string;
}
