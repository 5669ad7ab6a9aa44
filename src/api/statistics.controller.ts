import { Controller, Get, Query } from '@nestjs/common';
import { Policies } from '../casework/policies/policies';
import { ReadAgeing } from '../insight/ageing';
import { ReadClockUse } from '../insight/clock-use';
import { ReadDwell } from '../insight/dwell';
import { ReadProposals } from '../casework/team/read-proposals';
import { ReadOwnWork } from '../insight/own-work';
import { ReadTeamLoad } from '../insight/team-load';
import { SurveyComments } from '../insight/survey-comments';
import { ReadStatistics } from '../insight/read-statistics';
import { CurrentVisitor } from '../people/current-visitor';
import { Permits } from '../people/permits';
import type { Visitor } from '../people/visitor';
import { ApiBearerAuth, ApiOkResponse, ApiQuery, ApiTags } from '../platform/api-decorators';
import { processText } from '../rules/process-text';
import {
  AgeingAnswer,
  ClockUseAnswer,
  DwellAnswer,
  OwnWorkAnswer,
  TeamLoadAnswer,
} from './answers/dashboards';
import { ProcessAnswer } from './answers/process';
import { PublicStatisticsAnswer, StatisticsAnswer, SurveyCommentsAnswer } from './answers/statistics';
import { ProblemResponses } from './problem-responses';

const DAY = { type: 'string', format: 'date' };

@ApiTags('statistics')
@ApiBearerAuth()
@ProblemResponses()
@Controller('api/v1')
export class StatisticsController {
  constructor(
    private readonly statistics: ReadStatistics,
    private readonly surveyComments: SurveyComments,
    private readonly ownWork: ReadOwnWork,
    private readonly readProposals: ReadProposals,
    private readonly teamLoad: ReadTeamLoad,
    private readonly ageing: ReadAgeing,
    private readonly clockUse: ReadClockUse,
    private readonly dwell: ReadDwell,
    private readonly policies: Policies,
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

  @Get('statistics/own-work')
  @Permits('read-dashboard')
  @ApiOkResponse({ type: OwnWorkAnswer })
  async readOwnWork(@CurrentVisitor() visitor: Visitor): Promise<OwnWorkAnswer> {
    return this.ownWork.run(visitor, await this.readProposals.list(visitor));
  }

  @Get('statistics/team-load')
  @Permits('read-team-load')
  @ApiOkResponse({ type: TeamLoadAnswer })
  readTeamLoad(@CurrentVisitor() visitor: Visitor): Promise<TeamLoadAnswer> {
    return this.teamLoad.run(visitor);
  }

  @Get('statistics/ageing')
  @Permits('read-dashboard')
  @ApiOkResponse({ type: AgeingAnswer })
  readAgeing(@CurrentVisitor() visitor: Visitor): Promise<AgeingAnswer> {
    return this.ageing.run(visitor);
  }

  @Get('statistics/clocks')
  @Permits('read-dashboard')
  @ApiOkResponse({ type: ClockUseAnswer })
  readClockUse(@CurrentVisitor() visitor: Visitor): Promise<ClockUseAnswer> {
    return this.clockUse.run(visitor);
  }

  @Get('statistics/dwell')
  @Permits('read-dashboard')
  @ApiQuery({ name: 'from', required: false, schema: DAY, description: 'A year before the end if left out.' })
  @ApiQuery({ name: 'to', required: false, schema: DAY, description: 'Today if left out.' })
  @ApiOkResponse({ type: DwellAnswer })
  readDwell(
    @CurrentVisitor() visitor: Visitor,
    @Query() query: Record<string, unknown>,
  ): Promise<DwellAnswer> {
    return this.dwell.run(visitor, query);
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
  @ApiQuery({
    name: 'policy',
    required: false,
    description: 'A version of the process; left out, the newest.',
    schema: { type: 'string' },
  })
  async process(@Query('policy') version: unknown): Promise<ProcessAnswer> {
    return { text: processText(await this.policies.chosen(version)) };
  }
}
