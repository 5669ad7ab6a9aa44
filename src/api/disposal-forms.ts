import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsIn, IsOptional, IsString } from 'class-validator';
import { MOST_IN_BATCH } from '../casework/erasure/disposals';
import { ApiProperty, ApiPropertyOptional } from '../platform/api-decorators';
import { SCHEDULE_CODES, type ScheduleCode } from '../rules/retention';

export class BatchForm {
  @ApiProperty({ enum: SCHEDULE_CODES })
  @IsIn(SCHEDULE_CODES, { message: 'error.schedule.unknown' })
  schedule!: ScheduleCode;

  @ApiProperty({ minLength: 10, maxLength: 2000, description: 'What this batch is; kept sealed.' })
  @IsString({ message: 'error.text.not-text' })
  reason!: string;

  @ApiPropertyOptional({
    type: [String],
    minItems: 1,
    maxItems: MOST_IN_BATCH,
    description: 'Due cases; all that nothing keeps back when left out.',
  })
  @IsOptional()
  @IsArray({ message: 'error.references' })
  @ArrayMinSize(1, { message: 'error.references' })
  @ArrayMaxSize(MOST_IN_BATCH, { message: 'error.references' })
  @IsString({ each: true, message: 'error.references' })
  references?: string[];
}

export class SettleForm {
  @ApiProperty({ description: 'True agrees and erases exactly what is listed; false refuses the batch.' })
  @IsBoolean({ message: 'error.yes-or-no' })
  agree!: boolean;
}
