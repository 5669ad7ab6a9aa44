import { Injectable } from '@nestjs/common';
import { type EntityManager, LessThanOrEqual, Not } from 'typeorm';
import { newSecret } from '../platform/ids';
import { Refusal } from '../platform/refusal';
import { type Instant, Time } from '../platform/time';
import { lockCase } from '../records/dialect';
import { Party } from '../records/entities/party';
import { Person } from '../records/entities/person';
import { Session } from '../records/entities/session';
import { insert } from '../records/insert';
import { Transactions } from '../records/transactions';
import type { HolderRole, RoleCode } from '../rules/roles';
import { Vault } from '../vault/vault';
import type { Resolved } from './visitor';

/** `token` is shown to the holder once and kept as a keyed hash. */
export interface StartedSession {
  token: string;
  csrfToken: string;
  expiresAt: Instant;
}

type Opens = Pick<Session, 'personId' | 'caseId' | 'partyId' | 'role' | 'expiresAt'>;

const MINUTE_IN_MS = 60_000;
const HOUR_IN_MS = 60 * MINUTE_IN_MS;
const OFFICER_SESSION_IN_MS = 12 * HOUR_IN_MS;
/** A browser may be left open on a shared device; a program asks again when it needs to. */
const RIGHTSHOLDER_SESSION_IN_MS = { page: HOUR_IN_MS, program: 30 * MINUTE_IN_MS };

/** Sessions of officers and of holders of receipts. Each ends at a fixed time, whatever is done with it meanwhile. */
@Injectable()
export class Sessions {
  constructor(
    private readonly transactions: Transactions,
    private readonly vault: Vault,
    private readonly time: Time,
  ) {}

  /** Twelve hours. Refuses when the account is not active. */
  async startOfficer(personId: string): Promise<StartedSession> {
    const expiresAt = new Date(this.time.now().getTime() + OFFICER_SESSION_IN_MS).toISOString();
    return this.transactions.change(async (db) => {
      const person = await db.findOneBy(Person, { id: personId });
      if (!person?.active)
        throw new Refusal('forbidden', 'This account is not active. Ask an administrator.');
      return this.start(db, { personId, caseId: null, partyId: null, role: null, expiresAt });
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
      return this.start(db, { personId: null, caseId, partyId, role, expiresAt });
    });
  }

  /** Who holds this token, with the roles of this moment; null when it is unknown, over, or the account not active. */
  async resolve(token: string): Promise<Resolved | null> {
    const tokenHash = this.hashOf(token);
    return this.transactions.read(async (db) => {
      const session = await db.findOneBy(Session, { tokenHash });
      if (!session || session.expiresAt <= this.time.instant()) return null;
      if (session.csrfToken !== this.csrfTokenOf(token, session)) return null;
      const { csrfToken, caseId, partyId, personId } = session;
      if (caseId && partyId) {
        const role = session.role as HolderRole;
        return {
          csrfToken,
          visitor: { kind: 'rightsholder', caseId, partyId, role, sessionHash: tokenHash },
        };
      }
      const person = await db.findOneBy(Person, { id: personId! });
      if (!person?.active) return null;
      const roles = person.roles as RoleCode[];
      return { csrfToken, visitor: { kind: 'officer', personId: person.id, roles, sessionHash: tokenHash } };
    });
  }

  /** Signs this one out. */
  async end(token: string): Promise<void> {
    const tokenHash = this.hashOf(token);
    await this.transactions.change((db) => db.delete(Session, { tokenHash }));
  }

  /** Signs a member of staff out everywhere. */
  async endAllOf(personId: string): Promise<void> {
    await this.transactions.change((db) => db.delete(Session, { personId }));
  }

  /** Inside a change: ends what a receipt opened, but for the session named by its hash, if any. */
  async endAllOfParty(db: EntityManager, partyId: string, exceptHash = ''): Promise<void> {
    await db.delete(Session, { partyId, tokenHash: Not(exceptHash) });
  }

  /** Inside a change: whether the session of this hash has not been ended. */
  async goesOn(db: EntityManager, tokenHash: string): Promise<boolean> {
    return db.existsBy(Session, { tokenHash });
  }

  private async start(db: EntityManager, row: Opens): Promise<StartedSession> {
    const token = newSecret();
    const csrfToken = this.csrfTokenOf(token, row);
    await db.delete(Session, { expiresAt: LessThanOrEqual(this.time.instant()) });
    await insert(db, Session, { ...row, tokenHash: this.hashOf(token), csrfToken });
    return { token, csrfToken, expiresAt: row.expiresAt };
  }

  /** Keyed over all that the session opens: a row that was pointed at another case or person opens nothing. */
  private csrfTokenOf(token: string, { personId, caseId, partyId, role, expiresAt }: Opens): string {
    return this.vault.hash('session of', [token, personId, caseId, partyId, role, expiresAt].join(' '));
  }

  private hashOf(token: string): string {
    return this.vault.hash('session', token);
  }
}
