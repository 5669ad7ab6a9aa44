import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { SearchCases } from '../casework/search/search-cases';
import { CurrentVisitor } from '../people/current-visitor';
import { Permits } from '../people/permits';
import type { Officer } from '../people/visitor';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '../platform/api-decorators';
import { SearchAnswer } from './answers/queue';
import { SearchForm } from './forms';
import { ProblemResponses } from './problem-responses';
import { filterIn, queueFilter } from './queue-filter';

@ApiTags('cases')
@ApiBearerAuth()
@ProblemResponses()
@Controller('api/v1/cases/search')
export class SearchController {
  constructor(private readonly searchCases: SearchCases) {}

  @Post()
  @HttpCode(200)
  @Permits('search-cases')
  @ApiOkResponse({ type: SearchAnswer })
  search(@CurrentVisitor() visitor: Officer, @Body() form: SearchForm): Promise<SearchAnswer> {
    const { filter, ...question } = form;
    return this.searchCases.run(visitor, {
      ...question,
      ...(filter ? { filter: queueFilter(filterIn(filter), visitor) } : {}),
    });
  }
}
