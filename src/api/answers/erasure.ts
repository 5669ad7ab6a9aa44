import { ApiProperty, type ApiPropertyOptions } from '../../platform/api-decorators';
import {
  ERASURE_SCOPES,
  HOLD_GROUND_CODES,
  KEPT_BACK,
  SCHEDULE_CODES,
  type KeptBack,
  type LengthByOutcome,
  type ScheduleCode,
} from '../../rules/retention';
import { CLOSURE_CODE_LIST, type ClosureCode } from '../../rules/outcomes';
import { day, dayOrNull, instantOrNull, textOrNull, integer } from './fields';

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

export class LengthByOutcomeAnswer {
  @ApiProperty({ enum: CLOSURE_CODE_LIST }) outcome!: ClosureCode;
  @ApiProperty(integer) years!: number;
}

export class DueAnswer {
  @ApiProperty(schedule) schedule!: ScheduleCode;
  @ApiProperty({
    ...integer,
    description: 'From the last closure, as this house keeps it; not after the endings in otherLengths.',
  })
  years!: number;
  @ApiProperty({ type: [LengthByOutcomeAnswer] }) otherLengths!: LengthByOutcome[];
  @ApiProperty({ type: [DueCaseAnswer] }) free!: DueCaseAnswer[];
  @ApiProperty({ type: [HeldCaseAnswer] }) held!: HeldCaseAnswer[];
}

export class BatchCaseAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty() reference!: string;
  @ApiProperty(textOrNull) closureCode!: string | null;
  @ApiProperty(dayOrNull) closedOn!: string | null;
  @ApiProperty({ ...dayOrNull, description: 'Since when it may be erased; null while it is open again.' })
  dueOn!: string | null;
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
