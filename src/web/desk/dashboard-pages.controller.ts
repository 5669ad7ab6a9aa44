import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { PatternReviews } from '../../casework/patterns/pattern-reviews';
import { ReadAsked } from '../../casework/team/read-asked';
import { ReadProposals } from '../../casework/team/read-proposals';
import { ReadAgeing } from '../../insight/ageing';
import { ReadClockUse } from '../../insight/clock-use';
import { MOST_TASKS } from '../../insight/dashboard-views';
import { ReadDwell } from '../../insight/dwell';
import { ReadOwnWork } from '../../insight/own-work';
import { ReadTeamLoad } from '../../insight/team-load';
import { Permits } from '../../people/permits';
import { Refusal } from '../../platform/refusal';
import { ageingModel, clockUseModel, dwellModel, ownWorkModel, teamLoadModel } from './dashboard-model';
import { dashboardTabs } from './dashboard-tabs';
import { DeskPages, officerOf, typed, type DeskRequest } from './desk-pages';
import { withWhat } from './pattern-pages.controller';

/** What there is to do, how old it is, and who does it. */
@Controller('desk/dashboard')
export class DashboardPagesController {
  constructor(
    private readonly ownWork: ReadOwnWork,
    private readonly teamLoad: ReadTeamLoad,
    private readonly ageing: ReadAgeing,
    private readonly clockUse: ReadClockUse,
    private readonly dwell: ReadDwell,
    private readonly reviews: PatternReviews,
    private readonly readAsked: ReadAsked,
    private readonly readProposals: ReadProposals,
    private readonly pages: DeskPages,
  ) {}

  @Get()
  @Permits('read-dashboard')
  async own(@Req() request: DeskRequest, @Res() reply: FastifyReply) {
    const visitor = officerOf(request);
    const work = await this.ownWork.run(visitor, await this.readProposals.list(visitor));
    const model = {
      tabs: dashboardTabs(visitor.roles, '/desk/dashboard'),
      work,
      ...ownWorkModel(work),
      most: MOST_TASKS,
      reviews: (await this.reviews.mine(visitor)).map(withWhat),
      asked: (await this.readAsked.list(visitor)).length,
    };
    return this.pages.show(request, reply, 'desk/own-work.njk', 'My work', model);
  }

  @Get('cases')
  @Permits('read-dashboard')
  async cases(@Req() request: DeskRequest, @Res() reply: FastifyReply) {
    const visitor = officerOf(request);
    const ageing = await this.ageing.run(visitor);
    const clocks = await this.clockUse.run(visitor);
    const model = {
      tabs: dashboardTabs(visitor.roles, '/desk/dashboard/cases'),
      ageing,
      ...ageingModel(ageing),
      clocks,
      ...clockUseModel(clocks),
      mostUsed: clocks.mostUsed,
      most: MOST_TASKS,
    };
    return this.pages.show(request, reply, 'desk/open-cases.njk', 'Age and clocks of open cases', model);
  }

  @Get('times')
  @Permits('read-dashboard')
  async times(
    @Query() query: Record<string, unknown>,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    const visitor = officerOf(request);
    const tabs = dashboardTabs(visitor.roles, '/desk/dashboard/times');
    try {
      const dwell = await this.dwell.run(visitor, query);
      const model = { tabs, dwell, from: dwell.from, to: dwell.to, ...dwellModel(dwell) };
      return await this.pages.show(request, reply, 'desk/dwell.njk', 'How long cases stay', model);
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== 'invalid') throw error;
      const model = { tabs, from: typed(query, 'from'), to: typed(query, 'to') };
      return this.pages.show(request, reply, 'desk/dwell.njk', 'How long cases stay', model, {
        status: error.status,
        needs: error.needs,
      });
    }
  }

  @Get('team')
  @Permits('read-team-load')
  async team(@Req() request: DeskRequest, @Res() reply: FastifyReply) {
    const visitor = officerOf(request);
    const load = await this.teamLoad.run(visitor);
    const model = {
      tabs: dashboardTabs(visitor.roles, '/desk/dashboard/team'),
      load,
      ...teamLoadModel(load),
    };
    return this.pages.show(request, reply, 'desk/team-load.njk', 'Work of the team', model);
  }
}
