import { type EntityManager, In, type SelectQueryBuilder } from 'typeorm';
import type { Day } from '../platform/time';
import { loaded } from '../records/dialect';
import { Case } from '../records/entities/case';
import { Clock } from '../records/entities/clock';
import { Proposal } from '../records/entities/proposal';
import { QueuePlace } from '../records/entities/queue-place';
import { CLOCK_CODES, type ClockCode } from '../rules/clocks';
import { forwardOn, placesOn, type QueuedFacts, type QueuedPlace } from '../rules/queue';
import type { Difference } from './difference';
import { nameOfHistory } from './house';

const CASES_AT_ONCE = 500;
/** A case that moves meanwhile is looked at again. */
const LOOKS = 20;

const COLUMNS = [
  'id',
  'ledgerId',
  'revision',
  'state',
  'language',
  'complainantRole',
  'tier',
  'delayMakesIrremediable',
  'nextDueOn',
  'useDomain',
  'harms',
  'rights',
  'reprisalLevel',
  'fearOfReprisal',
  'alertSince',
  'lateToldTo',
  'suspendedGround',
  'isDataRightsRequest',
  'reporterIsWorker',
  'vulnerable',
  'isDefender',
] as const satisfies readonly (keyof Case)[];

type Standing = Pick<Case, (typeof COLUMNS)[number]> & Pick<QueuedFacts, 'awaitsSecond'>;

/**
 * Derives the places of every case in the queue again. A case whose places were taken away or moved would be worked on late, or never,
 * and its own rows would not show it. Stops collecting after `most`.
 */
export async function wrongPlaces(db: EntityManager, today: Day, most: number): Promise<Difference[]> {
  const differences: Difference[] = [];
  for (let after = ''; ;) {
    const cases = await standing(db, (query) =>
      query.where('c.id > :after', { after }).orderBy('c.id').limit(CASES_AT_ONCE),
    );
    if (cases.length === 0 || differences.length >= most) return differences;
    for (const { id, ledgerId } of await misplaced(db, cases, today))
      if (await staysMisplaced(db, id, today))
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
async function staysMisplaced(db: EntityManager, id: string, today: Day): Promise<boolean> {
  const read = () => standing(db, (query) => query.where('c.id = :id', { id }));
  for (let look = 1; look < LOOKS; look++) {
    const before = await read();
    if ((await misplaced(db, before, today)).length === 0) return false;
    if ((await read())[0]?.revision === before[0]!.revision) return true;
  }
  return true;
}

/** The rows as far as they matter here. What no column can hold is found by whoever compares them with the history; here it is nothing. */
async function standing(
  db: EntityManager,
  which: (query: SelectQueryBuilder<Case>) => SelectQueryBuilder<Case>,
): Promise<Standing[]> {
  const query = db.createQueryBuilder(Case, 'c').select([]);
  for (const name of COLUMNS) query.addSelect(`c.${name}`, name);
  const rows = await which(query).getRawMany<Record<string, unknown>>();
  return rows.map((row) => {
    const read = Object.fromEntries(COLUMNS.map((name) => [name, loaded(typeOf(db, name), row[name])]));
    for (const list of ['harms', 'rights']) if (!Array.isArray(read[list])) read[list] = null;
    return read as unknown as Standing;
  });
}

function typeOf(db: EntityManager, name: string): unknown {
  return db.dataSource.getMetadata(Case).findColumnWithPropertyName(name)!.type;
}

async function misplaced(db: EntityManager, cases: readonly Standing[], today: Day): Promise<Standing[]> {
  const caseId = In(cases.map(({ id }) => id));
  const running = await db.findBy(Clock, { caseId, basis: 'legal', status: 'RUNNING' });
  const clocks = grouped(running.filter(({ code }) => CLOCK_CODES.includes(code as ClockCode)));
  const places = grouped(await db.findBy(QueuePlace, { caseId }));
  const proposals = grouped(await db.findBy(Proposal, { caseId, status: 'OPEN' }));
  return cases.filter(
    (row) =>
      !areSound(
        { ...row, awaitsSecond: proposals.has(row.id) },
        clocks.get(row.id) ?? [],
        places.get(row.id) ?? [],
        today,
      ),
  );
}

/**
 * A case that became late, or whose day is near after its end, moves when somebody reads the queue: from its day on it may stand before or
 * after that, before it only where it was.
 */
function areSound(
  row: Standing,
  clocks: readonly Clock[],
  places: readonly QueuePlace[],
  today: Day,
): boolean {
  const days = [BEFORE_EVERY_DAY, forwardOn(row) ?? today, today].filter((day) => day <= today);
  return days.some((day) => same(placesOn(day, row, clocks), places));
}

const BEFORE_EVERY_DAY = '';

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
