import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull, LessThanOrEqual, Not } from 'typeorm';
import { newSecret } from '../platform/ids';
import { Refusal } from '../platform/refusal';
import { type Instant, Time } from '../platform/time';
import { lockCase } from '../records/dialect';
import { Party } from '../records/entities/party';
import type { Person } from '../records/entities/person';
import { Session } from '../records/entities/session';
import { insert } from '../records/insert';
import { Transactions } from '../records/transactions';
import { update } from '../records/update';
import type { HolderRole } from '../rules/roles';
import { Vault } from '../vault/vault';
import { AccountRows } from './account-rows';
import { asOfficer } from './officer';
import type { Resolved, Stage, Visitor } from './visitor';

/** `token` is shown to the holder once and kept as a keyed hash. */
export interface StartedSession {
  token: string;
  csrfToken: string;
  expiresAt: Instant;
}

/** One of a person's own sessions; `id` names it and opens nothing. */
export interface SessionView {
  id: string;
  startedAt: Instant;
  /** To within five minutes. */
  usedAt: Instant;
  expiresAt: Instant;
  isThisOne: boolean;
}

type Opens = Pick<Session, 'personId' | 'caseId' | 'partyId' | 'role' | 'stage' | 'startedAt' | 'expiresAt'>;

const MINUTE_IN_MS = 60_000;
const HOUR_IN_MS = 60 * MINUTE_IN_MS;
const OFFICER_SESSION_IN_MS = 12 * HOUR_IN_MS;
const OFFICER_IDLE_IN_MS = HOUR_IN_MS;
/** Time to fetch a phone, or to set up an authenticator. */
const HALF_SESSION_IN_MS = 10 * MINUTE_IN_MS;
/** How often the time of last use is written down. */
const SEEN_EVERY_MS = 5 * MINUTE_IN_MS;
const LETTERS_OF_ID = 16;
/** A browser may be left open on a shared device; a program asks again when it needs to. */
const RIGHTSHOLDER_SESSION_IN_MS = { page: HOUR_IN_MS, program: 30 * MINUTE_IN_MS };
/** Up to the full hour. */
const LONGEST_OF_HOLDER_IN_MS = RIGHTSHOLDER_SESSION_IN_MS.page + HOUR_IN_MS;

/**
 * Sessions of officers and of holders of receipts. Each ends at a fixed time, whatever is done with it meanwhile; one of an officer also
 * when it was not used for an hour. Of a holder's no time of use is kept.
 */
@Injectable()
export class Sessions {
  constructor(
    private readonly transactions: Transactions,
    private readonly vault: Vault,
    private readonly rows: AccountRows,
    private readonly time: Time,
  ) {}

  /** Twelve hours; ten minutes while a second factor is missing (`stage`). Refuses when the account is not active. */
  async startOfficer(personId: string, stage: Stage | null): Promise<StartedSession> {
    return this.transactions.change((db) => this.startOfficerIn(db, personId, stage));
  }

  /** Inside a change: the same. */
  async startOfficerIn(db: EntityManager, personId: string, stage: Stage | null): Promise<StartedSession> {
    const now = this.time.now().getTime();
    if (!(await this.rows.active(db, { id: personId })))
      throw new Refusal('forbidden', 'This account is not active. Ask an administrator.');
    return this.start(db, {
      personId,
      caseId: null,
      partyId: null,
      role: null,
      stage,
      startedAt: new Date(now).toISOString(),
      expiresAt: new Date(now + (stage ? HALF_SESSION_IN_MS : OFFICER_SESSION_IN_MS)).toISOString(),
    });
  }

  /**
   * 60 minutes for a page, 30 for a program, then up to the full hour: what is stored does not tell the minute in which
   * somebody opened their case. `party` is the row as its receipt was found in; refuses when that receipt was ended or replaced meanwhile.
   */
  async startRightsholder(
    party: Pick<Party, 'caseId' | 'id' | 'receiptHash'>,
    role: HolderRole,
    kind: 'page' | 'program' = 'page',
  ): Promise<StartedSession> {
    const { caseId, id: partyId, receiptHash } = party;
    const end = this.time.now().getTime() + RIGHTSHOLDER_SESSION_IN_MS[kind];
    const expiresAt = new Date(Math.ceil(end / HOUR_IN_MS) * HOUR_IN_MS).toISOString();
    return this.transactions.change(async (db) => {
      // Whoever ends a receipt holds this lock too: either the session comes first and is ended with it, or it does not begin.
      await lockCase(db, caseId);
      if (!receiptHash || !(await db.existsBy(Party, { id: partyId, caseId, receiptHash })))
        throw new Refusal('not-found', 'There is no such case, or it is not yours to see.');
      return this.start(db, {
        personId: null,
        caseId,
        partyId,
        role,
        stage: null,
        startedAt: null,
        expiresAt,
      });
    });
  }

  /** Who holds this token, with the roles of this moment; null when it is unknown, over, or the account not active. */
  async resolve(token: string): Promise<Resolved | null> {
    const tokenHash = this.hashOf(token);
    const { session, person } = await this.transactions.read(async (db) => {
      const session = await db.findOneBy(Session, { tokenHash });
      const id = session?.personId;
      return { session, person: id ? await this.rows.active(db, { id }) : null };
    });
    if (!session || this.isOver(session)) return null;
    if (session.csrfToken !== this.csrfTokenOf(token, session)) return null;
    const visitor = this.visitorOf(session, person);
    if (!visitor) return null;
    await this.keepSeen(session);
    return { csrfToken: session.csrfToken, visitor };
  }

