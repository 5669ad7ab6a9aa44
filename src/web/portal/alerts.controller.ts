import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import type { FastifyReply } from 'fastify';
import { AlertForm } from '../../casework/alerts/alert-form';
import { Alerts } from '../../casework/alerts/alerts';
import { ReadMyCase } from '../../casework/read-my-case';
import { Permits } from '../../people/permits';
import type { Visitor } from '../../people/visitor';
import { ApiExcludeController } from '../../platform/api-decorators';
import { Refusal, type UnmetNeed } from '../../platform/refusal';
import { formNeeds } from '../form-needs';
import { goTo, PortalPages, typed, type PortalRequest } from './portal-pages';

type Holder = Visitor & { kind: 'rightsholder' };

const ADDRESS = '/my-case/alerts';

/** “Tell me when there is something new”: what is sent and who may see it, on and off. There is no such page where no e-mail is sent. */
@ApiExcludeController()
@Controller('my-case/alerts')
export class AlertPagesController {
  constructor(
    private readonly alerts: Alerts,
    private readonly readMyCase: ReadMyCase,
    private readonly pages: PortalPages,
  ) {}

  @Get()
  @Permits('read-my-alert')
  page(@Req() request: PortalRequest, @Res() reply: FastifyReply) {
    return this.show(request, reply);
  }

  @Post()
  @Permits('set-my-alert')
  async set(@Body() body: unknown, @Req() request: PortalRequest, @Res() reply: FastifyReply) {
    const address = typed(body, 'address').trim();
    const needs = await formNeeds(plainToInstance(AlertForm, { address }));
    if (needs.length > 0) return this.show(request, reply, address, needs);
    await this.alerts.set(request.visitor as Holder, address);
    return goTo(reply, this.pages.address(request, ADDRESS));
  }

  @Post('end')
  @Permits('end-my-alert')
  async end(@Req() request: PortalRequest, @Res() reply: FastifyReply) {
    await this.alerts.end(request.visitor as Holder);
    return goTo(reply, this.pages.address(request, this.alerts.available ? ADDRESS : '/my-case'));
  }

  private async show(
    request: PortalRequest,
    reply: FastifyReply,
    kept?: string,
    needs: readonly UnmetNeed[] = [],
  ) {
    const holder = request.visitor as Holder;
    const alert = await this.alerts.view(holder);
    if (alert.from === null && alert.address === null)
      throw new Refusal('not-found', 'This service sends no e-mails.');
    const { complaint } = await this.readMyCase.view(holder);
    const model = { alert, typedAddress: kept ?? alert.address ?? '' };
    return this.pages.show(request, reply, 'portal/alerts.njk', 'alert.title', model, {
      status: needs.length > 0 ? 400 : 200,
      needs,
      language: complaint.language,
    });
  }
}
