import { Injectable } from '@nestjs/common';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { Sight, type Reader } from '../people/sight';
import type { Visitor } from '../people/visitor';
import { Time, type Day } from '../platform/time';
import { Case } from '../records/entities/case';
import { Clock } from '../records/entities/clock';
import type { QueuePlace } from '../records/entities/queue-place';
import { Transactions } from '../records/transactions';
import { OWED_CLOCKS, type ClockCode } from '../rules/clocks';
import { CLOCK_BAND_CODES, clockBandOf, percentUsed, type ClockBand } from '../rules/figures';
import { MOST_TASKS, type ClockUse, type ClockUseRow, type UsedClock } from './dashboard-views';
import { CLOCK_DEFINITIONS } from './definitions';
import { casesInQueue } from './open-cases';

const DUE_ON = `CASE WHEN k.basis = 'legal' THEN k.dueLegalLatest ELSE k.dueInternal END`;

interface Running {
  code: ClockCode;
  basis: 'legal' | 'internal';
  startedOn: Day;
  dueOn: Day;
}

/** How much of their time running clocks have used; reads only. */
@Injectable()
export class ReadClockUse {
  constructor(
    private readonly transactions: Transactions,
    private readonly sight: Sight,
    private readonly time: Time,
  ) {}

  async run(visitor: Visitor): Promise<ClockUse> {
    const reader = this.sight.readerOf(visitor);
    const today = this.time.today();
    return this.transactions.read(async (db) => ({
      asOf: today,
      definitions: CLOCK_DEFINITIONS,
      clocks: await countUse(db, reader, today),
      mostUsed: await mostUsed(db, reader, today),
    }));
  }
}

/** Each clock of a case with something due: what runs makes its case due. */
function runningClocks(db: EntityManager, reader: Reader): SelectQueryBuilder<QueuePlace> {
  return casesInQueue(db, reader)
    .innerJoin(Clock, 'k', `k.caseId = q.caseId AND k.status = 'RUNNING'`)
    .andWhere('k.code IN (:...owed)', { owed: OWED_CLOCKS })
    .select('k.code', 'code')
    .addSelect('k.basis', 'basis')
    .addSelect('k.startedOn', 'startedOn')
    .addSelect(DUE_ON, 'dueOn');
}

/** By law first, then by code. */
async function countUse(db: EntityManager, reader: Reader, today: Day): Promise<ClockUseRow[]> {
  const rows = await runningClocks(db, reader)
    .addSelect('COUNT(*)', 'count')
    .groupBy('k.code')
    .addGroupBy('k.basis')
    .addGroupBy('k.startedOn')
    .addGroupBy(DUE_ON)
    .getRawMany<Running & { count: number | string }>();
  const uses = new Map<string, ClockUseRow>();
  for (const { code, basis, count, ...days } of rows) {
    const known = uses.get(`${basis} ${code}`) ?? { code, basis, running: 0, bands: noneYet() };
    uses.set(`${basis} ${code}`, known);
    known.running += Number(count);
    known.bands[clockBandOf(days, today)] += Number(count);
  }
  return [...uses.values()].sort((a, b) =>
    a.basis === b.basis ? (a.code < b.code ? -1 : 1) : a.basis === 'legal' ? -1 : 1,
  );
}

const noneYet = () =>
  Object.fromEntries(CLOCK_BAND_CODES.map((code) => [code, 0])) as Record<ClockBand, number>;

/** Of those that are due first, the most used first. */
async function mostUsed(db: EntityManager, reader: Reader, today: Day): Promise<UsedClock[]> {
  const rows = await runningClocks(db, reader)
    .innerJoin(Case, 'c', 'c.id = q.caseId')
    .addSelect('c.reference', 'reference')
    .orderBy(DUE_ON)
    .addOrderBy('k.id')
    .limit(MOST_TASKS)
    .getRawMany<Running & { reference: string }>();
  return rows
    .map(({ startedOn, ...row }) => ({
      ...row,
      percent: percentUsed({ startedOn, dueOn: row.dueOn }, today),
      band: clockBandOf({ startedOn, dueOn: row.dueOn }, today),
    }))
    .sort((a, b) => b.percent - a.percent || (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0));
}
