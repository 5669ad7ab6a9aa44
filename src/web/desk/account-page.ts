import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ApiTokens } from '../../people/api-tokens';
import { OwnPasskeys } from '../../people/own-passkeys';
import { SecondFactor } from '../../people/second-factor';
import { Sessions } from '../../people/sessions';
import { SingleSignOn } from '../../people/single-sign-on/single-sign-on';
import { Refusal, type UnmetNeed } from '../../platform/refusal';
import type { RoleCode } from '../../rules/roles';
import { SCOPES, scopesFor } from '../../rules/scopes';
import { DeskPages, officerOf, type DeskRequest } from './desk-pages';

/** What was typed and is not a secret. */
export interface KeptFields {
  label?: string;
  until?: string;
  scopes?: readonly string[];
  passkeyLabel?: string;
}

interface AccountPageOptions {
  kept?: KeptFields;
  status?: number;
  needs?: readonly UnmetNeed[];
}

/** The page of one's own account, which several forms lead back to. */
@Injectable()
export class AccountPage {
  constructor(
    private readonly apiTokens: ApiTokens,
    private readonly passkeys: OwnPasskeys,
    private readonly secondFactor: SecondFactor,
    private readonly sessions: Sessions,
    private readonly singleSignOn: SingleSignOn,
    private readonly pages: DeskPages,
  ) {}

  async show(
    request: DeskRequest,
    reply: FastifyReply,
    { kept = {}, status = 200, needs = [] }: AccountPageOptions = {},
  ): Promise<FastifyReply> {
    const { personId, sessionHash, roles } = officerOf(request);
    const model = {
      kept,
      tokens: await this.apiTokens.list(personId),
      scopeChoices: scopeChoices(roles, kept.scopes ?? []),
      sessions: await this.sessions.list(personId, sessionHash),
      singleSignOn: await this.singleSignOn.view(personId),
      passkeys: await this.passkeys.list(personId),
      hasApp: await this.secondFactor.hasApp(personId),
      offersPasskeys: this.passkeys.arePossible,
    };
    const options = { status, needs, asksPasskey: this.passkeys.arePossible };
    return this.pages.show(request, reply, 'desk/account.njk', 'My account', model, options);
  }

  /** Does it, or draws the page with what was wrong. `fields`: how a field that is wrong is called on the page. */
  async orAgain(
    request: DeskRequest,
    reply: FastifyReply,
    fields: Record<string, string>,
    deed: () => Promise<FastifyReply>,
    kept: KeptFields = {},
  ): Promise<FastifyReply> {
    try {
      return await deed();
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== 'invalid') throw error;
      const needs = error.needs.map((need) => ({ ...need, field: fields[need.field ?? ''] ?? need.field }));
      return this.show(request, reply, { kept, status: error.status, needs });
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
