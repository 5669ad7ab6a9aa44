import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ApiTokens } from '../../people/api-tokens';
import { OFFICER_COOKIE, sessionCookie } from '../../people/cookies';
import { Permits } from '../../people/permits';
import { Sessions } from '../../people/sessions';
import { Refusal, type UnmetNeed } from '../../platform/refusal';
import { Settings } from '../../platform/settings';
import { STAFF_ROLES } from '../../rules/roles';
import { isDay } from '../../rules/counting';
import { DeskPages, officerOf, redirect, typed, type DeskRequest } from './desk-pages';

/** What somebody who works here keeps for oneself: tokens for programs, and the way out of every session. */
@Controller('desk/account')
export class AccountController {
  constructor(
    private readonly apiTokens: ApiTokens,
    private readonly sessions: Sessions,
    private readonly settings: Settings,
    private readonly pages: DeskPages,
  ) {}

  @Get()
  @Permits(STAFF_ROLES, 'read-account')
  async account(@Req() request: DeskRequest, @Res() reply: FastifyReply) {
    return this.show(request, reply, { label: '', until: '' });
  }

  @Post('tokens')
  @Permits(STAFF_ROLES, 'create-token')
  async createToken(@Body() body: unknown, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    const label = typed(body, 'label');
    const until = typed(body, 'until').trim();
    try {
      const { token } = await this.apiTokens.create({
        personId: officerOf(request).personId,
        label,
        expiresAt: isDay(until) ? `${until}T23:59:59.999Z` : '',
      });
      return this.pages.show(request, reply, 'desk/token-made.njk', 'Token made', { token, label, until });
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== 'invalid') throw error;
      const needs = error.needs.map((need) =>
        need.field === 'expiresAt' ? { ...need, field: 'until' } : need,
      );
      return this.show(request, reply, { label, until }, 400, needs);
    }
  }

  @Post('tokens/:id/revocation')
  @Permits(STAFF_ROLES, 'revoke-token')
  async revokeToken(@Param('id') id: string, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    await this.apiTokens.revoke(officerOf(request).personId, id);
    return redirect(reply, '/desk/account');
  }

  @Post('sign-out-everywhere')
  @Permits(STAFF_ROLES, 'sign-out-everywhere')
  async signOutEverywhere(@Req() request: DeskRequest, @Res() reply: FastifyReply) {
    await this.sessions.endAllOf(officerOf(request).personId);
    void reply.clearCookie(OFFICER_COOKIE, sessionCookie(this.settings));
    return redirect(reply, '/sign-in');
  }

  private async show(
    request: DeskRequest,
    reply: FastifyReply,
    kept: { label: string; until: string },
    status = 200,
    needs: readonly UnmetNeed[] = [],
  ) {
    const tokens = await this.apiTokens.list(officerOf(request).personId);
    return this.pages.show(
      request,
      reply,
      'desk/account.njk',
      'My account',
      { tokens, kept },
      { status, needs },
    );
  }
}
