import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { OpenCase } from '../../../casework/intake/open-case';
import { GuessPace } from '../../../people/guess-pace';
import { Permits } from '../../../people/permits';
import type { Visitor } from '../../../people/visitor';
import { ApiExcludeController } from '../../../platform/api-decorators';
import { Refusal } from '../../../platform/refusal';
import { PortalPages, typed, type PortalRequest } from '../portal-pages';
import { Papers } from './papers';
import { sendPaper } from './send-paper';

type Holder = Visitor & { kind: 'rightsholder' };

/**
 * Documents to take away. From the page of the receipt they are asked for with the receipt in the body of a form, like the card: no
 * session begins and no cookie is left, so that on a shared computer nothing opens the case afterwards.
 */
@ApiExcludeController()
@Controller()
export class PapersController {
  constructor(
    private readonly papers: Papers,
    private readonly openCase: OpenCase,
    private readonly pace: GuessPace,
    private readonly pages: PortalPages,
  ) {}

  @Post('papers/:name')
  @HttpCode(200)
  @Permits('draw-paper')
  async byReceipt(
    @Param('name') name: string,
    @Body() body: unknown,
    @Req() request: PortalRequest,
    @Res() reply: FastifyReply,
  ) {
    const receipt = typed(body, 'receipt').slice(0, 200);
    const holder = await this.holderOf(receipt, request);
    if (!holder) {
      const needs = [{ name: 'receipt', field: 'receipt', sentence: 'error.receipt' }];
      const model = { receipt, form: this.openCase.newForm() };
      return this.pages.show(request, reply, 'portal/open.njk', 'open.title', model, { status: 404, needs });
    }
    return sendPaper(reply, await this.papers.make(holder, name, this.pages.chosenLanguage(request)));
  }

  @Get('my-case/papers/:name')
  @Permits('read-my-paper')
  async ofMyCase(@Param('name') name: string, @Req() request: PortalRequest, @Res() reply: FastifyReply) {
    const holder = request.visitor as Holder;
    return sendPaper(reply, await this.papers.make(holder, name, this.pages.chosenLanguage(request)));
  }

  private async holderOf(receipt: string, request: PortalRequest): Promise<Holder | null> {
    try {
      return await this.pace.slowingMisses(request, () => this.openCase.holderOf(receipt));
    } catch (error) {
      if (error instanceof Refusal && error.kind === 'not-found') return null;
      throw error;
    }
  }
}
