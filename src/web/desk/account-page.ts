import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ApiTokens } from '../../people/api-tokens';
import { OwnPasskeys } from '../../people/own-passkeys';
import { SecondFactor } from '../../people/second-factor';
import { Sessions } from '../../people/sessions';
import { Refusal, type UnmetNeed } from '../../platform/refusal';
import { DeskPages, officerOf, type DeskRequest } from './desk-pages';

/** What was typed and is not a secret. */
export interface KeptFields {
  label?: string;
  until?: string;
  passkeyLabel?: string;
}

/** The page of one's own account, which several forms lead back to. */
@Injectable()
export class AccountPage {
  constructor(
    private readonly apiTokens: ApiTokens,
    private readonly passkeys: OwnPasskeys,
    private readonly secondFactor: SecondFactor,
    private readonly sessions: Sessions,
    private readonly pages: DeskPages,
  ) {}

  async show(
    request: DeskRequest,
    reply: FastifyReply,
    kept: KeptFields = {},
    status = 200,
    needs: readonly UnmetNeed[] = [],
  ): Promise<FastifyReply> {
    const { personId, sessionHash } = officerOf(request);
    const model = {
      kept,
      tokens: await this.apiTokens.list(personId),
      sessions: await this.sessions.list(personId, sessionHash),
      passkeys: await this.passkeys.list(personId),
      hasApp: await this.secondFactor.hasApp(personId),
      offersPasskeys: this.passkeys.arePossible,
    };
    const options = { status, needs, asksPasskey: this.passkeys.arePossible };
    return this.pages.show(request, reply, 'desk/account.njk', 'My account', model, options);
  }

  /** Runs a deed that answers by itself; where it is refused, the page says why. `fields`: how a field is called on the page. */
  async orAgain(
    request: DeskRequest,
    reply: FastifyReply,
    deed: () => Promise<FastifyReply>,
    fields: Record<string, string> = {},
    kept: KeptFields = {},
  ): Promise<FastifyReply> {
    try {
      return await deed();
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== 'invalid') throw error;
      const needs = error.needs.map((need) => ({ ...need, field: fields[need.field ?? ''] ?? need.field }));
      return this.show(request, reply, kept, error.status, needs);
    }
  }
}
