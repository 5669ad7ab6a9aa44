import { ApiProperty } from '../../platform/api-decorators';
import { SYSTEM_RECORD_KIND_CODES } from '../../rules/ai-systems';
import { PATTERN_DECISION_CODES, PATTERN_RULE_CODES } from '../../rules/patterns';
import { day, dayOrNull, integer, state, text, textOrNull, yesNo } from './fields';

const LIKE_THE_READER = 'As it would be without the cases that the reader may not see.';

export class PatternOwnerAnswer {
  @ApiProperty(text) personId!: string;
  @ApiProperty(text) name!: string;
}

export class PatternReviewRowAnswer {
  @ApiProperty(integer) number!: number;
  @ApiProperty(integer) revision!: number;
  @ApiProperty({ enum: PATTERN_RULE_CODES }) rule!: string;
  @ApiProperty(integer) systemNumber!: number;
  @ApiProperty(text) systemName!: string;
  @ApiProperty({ ...text, description: 'A harm, a kind of proceeding, the number of a version, or a group.' })
  code!: string;
  @ApiProperty({ ...day, description: LIKE_THE_READER }) foundOn!: string;
  @ApiProperty({ ...day, description: LIKE_THE_READER }) dueOn!: string;
  @ApiProperty(yesNo) overdue!: boolean;
  @ApiProperty({ enum: ['OPEN', 'DECIDED'] }) status!: string;
  @ApiProperty({ type: PatternOwnerAnswer, nullable: true }) owner!: PatternOwnerAnswer | null;
  @ApiProperty({ ...integer, description: 'Of those that the reader may see; of a group: at least.' })
  cases!: number;
  @ApiProperty({ enum: PATTERN_DECISION_CODES, nullable: true }) patternDecision!: string | null;
  @ApiProperty(dayOrNull) decidedOn!: string | null;
}

export class PatternAssessmentAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty({ enum: SYSTEM_RECORD_KIND_CODES }) recordKind!: string;
  @ApiProperty(text) recordTitle!: string;
  @ApiProperty(day) happenedOn!: string;
  @ApiProperty(dayOrNull) struckOn!: string | null;
}

export class PatternVersionAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty(text) recordTitle!: string;
  @ApiProperty(day) happenedOn!: string;
}

export class PatternCaseAnswer {
  @ApiProperty(text) reference!: string;
  @ApiProperty(state) state!: string;
  @ApiProperty(textOrNull) tier!: string | null;
  @ApiProperty(day) lodgedOn!: string;
}

export class PatternReviewAnswer extends PatternReviewRowAnswer {
  @ApiProperty(textOrNull) decisionReasons!: string | null;
  @ApiProperty(textOrNull) decidedBy!: string | null;
  @ApiProperty({ type: PatternAssessmentAnswer, nullable: true }) assessment!: PatternAssessmentAnswer | null;
  @ApiProperty({ type: [PatternAssessmentAnswer] }) assessments!: PatternAssessmentAnswer[];
  @ApiProperty({ type: PatternVersionAnswer, nullable: true }) version!: PatternVersionAnswer | null;
  @ApiProperty({ type: [PatternCaseAnswer], description: 'Of a group none: look for it in the queue.' })
  newestCases!: PatternCaseAnswer[];
}

export class PatternReviewsAnswer {
  @ApiProperty({ type: [String], description: 'The rules, and what of them cannot be seen here.' })
  definitions!: readonly string[];
  @ApiProperty({ type: [PatternReviewRowAnswer] }) reviews!: PatternReviewRowAnswer[];
}