  /** The sessions of a member of staff that go on, newest first; of `thisHash` it is said that it is the one that asks. */
  async list(personId: string, thisHash: string): Promise<SessionView[]> {
    const rows = await this.transactions.read((db) => db.findBy(Session, { personId, stage: IsNull() }));
    return rows
      .filter((row) => !this.isOver(row))
      .sort((a, b) => (a.startedAt! < b.startedAt! ? 1 : -1))
      .map((row) => ({
        id: row.tokenHash.slice(0, LETTERS_OF_ID),
        startedAt: row.startedAt!,
        usedAt: row.seenAt ?? row.startedAt!,
        expiresAt: row.expiresAt,
        isThisOne: row.tokenHash === thisHash,
      }));
  }

  /** Ends one of the person's own sessions; refuses when there is none of this id. */
  async endOne(personId: string, id: string): Promise<void> {
    const ended = await this.transactions.change(async (db) => {
      const rows = await db.findBy(Session, { personId });
      const row = rows.find(({ tokenHash }) => tokenHash.slice(0, LETTERS_OF_ID) === id);
      if (row) await db.delete(Session, { tokenHash: row.tokenHash });
      return row !== undefined;
    });
    if (!ended) throw new Refusal('not-found', 'You have no such session; it may have ended already.');
  }

  /** Inside a change: a whole session in the place of a half one, under another token. */
  async goOnFrom(db: EntityManager, halfHash: string, personId: string): Promise<StartedSession> {
    await db.delete(Session, { tokenHash: halfHash });
    return this.startOfficerIn(db, personId, null);
  }

  /** Signs this one out. */
  async end(token: string): Promise<void> {
    const tokenHash = this.hashOf(token);
    await this.transactions.change((db) => db.delete(Session, { tokenHash }));
  }

  /** Signs a member of staff out everywhere. */
  async endAllOf(personId: string): Promise<void> {
    await this.transactions.change((db) => this.endAllIn(db, personId));
  }

  /** Inside a change: the same, but for the session named by its hash, if any. */
  async endAllIn(db: EntityManager, personId: string, exceptHash = ''): Promise<void> {
    await db.delete(Session, { personId, tokenHash: Not(exceptHash) });
  }

  /** Inside a change: ends what a receipt opened, but for the session named by its hash, if any. */
  async endAllOfParty(db: EntityManager, partyId: string, exceptHash = ''): Promise<void> {
    await db.delete(Session, { partyId, tokenHash: Not(exceptHash) });
  }

  /** Inside a change: whether the session of this hash has not been ended. */
  async goesOn(db: EntityManager, tokenHash: string): Promise<boolean> {
    return db.existsBy(Session, { tokenHash });
  }

  /** Inside a change: whether the session of this hash began at most so many minutes ago. */
  async isYoung(db: EntityManager, tokenHash: string, minutes: number): Promise<boolean> {
    const session = await db.findOneBy(Session, { tokenHash });
    const startedAt = Date.parse(session?.startedAt ?? '');
    return Math.abs(this.time.now().getTime() - startedAt) <= minutes * MINUTE_IN_MS;
  }

  private async start(db: EntityManager, row: Opens): Promise<StartedSession> {
    const token = newSecret();
    const csrfToken = this.csrfTokenOf(token, row);
    await db.delete(Session, { expiresAt: LessThanOrEqual(this.time.instant()) });
    await insert(db, Session, { ...row, tokenHash: this.hashOf(token), csrfToken });
    return { token, csrfToken, expiresAt: row.expiresAt };
  }

  private isOver(session: Session): boolean {
    const { caseId, stage, expiresAt } = session;
    const longest = caseId ? LONGEST_OF_HOLDER_IN_MS : stage ? HALF_SESSION_IN_MS : OFFICER_SESSION_IN_MS;
    return !this.time.isBeforeEnd(expiresAt, longest) || this.isIdle(session);
  }

  /**
   * Of an officer only: a holder's last use is nowhere, and an hour is all that a page of hers lives. Nor does one go on that was used in
   * an hour that has not come: it would never be idle until then.
   */
  private isIdle({ startedAt, seenAt }: Session): boolean {
    const last = seenAt ?? startedAt;
    return last !== null && Math.abs(this.time.now().getTime() - Date.parse(last)) > OFFICER_IDLE_IN_MS;
  }

  private async keepSeen({ tokenHash, startedAt, seenAt }: Session): Promise<void> {
    const last = seenAt ?? startedAt;
    const now = this.time.now();
    if (last === null || Math.abs(now.getTime() - Date.parse(last)) < SEEN_EVERY_MS) return;
    await this.transactions.change((db) => update(db, Session, { tokenHash }, { seenAt: now.toISOString() }));
  }

  /** Keyed over all that the session opens: a row that was pointed at another case or person opens nothing. */
  private csrfTokenOf(token: string, opens: Opens): string {
    const { personId, caseId, partyId, role, stage, startedAt, expiresAt } = opens;
    return this.vault.hash(
      'session of',
      [token, personId, caseId, partyId, role, stage, startedAt, expiresAt].join(' '),
    );
  }

  private hashOf(token: string): string {
    return this.vault.hash('session', token);
  }

  private visitorOf(session: Session, person: Person | null): Visitor | null {
    const { caseId, partyId, stage, tokenHash: sessionHash } = session;
    if (caseId && partyId)
      return { kind: 'rightsholder', caseId, partyId, role: session.role as HolderRole, sessionHash };
    if (!person) return null;
    return stage
      ? { kind: 'half-signed-in', personId: person.id, stage: stage as Stage, sessionHash }
      : asOfficer(this.vault, person, sessionHash);
  }
}
