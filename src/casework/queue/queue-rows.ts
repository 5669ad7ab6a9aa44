import { Injectable } from '@nestjs/common';
import { type EntityManager, In, IsNull } from 'typeorm';
import { Accounts } from '../../people/accounts';
import type { Day } from '../../platform/time';
import { Assignment } from '../../records/entities/assignment';
import type { Case } from '../../records/entities/case';
import { Clock } from '../../records/entities/clock';
import { QueuePlace } from '../../records/entities/queue-place';
import { clockRule, type ClockCode } from '../../rules/clocks';
import { EVERY_CASE, facet, LANES, QUEUE_FLAG_CODES } from '../../rules/queue';
import type { State } from '../../rules/states';
import { taskOfClock } from '../../rules/tasks';
import { nameOf } from '../case-objects';
import { daysOfCase, DUE_SOURCES } from '../due-sources';
import type { QueueRow } from './views';

/** What a row of the queue is made of; nothing that is sealed. */
export const QUEUE_COLUMNS = [
  'id',
  'reference',
  'state',
  'tier',
  'language',
  'channel',
  'lodgedOn',
  'nextDueOn',
  'reprisalReviewOn',
  'suspendedUntil',
  'revision',
  'lateToldTo',
  'erasedOn',
  'alertSince',
] as const satisfies readonly (keyof Case)[];

export type QueuedCase = Pick<Case, (typeof QUEUE_COLUMNS)[number]>;

/** Places that tell why a case stands where it does. */
const WHY = [EVERY_CASE, ...QUEUE_FLAG_CODES.map((code) => facet('flag', code))];

/** Cases as rows of a list, with why they stand there: a statement for each kind of reason at most, however many cases there are. */
@Injectable()
export class QueueRows {
  constructor(private readonly accounts: Accounts) {}

  /** In the order of `cases`, which are at most a page. */
  async of(db: EntityManager, cases: readonly QueuedCase[], today: Day): Promise<QueueRow[]> {
    if (cases.length === 0) return [];
    const places = await placesOf(db, cases);
    const due = await dueOf(db, cases);
    const workers = await this.workersOn(db, cases);
    return cases.map((row) => {
      const facets = places.get(row.id) ?? [];
      return {
        reference: row.reference,
        state: row.state as State,
        tier: row.tier,
        language: row.language,
        channel: row.channel,
        lodgedOn: row.lodgedOn,
        nextDueOn: row.nextDueOn,
        due: due.get(row.id) ?? null,
        overdue: row.nextDueOn !== null && row.nextDueOn < today,
        legallyLate: facets.some(
          ({ lane, legalDueOn }) =>
            lane === LANES.LEGALLY_LATE || (legalDueOn !== null && legalDueOn < today),
        ),
        workers: workers.get(row.id) ?? [],
        flags: QUEUE_FLAG_CODES.filter((code) => facets.some((place) => place.facet === facet('flag', code))),
        revision: row.revision,
        lateToldTo: row.lateToldTo,
        erasedOn: row.erasedOn,
        alertSince: row.alertSince,
      };
    });
  }

  /** The names of who works on each case, in the order of the alphabet. */
  private async workersOn(db: EntityManager, cases: readonly QueuedCase[]): Promise<Map<string, string[]>> {
    const rows = await db.find(Assignment, {
      select: { id: true, caseId: true, personId: true },
      where: { caseId: among(cases), endedOn: IsNull(), conflictDeclared: 'NONE' },
    });
    const names = await this.accounts.names(
      db,
      rows.map(({ personId }) => personId),
    );
    const found = new Map<string, string[]>();
    for (const { caseId, personId } of rows) {
      const others = found.get(caseId) ?? [];
      const name = nameOf(names, personId);
      if (!others.includes(name)) found.set(caseId, [...others, name].sort());
    }
    return found;
  }
}

const among = (cases: readonly QueuedCase[]) => In(cases.map(({ id }) => id));

async function placesOf(db: EntityManager, cases: readonly QueuedCase[]): Promise<Map<string, QueuePlace[]>> {
  // By case alone: the key begins with the facet, and every case there is has the first of these.
  const rows = await db
    .createQueryBuilder(QueuePlace, 'q')
    .where('q.caseId IN (:...ids)', { ids: cases.map(({ id }) => id) })
    .andWhere("q.facet || '' IN (:...why)", { why: WHY })
    .getMany();
  const found = new Map<string, QueuePlace[]>(cases.map(({ id }) => [id, []]));
  for (const row of rows) found.get(row.caseId)!.push(row);
  return found;
}

/** What gives each case its day: a clock first; where it is none, the tables are looked through until every case has its reason. */
async function dueOf(
  db: EntityManager,
  cases: readonly QueuedCase[],
): Promise<Map<string, NonNullable<QueueRow['due']>>> {
  const found = new Map<string, NonNullable<QueueRow['due']>>();
  const byId = new Map(cases.map((row) => [row.id, row]));
  const clocks = await db.find(Clock, {
    select: { id: true, caseId: true, code: true, basis: true, dueInternal: true },
    where: { caseId: among(cases), status: 'RUNNING' },
    order: { basis: 'DESC', code: 'ASC' },
  });
  for (const { caseId, code, basis, dueInternal } of clocks) {
    const isOwed = clockRule(code as ClockCode).owedBy === 'organisation';
    if (isOwed && !found.has(caseId) && dueInternal === byId.get(caseId)!.nextDueOn)
      found.set(caseId, { kind: taskOfClock(code), code, isLaw: basis === 'legal' });
  }
  const isOpen = (row: QueuedCase) => row.nextDueOn !== null && !found.has(row.id);
  for (const row of cases.filter(isOpen)) {
    const own = daysOfCase(row, row.state as State).find(({ day }) => day === row.nextDueOn);
    if (own) found.set(row.id, { kind: own.kind, code: null, isLaw: false });
  }
  for (const { kind, table, dayOf, codeOf } of DUE_SOURCES) {
    const left = cases.filter(isOpen);
    if (left.length === 0) return found;
    for (const thing of await db.findBy(table, { caseId: among(left) })) {
      const row = byId.get(thing.caseId)!;
      if (dayOf(thing, row.state as State) === row.nextDueOn)
        found.set(row.id, { kind, code: codeOf?.(thing) ?? null, isLaw: false });
    }
  }
  return found;
}
