import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { RevealContact } from '../../casework/reveal-contact';
import { Permits } from '../../people/permits';
import { Refusal, type UnmetNeed } from '../../platform/refusal';
import { casePath, needsAt, REACH_OUT } from './case-page';
import { DeskPages, typed, type DeskRequest } from './desk-pages';

/** How a person can be reached: opened only with a reason, recorded first, and the complainant sees that it was opened. */
@Controller('desk/cases/:reference/contact')
export class ContactController {
  constructor(
    private readonly revealContact: RevealContact,
    private readonly pages: DeskPages,
  ) {}

  @Get()
  @Permits(REACH_OUT, 'read-contact-form')
  async form(@Param('reference') reference: string, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    return this.show(request, reply, reference, {});
  }

  @Post()
  @Permits(REACH_OUT, 'reveal-contact')
  async reveal(
    @Param('reference') reference: string,
    @Body() body: unknown,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    const reason = typed(body, 'reason');
    try {
      const contact = await this.revealContact.run(request.visitor, reference, reason);
      return await this.show(request, reply, reference, { isOpen: true, contact });
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== 'invalid') throw error;
      return this.show(request, reply, reference, { reason }, error.status, needsAt(error, 'reason'));
    }
  }

  private show(
    request: DeskRequest,
    reply: FastifyReply,
    reference: string,
    model: Record<string, unknown>,
    status = 200,
    needs: readonly UnmetNeed[] = [],
  ) {
    const all = { reference, path: casePath(reference), isOpen: false, reason: '', contact: null, ...model };
    return this.pages.show(request, reply, 'desk/contact.njk', `Contact of ${reference}`, all, {
      status,
      needs,
    });
  }
}
