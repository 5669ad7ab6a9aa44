import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ApiTokens } from '../../people/api-tokens';
import { Sessions } from '../../people/sessions';
import { SingleSignOn } from '../../people/single-sign-on/single-sign-on';
import { Refusal, type UnmetNeed } from '../../platform/refusal';
import type { RoleCode } from '../../rules/roles';
import { SCOPES, scopesFor } from '../../rules/scopes';
import { DeskPages, officerOf, type DeskRequest } from './desk-pages';

interface AccountPageOptions {
  /** What was typed into the form of a token. */
  kept?: { label: string; until: string; scopes: readonly string[] };
  status?: number;
  needs?: readonly UnmetNeed[];
}

/** The page of one's own account, which several forms come back to. */
@Injectable()
export class AccountPage {
  constructor(
    private readonly apiTokens: ApiTokens,
    private readonly sessions: Sessions,
    private readonly singleSignOn: SingleSignOn,
    private readonly pages: DeskPages,
  ) {}

  async show(
    request: DeskRequest,
    reply: FastifyReply,
    { kept = { label: '', until: '', scopes: [] }, status = 200, needs = [] }: AccountPageOptions = {},
  ): Promise<FastifyReply> {
    const { personId, sessionHash, roles } = officerOf(request);
    const model = {
      tokens: await this.apiTokens.list(personId),
      sessions: await this.sessions.list(personId, sessionHash),
      singleSignOn: await this.singleSignOn.view(personId),
      kept,
      scopeChoices: scopeChoices(roles, kept.scopes),
    };
    return this.pages.show(request, reply, 'desk/account.njk', 'My account', model, { status, needs });
  }

  /** Does it, or draws the page with what was wrong. `fields`: how a field that is wrong is called on the page. */
  async orAgain(
    request: DeskRequest,
    reply: FastifyReply,
    fields: Record<string, string>,
    deed: () => Promise<FastifyReply>,
  ): Promise<FastifyReply> {
    try {
      return await deed();
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== 'invalid') throw error;
      const needs = error.needs.map((need) => ({ ...need, field: fields[need.field ?? ''] ?? need.field }));
      return this.show(request, reply, { status: error.status, needs });
    }
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
