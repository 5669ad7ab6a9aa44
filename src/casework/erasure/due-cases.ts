import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { leaveOutExcluded, type Reader } from '../../people/sight';
import type { Day } from '../../platform/time';
import { Alert } from '../../records/entities/alert';
import { Answers } from '../../records/entities/answers';
import { Case } from '../../records/entities/case';
import { DisposalBatch } from '../../records/entities/disposal-batch';
import { DisposalItem } from '../../records/entities/disposal-item';
import { ErasureRequest } from '../../records/entities/erasure-request';
import { LegalHold } from '../../records/entities/legal-hold';
import { SupportRequest } from '../../records/entities/support-request';
import { Party } from '../../records/entities/party';
import {
  disposalDueOn,
  latestClosuresDue,
  type KeptBack,
  type LatestClosure,
  type RetentionYears,
  type ScheduleCode,
} from '../../rules/retention';
import { ABOUT_SUPPORT } from './support-words';

/** A case whose time is over under a schedule. */
export type DueCase = Pick<Case, 'id' | 'reference' | 'state' | 'closureCode'> & {
  closedOn: Day;
  dueOn: Day;
};

export type HeldCase = DueCase & { keptBack: KeptBack };

const LISTED = 'LISTED';

/** What is due, under which schedule and for whom: without the cases that this person must not learn of; all of them for the daily report. */
export interface Due {
  schedule: ScheduleCode;
  today: Day;
  years: RetentionYears;
  limit: number;
  reader: Pick<Reader, 'personId' | 'unitHash'> | null;
}

/** What keeps a case out of a batch; the same that `keptBack` looks at again, case by case, when it is carried out. */
const OBSTACLES: readonly {
  name: KeptBack | typeof LISTED;
  sql: (query: SelectQueryBuilder<Case>) => string;
}[] = [
  { name: 'ON_HOLD', sql: () => 'c.legalHold = :yes' },
  {
    name: 'ON_HOLD',
    sql: (query) => exists(query, LegalHold, 'h', 'h.caseId = c.id AND h.releasedOn IS NULL'),
  },
  {
    name: 'REQUEST_OPEN',
    sql: (query) => exists(query, ErasureRequest, 'q', "q.caseId = c.id AND q.status = 'OPEN'"),
  },
  { name: 'STILL_OWED', sql: () => 'c.nextDueOn IS NOT NULL' },
  {
    name: LISTED,
    sql: (query) =>
      `EXISTS ${query
        .subQuery()
        .select('1')
        .from(DisposalItem, 'i')
        .innerJoin(DisposalBatch, 'b', 'b.id = i.batchId')
        .where("i.caseId = c.id AND i.status = 'LISTED' AND b.schedule = :schedule")
        .getQuery()}`,
  },
];

/** Cases due on this day that nothing keeps back, longest closed first; of those with these references alone, if given. */
export async function freeCases(
  db: EntityManager,
  asked: Due,
  references?: readonly string[],
): Promise<DueCase[]> {
  const query = due(db, asked);
  if (references) query.andWhere('c.reference IN (:...references)', { references });
  for (const { sql } of OBSTACLES) query.andWhere(`NOT (${sql(query)})`);
  return read(query, asked);
}

/** Cases due on this day that something keeps back, and what; those that wait in a batch are in that batch. */
export async function heldCases(db: EntityManager, asked: Due): Promise<HeldCase[]> {
  const held = new Map<string, HeldCase>();
  for (const { name, sql } of OBSTACLES) {
    if (name === LISTED) continue;
    const query = due(db, asked);
    query.andWhere(sql(query));
    for (const row of await read(query, asked))
      if (!held.has(row.id)) held.set(row.id, { ...row, keptBack: name });
  }
  return [...held.values()]
    .sort((a, b) => (a.closedOn + a.id < b.closedOn + b.id ? -1 : 1))
    .slice(0, asked.limit);
}

function due(db: EntityManager, { schedule, today, years, reader }: Due): SelectQueryBuilder<Case> {
  const query = db
    .createQueryBuilder(Case, 'c')
    .select(['c.id', 'c.reference', 'c.state', 'c.closureCode', 'c.closedOn'])
    .where(...closedLongAgo(latestClosuresDue(schedule, today, years)))
    .andWhere('c.erasedOn IS NULL')
    .setParameters({ yes: true, schedule });
  if (reader) leaveOutExcluded(query, 'c.id', reader);
  if (schedule === 'RS-SPECIAL')
    query.andWhere(
      `(c.accommodationSealed IS NOT NULL OR c.groupsSealed IS NOT NULL OR ${exists(
        query,
        SupportRequest,
        's',
        's.caseId = c.id AND (s.wishSealed IS NOT NULL OR s.arrangementSealed IS NOT NULL OR s.reasonsSealed IS NOT NULL OR s.alternativeSealed IS NOT NULL)',
      )} OR ${exists(
        query,
        Answers,
        'a',
        'a.caseId = c.id AND a.step IN (:...aboutSupport) AND (a.tellsNeeds IS NULL OR a.tellsNeeds = :yes)',
      )})`,
      { aboutSupport: ABOUT_SUPPORT },
    );
  if (schedule === 'RS-IDENTITY')
    query.andWhere(
      `(${exists(
        query,
        Party,
        'p',
        'p.caseId = c.id AND (p.contactSealed IS NOT NULL OR p.nameSealed IS NOT NULL)',
      )} OR ${exists(query, Alert, 't', 't.caseId = c.id')})`,
    );
  return query;
}

/** What ended in a way that has a length of its own is judged by that alone. */
function closedLongAgo(
  closures: readonly LatestClosure[],
): [sql: string, parameters: Record<string, unknown>] {
  const named = closures.flatMap(({ outcomes }) => outcomes ?? []);
  const parameters: Record<string, unknown> = { named };
  const sql = closures.map(({ outcomes, latest }, index) => {
    parameters[`latest${index}`] = latest;
    parameters[`ended${index}`] = outcomes;
    const other = named.length > 0 ? ' AND (c.closureCode IS NULL OR c.closureCode NOT IN (:...named))' : '';
    return `c.closedOn <= :latest${index}${outcomes ? ` AND c.closureCode IN (:...ended${index})` : other}`;
  });
  return [`(${sql.join(' OR ')})`, parameters];
}

async function read(
  query: SelectQueryBuilder<Case>,
  { schedule, today, years, limit }: Due,
): Promise<DueCase[]> {
  const rows = await query.orderBy('c.closedOn').addOrderBy('c.id').limit(limit).getMany();
  return rows
    .map(({ id, reference, state, closureCode, closedOn }) => ({
      id,
      reference,
      state,
      closureCode,
      closedOn: closedOn!,
      dueOn: disposalDueOn(schedule, { closedOn, closureCode }, years)!,
    }))
    .filter(({ dueOn }) => dueOn <= today);
}

function exists(
  query: SelectQueryBuilder<Case>,
  entity: new () => object,
  alias: string,
  condition: string,
): string {
  return `EXISTS ${query.subQuery().select('1').from(entity, alias).where(condition).getQuery()}`;
}
