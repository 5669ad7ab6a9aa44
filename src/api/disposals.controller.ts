import { Body, Controller, Get, Header, HttpCode, Param, Post, Query } from '@nestjs/common';
import { Disposals } from '../casework/erasure/disposals';
import { CurrentVisitor } from '../people/current-visitor';
import { Permits } from '../people/permits';
import type { Visitor } from '../people/visitor';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiProduces,
  ApiQuery,
  ApiTags,
} from '../platform/api-decorators';
import { SCHEDULE_CODES } from '../rules/retention';
import { BatchAnswer, DueAnswer } from './answers/erasure';
import { BatchForm, SettleForm } from './disposal-forms';
import { ProblemResponses } from './problem-responses';

/** Erasing what is due: one proposes a batch, another agrees. */
@ApiTags('disposals')
@ApiBearerAuth()
@ProblemResponses()
@Controller('api/v1/disposals')
export class DisposalsController {
  constructor(private readonly disposals: Disposals) {}

  @Get('due')
  @Permits('read-due-disposals')
  @ApiQuery({ name: 'schedule', enum: SCHEDULE_CODES })
  @ApiOkResponse({ type: DueAnswer })
  due(@CurrentVisitor() visitor: Visitor, @Query('schedule') schedule: unknown): Promise<DueAnswer> {
    return this.disposals.due(visitor, typeof schedule === 'string' ? schedule : '');
  }

  @Get()
  @Permits('read-disposals')
  @ApiOkResponse({ type: [BatchAnswer], description: 'The newest 50 batches.' })
  list(@CurrentVisitor() visitor: Visitor): Promise<BatchAnswer[]> {
    return this.disposals.list(visitor);
  }

  @Post()
  @Permits('propose-disposal')
  @ApiCreatedResponse({ type: BatchAnswer })
  propose(@CurrentVisitor() visitor: Visitor, @Body() form: BatchForm): Promise<BatchAnswer> {
    return this.disposals.propose(visitor, form);
  }

  @Get(':id')
  @Permits('read-disposal')
  @ApiOkResponse({ type: BatchAnswer })
  one(@CurrentVisitor() visitor: Visitor, @Param('id') id: string): Promise<BatchAnswer> {
    return this.disposals.view(visitor, id);
  }

  @Post(':id/decision')
  @HttpCode(200)
  @Permits('settle-disposal')
  @ApiOkResponse({ type: BatchAnswer })
  settle(
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() form: SettleForm,
  ): Promise<BatchAnswer> {
    return this.disposals.settle(visitor, id, form.agree);
  }

  @Get(':id/certificate')
  @Permits('read-disposal-certificate')
  @Header('content-type', 'text/plain; charset=utf-8')
  @ApiProduces('text/plain')
  @ApiOkResponse({
    description: 'Signed note (C2SP): each case with the leaf hash of the entry that tells of its erasure.',
    schema: { type: 'string' },
  })
  certificate(@CurrentVisitor() visitor: Visitor, @Param('id') id: string): Promise<string> {
    return this.disposals.certificate(visitor, id);
  }
}
