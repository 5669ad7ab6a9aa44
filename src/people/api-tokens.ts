import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId, newSecret } from '../platform/ids';
import { Refusal, type UnmetNeed } from '../platform/refusal';
import { type Day, type Instant, Time } from '../platform/time';
import { ApiToken } from '../records/entities/api-token';
import type { Person } from '../records/entities/person';
import { insert } from '../records/insert';
import { Transactions } from '../records/transactions';
import { update } from '../records/update';
import { SCOPE_CODES, type ScopeCode } from '../rules/scopes';
import { Vault } from '../vault/vault';
import { type AccountActor, AccountRows, selfOf } from './account-rows';
import { BoundSecrets } from './bound-secrets';
import { grantOf } from './guests';
import { asOfficer } from './officer';
import type { Officer } from './visitor';

/** Tells a token of a program from a session, and lets scanners find one that was published by mistake. */
export const API_TOKEN_PREFIX = 'redress_';

/** A year, and the rest of its last day. */
const LONGEST_TOKEN_IN_DAYS = 367;
const LONGEST_LABEL = 64;

export interface NewApiToken {
  personId: string;
  /** What it is for, in at most 64 characters. Kept readable: no names in it. */
  label: string;
  /** What it opens, at least one. */
  scopes: readonly ScopeCode[];
  expiresAt: Instant;
}

export interface ApiTokenView {
  id: string;
  label: string;
  /** Empty for a token from before there were scopes, which opens nothing any more. */
  scopes: ScopeCode[];
  expiresAt: Instant;
  /** Null while it was never used. */
  lastUsedOn: Day | null;
}

/** Whom a token acts for, and what it opens of what that person may do. */
export interface ResolvedApiToken {
  visitor: Officer;
  scopes: readonly ScopeCode[];
}

/** Tokens with which a program acts for a member of staff: never more than that person may do now, and of it only what its scopes open. */
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

  /** The token, shown this once; only its keyed hash is kept. `by` is the person themselves when left out. Refuses with every need. */
  async create(asked: NewApiToken, by?: AccountActor): Promise<{ id: string; token: string }> {
    const needs = tokenNeeds(asked, this.time.now());
    if (needs.length > 0) throw new Refusal('invalid', 'The token was not made.', needs);
    const token = API_TOKEN_PREFIX + newSecret();
    const row = {
      id: newId(),
      personId: asked.personId,
      scopes: SCOPE_CODES.filter((scope) => asked.scopes.includes(scope)),
      expiresAt: new Date(asked.expiresAt).toISOString(),
    };
    await this.transactions.change(async (db) => {
      const person = await this.rows.active(db, { id: row.personId });
      if (!person) throw new Refusal('forbidden', 'This account is not active. Ask an administrator.');
      if (grantOf(person))
        throw new Refusal(
          'forbidden',
          'Guests have no tokens: a page bears their mark, an answer of the API does not.',
        );
      const tokenHash = this.secrets.hashOf(token, saidBy(row));
      await insert(db, ApiToken, { ...row, tokenHash, label: asked.label.trim(), lastUsedOn: null });
      const { id, personId, scopes, expiresAt } = row;
      const facts = { token: id, person: personId, scopes, expiresAt };
      await this.rows.tell(db, 'create-token', by ?? selfOf(person), facts);
    });
    return { id: row.id, token };
  }

  /** For whom this token acts, with the roles of this moment; null when unknown, expired or the account not active. Keeps the day of its use. */
  async resolve(token: string): Promise<ResolvedApiToken | null> {
    const found = await this.transactions.read((db) => this.find(db, token));
    if (!found) return null;
    const { row, person } = found;
    const today = this.time.today();
    if (row.lastUsedOn !== today)
      await this.transactions.change((db) => update(db, ApiToken, { id: row.id }, { lastUsedOn: today }));
    return {
      visitor: asOfficer(this.vault, person, row.tokenHash),
      scopes: row.scopes as ScopeCode[],
    };
  }

  /** Ends a token of this person at once; `by` is the person themselves when left out. Refuses when they have no such token. */
  async revoke(personId: string, id: string, by?: AccountActor): Promise<void> {
    await this.transactions.change(async (db) => {
      const { affected } = await db.delete(ApiToken, { id, personId });
      const person = affected === 0 ? null : await this.rows.active(db, { id: personId });
      if (!person)
        throw new Refusal('not-found', 'This account has no such token; it may have been revoked already.');
      await this.rows.tell(db, 'revoke-token', by ?? selfOf(person), { token: id, person: personId });
    });
  }

  /** The tokens of this person, also those that are over, by what they are for. */
  async list(personId: string): Promise<ApiTokenView[]> {
    const rows = await this.transactions.read((db) =>
      db.find(ApiToken, { where: { personId }, order: { label: 'ASC', id: 'ASC' } }),
    );
    return rows.map(({ id, label, scopes, expiresAt, lastUsedOn }) => ({
      id,
      label,
      scopes: (scopes ?? []) as ScopeCode[],
      expiresAt,
      lastUsedOn,
    }));
  }

  private async find(db: EntityManager, token: string): Promise<{ row: ApiToken; person: Person } | null> {
    const row = await db.findOneBy(ApiToken, { tokenHash: this.secrets.found(token) });
    if (!row || row.expiresAt <= this.time.instant()) return null;
    if (!this.secrets.isBound(token, saidBy(row), row.tokenHash)) return null;
    const person = await this.rows.active(db, { id: row.personId });
    return person && !grantOf(person) ? { row, person } : null;
  }
}

/** What a token is bound to. */
function saidBy({
  id,
  personId,
  scopes,
  expiresAt,
}: Pick<ApiToken, 'id' | 'personId' | 'scopes' | 'expiresAt'>): unknown {
  return [id, personId, scopes, expiresAt];
}

function tokenNeeds({ label, scopes, expiresAt }: NewApiToken, now: Date): UnmetNeed[] {
  const needs: UnmetNeed[] = [];
  const need = (field: string, sentence: string): number => needs.push({ name: field, field, sentence });
  const length = label.trim().length;
  if (length === 0 || length > LONGEST_LABEL || /[\p{Cc}\p{Surrogate}]/u.test(label))
    need('label', `Say in 1 to ${LONGEST_LABEL} characters what the token is for.`);
  if (scopes.length === 0 || scopes.some((scope) => !SCOPE_CODES.includes(scope)))
    need('scopes', `Choose what the token opens, at least one of: ${SCOPE_CODES.join(', ')}.`);
  const end = new Date(expiresAt).getTime();
  const latest = now.getTime() + LONGEST_TOKEN_IN_DAYS * 86_400_000;
  if (Number.isNaN(end) || end <= now.getTime() || end > latest)
    need('expiresAt', 'Give the day on which it ends: one in the future, and within a year.');
  return needs;
}
