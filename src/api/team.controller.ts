import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiTags } from '../platform/api-decorators';
import { HandOver } from '../casework/team/hand-over';
import { OpenInEmergency } from '../casework/team/open-in-emergency';
import { ReadAsked } from '../casework/team/read-asked';
import { CurrentVisitor } from '../people/current-visitor';
import { Permits } from '../people/permits';
import type { Visitor } from '../people/visitor';
import { AskedAnswer, HandedOverAnswer, OpenedAnswer, UnreviewedAnswer } from './answers/team';
import { HandOverForm, RevealForm } from './forms';
import { ProblemResponses } from './problem-responses';

/** Who works on cases: what one is asked, handing over, and opening a case in an emergency. */
@ApiTags('cases')
@ApiBearerAuth()
@ProblemResponses()
@Controller('api/v1')
export class TeamController {
  constructor(
    private readonly readAsked: ReadAsked,
    private readonly handOver: HandOver,
    private readonly openInEmergency: OpenInEmergency,
  ) {}

  @Get('assignments')
  @Permits('read-asked')
  @ApiOkResponse({
    type: [AskedAnswer],
    description: 'Answered by the steps declare-no-conflict and recuse of the case.',
  })
  asked(@CurrentVisitor() visitor: Visitor): Promise<AskedAnswer[]> {
    return this.readAsked.list(visitor);
  }

  @Post('hand-overs')
  @HttpCode(200)
  @Permits('hand-over-cases')
  @ApiOkResponse({ type: HandedOverAnswer })
  hand(@CurrentVisitor() visitor: Visitor, @Body() form: HandOverForm): Promise<HandedOverAnswer> {
    return this.handOver.run(visitor, form);
  }

  @Get('break-glass')
  @Permits('read-break-glass')
  @ApiOkResponse({ type: [UnreviewedAnswer], description: 'What no protection officer has looked at yet.' })
  unreviewed(@CurrentVisitor() visitor: Visitor): Promise<UnreviewedAnswer[]> {
    return this.openInEmergency.unreviewed(visitor);
  }

  @Post('cases/:reference/break-glass')
  @Permits('break-glass')
  @ApiCreatedResponse({ type: OpenedAnswer })
  open(
    @CurrentVisitor() visitor: Visitor,
    @Param('reference') reference: string,
    @Body() { reason }: RevealForm,
  ): Promise<OpenedAnswer> {
    return this.openInEmergency.run(visitor, reference, reason);
  }
}
