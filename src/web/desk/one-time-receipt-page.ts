import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ReadCase } from '../../casework/read-case';
import type { MadeReceipt } from '../../casework/receipts';
import { Settings } from '../../platform/settings';
import { direction, languageOf, say, sayDay } from '../../words/words';
import { casePath } from './case-page';
import { DeskPages, type DeskRequest } from './desk-pages';

/** Shows a receipt that is to be handed over, this once, with the words to say or give along in the language of the person. */
@Injectable()
export class OneTimeReceiptPage {
  constructor(
    private readonly readCase: ReadCase,
    private readonly settings: Settings,
    private readonly pages: DeskPages,
  ) {}

  async show(
    request: DeskRequest,
    reply: FastifyReply,
    reference: string,
    { receipt, oneTimeUntil }: MadeReceipt,
  ): Promise<FastifyReply> {
    const { complaint } = await this.readCase.forStaff(reference, request.visitor);
    const reader = languageOf(complaint.language);
    const address = `${this.settings.publicUrl}/my-case/open`;
    const toldIn = [...new Set([reader, 'en' as const])].map((language) => ({
      language,
      direction: direction(language),
      words: say(language, 'receipts.one-time.tell', { address, day: sayDay(language, oneTimeUntil!) }),
    }));
    const model = { path: casePath(reference), reference, receipt, oneTimeUntil, toldIn };
    return this.pages.show(request, reply, 'desk/one-time-receipt.njk', 'To hand over', model);
  }
}
