import { Body, Controller, Get, Headers, HttpCode, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { IsOptional, IsString } from 'class-validator';
import { FindPatterns } from '../casework/patterns/find-patterns';
import { PatternReviews } from '../casework/patterns/pattern-reviews';
import { registerNumber } from '../casework/registers/register-form';
import { CurrentVisitor } from '../people/current-visitor';
import { Permits } from '../people/permits';
import type { Visitor } from '../people/visitor';
import {
  ApiBearerAuth,
  ApiBody,
  ApiHeader,
  ApiOkResponse,
  ApiProperty,
  ApiTags,
} from '../platform/api-decorators';
import { PATTERN_DEFINITIONS, PATTERN_DECISION_FORM } from '../rules/patterns';
import { PatternReviewAnswer, PatternReviewsAnswer } from './answers/patterns';
import { ProblemResponses } from './problem-responses';
import { revisionIn } from './queue-filter';
import { schemaOf, type AskedForm } from './register-forms';

const IF_MATCH = { name: 'If-Match', required: true, description: 'Revision you saw, such as "7".' };

export class PatternOwnerForm {
  @ApiProperty({ type: String, required: false, description: 'Who takes it; left out: you.' })
  @IsOptional()
  @IsString({ message: 'error.text.not-text' })
  person?: string;
}

/** Reviews of what cases about one AI system have in common. Every change answers with the review as it is then. */
@ApiTags('statistics')
@ApiBearerAuth()
@ProblemResponses()
@Controller('api/v1/pattern-reviews')
export class PatternReviewsController {
  constructor(
    private readonly reviews: PatternReviews,
    private readonly findPatterns: FindPatterns,
  ) {}

  @Get()
  @Permits('read-patterns')
  @ApiOkResponse({ type: PatternReviewsAnswer })
  async list(@CurrentVisitor() visitor: Visitor): Promise<PatternReviewsAnswer> {
    return { definitions: PATTERN_DEFINITIONS, reviews: await this.reviews.list(visitor) };
  }

  /** Looks now instead of with the next day; how many were found is not told, since not everybody may know of all. */
  @Post()
  @HttpCode(200)
  @Permits('look-for-patterns')
  @ApiOkResponse({ type: PatternReviewsAnswer })
  async look(@CurrentVisitor() visitor: Visitor): Promise<PatternReviewsAnswer> {
    await this.findPatterns.run();
    return this.list(visitor);
  }

  @Get(':number')
  @Permits('read-patterns')
  @ApiOkResponse({
    type: PatternReviewAnswer,
    headers: { ETag: { description: 'Revision, for If-Match.', schema: { type: 'string' } } },
  })
  async one(
    @CurrentVisitor() visitor: Visitor,
    @Param('number') number: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PatternReviewAnswer> {
    const view = await this.reviews.view(visitor, registerNumber(number));
    void reply.header('etag', `"${view.revision}"`);
    return view;
  }

  @Post(':number/owner')
  @HttpCode(200)
  @Permits('settle-pattern')
  @ApiHeader(IF_MATCH)
  @ApiOkResponse({ type: PatternReviewAnswer })
  async take(
    @CurrentVisitor() visitor: Visitor,
    @Param('number') number: string,
    @Body() form: PatternOwnerForm,
    @Headers('if-match') ifMatch?: string,
  ): Promise<PatternReviewAnswer> {
    const which = registerNumber(number);
    await this.reviews.take(visitor, which, revisionIn(ifMatch), form.person);
    return this.reviews.view(visitor, which);
  }

  @Post(':number/decision')
  @HttpCode(200)
  @Permits('settle-pattern')
  @ApiHeader(IF_MATCH)
  @ApiBody({ schema: schemaOf(PATTERN_DECISION_FORM) })
  @ApiOkResponse({ type: PatternReviewAnswer })
  async decide(
    @CurrentVisitor() visitor: Visitor,
    @Param('number') number: string,
    @Body() form: AskedForm,
    @Headers('if-match') ifMatch?: string,
  ): Promise<PatternReviewAnswer> {
    const which = registerNumber(number);
    await this.reviews.decide(visitor, which, revisionIn(ifMatch), form);
    return this.reviews.view(visitor, which);
  }
}
