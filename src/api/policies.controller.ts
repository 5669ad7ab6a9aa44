import { Body, Controller, Get, HttpCode, Post, Put } from '@nestjs/common';
import { DraftPolicies } from '../casework/policies/draft-policies';
import { CurrentVisitor } from '../people/current-visitor';
import { Permits } from '../people/permits';
import type { Visitor } from '../people/visitor';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '../platform/api-decorators';
import { PoliciesAnswer, PolicyTrialAnswer } from './answers/policies';
import { PolicyAmendmentsForm, PolicyDecisionForm, PolicyDraftForm } from './policy-forms';
import { ProblemResponses } from './problem-responses';

/** The versions of the process. Every change answers with them, and the draft, as they are then. */
@ApiTags('policies')
@ApiBearerAuth()
@ProblemResponses()
@Controller('api/v1/policies')
export class PoliciesController {
  constructor(private readonly drafts: DraftPolicies) {}

  @Get()
  @Permits('read-policies')
  @ApiOkResponse({ type: PoliciesAnswer })
  list(): Promise<PoliciesAnswer> {
    return this.drafts.view();
  }

  /** What these amendments would change of the newest version, and what is wrong with them. Nothing is stored. */
  @Post('trials')
  @HttpCode(200)
  @Permits('draft-policy')
  @ApiOkResponse({ type: PolicyTrialAnswer })
  try(@Body() { amendments }: PolicyAmendmentsForm): Promise<PolicyTrialAnswer> {
    return this.drafts.try(amendments);
  }

  @Put('draft')
  @Permits('draft-policy')
  @ApiOkResponse({ type: PoliciesAnswer })
  async draft(
    @CurrentVisitor() visitor: Visitor,
    @Body() { amendments, seen }: PolicyDraftForm,
  ): Promise<PoliciesAnswer> {
    await this.drafts.replace(visitor, amendments, seen);
    return this.drafts.view();
  }

  /** Published: by somebody who drafted no part of it. Cases that are lodged from then on are held to it; the others keep theirs. */
  @Post('decision')
  @HttpCode(200)
  @Permits('settle-policy')
  @ApiOkResponse({ type: PoliciesAnswer })
  async settle(
    @CurrentVisitor() visitor: Visitor,
    @Body() { publish, seen, despite }: PolicyDecisionForm,
  ): Promise<PoliciesAnswer> {
    await this.drafts.settle(visitor, publish, seen, { despite });
    return this.drafts.view();
  }
}
