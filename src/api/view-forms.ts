import { Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Min,
  ValidateNested,
} from 'class-validator';
import { CASES_AT_ONCE, STEPS_OF_MANY, type StepOfMany } from '../casework/queue/change-many';
import { VIEW_NAME_MAX_LENGTH } from '../casework/queue/saved-views';
import { ApiProperty, ApiPropertyOptional } from '../platform/api-decorators';

export class ViewForm {
  @ApiProperty({ maxLength: VIEW_NAME_MAX_LENGTH, description: 'Names nobody.' })
  @IsString({ message: 'error.text.not-text' })
  name!: string;

  @ApiProperty({ description: 'Colleagues have it in their list, too; each finds in it what they may see.' })
  @IsBoolean({ message: 'error.yes-or-no' })
  isShared!: boolean;
}

export class NewViewForm extends ViewForm {
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description:
      'Lines of the filter of `GET /cases`, such as `{"tier": "SEVERE"}`. Left out: the whole queue.',
  })
  @IsOptional()
  @IsObject({ message: 'Send the lines of the filter as an object.' })
  filter?: Record<string, unknown>;
}

export class ChosenCaseForm {
  @ApiProperty()
  @IsString({ message: 'error.text.not-text' })
  reference!: string;

  @ApiProperty({ type: 'integer', minimum: 1, description: 'In which you saw it.' })
  @IsInt({ message: 'error.number' })
  @Min(1, { message: 'error.number' })
  revision!: number;
}

export class ManyCasesForm {
  @ApiProperty({ enum: STEPS_OF_MANY })
  @IsIn([...STEPS_OF_MANY], { message: `Use one of: ${STEPS_OF_MANY.join(', ')}.` })
  step!: StepOfMany;

  @ApiProperty({ type: [ChosenCaseForm], minItems: 1, maxItems: CASES_AT_ONCE })
  @IsArray({ message: 'Send a list of cases, each with its reference and revision.' })
  @ValidateNested({ each: true, message: 'Send a list of cases, each with its reference and revision.' })
  @Type(() => ChosenCaseForm)
  cases!: ChosenCaseForm[];

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'What the step asks, by name; the same in every case.',
  })
  @IsObject({ message: 'Send the answers as an object.' })
  answers!: Record<string, unknown>;
}
