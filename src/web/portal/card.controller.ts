import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Permits } from '../../people/permits';
import { ApiExcludeController } from '../../platform/api-decorators';
import { Refusal } from '../../platform/refusal';
import { PortalPages, typed, type PortalRequest } from './portal-pages';
import { shownReceipt } from './shown-receipt';

/**
 * A receipt as a page to print: the card and nothing else. It is drawn from what the form brings and looked up nowhere, so that it
 * tells nobody whether these digits open anything. One look says where to come back; the other does not say what it is for.
 */
@ApiExcludeController()
@Controller('card')
export class CardController {
  constructor(private readonly pages: PortalPages) {}

  @Post()
  @HttpCode(200)
  @Permits('draw-card')
  async draw(@Body() body: unknown, @Req() request: PortalRequest, @Res() reply: FastifyReply) {
    const shown = await shownReceipt(typed(body, 'receipt'));
    if (!shown.receipt)
      throw new Refusal(
        'invalid',
        'A card is drawn for 25 digits in five groups. Go back to the page of the receipt and open the card from there.',
      );
    const isBare = typed(body, 'look') === 'bare';
    const model = { ...shown, comeBackAt: isBare ? null : this.pages.comeBackAt };
    return this.pages.show(request, reply, 'portal/card.njk', isBare ? 'card.bare' : 'card.full', model);
  }
}
