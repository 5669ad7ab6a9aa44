import { ApiProperty, type ApiPropertyOptions } from '../../platform/api-decorators';
import { day, text, textOrNull, integer, integerOrNull } from './fields';

export class CountedAnswer {
  @ApiProperty({ ...textOrNull, description: 'Null: not known.' }) code!: string | null;
  @ApiProperty(integer) count!: number;
}

export class PublicCountAnswer {
  @ApiProperty(textOrNull) code!: string | null;
  @ApiProperty({ ...integerOrNull, description: 'Null: too small to be shown, or hides one that is.' })
  count!: number | null;
}

const KINDS_TOLD =
  'A collective complaint counts once, however many it speaks for; the case of each member counts, too (kinds).';

const NO_NAMES = 'Empty where no count could be shown.';

const countsBy = (of: string): ApiPropertyOptions => ({
  type: 'object',
  additionalProperties: { type: 'array', items: { $ref: `#/components/schemas/${of}` } },
});

export class ClockCountsAnswer {
  @ApiProperty(text) code!: string;
  @ApiProperty(integer) running!: number;
  @ApiProperty(integer) stopped!: number;
  @ApiProperty(integer) stoppedInTime!: number;
  @ApiProperty(integer) overdue!: number;
}

export class RemedyCountsAnswer {
  @ApiProperty(integer) actions!: number;
  @ApiProperty(integer) done!: number;
  @ApiProperty(integer) confirmedByComplainant!: number;
}

export class AppealCountsAnswer {
  @ApiProperty(integer) filed!: number;
  @ApiProperty(integer) decided!: number;
  @ApiProperty({ type: [CountedAnswer] }) outcomes!: CountedAnswer[];
}

export class DaysToOutcomeAnswer {
  @ApiProperty(integer) count!: number;
  @ApiProperty({ type: Number, nullable: true }) median!: number | null;
  @ApiProperty({ type: Number, nullable: true }) p90!: number | null;
}

export class SurveyCountsAnswer {
  @ApiProperty(integer) given!: number;
  @ApiProperty({
    ...countsBy('CountedAnswer'),
    description: 'By question, from 1 (not at all) to 5 (fully).',
  })
  scores!: Record<string, CountedAnswer[]>;
}

export class PublicSurveyAnswer {
  @ApiProperty({ ...integerOrNull, description: 'Null: too small to be shown.' }) given!: number | null;
  @ApiProperty(countsBy('PublicCountAnswer')) scores!: Record<string, PublicCountAnswer[]>;
}

export class SurveyCommentsAnswer {
  @ApiProperty({ type: [String], description: 'In the order of their words; empty while there are few.' })
  comments!: string[];
}

export class StatisticsAnswer {
  @ApiProperty(day) asOf!: string;
  @ApiProperty({ ...integer, description: KINDS_TOLD }) total!: number;
  @ApiProperty({ type: [CountedAnswer] }) kinds!: CountedAnswer[];
  @ApiProperty(countsBy('CountedAnswer')) by!: Record<string, CountedAnswer[]>;
  @ApiProperty({ type: [CountedAnswer] }) harms!: CountedAnswer[];
  @ApiProperty({ type: [ClockCountsAnswer] }) clocks!: ClockCountsAnswer[];
  @ApiProperty({ type: RemedyCountsAnswer }) remedy!: RemedyCountsAnswer;
  @ApiProperty({ type: AppealCountsAnswer }) appeals!: AppealCountsAnswer;
  @ApiProperty({ type: SurveyCountsAnswer }) survey!: SurveyCountsAnswer;
  @ApiProperty({ type: DaysToOutcomeAnswer }) daysToOutcome!: DaysToOutcomeAnswer;
}

export class InTimeAnswer {
  @ApiProperty(text) code!: string;
  @ApiProperty({ ...integerOrNull, description: 'Whole percent; null where too few stand behind it.' })
  percent!: number | null;
}

export class PublicDaysToOutcome {
  @ApiProperty({ type: Number, nullable: true }) median!: number | null;
}

export class PublicStatisticsAnswer {
  @ApiProperty(day) asOf!: string;
  @ApiProperty({ ...integerOrNull, description: KINDS_TOLD }) total!: number | null;
  @ApiProperty({ type: [PublicCountAnswer] }) kinds!: PublicCountAnswer[];
  @ApiProperty({ ...countsBy('PublicCountAnswer'), description: NO_NAMES }) by!: Record<
    string,
    PublicCountAnswer[]
  >;
  @ApiProperty({ type: [PublicCountAnswer], description: NO_NAMES }) harms!: PublicCountAnswer[];
  @ApiProperty({ type: [InTimeAnswer] }) inTime!: InTimeAnswer[];
  @ApiProperty({ type: PublicSurveyAnswer }) survey!: PublicSurveyAnswer;
  @ApiProperty({ type: PublicDaysToOutcome }) daysToOutcome!: PublicDaysToOutcome;
}
