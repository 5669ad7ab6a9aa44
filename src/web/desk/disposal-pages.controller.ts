import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Disposals, MOST_IN_BATCH } from '../../casework/erasure/disposals';
import { Permits } from '../../people/permits';
import { Refusal, type UnmetNeed } from '../../platform/refusal';
import { SCHEDULE_CODES, SCHEDULES } from '../../rules/retention';
import { needsAt } from './case-page';
import { DeskPages, redirect, ticked, typed, type DeskRequest } from './desk-pages';

/** What is due for erasure, and the batches in which two people have it erased. */
@Controller('desk/disposals')
export class DisposalPagesController {
  constructor(
    private readonly disposals: Disposals,
    private readonly pages: DeskPages,
  ) {}

  @Get()
  @Permits('read-due-disposals')
  async due(@Query() query: unknown, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    return this.showDue(request, reply, typed(query, 'schedule'), {});
  }

  @Post()
  @Permits('propose-disposal')
  async propose(@Body() body: unknown, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    const [schedule, reason] = [typed(body, 'schedule'), typed(body, 'reason')];
    const references = ticked(body, 'references').slice(0, MOST_IN_BATCH);
    try {
      const { id } = await this.disposals.propose(request.visitor, { schedule, reason, references });
      return redirect(reply, `/desk/disposals/${id}`);
    } catch (error) {
      if (!(error instanceof Refusal) || !['invalid', 'unmet'].includes(error.kind)) throw error;
      return this.showDue(
        request,
        reply,
        schedule,
        { reason, chosen: references },
        error.status,
        error.needs,
      );
    }
  }

  @Get(':id')
  @Permits('read-disposal')
  async batch(@Param('id') id: string, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    return this.showBatch(request, reply, id);
  }

  @Post(':id/decision')
  @Permits('settle-disposal')
  async settle(
    @Param('id') id: string,
    @Body() body: unknown,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    const agree = typed(body, 'agree');
    try {
      if (agree !== 'yes' && agree !== 'no')
        throw new Refusal('invalid', 'Agree to the batch, or refuse it.', [
          { name: 'agree', field: 'agree', sentence: 'Agree to the batch, or refuse it.' },
        ]);
      await this.disposals.settle(request.visitor, id, agree === 'yes');
      return redirect(reply, `/desk/disposals/${encodeURIComponent(id)}`);
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind === 'not-found') throw error;
      return this.showBatch(request, reply, id, error.status, needsAt(error, 'agree'));
    }
  }

  @Get(':id/certificate')
  @Permits('read-disposal-certificate')
  async certificate(@Param('id') id: string, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    const note = await this.disposals.certificate(request.visitor, id);
    return reply
      .header('content-disposition', 'attachment; filename="disposal-certificate.txt"')
      .type('text/plain; charset=utf-8')
      .send(note);
  }

  private async showDue(
    request: DeskRequest,
    reply: FastifyReply,
    asked: string,
    kept: { reason?: string; chosen?: string[] },
    status = 200,
    needs: readonly UnmetNeed[] = [],
  ) {
    const schedule = SCHEDULE_CODES.find((each) => each === asked) ?? 'RS-CASE';
    const model = {
      due: await this.disposals.due(request.visitor, schedule),
      batches: await this.disposals.list(request.visitor),
      schedules: SCHEDULE_CODES.map((code) => ({ code, current: code === schedule, ...SCHEDULES[code] })),
      erases: SCHEDULES[schedule].erases,
      most: MOST_IN_BATCH,
      reason: kept.reason ?? '',
      chosen: kept.chosen ?? null,
    };
    return this.pages.show(request, reply, 'desk/disposals.njk', 'Due for erasure', model, { status, needs });
  }

  private async showBatch(
    request: DeskRequest,
    reply: FastifyReply,
    id: string,
    status = 200,
    needs: readonly UnmetNeed[] = [],
  ) {
    const batch = await this.disposals.view(request.visitor, id);
    const model = { batch, erases: SCHEDULES[batch.schedule].erases };
    return this.pages.show(request, reply, 'desk/disposal.njk', 'Batch for erasure', model, {
      status,
      needs,
    });
  }
}
