import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { OFFICER_COOKIE, sessionCookie } from '../../people/cookies';
import { Permits } from '../../people/permits';
import { SecondFactor } from '../../people/second-factor';
import { Sessions, type StartedSession } from '../../people/sessions';
import type { Stage, Visitor } from '../../people/visitor';
import { Refusal, type UnmetNeed } from '../../platform/refusal';
import { Settings } from '../../platform/settings';
import { drawQr } from '../qr-drawing';
import { DeskPages, redirect, typed, type DeskRequest } from './desk-pages';
import { firstPageOf, PAGE_OF_STAGE } from './session-pages.controller';

type HalfSignedIn = Visitor & { kind: 'half-signed-in' };

/** The second half of signing in: a code of the authenticator app, or first setting one up. */
@Controller('sign-in')
export class SecondFactorController {
  constructor(
    private readonly secondFactor: SecondFactor,
    private readonly sessions: Sessions,
    private readonly settings: Settings,
    private readonly pages: DeskPages,
  ) {}

  @Get('code')
  @Permits('read-code-form')
  codeForm(@Req() request: DeskRequest, @Res() reply: FastifyReply) {
    return this.show(request, reply, 'CODE', 200, []);
  }

  @Post('code')
  @Permits('confirm-code')
  confirm(@Body() body: unknown, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    return this.orAgain(request, reply, 'CODE', (visitor) =>
      this.secondFactor.confirm(visitor, typed(body, 'code')),
    );
  }

  @Get('authenticator')
  @Permits('read-authenticator')
  authenticator(@Req() request: DeskRequest, @Res() reply: FastifyReply) {
    return this.show(request, reply, 'ENROL', 200, []);
  }

  @Post('authenticator')
  @Permits('set-up-authenticator')
  setUp(@Body() body: unknown, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    return this.orAgain(request, reply, 'ENROL', (visitor) =>
      this.secondFactor.enrol(visitor, typed(body, 'code')),
    );
  }

  private async orAgain(
    request: DeskRequest,
    reply: FastifyReply,
    stage: Stage,
    finish: (visitor: HalfSignedIn) => Promise<StartedSession>,
  ) {
    let token: string;
    try {
      ({ token } = await finish(request.visitor as HalfSignedIn));
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== 'invalid') throw error;
      return this.show(request, reply, stage, error.status, error.needs);
    }
    void reply.setCookie(OFFICER_COOKIE, token, sessionCookie(this.settings));
    const visitor = (await this.sessions.resolve(token))?.visitor;
    return redirect(reply, visitor?.kind === 'officer' ? firstPageOf(visitor) : '/sign-in');
  }

  private async show(
    request: DeskRequest,
    reply: FastifyReply,
    stage: Stage,
    status: number,
    needs: readonly UnmetNeed[],
  ) {
    const visitor = request.visitor as HalfSignedIn;
    if (visitor.stage !== stage) return redirect(reply, PAGE_OF_STAGE[visitor.stage]);
    if (stage === 'CODE')
      return this.pages.show(
        request,
        reply,
        'desk/code.njk',
        'Type the code of your app',
        {},
        { status, needs },
      );
    const { secret, uri } = this.secondFactor.propose(visitor);
    return this.pages.show(
      request,
      reply,
      'desk/authenticator.njk',
      'Set up your authenticator app',
      { secret, uri, qr: await drawQr(uri) },
      { status, needs },
    );
  }
}
