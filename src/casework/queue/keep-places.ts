import { type EntityManager, LessThan } from 'typeorm';
import type { Day } from '../../platform/time';
import { lockCase } from '../../records/dialect';
import { QueuePlace } from '../../records/entities/queue-place';
import { insert } from '../../records/insert';
import type { Transactions } from '../../records/transactions';
import { update } from '../../records/update';
import { LANES, placesOn, type QueuedClock, type QueuedFacts } from '../../rules/queue';

const CASES_IN_ONE_CHANGE = 200;

/** What of a case decides where it stands: its row, and its clocks. */
export interface Queued {
  row: QueuedFacts;
  clocks: readonly QueuedClock[];
}

/** Gives a new case its places, in the change that lodges it. */
export function enterQueue(
  db: EntityManager,
  caseId: string,
  { row, clocks }: Queued,
  today: Day,
): Promise<void> {
  return insert(
    db,
    QueuePlace,
    placesOn(today, row, clocks).map((place) => ({ ...place, caseId })),
  );
}

/** Remembers where a case stands; what is given back moves it, in the same change, to where it stands then, if that is elsewhere. */
export function placeKeeper(
  db: EntityManager,
  caseId: string,
  before: Queued,
  today: Day,
): (after: Queued) => Promise<void> {
  const stood = JSON.stringify(placesOn(today, before.row, before.clocks));
  return async (after) => {
    if (stood === JSON.stringify(placesOn(today, after.row, after.clocks))) return;
    await db.delete(QueuePlace, { caseId });
    await enterQueue(db, caseId, after, today);
  };
}

/**
 * Moves cases whose legal day has passed to the front, before the queue is read; there are some only the first time on a day. What two
 * processes do at once is the same.
 */
export async function moveLegallyLate(transactions: Transactions, today: Day): Promise<void> {
  for (;;) {
    const passed = await transactions.read((db) =>
      db.find(QueuePlace, {
        select: { facet: true, caseId: true },
        where: { legalDueOn: LessThan(today) },
        order: { legalDueOn: 'ASC' },
        take: CASES_IN_ONE_CHANGE,
      }),
    );
    if (passed.length === 0) return;
    await transactions.change(async (db) => {
      for (const caseId of passed.map((place) => place.caseId).sort()) {
        await lockCase(db, caseId);
        // Once more: the case may have moved while this waited.
        const isPassed = await db.existsBy(QueuePlace, { caseId, legalDueOn: LessThan(today) });
        if (isPassed)
          await update(db, QueuePlace, { caseId }, { lane: LANES.LEGALLY_LATE, legalDueOn: null });
      }
    });
    if (passed.length < CASES_IN_ONE_CHANGE) return;
  }
}
