import { type EntityManager, In, MoreThan } from 'typeorm';
import { Case } from '../records/entities/case';
import { Clock } from '../records/entities/clock';
import { QueuePlace } from '../records/entities/queue-place';
import { LANES, placesOn, type QueuedPlace } from '../rules/queue';
import type { Difference } from './difference';
import { nameOfHistory } from './house';

const CASES_AT_ONCE = 500;
/** A case that moves meanwhile is looked at again. */
const LOOKS = 20;

const COLUMNS = {
  id: true,
  ledgerId: true,
  revision: true,
  state: true,
  language: true,
  complainantRole: true,
  tier: true,
  delayMakesIrremediable: true,
  nextDueOn: true,
  useDomain: true,
  harms: true,
  rights: true,
  reprisalLevel: true,
  fearOfReprisal: true,
  alertSince: true,
  lateToldTo: true,
  suspendedGround: true,
  isDataRightsRequest: true,
  reporterIsWorker: true,
  vulnerable: true,
  isDefender: true,
} as const;

type Standing = Pick<Case, keyof typeof COLUMNS>;

/**
 * Derives the places of every case in the queue again. A case whose places were taken away or moved would be worked on late, or never,
 * and its own rows would not show it.
 */
export async function wrongPlaces(db: EntityManager): Promise<Difference[]> {
  const differences: Difference[] = [];
  for (let after = ''; ;) {
    const cases = await db.find(Case, {
      select: COLUMNS,
      where: { id: MoreThan(after) },
      order: { id: 'ASC' },
      take: CASES_AT_ONCE,
    });
    if (cases.length === 0) return differences;
    for (const { id, ledgerId } of await misplaced(db, cases))
      if (await staysMisplaced(db, id))
        differences.push({
          ledgerId,
          n: null,
          table: 'queue_places',
          column: null,
          sentence: `${nameOfHistory(ledgerId)}: queue_places: the case does not stand in the queue where its rows say.`,
        });
    after = cases.at(-1)!.id;
  }
}

/** Every change writes a revision: where it is the same before and after, the rows lay still. */
async function staysMisplaced(db: EntityManager, id: string): Promise<boolean> {
  const read = () => db.findOneOrFail(Case, { select: COLUMNS, where: { id } });
  for (let look = 1; look < LOOKS; look++) {
    const before = await read();
    if ((await misplaced(db, [before])).length === 0) return false;
    if ((await read()).revision === before.revision) return true;
  }
  return true;
}

async function misplaced(db: EntityManager, cases: readonly Standing[]): Promise<Standing[]> {
  const caseId = In(cases.map(({ id }) => id));
  const clocks = grouped(await db.findBy(Clock, { caseId, basis: 'legal', status: 'RUNNING' }));
  const places = grouped(await db.findBy(QueuePlace, { caseId }));
  return cases.filter((row) => !areSound(row, clocks.get(row.id) ?? [], places.get(row.id) ?? []));
}

/** The day is no matter of the rows: a case that became late moves when somebody reads the queue, so it may stand before or after that. */
function areSound(row: Standing, clocks: readonly Clock[], places: readonly QueuePlace[]): boolean {
  const hasMoved = places.some(({ lane }) => lane === LANES.LEGALLY_LATE);
  return same(placesOn(hasMoved ? AFTER_EVERY_DAY : BEFORE_EVERY_DAY, row, clocks), places);
}

const BEFORE_EVERY_DAY = '';
const AFTER_EVERY_DAY = '9999-12-31';

function same(told: readonly QueuedPlace[], found: readonly QueuePlace[]): boolean {
  const line = ({ facet, lane, urgency, dueOn, legalDueOn }: QueuedPlace | QueuePlace) =>
    [facet, lane, urgency, dueOn, legalDueOn].join(' ');
  return told.map(line).sort().join('\n') === found.map(line).sort().join('\n');
}

function grouped<T extends { caseId: string }>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(row.caseId);
    if (group) group.push(row);
    else groups.set(row.caseId, [row]);
  }
  return groups;
}
