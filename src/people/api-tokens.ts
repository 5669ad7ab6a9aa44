import { Injectable } from '@nestjs/common';
import { newId, newSecret } from '../platform/ids';
import { Refusal } from '../platform/refusal';
import { type Instant, Time } from '../platform/time';
import { ApiToken } from '../records/entities/api-token';
import { insert } from '../records/insert';
import { Transactions } from '../records/transactions';
import { Vault } from '../vault/vault';
import { AccountRows, selfOf } from './account-rows';
import { BoundSecrets } from './bound-secrets';
import { grantOf } from './guests';
import { asOfficer } from './officer';
import type { Visitor } from './visitor';

/** Tells a token of a program from a session, and lets scanners find one that was published by mistake. */
export const API_TOKEN_PREFIX = 'redress_';

/** A year, and the rest of its last day. */
const LONGEST_TOKEN_IN_DAYS = 367;

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
  private readonly secrets: BoundSecrets;

  constructor(
    private readonly transactions: Transactions,
    private readonly rows: AccountRows,
    private readonly vault: Vault,
    private readonly time: Time,
  ) {
    this.secrets = new BoundSecrets(vault, 'api-token');
  }

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
    const latest = this.time.now().getTime() + LONGEST_TOKEN_IN_DAYS * 86_400_000;
    if (Number.isNaN(end.getTime()) || end <= this.time.now() || end.getTime() > latest)
      needs.push({
        name: 'expiresAt',
        field: 'expiresAt',
        sentence: 'Give the day on which it ends: one in the future, and within a year.',
      });
    if (needs.length > 0) throw new Refusal('invalid', 'The token was not made.', needs);
    const token = API_TOKEN_PREFIX + newSecret();
    const id = newId();
    await this.transactions.change(async (db) => {
      const person = await this.rows.active(db, { id: personId });
      if (!person) throw new Refusal('forbidden', 'This account is not active. Ask an administrator.');
      if (grantOf(person))
        throw new Refusal(
          'forbidden',
          'Guests have no tokens: a page bears their mark, an answer of the API does not.',
        );
      const row = { id, personId, expiresAt: end.toISOString() };
      const tokenHash = this.secrets.hashOf(token, saidBy(row));
      await insert(db, ApiToken, { ...row, tokenHash, label: label.trim() });
      await this.rows.tell(db, 'create-token', selfOf(person), { token: id, expiresAt: row.expiresAt });
    });
    return { id, token };
  }

  /** For whom this token acts, with the roles of this moment; null when unknown, expired or the account not active, and for guests. */
  async resolve(token: string): Promise<Visitor | null> {
    return this.transactions.read(async (db) => {
      const found = await db.findOneBy(ApiToken, { tokenHash: this.secrets.found(token) });
      if (!found || found.expiresAt <= this.time.instant()) return null;
      if (!this.secrets.isBound(token, saidBy(found), found.tokenHash)) return null;
      const person = await this.rows.active(db, { id: found.personId });
      if (!person || grantOf(person)) return null;
      return asOfficer(this.vault, person, found.tokenHash);
    });
  }

  /** Ends a token of this person at once; refuses when they have no such token. */
  async revoke(personId: string, id: string): Promise<void> {
    await this.transactions.change(async (db) => {
      const { affected } = await db.delete(ApiToken, { id, personId });
      const person = affected === 0 ? null : await this.rows.active(db, { id: personId });
      if (!person)
        throw new Refusal('not-found', 'You have no such token; it may have been revoked already.');
      await this.rows.tell(db, 'revoke-token', selfOf(person), { token: id });
    });
  }

  async list(personId: string): Promise<ApiTokenView[]> {
    const rows = await this.transactions.read((db) =>
      db.find(ApiToken, { where: { personId }, order: { label: 'ASC', id: 'ASC' } }),
    );
    return rows.map(({ id, label, expiresAt }) => ({ id, label, expiresAt }));
  }
}

/** What a token is bound to. */
function saidBy({ id, personId, expiresAt }: Pick<ApiToken, 'id' | 'personId' | 'expiresAt'>): unknown {
  return [id, personId, expiresAt];
}
