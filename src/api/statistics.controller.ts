import { Controller, Get } from '@nestjs/common';
import { SurveyComments } from '../insight/survey-comments';
import { ReadStatistics } from '../insight/read-statistics';
import { CurrentVisitor } from '../people/current-visitor';
import { Permits } from '../people/permits';
import type { Visitor } from '../people/visitor';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '../platform/api-decorators';
import { processText } from '../rules/process-text';
import { ProcessAnswer } from './answers/process';
import { PublicStatisticsAnswer, StatisticsAnswer, SurveyCommentsAnswer } from './answers/statistics';
import { ProblemResponses } from './problem-responses';

@ApiTags('statistics')
@ApiBearerAuth()
@ProblemResponses()
@Controller('api/v1')
export class StatisticsController {
  constructor(
    private readonly statistics: ReadStatistics,
    private readonly surveyComments: SurveyComments,
  ) {}

  @Get('statistics')
  @Permits('read-statistics')
  @ApiOkResponse({ type: StatisticsAnswer })
  read(@CurrentVisitor() visitor: Visitor): Promise<StatisticsAnswer> {
    return this.statistics.run(visitor);
  }

  @Get('statistics/survey-comments')
  @Permits('read-survey-comments')
  @ApiOkResponse({ type: SurveyCommentsAnswer })
  async comments(@CurrentVisitor() visitor: Visitor): Promise<SurveyCommentsAnswer> {
    return { comments: await this.surveyComments.list(visitor) };
  }

  @Get('statistics/public')
  @Permits('read-public-statistics')
  @ApiOkResponse({ type: PublicStatisticsAnswer })
  readPublic(): Promise<PublicStatisticsAnswer> {
    return this.statistics.forPublic();
  }

  @Get('reports/process')
  @Permits('read-process')
  @ApiOkResponse({ type: ProcessAnswer })
  process(): ProcessAnswer {
    return { text: processText() };
  }
}
