import { Injectable } from '@nestjs/common';
import { newId, newSecret } from '../platform/ids';
import { Refusal } from '../platform/refusal';
import { type Instant, Time } from '../platform/time';
import { ApiToken } from '../records/entities/api-token';
import { Person } from '../records/entities/person';
import { insert } from '../records/insert';
import { Transactions } from '../records/transactions';
import type { RoleCode } from '../rules/roles';
import { Vault } from '../vault/vault';
import type { Visitor } from './visitor';

/** Tells a token of a program from a session, and lets scanners find one that was published by mistake. */
export const API_TOKEN_PREFIX = 'redress_';

export interface NewApiToken {
  personId: string;
  /** What it is for, in at most 64 characters. Kept readable: no names in it. */
  label: string;
  expiresAt: Instant;
}

export interface ApiTokenView {
  id: string;
  label: string;
  expiresAt: Instant;
}

/** Tokens with which a program acts for a member of staff, with exactly that person's roles. */
@Injectable()
export class ApiTokens {
  constructor(
    private readonly transactions: Transactions,
    private readonly vault: Vault,
    private readonly time: Time,
  ) {}

  /** The token, shown this once; only its keyed hash is kept. */
  async create({ personId, label, expiresAt }: NewApiToken): Promise<{ id: string; token: string }> {
    const needs = [];
    const end = new Date(expiresAt);
    if (label.trim() === '' || label.trim().length > 64)
      needs.push({
        name: 'label',
        field: 'label',
        sentence: 'Say in 1 to 64 characters what the token is for.',
      });
    if (Number.isNaN(end.getTime()) || end <= this.time.now())
      needs.push({
        name: 'expiresAt',
        field: 'expiresAt',
        sentence: 'Give a date in the future on which it ends.',
      });
    if (needs.length > 0) throw new Refusal('invalid', 'The token was not made.', needs);
    const token = API_TOKEN_PREFIX + newSecret();
    const id = newId();
    await this.transactions.change(async (db) => {
      const person = await db.findOneBy(Person, { id: personId });
      if (!person?.active)
        throw new Refusal('forbidden', 'This account is not active. Ask an administrator.');
      await insert(db, ApiToken, {
        id,
        tokenHash: this.hashOf(token),
        personId,
        label: label.trim(),
        expiresAt: end.toISOString(),
      });
    });
    return { id, token };
  }

  /** For whom this token acts, with the roles of this moment; null when unknown, expired or the account not active. */
  async resolve(token: string): Promise<Visitor | null> {
    const tokenHash = this.hashOf(token);
    return this.transactions.read(async (db) => {
      const found = await db.findOneBy(ApiToken, { tokenHash });
      if (!found || found.expiresAt <= this.time.instant()) return null;
      const person = await db.findOneBy(Person, { id: found.personId });
      if (!person?.active) return null;
      return {
        kind: 'officer',
        personId: person.id,
        roles: person.roles as RoleCode[],
        sessionHash: tokenHash,
      };
    });
  }

  /** Ends a token of this person at once; refuses when they have no such token. */
  async revoke(personId: string, id: string): Promise<void> {
    const { affected } = await this.transactions.change((db) => db.delete(ApiToken, { id, personId }));
    if (affected === 0)
      throw new Refusal('not-found', 'You have no such token; it may have been revoked already.');
  }

  async list(personId: string): Promise<ApiTokenView[]> {
    const rows = await this.transactions.read((db) =>
      db.find(ApiToken, { where: { personId }, order: { label: 'ASC', id: 'ASC' } }),
    );
    return rows.map(({ id, label, expiresAt }) => ({ id, label, expiresAt }));
  }

  private hashOf(token: string): string {
    return this.vault.hash('api-token', token);
  }
}
