import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Permits } from '../../people/permits';
import { ApiExcludeController } from '../../platform/api-decorators';
import { Refusal } from '../../platform/refusal';
import { Press } from '../paper/press';
import type { QrDrawing } from '../qr-drawing';
import { receiptCard } from './papers/receipt-card';
import { sendPaper } from './papers/send-paper';
import { PortalPages, typed, type PortalRequest } from './portal-pages';
import { shownReceipt } from './shown-receipt';

const REFERENCE = /^RD-[0-9A-Z]{4}-[0-9A-Z]{4}$/;

/**
 * A receipt as a page to print: the card and nothing else. It is drawn from what the form brings and looked up nowhere, so that it
 * tells nobody whether these digits open anything. One look says where to come back; the other does not say what it is for.
 */
@ApiExcludeController()
@Controller('card')
export class CardController {
  constructor(
    private readonly pages: PortalPages,
    private readonly press: Press,
  ) {}

  @Post()
  @HttpCode(200)
  @Permits('draw-card')
  async draw(@Body() body: unknown, @Req() request: PortalRequest, @Res() reply: FastifyReply) {
    const shown = await drawn(body);
    const isBare = typed(body, 'look') === 'bare';
    const model = { ...shown, comeBackAt: isBare ? null : this.pages.comeBackAt(request) };
    return this.pages.show(request, reply, 'portal/card.njk', isBare ? 'card.bare' : 'card.full', model);
  }

  /** The same as a file, with the number of the case on the card that says where to come back. */
  @Post('pdf')
  @HttpCode(200)
  @Permits('draw-card')
  async save(@Body() body: unknown, @Req() request: PortalRequest, @Res() reply: FastifyReply) {
    const { receipt } = await drawn(body);
    const isBare = typed(body, 'look') === 'bare';
    const reference = REFERENCE.exec(typed(body, 'reference'))?.[0] ?? null;
    const card = { receipt, reference, comeBackAt: isBare ? null : this.pages.comeBackAt(request) };
    const paper = await receiptCard(card, this.pages.languageFor(request));
    return sendPaper(reply, { fileName: 'card.pdf', content: await this.press.pdf(paper) });
  }
}

async function drawn(body: unknown): Promise<{ receipt: string; qr: QrDrawing }> {
  const shown = await shownReceipt(typed(body, 'receipt'));
  if ('receipt' in shown) return shown;
  throw new Refusal(
    'invalid',
    'A card is drawn for 25 digits in five groups. Go back to the page of the receipt and open the card from there.',
  );
}
