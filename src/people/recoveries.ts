import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull, LessThanOrEqual, MoreThan } from 'typeorm';
import { newId, newSecret, randomLetters } from '../platform/ids';
import { Refusal } from '../platform/refusal';
import { type Instant, Time } from '../platform/time';
import { Recovery } from '../records/entities/recovery';
import { insert } from '../records/insert';
import { Transactions } from '../records/transactions';
import { update } from '../records/update';
import { RECOVERERS } from '../rules/roles';
import { Vault } from '../vault/vault';
import { type AccountActor, AccountRows, OPERATOR } from './account-rows';
import { Accounts, type PersonView } from './accounts';
import { BoundSecrets } from './bound-secrets';
import { CodePace } from './code-pace';
import { hashPassword, passwordNeeds } from './password';
import { areTwoPersons } from './second-person';
import type { StartedSession } from './sessions';

export const RECOVERY_HOURS = 24;
const HOUR_IN_MS = 3_600_000;
/** 40 random bits: what one person hands over beside the link of the other. */
const LETTERS_OF_CODE = 8;

/** A recovery that waits for a second person. */
export interface RecoveryView {
  id: string;
  person: string;
  /** Null: the operator, at the terminal. */
  proposedBy: string | null;
  expiresAt: Instant;
}

/** What the operator gets: `secret` only where nobody else can agree. */
export interface OperatorRecovery {
  code: string;
  secret: string | null;
}

/**
 * The way back into an account whose password or authenticator is lost. Two people open it: one proposes and hands over a code, another
 * agrees and hands over a link. Neither alone can open it, neither is the person concerned, and neither made the account of the other.
 * Each of the three deeds is an entry in the history of the house.
 */
@Injectable()
export class Recoveries {
  private readonly links: BoundSecrets;

  constructor(
    private readonly transactions: Transactions,
    private readonly vault: Vault,
    private readonly accounts: Accounts,
    private readonly rows: AccountRows,
    private readonly pace: CodePace,
    private readonly time: Time,
  ) {
    this.links = new BoundSecrets(vault, 'recovery');
  }

  /** The code that whoever proposes hands to the person. Ends what was proposed before for this account. */
  async propose(personId: string, by: string): Promise<string> {
    if (personId === by)
      throw refused('Ask somebody else: nobody proposes the recovery of their own account.');
    return this.keepProposal(personId, { role: 'ADM', ref: by });
  }

  /**
   * From the terminal. A second person has to agree on the page; the operator gets the link too, and is alone with it, only where there is
   * nobody else who could, or nobody did within the day of an earlier proposal.
   */
  async proposeByOperator(personId: string): Promise<OperatorRecovery> {
    const others = (await this.accounts.list()).filter(
      (each) => each.active && each.id !== personId && each.roles.some((role) => RECOVERERS.includes(role)),
    );
    const isUnanswered = await this.transactions.read((db) =>
      db.existsBy(Recovery, {
        personId,
        proposedBy: IsNull(),
        tokenHash: IsNull(),
        endedAt: IsNull(),
        expiresAt: LessThanOrEqual(this.time.instant()),
      }),
    );
    const code = await this.keepProposal(personId, OPERATOR);
    if (others.length > 0 && !isUnanswered) return { code, secret: null };
    const { id } = (await this.transactions.read((db) =>
      db.findOneBy(Recovery, this.openNow({ personId, tokenHash: IsNull() })),
    ))!;
    return { code, secret: await this.open(id, OPERATOR) };
  }

  /** What waits for a second person, by name. */
  async waiting(): Promise<RecoveryView[]> {
    return this.transactions.read(async (db) => {
      const rows = await db.find(Recovery, {
        where: this.openNow({ tokenHash: IsNull() }),
        order: { expiresAt: 'ASC' },
      });
      const ids = rows.flatMap(({ personId, proposedBy }) => [personId, ...(proposedBy ? [proposedBy] : [])]);
      const names = await this.accounts.names(db, ids);
      return rows.map(({ id, personId, proposedBy, expiresAt }) => ({
        id,
        person: names.get(personId) ?? personId,
        proposedBy: proposedBy && (names.get(proposedBy) ?? proposedBy),
        expiresAt,
      }));
    });
  }

  /** The secret of a link `/recover/<secret>`, valid once and for a day. Refuses whoever is not a second person. */
  async agree(id: string, by: string): Promise<string> {
    const roles = await this.rolesOf(by);
    return this.open(id, { role: RECOVERERS.find((role) => roles.includes(role))!, ref: by });
  }

  /** Ends what was proposed. */
  async refuse(id: string, by: string): Promise<void> {
    const roles = await this.rolesOf(by);
    await this.transactions.change(async (db) => {
      const { personId } = await this.waitingOne(db, id);
      await update(db, Recovery, { id }, { endedAt: this.time.instant() });
      const role = RECOVERERS.find((each) => roles.includes(each))!;
      await this.rows.tell(db, 'refuse-recovery', { role, ref: by }, { recovery: id, person: personId });
    });
  }

  /** Whose account this link opens again. */
  async read(secret: string): Promise<PersonView> {
    const { personId } = await this.transactions.read((db) => this.agreedOne(db, secret));
    const person = (await this.accounts.list()).find(({ id, active }) => id === personId && active);
    if (!person) throw noRecovery();
    return person;
  }

