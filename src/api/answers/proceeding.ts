import { ApiProperty } from '../../platform/api-decorators';
import { COUNTRY_CODES } from '../../rules/countries';
import {
  PARALLEL_COURSE_CODES,
  PARALLEL_PROCEEDING_CODES,
  PROCEEDING_FILER_CODES,
  PROCEEDING_ORDER_CODES,
  PROCEEDING_OUTCOME_CODES,
} from '../../rules/parallel-proceedings';
import { day, dayOrNull, integer, role, text, textOrNull, yesNoOrNull } from './fields';

/** What codes and days tell of another route that a person takes. */
export class ProceedingFactsAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty({ enum: PARALLEL_PROCEEDING_CODES }) type!: string;
  @ApiProperty({ enum: PARALLEL_COURSE_CODES, description: 'What the case does while it runs.' })
  course!: string;
  @ApiProperty(dayOrNull) begunOn!: string | null;
  @ApiProperty({ enum: COUNTRY_CODES, nullable: true }) country!: string | null;
  @ApiProperty({ enum: PROCEEDING_FILER_CODES, nullable: true, description: 'Who brought it there.' })
  filedBy!: string | null;
  @ApiProperty({ ...yesNoOrNull, description: 'Whether anybody asked that the case stands still meanwhile.' })
  stayRequested!: boolean | null;
  @ApiProperty({ enum: PROCEEDING_ORDER_CODES, isArray: true }) orders!: string[];
  @ApiProperty(dayOrNull) orderedOn!: string | null;
  @ApiProperty({ ...dayOrNull, description: 'When the person was last told of it.' }) toldOn!: string | null;
  @ApiProperty(day) recordedOn!: string;
  @ApiProperty(dayOrNull) endedOn!: string | null;
  @ApiProperty({ enum: PROCEEDING_OUTCOME_CODES, nullable: true }) outcome!: string | null;
}

/** As it stands in its case. */
export class ProceedingAnswer extends ProceedingFactsAnswer {
  @ApiProperty(textOrNull) body!: string | null;
  @ApiProperty({ ...textOrNull, description: 'Of the body where it runs.' }) reference!: string | null;
  @ApiProperty(textOrNull) order!: string | null;
  @ApiProperty(role) byRole!: string;
  @ApiProperty(textOrNull) result!: string | null;
}

/** As it stands in the register. */
export class ProceedingRowAnswer extends ProceedingFactsAnswer {
  @ApiProperty({ ...text, description: 'Of the case.' }) reference!: string;
}

export class ProceedingListAnswer {
  @ApiProperty({ ...integer, description: 'Of all that fit, listed or not.' }) count!: number;
  @ApiProperty({ type: [ProceedingRowAnswer] }) proceedings!: ProceedingRowAnswer[];
}
