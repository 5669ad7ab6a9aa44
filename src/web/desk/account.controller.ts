import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ApiTokens } from '../../people/api-tokens';
import { Accounts } from '../../people/accounts';
import { OFFICER_COOKIE, dropSession, keepSession } from '../../people/cookies';
import { Permits } from '../../people/permits';
import { Sessions } from '../../people/sessions';
import { Refusal, type UnmetNeed } from '../../platform/refusal';
import { Settings } from '../../platform/settings';
import { isDay } from '../../rules/counting';
import type { RoleCode } from '../../rules/roles';
import { SCOPES, scopesFor, type ScopeCode } from '../../rules/scopes';
import { PAGE_OF_STAGE } from './session-pages.controller';
import { DeskPages, officerOf, redirect, ticked, typed, type DeskRequest } from './desk-pages';

/** What was typed into the form of a token. */
interface AskedToken {
  label: string;
  until: string;
  scopes: string[];
}

const NO_TOKEN: AskedToken = { label: '', until: '', scopes: [] };

/** What somebody who works here keeps for oneself: tokens for programs, and the way out of every session. */
@Controller('desk/account')
export class AccountController {
  constructor(
    private readonly accounts: Accounts,
    private readonly apiTokens: ApiTokens,
    private readonly sessions: Sessions,
    private readonly settings: Settings,
    private readonly pages: DeskPages,
  ) {}

  @Get()
  @Permits('read-account')
  async account(@Req() request: DeskRequest, @Res() reply: FastifyReply) {
    return this.show(request, reply, NO_TOKEN);
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
      return this.show(request, reply, { label, until, scopes }, 400, needs);
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
    return this.orAgain(request, reply, async () => {
      if (next !== typed(body, 'passwordAgain'))
        throw new Refusal('invalid', 'The password stays as it was.', [
          {
            name: 'password.again',
            field: 'passwordAgain',
            sentence: 'Type the same password a second time.',
          },
        ]);
      await this.accounts.changePassword(officerOf(request), typed(body, 'current'), next);
      return '/desk/account';
    });
  }

  @Post('authenticator')
  @Permits('replace-authenticator')
  async replaceAuthenticator(@Body() body: unknown, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    const fields = { current: 'currentForApp' };
    return this.orAgain(
      request,
      reply,
      async () => {
        const { personId } = officerOf(request);
        const { token } = await this.accounts.replaceSecondFactor(
          personId,
          typed(body, 'currentForApp'),
          typed(body, 'code'),
        );
        keepSession(reply, this.settings, OFFICER_COOKIE, token);
        return PAGE_OF_STAGE.ENROL;
      },
      fields,
    );
  }

  @Post('sign-out-everywhere')
  @Permits('sign-out-everywhere')
  async signOutEverywhere(@Req() request: DeskRequest, @Res() reply: FastifyReply) {
    await this.sessions.endAllOf(officerOf(request).personId);
    dropSession(reply, this.settings, OFFICER_COOKIE);
    return redirect(reply, '/sign-in');
  }

  /** `fields`: how a field that is wrong is called on the page. */
  private async orAgain(
    request: DeskRequest,
    reply: FastifyReply,
    deed: () => Promise<string>,
    fields: Record<string, string> = {},
  ) {
    try {
      return redirect(reply, await deed());
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== 'invalid') throw error;
      const needs = error.needs.map((need) => ({ ...need, field: fields[need.field ?? ''] ?? need.field }));
      return this.show(request, reply, NO_TOKEN, error.status, needs);
    }
  }

  private async show(
    request: DeskRequest,
    reply: FastifyReply,
    kept: AskedToken,
    status = 200,
    needs: readonly UnmetNeed[] = [],
  ) {
    const { personId, sessionHash, roles } = officerOf(request);
    const [tokens, sessions] = [
      await this.apiTokens.list(personId),
      await this.sessions.list(personId, sessionHash),
    ];
    return this.pages.show(
      request,
      reply,
      'desk/account.njk',
      'My account',
      { tokens, sessions, kept, scopeChoices: scopeChoices(roles, kept.scopes) },
      { status, needs },
    );
  }
}

/** Only scopes under which this person may do anything. */
function scopeChoices(roles: readonly RoleCode[], chosen: readonly string[]) {
  return scopesFor(roles).map((scope) => ({
    value: scope,
    label: `${scope}: ${SCOPES[scope].label}`,
    chosen: chosen.includes(scope),
  }));
}
