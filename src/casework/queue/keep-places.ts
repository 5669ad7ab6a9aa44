import { type EntityManager, In, LessThan, LessThanOrEqual } from 'typeorm';
import type { Day } from '../../platform/time';
import { lockCase } from '../../records/dialect';
import { QueuePlace } from '../../records/entities/queue-place';
import { SearchedGroup } from '../../records/entities/searched-group';
import { insert } from '../../records/insert';
import type { Transactions } from '../../records/transactions';
import { update } from '../../records/update';
import { addDays } from '../../rules/days';
import {
  EVERY_CASE,
  FORWARD_DAYS,
  LANES,
  placesOn,
  URGENCIES,
  type QueuedClock,
  type QueuedFacts,
} from '../../rules/queue';

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
    const places = placesOn(today, after.row, after.clocks);
    if (stood === JSON.stringify(places)) return;
    await db.delete(QueuePlace, { caseId });
    await enterQueue(db, caseId, after, today);
    const { lane, urgency, dueOn } = places[0]!;
    await update(db, SearchedGroup, { caseId }, { lane, urgency, dueOn });
  };
}

/** Which rows of the facet of every case wait to be moved today, and where to. */
const movesOf = (today: Day) => [
  {
    where: { legalDueOn: LessThan(today) },
    to: { lane: LANES.LEGALLY_LATE, legalDueOn: null },
  },
  {
    // Every urgency by name: the key of the table has it before the day.
    where: {
      facet: EVERY_CASE,
      lane: LANES.LATER,
      urgency: In(URGENCIES),
      dueOn: LessThanOrEqual(addDays(today, FORWARD_DAYS)),
    },
    to: { lane: LANES.DUE },
  },
];
type Move = ReturnType<typeof movesOf>[number];

/**
 * Moves cases whose legal day has passed to the front, and brings those forward that have ended and whose day is near, before the queue is
 * read; there are some only the first time on a day. What two processes do at once is the same.
 */
export async function moveForward(transactions: Transactions, today: Day): Promise<void> {
  for (const move of movesOf(today)) await moveEach(transactions, move);
}

async function moveEach(transactions: Transactions, { where, to }: Move): Promise<void> {
  for (;;) {
    const waiting = await transactions.read((db) =>
      db.find(QueuePlace, { select: { facet: true, caseId: true }, where, take: CASES_IN_ONE_CHANGE }),
    );
    if (waiting.length === 0) return;
    await transactions.change(async (db) => {
      for (const caseId of waiting.map((place) => place.caseId).sort()) {
        await lockCase(db, caseId);
        // Once more: the case may have moved while this waited.
        if (!(await db.existsBy(QueuePlace, { ...where, caseId }))) continue;
        await update(db, QueuePlace, { caseId }, to);
        await update(db, SearchedGroup, { caseId }, { lane: to.lane });
      }
    });
    if (waiting.length < CASES_IN_ONE_CHANGE) return;
  }
}
