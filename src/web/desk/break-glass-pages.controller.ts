import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { OpenInEmergency } from '../../casework/team/open-in-emergency';
import { Permits } from '../../people/permits';
import { Refusal } from '../../platform/refusal';
import { BREAK_GLASS_HOURS } from '../../rules/sight';
import { casePath, needsAt } from './case-page';
import { DeskPages, officerOf, redirect, typed, type DeskRequest } from './desk-pages';

/** Opening a case in an emergency, and what of that waits for a protection officer. */
@Controller('desk/break-glass')
export class BreakGlassPagesController {
  constructor(
    private readonly openInEmergency: OpenInEmergency,
    private readonly pages: DeskPages,
  ) {}

  @Get()
  @Permits('read-break-glass-form')
  async form(@Req() request: DeskRequest, @Res() reply: FastifyReply) {
    return this.show(request, reply, { reference: '', reason: '' });
  }

  @Post()
  @Permits('break-glass')
  async open(@Body() body: unknown, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    const [reference, reason] = [typed(body, 'reference').trim(), typed(body, 'reason')];
    try {
      const opened = await this.openInEmergency.run(request.visitor, reference, reason);
      return redirect(reply, casePath(opened.reference));
    } catch (error) {
      if (!(error instanceof Refusal) || !['invalid', 'not-found'].includes(error.kind)) throw error;
      return this.show(request, reply, { reference, reason }, error);
    }
  }

  private async show(
    request: DeskRequest,
    reply: FastifyReply,
    typedBefore: { reference: string; reason: string },
    refusal?: Refusal,
  ) {
    const isProtection = officerOf(request).roles.includes('PRT');
    const model = {
      ...typedBefore,
      hours: BREAK_GLASS_HOURS,
      unreviewed: isProtection ? await this.openInEmergency.unreviewed(request.visitor) : null,
    };
    return this.pages.show(request, reply, 'desk/break-glass.njk', 'Emergency opening', model, {
      status: refusal?.status ?? 200,
      needs: refusal ? needsAt(refusal, refusal.kind === 'invalid' ? 'reason' : 'reference') : [],
    });
  }
}
