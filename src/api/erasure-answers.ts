import { ApiProperty, ApiPropertyOptional, type ApiPropertyOptions } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsIn, IsOptional, IsString } from 'class-validator';
import { MOST_IN_BATCH } from '../casework/erasure/disposals';
import {
  ERASURE_SCOPES,
  HOLD_GROUND_CODES,
  KEPT_BACK,
  SCHEDULE_CODES,
  type KeptBack,
  type ScheduleCode,
} from '../rules/retention';

/** Shapes of what is kept and erased, as the API document names them. */

const day: ApiPropertyOptions = { type: String, format: 'date' };
const dayOrNull: ApiPropertyOptions = { ...day, nullable: true };
const instantOrNull: ApiPropertyOptions = { type: String, format: 'date-time', nullable: true };
const textOrNull: ApiPropertyOptions = { type: String, nullable: true };
const integer: ApiPropertyOptions = { type: 'integer' };
const schedule: ApiPropertyOptions = { enum: SCHEDULE_CODES };
const keptBack: ApiPropertyOptions = { enum: Object.keys(KEPT_BACK) };

export class HoldAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty({ enum: HOLD_GROUND_CODES }) ground!: string;
  @ApiProperty(textOrNull) reason!: string | null;
  @ApiProperty({ ...textOrNull, description: 'Null for the one that holds from receipt.' })
  placedBy!: string | null;
  @ApiProperty(day) placedOn!: string;
  @ApiProperty(textOrNull) reviewedBy!: string | null;
  @ApiProperty(dayOrNull) reviewedOn!: string | null;
  @ApiProperty(textOrNull) releasedBy!: string | null;
  @ApiProperty(dayOrNull) releasedOn!: string | null;
}

export class ErasureRequestAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty({ enum: ERASURE_SCOPES }) scope!: string;
  @ApiProperty(day) requestedOn!: string;
  @ApiProperty({ enum: ['OPEN', 'CARRIED_OUT', 'REFUSED', 'TAKEN_BACK'] }) status!: string;
  @ApiProperty(dayOrNull) decidedOn!: string | null;
}

export class ErasedAnswer {
  @ApiProperty() reference!: string;
  @ApiProperty({ enum: ERASURE_SCOPES }) scope!: string;
  @ApiProperty(integer) revision!: number;
}

export class DueCaseAnswer {
  @ApiProperty() reference!: string;
  @ApiProperty() state!: string;
  @ApiProperty(textOrNull) closureCode!: string | null;
  @ApiProperty({ ...day, description: 'The last closure.' }) closedOn!: string;
  @ApiProperty(day) dueOn!: string;
}

export class HeldCaseAnswer extends DueCaseAnswer {
  @ApiProperty(keptBack) keptBack!: KeptBack;
}

export class DueAnswer {
  @ApiProperty(schedule) schedule!: ScheduleCode;
  @ApiProperty({ ...integer, description: 'From the last closure, as this house keeps it.' }) years!: number;
  @ApiProperty({ type: [DueCaseAnswer] }) free!: DueCaseAnswer[];
  @ApiProperty({ type: [HeldCaseAnswer] }) held!: HeldCaseAnswer[];
}

export class BatchCaseAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty() reference!: string;
  @ApiProperty(dayOrNull) closedOn!: string | null;
  @ApiProperty({ enum: ['LISTED', 'ERASED', 'KEPT_BACK', 'DROPPED'] }) status!: string;
  @ApiProperty({ ...keptBack, nullable: true }) keptBack!: string | null;
}

export class BatchAnswer {
  @ApiProperty() id!: string;
  @ApiProperty(schedule) schedule!: ScheduleCode;
  @ApiProperty({ enum: ['PROPOSED', 'AGREED', 'DONE', 'REFUSED'] }) status!: string;
  @ApiProperty() proposedBy!: string;
  @ApiProperty({ type: String, format: 'date-time' }) proposedAt!: string;
  @ApiProperty() note!: string;
  @ApiProperty(textOrNull) settledBy!: string | null;
  @ApiProperty(instantOrNull) settledAt!: string | null;
  @ApiProperty(instantOrNull) doneAt!: string | null;
  @ApiProperty({ type: [BatchCaseAnswer] }) cases!: BatchCaseAnswer[];
}

export class BatchForm {
  @ApiProperty(schedule)
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
