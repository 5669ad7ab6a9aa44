import { ApiExcludeController } from '../../platform/api-decorators';
import { holderRole } from '../../rules/roles';
import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Alerts } from '../../casework/alerts/alerts';
import { ReadMyCase } from '../../casework/read-my-case';
import { FURTHER_HOLDERS, Receipts } from '../../casework/receipts';
import { Permits } from '../../people/permits';
import type { Visitor } from '../../people/visitor';
import { Refusal, type UnmetNeed } from '../../platform/refusal';
import { goTo, PortalPages, roleSeen, typed, type PortalRequest } from './portal-pages';
import { shownReceipt } from './shown-receipt';

type Holder = Visitor & { kind: 'rightsholder' };

/** What a refusal says here, by its kind. */
const SENTENCES: Record<string, string> = {
  invalid: 'error.receipt.many',
  stale: 'error-page.stale.sentence',
};

/**
 * The receipts that open a case: what the person gave out, how she takes it back, and how she changes her own; and where an e-mail about news
 * goes, which whoever saw her receipt may have switched on.
 */
@ApiExcludeController()
@Controller('my-case/receipts')
export class ReceiptPagesController {
  constructor(
    private readonly receipts: Receipts,
    private readonly alerts: Alerts,
    private readonly readMyCase: ReadMyCase,
    private readonly pages: PortalPages,
  ) {}

  @Get()
  @Permits('read-my-receipts')
  page(@Req() request: PortalRequest, @Res() reply: FastifyReply) {
    return this.show(request, reply);
  }

  @Post('replacement')
  @Permits('replace-receipt')
  async replace(@Body() body: unknown, @Req() request: PortalRequest, @Res() reply: FastifyReply) {
    return this.orAgain(request, reply, async () => {
      const form = typed(body, 'form') || undefined;
      return this.showNew(request, reply, {
        receipt: await this.receipts.replace(request.visitor as Holder, form),
      });
    });
  }

  @Post()
  @Permits('add-receipt')
  async add(@Body() body: unknown, @Req() request: PortalRequest, @Res() reply: FastifyReply) {
    const holder = FURTHER_HOLDERS.find((each) => each === typed(body, 'holder'));
    if (!holder)
      return this.show(request, reply, [
        { name: 'holder', field: 'holder', sentence: 'error.receipt.holder' },
      ]);
    return this.orAgain(request, reply, async () => {
      const { receipt } = await this.receipts.add(request.visitor as Holder, holder);
      return this.showNew(request, reply, { receipt, further: true });
    });
  }

  @Post(':id/end')
  @Permits('end-receipt')
  async end(@Param('id') id: string, @Req() request: PortalRequest, @Res() reply: FastifyReply) {
    return this.orAgain(request, reply, async () => {
      await this.receipts.end(request.visitor as Holder, id);
      return goTo(reply, this.pages.address(request, '/my-case/receipts'));
    });
  }

  /** As after lodging: the page cannot be left by its button before the person says that the receipt is kept. */
  @Post('saved')
  @Permits('confirm-my-receipt-saved')
  async saved(@Body() body: unknown, @Req() request: PortalRequest, @Res() reply: FastifyReply) {
    if (typed(body, 'saved') === 'yes') return goTo(reply, this.pages.address(request, '/my-case/receipts'));
    const model = { receipt: typed(body, 'receipt'), further: typed(body, 'further') === 'yes' };
    return this.showNew(request, reply, model, [
      { name: 'saved', field: 'saved', sentence: 'error.saved-gate' },
    ]);
  }

  private async orAgain(request: PortalRequest, reply: FastifyReply, work: () => Promise<FastifyReply>) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Refusal) || error.isOfServer) throw error;
      const sentence = SENTENCES[error.kind] ?? 'error.receipt.not-yours';
      return this.show(request, reply, [{ name: error.kind, sentence }]);
    }
  }

  private async show(request: PortalRequest, reply: FastifyReply, needs: UnmetNeed[] = []) {
    const holder = request.visitor as Holder;
    const language = await this.languageOf(request);
    const model = {
      receipts: await this.receipts.list(holder),
      holders: (await this.receipts.mayAddFor(holder)).map((value) => ({
        value,
        label: roleSeen(holderRole(value), language, request),
      })),
      isForAnother: holder.role === 'REP',
      replacementForm: await this.receipts.replacementForm(holder),
      alert: await this.alerts.view(holder),
    };
    return this.pages.show(request, reply, 'portal/receipts.njk', 'receipts.title', model, {
      status: needs.length > 0 ? 400 : 200,
      needs,
      language,
    });
  }

  private async showNew(
    request: PortalRequest,
    reply: FastifyReply,
    shown: { receipt: string; further?: boolean },
    needs: UnmetNeed[] = [],
  ) {
    const { reference, complaint } = await this.readMyCase.view(request.visitor as Holder);
    const model = {
      ...shown,
      ...(await shownReceipt(shown.receipt)),
      reference,
      comeBackAt: this.pages.comeBackAt(request),
      savedAt: '/my-case/receipts/saved',
    };
    return this.pages.show(request, reply, 'portal/receipt.njk', 'receipts.new', model, {
      status: needs.length > 0 ? 400 : 200,
      needs,
      language: complaint.language,
    });
  }

  private async languageOf(request: PortalRequest): Promise<string> {
    const { complaint } = await this.readMyCase.view(request.visitor as Holder);
    return this.pages.languageFor(request, complaint.language);
  }
}
