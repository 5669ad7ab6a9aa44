import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { Type } from 'class-transformer';
import { ApiProperty, ApiPropertyOptional } from '../platform/api-decorators';
import { AMENDMENT_KINDS, type PolicyAmendment, type AmendmentKind } from '../rules/policy';

const LIST = 'Send a list of at most 200 amendments.';
const SEEN = {
  description: 'What you saw as `seen`: a draft that somebody changed since is not overwritten.',
};

export class PolicyAmendmentForm implements PolicyAmendment {
  @ApiProperty({ enum: AMENDMENT_KINDS })
  @IsIn([...AMENDMENT_KINDS], { message: 'error.choice' })
  kind!: AmendmentKind;

  @ApiProperty({ maxLength: 64, description: 'A step; of a shorter target the code of a clock.' })
  @IsString({ message: 'error.text.not-text' })
  of!: string;

  @ApiPropertyOptional({
    type: 'string',
    nullable: true,
    maxLength: 64,
    description:
      'The role that is left out or that agrees, the need, what is asked besides; of a shorter target the tier that it is for, null for every case.',
  })
  @IsOptional()
  @IsString({ message: 'error.text.not-text' })
  code: string | null = null;

  @ApiPropertyOptional({
    type: 'integer',
    nullable: true,
    minimum: 1,
    description: 'Of a shorter target: how long it runs, in the unit that it has.',
  })
  @IsOptional()
  @IsInt({ message: 'error.number' })
  @Min(1, { message: 'error.number' })
  @Max(10_000, { message: 'error.number' })
  length: number | null = null;
}

export class PolicyAmendmentsForm {
  @ApiProperty({
    type: [PolicyAmendmentForm],
    maxItems: 200,
    description: 'All of them, each after those that it rests on.',
  })
  @IsArray({ message: LIST })
  @ArrayMaxSize(200, { message: LIST })
  @ValidateNested({ each: true, message: LIST })
  @Type(() => PolicyAmendmentForm)
  amendments!: PolicyAmendmentForm[];
}

export class PolicyDraftForm extends PolicyAmendmentsForm {
  @ApiProperty(SEEN)
  @IsString({ message: 'error.text.not-text' })
  seen!: string;
}

export class PolicyDecisionForm {
  @ApiProperty({ description: 'True publishes the draft, false drops it.' })
  @IsBoolean({ message: 'error.yes-or-no' })
  publish!: boolean;

  @ApiPropertyOptional({
    description:
      'True publishes it although it leaves a step to roles that no active account has, as `leftToNobody` says.',
  })
  @IsOptional()
  @IsBoolean({ message: 'error.yes-or-no' })
  despite?: boolean;

  @ApiProperty(SEEN)
  @IsString({ message: 'error.text.not-text' })
  seen!: string;
}
