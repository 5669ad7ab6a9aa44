import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Ledger } from '../ledger/ledger.service';
import { Sight } from '../people/sight';
import type { Officer, Visitor } from '../people/visitor';
import { newId } from '../platform/ids';
import { Refusal } from '../platform/refusal';
import { dayOf, Time } from '../platform/time';
import { lockCase } from '../records/dialect';
import { Case } from '../records/entities/case';
import { Opening } from '../records/entities/opening';
import { Transactions } from '../records/transactions';
import type { OpeningAct } from '../rules/reading';
import type { RoleCode } from '../rules/roles';
import { findCase, findForHistory } from './case-file';
import { actorOf } from './case-visitor';
import { GuestReads } from './team/guest-reads';

/** Kinds of refusal that say what is in a case, or is not. */
const TELLING: readonly Refusal['kind'][] = ['unmet', 'conflict'];

/** The case as this reader finds it, and in which role they are shown it. Refuses where there is none. */
type Finding = (db: EntityManager) => Promise<{ found: Case; role: RoleCode }>;

/**
 * That somebody is shown a case is an entry of its history, written before they are: once a person and day, for a page and for a program
 * alike. Nothing else of the case changes by it, so that no form becomes stale, and nobody gets a letter.
 */
@Injectable()
export class Openings {
  constructor(
    private readonly transactions: Transactions,
    private readonly ledger: Ledger,
    private readonly sight: Sight,
    private readonly guestReads: GuestReads,
    private readonly time: Time,
  ) {}

  /** Before staff, or a guest, are shown what a case holds. Does nothing for whoever holds a receipt: it is their own. */
  async ofCase(visitor: Visitor, reference: string): Promise<void> {
    if (visitor.kind !== 'officer') return;
    if (visitor.guest) return this.guestReads.tell(visitor, reference);
    const reader = this.sight.readerOf(visitor);
    const { role } = actorOf(visitor);
    await this.tell(visitor, 'open-case', async (db) => ({
      found: await findCase(db, { reference, reader }),
      role,
    }));
  }

  /**
   * What a refusal tells of a case is shown, too: where the work is refused for what the case is, that is told first. Not of whoever is
   * only asked onto the team: they see no case.
   */
  async ofRefusal<T>(visitor: Visitor, reference: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (isRefusal(error, TELLING)) await this.ofCase(visitor, reference).catch(passOverUnseen);
      throw error;
    }
  }

  /** Before staff or auditors are shown nothing but the history; also that of a case which was erased. */
  async ofHistory(
    visitor: Visitor,
    name: { reference: string } | { ledgerId: string },
    readers: ReturnType<Sight['readersOfHistory']>,
  ): Promise<void> {
    if (visitor.kind !== 'officer') return;
    await this.tell(visitor, 'open-history', async (db) => {
      const { found, forStaff } = await findForHistory(db, name, readers);
      return { found, role: forStaff ? actorOf(visitor).role : 'AUD' };
    });
  }

  private async tell({ personId }: Officer, act: OpeningAct, find: Finding): Promise<void> {
    const isTold = await this.transactions.read(async (db) => {
      const { found } = await find(db);
      return this.isTold(await openingsOf(db, found, personId), act);
    });
    if (isTold) return;
    await this.transactions.change(async (db) => {
      await lockCase(db, (await find(db)).found.id);
      // Once more: whoever was kept out meanwhile is out, and another request of the same person may have been quicker.
      const { found, role } = await find(db);
      const known = await openingsOf(db, found, personId);
      if (!this.isTold(known, act)) await this.write(db, found, { personId, role, act, known });
    });
  }

  /** Whoever was shown the case today was shown its history with it. */
  private isTold(known: readonly Opening[], act: OpeningAct): boolean {
    const today = this.time.today();
    return known.some(
      (each) => (each.act === act || each.act === 'open-case') && dayOf(each.openedAt) === today,
    );
  }

  private async write(
    db: EntityManager,
    { id: caseId, ledgerId, revision, state }: Case,
    {
      personId,
      role,
      act,
      known,
    }: { personId: string; role: RoleCode; act: OpeningAct; known: readonly Opening[] },
  ): Promise<void> {
    const openedAt = this.time.instant();
    const change = await this.ledger.open(db, { caseId, ledgerId });
    const last = known.find((each) => each.act === act);
    if (last) await change.update(Opening, last.id, { role, openedAt });
    else await change.insert(Opening, { id: newId(), caseId, personId, act, role, openedAt });
    // Every entry is a revision, which is how missing ones are found; forms of the one before stay good (`change-case.ts`).
    await change.update(Case, caseId, { revision: revision + 1 });
    await change.append({
      act,
      by: { role, ref: personId },
      at: openedAt,
      from: state,
      to: state,
      facts: {},
      sealed: [],
    });
  }
}

function openingsOf(db: EntityManager, { id: caseId }: Case, personId: string): Promise<Opening[]> {
  return db.findBy(Opening, { caseId, personId });
}

function isRefusal(error: unknown, kinds: readonly Refusal['kind'][]): error is Refusal {
  return error instanceof Refusal && kinds.includes(error.kind);
}

function passOverUnseen(error: unknown): void {
  if (!isRefusal(error, ['not-found'])) throw error;
}
