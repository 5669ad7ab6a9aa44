import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { keyOf, Wordings } from '../casework/wordings/wordings';
import { registerNumber } from '../casework/registers/register-form';
import { CurrentVisitor } from '../people/current-visitor';
import { Permits } from '../people/permits';
import type { Visitor } from '../people/visitor';
import { ApiBearerAuth, ApiOkResponse, ApiParam, ApiQuery, ApiTags } from '../platform/api-decorators';
import { WORDING_KINDS } from '../rules/wordings';
import { LANGUAGES } from '../words/words';
import { WordingAnswer, WordingRowAnswer } from './answers/wordings';
import { ProblemResponses } from './problem-responses';
import { WordingDecisionForm, WordingEmptyingForm, WordingForm, WordingTakeUpForm } from './wording-forms';

/** How letters and text blocks are worded. Every change answers with the words and their versions as they are then. */
@ApiTags('wordings')
@ApiBearerAuth()
@ProblemResponses()
@Controller('api/v1/wordings')
export class WordingsController {
  constructor(private readonly wordings: Wordings) {}

  @Get()
  @Permits('read-wordings')
  @ApiQuery({ name: 'language', enum: LANGUAGES })
  @ApiOkResponse({ type: [WordingRowAnswer] })
  list(@Query('language') language: unknown): Promise<WordingRowAnswer[]> {
    return this.wordings.list(String(language));
  }

  @Get(':kind/:wording/:language')
  @Permits('read-wordings')
  @ApiParam({ name: 'kind', enum: WORDING_KINDS })
  @ApiParam({ name: 'language', enum: LANGUAGES })
  @ApiOkResponse({ type: WordingAnswer })
  one(
    @Param('kind') kind: string,
    @Param('wording') wording: string,
    @Param('language') language: string,
  ): Promise<WordingAnswer> {
    return this.wordings.view(kind, wording, language);
  }

  @Put(':kind/:wording/:language/draft')
  @Permits('draft-wording')
  @ApiParam({ name: 'kind', enum: WORDING_KINDS })
  @ApiParam({ name: 'language', enum: LANGUAGES })
  @ApiOkResponse({ type: WordingAnswer })
  async draft(
    @CurrentVisitor() visitor: Visitor,
    @Param('kind') kind: string,
    @Param('wording') wording: string,
    @Param('language') language: string,
    @Body() { subject, body, seen }: WordingForm,
  ): Promise<WordingAnswer> {
    await this.wordings.draft(visitor, keyOf(kind, wording, language), { subject, body }, seen);
    return this.wordings.view(kind, wording, language);
  }

  @Post(':kind/:wording/:language/earlier')
  @HttpCode(200)
  @Permits('draft-wording')
  @ApiParam({ name: 'kind', enum: WORDING_KINDS })
  @ApiParam({ name: 'language', enum: LANGUAGES })
  @ApiOkResponse({ type: WordingAnswer })
  async takeUp(
    @CurrentVisitor() visitor: Visitor,
    @Param('kind') kind: string,
    @Param('wording') wording: string,
    @Param('language') language: string,
    @Body() { version, seen }: WordingTakeUpForm,
  ): Promise<WordingAnswer> {
    await this.wordings.takeUp(visitor, keyOf(kind, wording, language), version, seen);
    return this.wordings.view(kind, wording, language);
  }

  /** For good: neither the words that are on nor a draft, and by nobody who drafted them. */
  @Post(':kind/:wording/:language/earlier/:n/emptying')
  @HttpCode(200)
  @Permits('empty-wording')
  @ApiParam({ name: 'kind', enum: WORDING_KINDS })
  @ApiParam({ name: 'language', enum: LANGUAGES })
  @ApiOkResponse({ type: WordingAnswer })
  async empty(
    @CurrentVisitor() visitor: Visitor,
    @Param('kind') kind: string,
    @Param('wording') wording: string,
    @Param('language') language: string,
    @Param('n') n: string,
    @Body() { emptyingReason, seen }: WordingEmptyingForm,
  ): Promise<WordingAnswer> {
    const key = keyOf(kind, wording, language);
    await this.wordings.empty(visitor, key, registerNumber(n), { emptyingReason }, seen);
    return this.wordings.view(kind, wording, language);
  }

  @Post(':kind/:wording/:language/decision')
  @HttpCode(200)
  @Permits('settle-wording')
  @ApiParam({ name: 'kind', enum: WORDING_KINDS })
  @ApiParam({ name: 'language', enum: LANGUAGES })
  @ApiOkResponse({ type: WordingAnswer })
  async settle(
    @CurrentVisitor() visitor: Visitor,
    @Param('kind') kind: string,
    @Param('wording') wording: string,
    @Param('language') language: string,
    @Body() { on, seen }: WordingDecisionForm,
  ): Promise<WordingAnswer> {
    await this.wordings.settle(visitor, keyOf(kind, wording, language), on, seen);
    return this.wordings.view(kind, wording, language);
  }
}
