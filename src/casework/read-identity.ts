import { holderRole } from '../rules/roles';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { readEntry } from '../ledger/entry';
import type { Visitor } from '../people/visitor';
import { Refusal } from '../platform/refusal';
import { Time, type Instant } from '../platform/time';
import { Answers } from '../records/entities/answers';
import type { Case } from '../records/entities/case';
import { Entry } from '../records/entities/entry';
import { Party } from '../records/entities/party';
import { Transactions } from '../records/transactions';
import { IDENTITY_OPEN_MINUTES } from '../rules/identity-modes';
import { goesOnWithoutPerson } from '../rules/needs/facts';
import { Vault } from '../vault/vault';
import { findCase } from './case-file';
import { openIdentity } from './open-words';
import { Sight } from '../people/sight';
import type { IdentityView } from './party-views';

const MINUTE_IN_MS = 60_000;

/**
 * Name and contact, for the member of staff who took `reveal-identity` and for as long as that opening lasts. Its entry was written
 * before anything could be read, and nothing that is read is kept.
 */
@Injectable()
export class ReadIdentity {
  constructor(
    private readonly transactions: Transactions,
    private readonly vault: Vault,
    private readonly sight: Sight,
    private readonly time: Time,
  ) {}

  /** Until when it is open to this visitor; null when it is not. */
  async until(visitor: Visitor, reference: string): Promise<Instant | null> {
    const reader = this.sight.readerOf(visitor);
    return this.transactions.read(async (db) =>
      this.openUntil(db, await findCase(db, { reference, reader }), reader.personId),
    );
  }

  /** Everybody of the case who left something of themself. Refuses when it is not, or no longer, open to this visitor. */
  async run(visitor: Visitor, reference: string): Promise<IdentityView> {
    const reader = this.sight.readerOf(visitor);
    return this.transactions.read(async (db) => {
      const found = await findCase(db, { reference, reader });
      const until = await this.openUntil(db, found, reader.personId);
      if (!until)
        throw new Refusal(
          'conflict',
          'This is not open to you now. Take the step “reveal-identity” and give a reason; the person reads it.',
        );
      const parties = await db.find(Party, { where: { caseId: found.id }, order: { id: 'ASC' } });
      const opened = await Promise.all(
        parties.map(async (party) => ({
          holder: holderRole(party.role),
          ...(await openIdentity(this.vault, db, party)),
        })),
      );
      return { until, parties: opened.filter(({ name, contact }) => name !== null || contact !== null) };
    });
  }

  private async openUntil(db: EntityManager, found: Case, personId: string): Promise<Instant | null> {
    const taken = await db.find(Answers, {
      where: { caseId: found.id },
      order: { revision: 'ASC' },
      select: { id: true, step: true, byRole: true },
    });
    if (goesOnWithoutPerson(taken.map(({ step, byRole: role }) => ({ step, role })))) return null;
    const [last] = await db.find(Answers, {
      where: { caseId: found.id, step: 'reveal-identity', personId },
      order: { revision: 'DESC' },
      take: 1,
    });
    if (!last) return null;
    const { body } = await db.findOneByOrFail(Entry, { ledgerId: found.ledgerId, n: last.revision });
    const entry = readEntry(body);
    if (!entry?.at) return null;
    const minutes = entry.facts.proposal ? IDENTITY_OPEN_MINUTES.agreed : IDENTITY_OPEN_MINUTES.alone;
    const until = new Date(Date.parse(entry.at) + minutes * MINUTE_IN_MS).toISOString();
    return this.time.isBeforeEnd(until, minutes * MINUTE_IN_MS) ? until : null;
  }
}
