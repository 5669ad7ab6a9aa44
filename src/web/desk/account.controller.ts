import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ApiTokens } from '../../people/api-tokens';
import { OwnAccount } from '../../people/own-account';
import { OFFICER_COOKIE, dropSession, keepSession } from '../../people/cookies';
import { Permits } from '../../people/permits';
import { Sessions } from '../../people/sessions';
import { Refusal } from '../../platform/refusal';
import { Settings } from '../../platform/settings';
import { isDay } from '../../rules/counting';
import type { ScopeCode } from '../../rules/scopes';
import { AccountPage } from './account-page';
import { PAGE_OF_STAGE } from './session-pages.controller';
import { DeskPages, officerOf, redirect, ticked, typed, type DeskRequest } from './desk-pages';

/** What somebody who works here keeps for oneself: tokens for programs, password and app, and the way out of every session. */
@Controller('desk/account')
export class AccountController {
  constructor(
    private readonly own: OwnAccount,
    private readonly apiTokens: ApiTokens,
    private readonly sessions: Sessions,
    private readonly settings: Settings,
    private readonly page: AccountPage,
    private readonly pages: DeskPages,
  ) {}

  @Get()
  @Permits('read-account')
  async account(@Req() request: DeskRequest, @Res() reply: FastifyReply) {
    return this.page.show(request, reply);
  }

  @Post('tokens')
  @Permits('create-token')
  async createToken(@Body() body: unknown, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    const [label, until] = [typed(body, 'label'), typed(body, 'until').trim()];
    const scopes = ticked(body, 'scopes');
    try {
      const { token } = await this.apiTokens.create({
        personId: officerOf(request).personId,
        label,
        scopes: scopes as ScopeCode[],
        expiresAt: isDay(until) ? `${until}T23:59:59.999Z` : '',
      });
      return this.pages.show(request, reply, 'desk/token-made.njk', 'Token made', {
        token,
        label,
        until,
      });
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== 'invalid') throw error;
      const needs = error.needs.map((need) =>
        need.field === 'expiresAt' ? { ...need, field: 'until' } : need,
      );
      return this.page.show(request, reply, { kept: { label, until, scopes }, status: 400, needs });
    }
  }

  @Post('tokens/:id/revocation')
  @Permits('revoke-token')
  async revokeToken(@Param('id') id: string, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    await this.apiTokens.revoke(officerOf(request).personId, id);
    return redirect(reply, '/desk/account');
  }

  @Post('sessions/:id/end')
  @Permits('end-session')
  async endSession(@Param('id') id: string, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    await this.sessions.endOne(officerOf(request).personId, id);
    return redirect(reply, '/desk/account');
  }

  @Post('password')
  @Permits('change-password')
  async changePassword(@Body() body: unknown, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    const next = typed(body, 'password');
    return this.page.orAgain(request, reply, {}, async () => {
      if (next !== typed(body, 'passwordAgain'))
        throw new Refusal('invalid', 'The password stays as it was.', [
          {
            name: 'password.again',
            field: 'passwordAgain',
            sentence: 'Type the same password a second time.',
          },
        ]);
      await this.own.changePassword(officerOf(request), typed(body, 'current'), next);
      return redirect(reply, '/desk/account');
    });
  }

  @Post('authenticator')
  @Permits('replace-authenticator')
  async replaceAuthenticator(@Body() body: unknown, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    return this.page.orAgain(request, reply, { current: 'currentForApp' }, async () => {
      const { token } = await this.own.replaceSecondFactor(
        officerOf(request),
        typed(body, 'currentForApp'),
        typed(body, 'code'),
      );
      keepSession(reply, this.settings, OFFICER_COOKIE, token);
      return redirect(reply, PAGE_OF_STAGE.ENROL);
    });
  }

  @Post('sign-out-everywhere')
  @Permits('sign-out-everywhere')
  async signOutEverywhere(@Req() request: DeskRequest, @Res() reply: FastifyReply) {
    await this.sessions.endAllOf(officerOf(request).personId);
    dropSession(reply, this.settings, OFFICER_COOKIE);
    return redirect(reply, '/sign-in');
  }
}
