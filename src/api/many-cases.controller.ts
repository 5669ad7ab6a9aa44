import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ChangeMany } from '../casework/queue/change-many';
import { CurrentVisitor } from '../people/current-visitor';
import { Permits } from '../people/permits';
import type { Officer } from '../people/visitor';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '../platform/api-decorators';
import { CaseOutcomeAnswer } from './answers/views';
import { ProblemResponses } from './problem-responses';
import { ManyCasesForm } from './view-forms';

/** One step in many cases: ask what would happen in each, and only then have it done. */
@ApiTags('cases')
@ApiBearerAuth()
@ProblemResponses()
@Controller('api/v1/many-cases')
export class ManyCasesController {
  constructor(private readonly changeMany: ChangeMany) {}

  @Post()
  @HttpCode(200)
  @Permits('change-many-cases')
  @ApiOkResponse({
    type: [CaseOutcomeAnswer],
    description: 'What became of each case. Sent twice, the second time is refused in each as stale.',
  })
  run(@CurrentVisitor() visitor: Officer, @Body() form: ManyCasesForm): Promise<CaseOutcomeAnswer[]> {
    return this.changeMany.run(visitor, form);
  }

  @Post('preview')
  @HttpCode(200)
  @Permits('change-many-cases')
  @ApiOkResponse({
    type: [CaseOutcomeAnswer],
    description: 'What would become of each case; nothing is changed.',
  })
  preview(@CurrentVisitor() visitor: Officer, @Body() form: ManyCasesForm): Promise<CaseOutcomeAnswer[]> {
    return this.changeMany.preview(visitor, form);
  }
}
