import { Controller, Get, Query } from '@nestjs/common';
import {
  MOST_PROCEEDINGS,
  PROCEEDING_FILTERS,
  readProceedingFilter,
  ReadProceedings,
} from '../casework/registers/read-proceedings';
import { CurrentVisitor } from '../people/current-visitor';
import { Permits } from '../people/permits';
import type { Visitor } from '../people/visitor';
import { ApiBearerAuth, ApiOkResponse, ApiQuery, ApiTags } from '../platform/api-decorators';
import { Refusal } from '../platform/refusal';
import { ProceedingListAnswer } from './answers/proceeding';
import { ProblemResponses } from './problem-responses';

const filterBy = (name: keyof typeof PROCEEDING_FILTERS) => ({
  name,
  required: false,
  enum: [...PROCEEDING_FILTERS[name]],
});

/** The register of parallel proceedings: those beside the cases that the reader may see. */
@ApiTags('registers')
@ApiBearerAuth()
@ProblemResponses()
@Controller('api/v1/proceedings')
export class ProceedingsController {
  constructor(private readonly proceedings: ReadProceedings) {}

  /** The last noted first. Names of bodies and their references are read in the case. */
  @Get()
  @Permits('read-registers')
  @ApiQuery(filterBy('type'))
  @ApiQuery(filterBy('country'))
  @ApiQuery(filterBy('status'))
  @ApiQuery(filterBy('order'))
  @ApiQuery({ ...filterBy('told'), description: 'Whether the person was told of it.' })
  @ApiOkResponse({ type: ProceedingListAnswer, description: `At most ${MOST_PROCEEDINGS} are listed.` })
  list(
    @CurrentVisitor() visitor: Visitor,
    @Query() query: Record<string, unknown>,
  ): Promise<ProceedingListAnswer> {
    const { filter, faults } = readProceedingFilter(query);
    if (faults.length > 0) throw new Refusal('invalid', 'The register cannot be filtered like this.', faults);
    return this.proceedings.list(visitor, filter);
  }
}
