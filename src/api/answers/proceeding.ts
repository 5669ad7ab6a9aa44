import { ApiProperty } from '../../platform/api-decorators';
import { PARALLEL_COURSE_CODES, PARALLEL_PROCEEDING_CODES } from '../../rules/parallel-proceedings';
import { day, dayOrNull, integer, role, textOrNull } from './fields';

/** Another route that the person takes. */
export class ProceedingAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty({ enum: PARALLEL_PROCEEDING_CODES }) type!: string;
  @ApiProperty({ enum: PARALLEL_COURSE_CODES, description: 'What the case does while it runs.' })
  course!: string;
  @ApiProperty(textOrNull) body!: string | null;
  @ApiProperty({ ...textOrNull, description: 'Of the body where it runs.' }) reference!: string | null;
  @ApiProperty(dayOrNull) begunOn!: string | null;
  @ApiProperty(role) byRole!: string;
  @ApiProperty(day) recordedOn!: string;
  @ApiProperty(dayOrNull) endedOn!: string | null;
  @ApiProperty(textOrNull) result!: string | null;
}
