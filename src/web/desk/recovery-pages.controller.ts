import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { OFFICER_COOKIE, keepSession } from '../../people/cookies';
import { Permits } from '../../people/permits';
import { Recoveries, RECOVERY_HOURS } from '../../people/recoveries';
import { Refusal, type UnmetNeed } from '../../platform/refusal';
import { Settings } from '../../platform/settings';
import { DeskPages, officerOf, redirect, typed, type DeskRequest } from './desk-pages';
import { PAGE_OF_STAGE } from './session-pages.controller';

/** The way back into an account: two people open it, and the link that they hand over. */
@Controller()
export class RecoveryPagesController {
  constructor(
    private readonly recoveries: Recoveries,
    private readonly settings: Settings,
    private readonly pages: DeskPages,
  ) {}

  @Post('desk/people/:id/recovery')
  @Permits('propose-recovery')
  async propose(@Param('id') id: string, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    const code = await this.recoveries.propose(id, officerOf(request).personId);
    return this.pages.show(request, reply, 'desk/recovery-proposed.njk', 'Recovery proposed', {
      handedCode: code,
      hours: RECOVERY_HOURS,
    });
  }

  @Get('desk/recoveries')
  @Permits('read-recoveries')
  async list(@Req() request: DeskRequest, @Res() reply: FastifyReply) {
    return this.show(request, reply, 200, []);
  }

  @Post('desk/recoveries/:id')
  @Permits('settle-recovery')
  async settle(
    @Param('id') id: string,
    @Body() body: unknown,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    const { personId } = officerOf(request);
    if (typed(body, 'agree') !== 'yes') {
      await this.recoveries.refuse(id, personId);
      return redirect(reply, '/desk/recoveries');
    }
    try {
      const secret = await this.recoveries.agree(id, personId);
      return this.pages.show(request, reply, 'desk/recovery-agreed.njk', 'Way back into the account', {
        link: `${this.settings.publicUrl}/recover/${secret}`,
        hours: RECOVERY_HOURS,
      });
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== 'unmet') throw error;
      return this.show(request, reply, error.status, error.needs);
    }
  }

  @Get('recover/:secret')
  @Permits('read-recovery')
  async form(@Param('secret') secret: string, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    return this.showForm(request, reply, secret, 200, []);
  }

  @Post('recover/:secret')
  @Permits('recover-account')
  async recover(
    @Param('secret') secret: string,
    @Body() body: unknown,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    const password = typed(body, 'password');
    if (password !== typed(body, 'passwordAgain'))
      return this.showForm(request, reply, secret, 400, [
        { name: 'password.again', field: 'passwordAgain', sentence: 'Type the same password a second time.' },
      ]);
    try {
      const { token } = await this.recoveries.use(secret, typed(body, 'code'), password);
      keepSession(reply, this.settings, OFFICER_COOKIE, token);
      return redirect(reply, PAGE_OF_STAGE.ENROL);
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== 'invalid') throw error;
      return this.showForm(request, reply, secret, error.status, error.needs);
    }
  }

  private async show(request: DeskRequest, reply: FastifyReply, status: number, needs: readonly UnmetNeed[]) {
    const recoveries = await this.recoveries.waiting();
    return this.pages.show(
      request,
      reply,
      'desk/recoveries.njk',
      'Recoveries',
      { recoveries },
      { status, needs },
    );
  }

  private async showForm(
    request: DeskRequest,
    reply: FastifyReply,
    secret: string,
    status: number,
    needs: readonly UnmetNeed[],
  ) {
    const { email } = await this.recoveries.read(secret);
    return this.pages.show(
      request,
      reply,
      'desk/recover.njk',
      'Open your account again',
      { secret, email },
      { status, needs },
    );
  }
}
