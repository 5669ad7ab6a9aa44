import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { OFFICER_COOKIE, keepSession } from '../../people/cookies';
import { Permits } from '../../people/permits';
import { flowCookie, flowCookieName } from '../../people/single-sign-on/flow';
import { type Finished, SingleSignOn } from '../../people/single-sign-on/single-sign-on';
import { Refusal } from '../../platform/refusal';
import { Settings } from '../../platform/settings';
import { AccountPage } from './account-page';
import { DeskPages, officerOf, redirect, typed, type DeskRequest } from './desk-pages';
import { firstPageOf, PAGE_OF_STAGE } from './session-pages.controller';

interface Begun {
  address: string;
  cookie: string;
}

/** To the organisation's own provider and back. */
@Controller()
export class SingleSignOnController {
  constructor(
    private readonly singleSignOn: SingleSignOn,
    private readonly settings: Settings,
    private readonly pages: DeskPages,
    private readonly accountPage: AccountPage,
  ) {}

  @Get('sign-in/sso')
  @Permits('begin-single-sign-on')
  begin(@Req() request: DeskRequest, @Res() reply: FastifyReply) {
    return this.leave(request, reply, () => this.singleSignOn.begin({ kind: 'sign-in' }));
  }

  @Get('join/:secret/sso')
  @Permits('join-with-single-sign-on')
  join(@Param('secret') secret: string, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    return this.leave(request, reply, () => this.singleSignOn.begin({ kind: 'join', secret }));
  }

  @Get('sign-in/sso/callback')
  @Permits('finish-single-sign-on')
  async finish(@Req() request: DeskRequest, @Res() reply: FastifyReply) {
    const name = flowCookieName(this.settings);
    const query = request.url.slice(request.url.indexOf('?') + 1);
    void reply.clearCookie(name, flowCookie(this.settings));
    return this.orRefused(request, reply, async () => {
      const finished = await this.singleSignOn.finish(request.cookies[name], query);
      if (finished.kind === 'signed-in') keepSession(reply, this.settings, OFFICER_COOKIE, finished.token);
      return this.onward(request, reply, pageAfter(finished), 'Going on');
    });
  }

  @Post('desk/account/sso')
  @Permits('link-single-sign-on')
  async link(@Body() body: unknown, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    const begin = async () => {
      const begun = await this.singleSignOn.beginLink(officerOf(request), typed(body, 'currentForSso'));
      this.keep(reply, begun);
      // No redirect: Chromium holds one that follows a form against form-action too, and it leads to another site.
      return this.onward(request, reply, begun.address, `Going on to ${this.singleSignOn.label}`);
    };
    return this.orRefused(request, reply, () =>
      this.accountPage.orAgain(request, reply, { current: 'currentForSso' }, begin),
    );
  }

  @Post('desk/account/sso/end')
  @Permits('unlink-single-sign-on')
  async unlink(@Body() body: unknown, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    return this.accountPage.orAgain(request, reply, { current: 'currentForSso' }, async () => {
      await this.singleSignOn.unlink(officerOf(request).personId, typed(body, 'currentForSso'));
      return redirect(reply, '/desk/account');
    });
  }

  private async leave(request: DeskRequest, reply: FastifyReply, begin: () => Promise<Begun>) {
    return this.orRefused(request, reply, async () => {
      const begun = await begin();
      this.keep(reply, begun);
      return redirect(reply, begun.address);
    });
  }

  private keep(reply: FastifyReply, { cookie }: Begun): void {
    void reply.setCookie(flowCookieName(this.settings), cookie, flowCookie(this.settings));
  }

  /** A page of our own between two sites: the cookie of a session is strict, so it is sent only from a page of this one. */
  private onward(request: DeskRequest, reply: FastifyReply, address: string, title: string) {
    return this.pages.show(request, reply, 'desk/onward.njk', title, { address });
  }

  private async orRefused(request: DeskRequest, reply: FastifyReply, deed: () => Promise<FastifyReply>) {
    try {
      return await deed();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { message: happened, needs, status } = error;
      const model = { happened, todo: needs.map(({ sentence }) => sentence) };
      const title = 'Single sign-on did not work';
      return this.pages.show(request, reply, 'desk/sso-refused.njk', title, model, { status });
    }
  }
}

function pageAfter(finished: Finished): string {
  if (finished.kind === 'linked') return '/desk/account';
  return finished.stage ? PAGE_OF_STAGE[finished.stage] : firstPageOf(finished);
}
