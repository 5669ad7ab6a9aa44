import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull, MoreThan } from 'typeorm';
import { newId, newSecret } from '../platform/ids';
import { Log } from '../platform/log';
import { Refusal } from '../platform/refusal';
import { type Instant, Time } from '../platform/time';
import { ApiToken } from '../records/entities/api-token';
import { Person } from '../records/entities/person';
import { Recovery } from '../records/entities/recovery';
import { insert } from '../records/insert';
import { Transactions } from '../records/transactions';
import { update } from '../records/update';
import type { RoleCode } from '../rules/roles';
import { Vault } from '../vault/vault';
import { Accounts, type PersonView } from './accounts';
import { hashPassword, passwordNeeds } from './password';
import { areTwoPersons } from './second-person';
import { Sessions, type StartedSession } from './sessions';

export const RECOVERY_HOURS = 24;
const HOUR_IN_MS = 3_600_000;

/** Who may agree to a recovery; administrators propose it. */
export const RECOVERERS: readonly RoleCode[] = ['ADM', 'PRT', 'DPO'];

/** A recovery that waits for a second person. */
export interface RecoveryView {
  id: string;
  person: string;
  /** Null: the operator, at the terminal. */
  proposedBy: string | null;
  expiresAt: Instant;
}

/**
 * The way back into an account whose password or authenticator is lost. Two people open it: one proposes, another agrees and hands over a
 * link that works once. Neither is the person concerned, and neither made the account of the other.
 */
@Injectable()
export class Recoveries {
  constructor(
    private readonly transactions: Transactions,
    private readonly vault: Vault,
    private readonly accounts: Accounts,
    private readonly sessions: Sessions,
    private readonly time: Time,
    private readonly log: Log,
  ) {}

  /** Ends what was proposed before for this account. `by` is null for the operator at the terminal. */
  async propose(personId: string, by: string | null): Promise<string> {
    if (personId === by)
      throw refused('Ask somebody else: nobody proposes the recovery of their own account.');
    const id = newId();
    await this.transactions.change(async (db) => {
      if (!(await db.existsBy(Person, { id: personId, active: true })))
        throw new Refusal('not-found', 'There is no such active account.');
      await update(db, Recovery, { personId, endedAt: null }, { endedAt: this.time.instant() });
      await insert(db, Recovery, { id, personId, proposedBy: by, expiresAt: this.inHours(RECOVERY_HOURS) });
    });
    this.log.info('recovery proposed', { by: by ?? 'operator', personId });
    return id;
  }

  /**
   * From the terminal, where the last administrator is locked out. Null where a second person can agree on the page; where nobody else
   * could, the operator is alone with it and gets the secret at once.
   */
  async proposeByOperator(personId: string): Promise<string | null> {
    const id = await this.propose(personId, null);
    const others = (await this.accounts.list()).filter(
      (each) => each.active && each.id !== personId && each.roles.some((role) => RECOVERERS.includes(role)),
    );
    return others.length > 0 ? null : this.open(id, null);
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
    return this.open(id, by);
  }

  private async open(id: string, by: string | null): Promise<string> {
    const secret = newSecret();
    await this.transactions.change(async (db) => {
      const { personId, proposedBy } = await this.waitingOne(db, id);
      if (by === personId) throw refused('This is your own account: another person has to agree.');
      if (proposedBy && by && !(await areTwoPersons(db, by, proposedBy)))
        throw refused(
          'Somebody else has to agree: you proposed it yourself, or one of you made the account of the other, directly or through others.',
        );
      const tokenHash = this.vault.hash('recovery', secret);
      await update(
        db,
        Recovery,
        { id, tokenHash: null },
        {
          agreedBy: by,
          tokenHash,
          expiresAt: this.inHours(RECOVERY_HOURS),
        },
      );
      this.log.info('recovery agreed', { by: by ?? 'operator', personId });
    });
    return secret;
  }

  /** Ends what was proposed. */
  async refuse(id: string, by: string): Promise<void> {
    await this.transactions.change(async (db) => {
      const { personId } = await this.waitingOne(db, id);
      await update(db, Recovery, { id }, { endedAt: this.time.instant() });
      this.log.info('recovery refused', { by, personId });
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
   * before a new authenticator is set up.
   */
  async use(secret: string, password: string): Promise<StartedSession> {
    const person = await this.read(secret);
    const needs = passwordNeeds(password, person);
    if (needs.length > 0) throw new Refusal('invalid', 'The account was not opened again.', needs);
    const passwordHash = await hashPassword(password);
    const personId = person.id;
    const started = await this.transactions.change(async (db) => {
      const { id } = await this.agreedOne(db, secret);
      const ended = await update(db, Recovery, { id, endedAt: null }, { endedAt: this.time.instant() });
      if (ended === 0) throw noRecovery();
      await update(db, Person, { id: personId, active: true }, { passwordHash, totpSealed: null });
      await this.sessions.endAllIn(db, personId);
      await db.delete(ApiToken, { personId });
      return this.sessions.startOfficerIn(db, personId, 'ENROL');
    });
    this.log.info('account recovered', { personId });
    return started;
  }

  private async waitingOne(db: EntityManager, id: string): Promise<Recovery> {
    const found = await db.findOneBy(Recovery, this.openNow({ id, tokenHash: IsNull() }));
    if (!found)
      throw new Refusal(
        'not-found',
        'This recovery does not wait any more: it was settled, replaced, or is too old.',
      );
    return found;
  }

  private async agreedOne(db: EntityManager, secret: string): Promise<Recovery> {
    const found = await db.findOneBy(
      Recovery,
      this.openNow({ tokenHash: this.vault.hash('recovery', secret) }),
    );
    if (!found) throw noRecovery();
    return found;
  }

  private openNow<T extends object>(where: T) {
    return { ...where, endedAt: IsNull(), expiresAt: MoreThan(this.time.instant()) };
  }

  private inHours(hours: number): Instant {
    return new Date(this.time.now().getTime() + hours * HOUR_IN_MS).toISOString();
  }
}

function refused(sentence: string): Refusal {
  return new Refusal('unmet', 'The recovery goes no further.', [{ name: 'secondPerson', sentence }]);
}

function noRecovery(): Refusal {
  return new Refusal(
    'not-found',
    'This link is not valid: it was used, it is too old, or a newer one was made. Ask an administrator for a new one.',
  );
}
