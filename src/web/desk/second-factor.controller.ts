import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { OFFICER_COOKIE, keepSession } from '../../people/cookies';
import { Permits } from '../../people/permits';
import { SecondFactor } from '../../people/second-factor';
import { Sessions, type StartedSession } from '../../people/sessions';
import type { Stage, Visitor } from '../../people/visitor';
import { Refusal, type UnmetNeed } from '../../platform/refusal';
import { Settings } from '../../platform/settings';
import { drawQr } from '../qr-drawing';
import { nextPath, withNext } from './next-path';
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
    return this.show(request, reply, 'CODE', nextIn(request));
  }

  @Post('code')
  @Permits('confirm-code')
  confirm(@Body() body: unknown, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    return this.orAgain(request, reply, 'CODE', body, (visitor) =>
      this.secondFactor.confirm(visitor, typed(body, 'code')),
    );
  }

  @Get('authenticator')
  @Permits('read-authenticator')
  authenticator(@Req() request: DeskRequest, @Res() reply: FastifyReply) {
    return this.show(request, reply, 'ENROL', nextIn(request));
  }

  @Post('authenticator')
  @Permits('set-up-authenticator')
  setUp(@Body() body: unknown, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    return this.orAgain(request, reply, 'ENROL', body, (visitor) =>
      this.secondFactor.enrol(visitor, typed(body, 'code')),
    );
  }

  private async orAgain(
    request: DeskRequest,
    reply: FastifyReply,
    stage: Stage,
    body: unknown,
    finish: (visitor: HalfSignedIn) => Promise<StartedSession>,
  ) {
    const next = nextPath(typed(body, 'next'));
    let token: string;
    try {
      ({ token } = await finish(request.visitor as HalfSignedIn));
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== 'invalid') throw error;
      return this.show(request, reply, stage, next, error.status, error.needs);
    }
    keepSession(reply, this.settings, OFFICER_COOKIE, token);
    const visitor = (await this.sessions.resolve(token))?.visitor;
    return redirect(reply, visitor?.kind === 'officer' ? (next ?? firstPageOf(visitor.roles)) : '/sign-in');
  }

  private async show(
    request: DeskRequest,
    reply: FastifyReply,
    stage: Stage,
    next: string | null,
    status = 200,
    needs: readonly UnmetNeed[] = [],
  ) {
    const visitor = request.visitor as HalfSignedIn;
    if (visitor.stage !== stage) return redirect(reply, withNext(PAGE_OF_STAGE[visitor.stage], next));
    if (stage === 'CODE')
      return this.pages.show(
        request,
        reply,
        'desk/code.njk',
        'Type the code of your app',
        { next },
        { status, needs },
      );
    const { secret, uri } = this.secondFactor.propose(visitor);
    return this.pages.show(
      request,
      reply,
      'desk/authenticator.njk',
      'Set up your authenticator app',
      { secret, uri, qr: await drawQr(uri), next },
      { status, needs },
    );
  }
}

function nextIn(request: DeskRequest): string | null {
  return nextPath((request.query as { next?: unknown }).next);
}