  /**
   * Sets a new password; the old authenticator, every session and every token of the account end. The session that starts opens nothing
   * before a new authenticator is set up. Refuses with every need.
   */
  async use(secret: string, code: string, password: string): Promise<StartedSession> {
    const person = await this.read(secret);
    await this.pace.inTurn(`recovery ${person.id}`, () => this.requireCode(secret, code));
    const needs = passwordNeeds(password, person);
    if (needs.length > 0) throw new Refusal('invalid', 'The account was not opened again.', needs);
    const passwordHash = await hashPassword(password);
    return this.transactions.change(async (db) => {
      const { id } = await this.agreedOne(db, secret);
      const ended = await update(db, Recovery, { id, endedAt: null }, { endedAt: this.time.instant() });
      if (ended === 0) throw noRecovery();
      return this.accounts.reopen(db, person.id, passwordHash);
    });
  }

  private async requireCode(secret: string, code: string): Promise<void> {
    const { id, codeHash } = await this.transactions.read((db) => this.agreedOne(db, secret));
    if (this.codeHash(id, code) !== codeHash)
      throw new Refusal('invalid', 'The account was not opened again.', [
        {
          name: 'recovery.code',
          field: 'code',
          sentence: 'This is not the code. Ask the administrator who proposed the recovery for it.',
        },
      ]);
  }

  private async keepProposal(personId: string, by: AccountActor): Promise<string> {
    const [id, code] = [newId(), randomLetters(LETTERS_OF_CODE)];
    await this.transactions.change(async (db) => {
      if (!(await this.rows.active(db, { id: personId })))
        throw new Refusal('not-found', 'There is no such active account.');
      await update(db, Recovery, { personId, endedAt: null }, { endedAt: this.time.instant() });
      await insert(db, Recovery, {
        id,
        personId,
        proposedBy: by.ref,
        codeHash: this.codeHash(id, code),
        expiresAt: this.inHours(RECOVERY_HOURS),
      });
      await this.rows.tell(db, 'propose-recovery', by, { recovery: id, person: personId });
    });
    return `${code.slice(0, 4)}-${code.slice(4)}`;
  }

  private async open(id: string, by: AccountActor): Promise<string> {
    const secret = newSecret();
    await this.transactions.change(async (db) => {
      const { personId, proposedBy } = await this.waitingOne(db, id);
      if (by.ref === personId) throw refused('This is your own account: another person has to agree.');
      if (proposedBy && by.ref && !(await areTwoPersons(db, by.ref, proposedBy)))
        throw refused(
          'Somebody else has to agree: you proposed it yourself, or one of you made the account of the other, directly or through others. Where there is nobody else, the operator can propose it: npm run redress -- recover <e-mail>.',
        );
      const expiresAt = this.inHours(RECOVERY_HOURS);
      const tokenHash = this.links.hashOf(secret, [id, personId, expiresAt]);
      if (!(await update(db, Recovery, { id, tokenHash: null }, { agreedBy: by.ref, tokenHash, expiresAt })))
        throw notWaiting();
      await this.rows.tell(db, 'agree-to-recovery', by, { recovery: id, person: personId });
    });
    return secret;
  }

  private async rolesOf(personId: string): Promise<string[]> {
    const person = await this.transactions.read((db) => this.rows.active(db, { id: personId }));
    return person?.roles ?? [];
  }

  private async waitingOne(db: EntityManager, id: string): Promise<Recovery> {
    const found = await db.findOneBy(Recovery, this.openNow({ id, tokenHash: IsNull() }));
    if (!found) throw notWaiting();
    return found;
  }

  private async agreedOne(db: EntityManager, secret: string): Promise<Recovery> {
    const found = await db.findOneBy(Recovery, this.openNow({ tokenHash: this.links.found(secret) }));
    if (!found?.tokenHash) throw noRecovery();
    const { id, personId, expiresAt, tokenHash } = found;
    if (!this.links.isBound(secret, [id, personId, expiresAt], tokenHash)) throw noRecovery();
    return found;
  }

  private openNow<T extends object>(where: T) {
    return { ...where, endedAt: IsNull(), expiresAt: MoreThan(this.time.instant()) };
  }

  /** As it may be typed: with or without the stroke, in small letters. */
  private codeHash(id: string, code: string): string {
    const typed = code
      .normalize('NFKC')
      .toUpperCase()
      .replace(/[^0-9A-Z]/g, '');
    return this.vault.hash('recovery code', `${id} ${typed}`);
  }

  private inHours(hours: number): Instant {
    return new Date(this.time.now().getTime() + hours * HOUR_IN_MS).toISOString();
  }
}

function refused(sentence: string): Refusal {
  return new Refusal('unmet', 'The recovery goes no further.', [{ name: 'secondPerson', sentence }]);
}

function notWaiting(): Refusal {
  return new Refusal(
    'not-found',
    'This recovery does not wait any more: it was settled, replaced, or is too old.',
  );
}

function noRecovery(): Refusal {
  return new Refusal(
    'not-found',
    'This link is not valid: it was used, it is too old, or a newer one was made. Ask an administrator for a new one.',
  );
}
