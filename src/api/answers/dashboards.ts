import { ApiProperty, type ApiPropertyOptions } from '../../platform/api-decorators';
import { CLOCK_CODES } from '../../rules/clocks';
import { AGE_BAND_CODES, AGE_BANDS, CLOCK_BAND_CODES, CLOCK_BANDS } from '../../rules/figures';
import { STAGES } from '../../rules/states';
import { TASK_KINDS } from '../../rules/tasks';
import { day, dayOrNull, integer, integerOrNull, role, state, text, textOrNull, yesNo } from './fields';

const stage: ApiPropertyOptions = { enum: STAGES };

const countsOf = (
  codes: readonly string[],
  labels: Readonly<Record<string, { label: string }>>,
): ApiPropertyOptions => ({
  type: 'object',
  additionalProperties: false,
  required: [...codes],
  properties: Object.fromEntries(
    codes.map((code) => [code, { type: 'integer', description: labels[code]!.label }]),
  ),
});

class DefinedAnswer {
  @ApiProperty(day) asOf!: string;
  @ApiProperty({ type: [String], description: 'What the numbers mean, as the page says it.' })
  definitions!: readonly string[];
}

export class DueCountsAnswer {
  @ApiProperty(integer) open!: number;
  @ApiProperty(integer) legallyLate!: number;
  @ApiProperty(integer) overdue!: number;
  @ApiProperty(integer) today!: number;
  @ApiProperty(integer) week!: number;
}

export class StageDueCountsAnswer extends DueCountsAnswer {
  @ApiProperty(stage) stage!: string;
}

export class TaskKindCountAnswer {
  @ApiProperty({ enum: [...TASK_KINDS] }) kind!: string;
  @ApiProperty(integer) open!: number;
  @ApiProperty(integer) overdue!: number;
}

export class OwnTaskAnswer {
  @ApiProperty({ enum: [...TASK_KINDS] }) kind!: string;
  @ApiProperty(text) reference!: string;
  @ApiProperty(integerOrNull) n!: number | null;
  @ApiProperty(textOrNull) code!: string | null;
  @ApiProperty(dayOrNull) dueOn!: string | null;
  @ApiProperty(yesNo) overdue!: boolean;
}

export class OwnWorkAnswer extends DefinedAnswer {
  @ApiProperty({ type: DueCountsAnswer }) all!: DueCountsAnswer;
  @ApiProperty({ type: [StageDueCountsAnswer] }) stages!: StageDueCountsAnswer[];
  @ApiProperty({ type: [TaskKindCountAnswer] }) kinds!: TaskKindCountAnswer[];
  @ApiProperty({ type: [OwnTaskAnswer], description: 'Earliest due first, at most 100.' })
  tasks!: OwnTaskAnswer[];
}

export class RoleLoadAnswer {
  @ApiProperty(role) role!: string;
  @ApiProperty(integer) open!: number;
}

export class LoadRowAnswer {
  @ApiProperty(text) personId!: string;
  @ApiProperty(text) name!: string;
  @ApiProperty({ ...yesNo, description: 'False: has left, and waits to be handed over.' }) active!: boolean;
  @ApiProperty(integer) open!: number;
  @ApiProperty(integer) legallyLate!: number;
  @ApiProperty(integer) overdue!: number;
  @ApiProperty(integer) asked!: number;
  @ApiProperty({ type: [RoleLoadAnswer] }) roles!: RoleLoadAnswer[];
}

export class StageLoadAnswer {
  @ApiProperty(stage) stage!: string;
  @ApiProperty(integer) open!: number;
  @ApiProperty(integer) unassigned!: number;
}

export class TeamLoadAnswer extends DefinedAnswer {
  @ApiProperty({ type: [LoadRowAnswer] }) people!: LoadRowAnswer[];
  @ApiProperty({ type: [StageLoadAnswer] }) stages!: StageLoadAnswer[];
}

export class SpreadAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty(integerOrNull) median!: number | null;
  @ApiProperty(integerOrNull) p90!: number | null;
}

export class StageAgeAnswer extends SpreadAnswer {
  @ApiProperty(stage) stage!: string;
  @ApiProperty(countsOf(AGE_BAND_CODES, AGE_BANDS)) bands!: Record<string, number>;
}

export class AgeingAnswer extends DefinedAnswer {
  @ApiProperty({ type: [StageAgeAnswer] }) stages!: StageAgeAnswer[];
  @ApiProperty({ type: SpreadAnswer }) all!: SpreadAnswer;
}

export class ClockUseRowAnswer {
  @ApiProperty({ enum: CLOCK_CODES }) code!: string;
  @ApiProperty({ enum: ['legal', 'internal'] }) basis!: string;
  @ApiProperty(integer) running!: number;
  @ApiProperty(countsOf(CLOCK_BAND_CODES, CLOCK_BANDS)) bands!: Record<string, number>;
}

export class UsedClockAnswer {
  @ApiProperty(text) reference!: string;
  @ApiProperty({ enum: CLOCK_CODES }) code!: string;
  @ApiProperty({ enum: ['legal', 'internal'] }) basis!: string;
  @ApiProperty(day) dueOn!: string;
  @ApiProperty({ ...integer, description: 'Share of its time that is used, rounded down.' }) percent!: number;
  @ApiProperty({ enum: CLOCK_BAND_CODES }) band!: string;
}

export class ClockUseAnswer extends DefinedAnswer {
  @ApiProperty({ type: [ClockUseRowAnswer] }) clocks!: ClockUseRowAnswer[];
  @ApiProperty({ type: [UsedClockAnswer], description: 'Of the 100 due first, the most used first.' })
  mostUsed!: UsedClockAnswer[];
}

export class StateDwellAnswer extends SpreadAnswer {
  @ApiProperty(state) state!: string;
}

export class DwellAnswer extends DefinedAnswer {
  @ApiProperty(day) from!: string;
  @ApiProperty(day) to!: string;
  @ApiProperty({ type: [StateDwellAnswer] }) states!: StateDwellAnswer[];
}
