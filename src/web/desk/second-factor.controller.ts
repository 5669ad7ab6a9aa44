import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { OFFICER_COOKIE, keepSession } from '../../people/cookies';
import type { HalfSignedIn } from '../../people/half-sessions';
import { PasskeySignIn } from '../../people/passkey-sign-in';
import { Permits } from '../../people/permits';
import { SecondFactor } from '../../people/second-factor';
import { Sessions, type StartedSession } from '../../people/sessions';
import type { Stage } from '../../people/visitor';
import { Refusal, type UnmetNeed } from '../../platform/refusal';
import { Settings } from '../../platform/settings';
import { drawQr } from '../qr-drawing';
import { nextPath, withNext } from './next-path';
import { DeskPages, redirect, typed, type DeskRequest } from './desk-pages';
import { firstPageOf, PAGE_OF_STAGE } from './session-pages.controller';

/** The second half of signing in: a passkey or a code of the authenticator app, or first setting one of them up. */
@Controller('sign-in')
export class SecondFactorController {
  constructor(
    private readonly secondFactor: SecondFactor,
    private readonly passkeys: PasskeySignIn,
    private readonly sessions: Sessions,
    private readonly settings: Settings,
    private readonly pages: DeskPages,
  ) {}

  @Get('code')
  @Permits('read-code-form')
  codeForm(@Req() request: DeskRequest, @Res() reply: FastifyReply) {
    return this.show(request, reply, 'CODE', { next: nextIn(request) });
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
    return this.show(request, reply, 'ENROL', { next: nextIn(request) });
  }

  @Post('authenticator')
  @Permits('set-up-authenticator')
  setUp(@Body() body: unknown, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    return this.orAgain(request, reply, 'ENROL', body, (visitor) =>
      this.secondFactor.enrol(visitor, typed(body, 'code')),
    );
  }

  @Post('passkey')
  @Permits('use-passkey')
  passkey(@Body() body: unknown, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    return this.orAgain(request, reply, 'CODE', body, (visitor) =>
      this.passkeys.signIn(visitor, typed(body, 'answer')),
    );
  }

  @Post('passkey/new')
  @Permits('set-up-passkey')
  newPasskey(@Body() body: unknown, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    const label = typed(body, 'label');
    return this.orAgain(
      request,
      reply,
      'ENROL',
      body,
      (visitor) => this.passkeys.setUp(visitor, label, typed(body, 'answer')),
      { label },
    );
  }

  private async orAgain(
    request: DeskRequest,
    reply: FastifyReply,
    stage: Stage,
    body: unknown,
    finish: (visitor: HalfSignedIn) => Promise<StartedSession>,
    kept = { label: '' },
  ) {
    const next = nextPath(typed(body, 'next'));
    let token: string;
    try {
      ({ token } = await finish(request.visitor as HalfSignedIn));
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== 'invalid') throw error;
      return this.show(request, reply, stage, { next, kept, status: error.status, needs: error.needs });
    }
    keepSession(reply, this.settings, OFFICER_COOKIE, token);
    const visitor = (await this.sessions.resolve(token))?.visitor;
    return redirect(reply, visitor?.kind === 'officer' ? (next ?? firstPageOf(visitor)) : '/sign-in');
  }

  private async show(
    request: DeskRequest,
    reply: FastifyReply,
    stage: Stage,
    {
      next,
      kept = { label: '' },
      status = 200,
      needs = [],
    }: { next: string | null; kept?: { label: string }; status?: number; needs?: readonly UnmetNeed[] },
  ) {
    const visitor = request.visitor as HalfSignedIn;
    if (visitor.stage !== stage) return redirect(reply, withNext(PAGE_OF_STAGE[visitor.stage], next));
    if (stage === 'CODE') {
      const passkeys = await this.passkeys.ask(visitor);
      const model = { passkeys, hasApp: await this.secondFactor.hasApp(visitor.personId), next };
      const options = { status, needs, asksPasskey: passkeys !== null };
      return this.pages.show(request, reply, 'desk/code.njk', 'Finish signing in', model, options);
    }
    const passkeys = await this.passkeys.offer(visitor);
    const { secret, uri } = this.secondFactor.propose(visitor);
    return this.pages.show(
      request,
      reply,
      'desk/authenticator.njk',
      'Set up a second factor',
      { secret, uri, qr: await drawQr(uri), passkeys, kept, next },
      { status, needs, asksPasskey: passkeys !== null },
    );
  }
}

function nextIn(request: DeskRequest): string | null {
  return nextPath((request.query as { next?: unknown }).next);
}
