import { Injectable } from '@nestjs/common';
import type { EntityManager, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { leaveOutExcluded } from '../people/sight';
import type { Officer, Visitor } from '../people/visitor';
import { Time } from '../platform/time';
import { Appeal } from '../records/entities/appeal';
import { Case } from '../records/entities/case';
import { Clock } from '../records/entities/clock';
import { Consent } from '../records/entities/consent';
import { Membership } from '../records/entities/membership';
import { RemedyAction } from '../records/entities/remedy-action';
import { SurveyAnswer } from '../records/entities/survey-answer';
import { Transactions } from '../records/transactions';
import { OWED_CLOCKS } from '../rules/clocks';
import { SURVEY_QUESTIONS, SURVEY_SCORES, type SurveyQuestion } from '../rules/survey';
import { publicStatistics, type PublicStatistics } from './small-counts';
import { DIMENSIONS, KINDS, type Counted, type Statistics } from './statistics';

/** Counts cases, clocks, remedies and appeals, but for cases whose person said no to being counted; reads only. */
@Injectable()
export class ReadStatistics {
  constructor(
    private readonly transactions: Transactions,
    private readonly time: Time,
  ) {}

  /** Exact counts; without the cases that this visitor is kept out of, if one is given. */
  async run(visitor?: Visitor): Promise<Statistics> {
    const excluding = visitor?.kind === 'officer' ? visitor : null;
    const counted: Narrow = (query, caseId) => narrowed(query, caseId, excluding);
    const today = this.time.today();
    return this.transactions.read(async (db) => ({
      asOf: today,
      ...(await kindCounts(db, counted)),
      by: Object.fromEntries(
        await Promise.all(
          DIMENSIONS.map(async (column) => [column, await countBy(db, counted, column)] as const),
        ),
      ) as Statistics['by'],
      harms: await harmCounts(db, counted),
      clocks: await clockCounts(db, counted, today),
      remedy: await remedyCounts(db, counted),
      appeals: await appealCounts(db, counted),
      survey: await surveyCounts(db, counted),
      daysToOutcome: await daysToOutcome(db, counted),
    }));
  }

  /** What anybody may see: no count from which one of few people could be recognised. */
  async forPublic(): Promise<PublicStatistics> {
    return publicStatistics(await this.run());
  }
}

/** Narrows a query to what may be counted for who asks. */
export type Narrow = <T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  caseId: string,
) => SelectQueryBuilder<T>;

/** Leaves out the cases of those who said no to CN-STAT, and those that this member of staff must not learn of. */
export function narrowed<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  caseId: string,
  excluding: Officer | null,
): SelectQueryBuilder<T> {
  if (excluding) leaveOutExcluded(query, caseId, excluding);
  const saidNo = query
    .subQuery()
    .select('s.caseId')
    .from(Consent, 's')
    .where(`s.code = 'CN-STAT' AND s.given = FALSE AND s.endedOn IS NULL`);
  return query.andWhere(`${caseId} NOT IN ${saidNo.getQuery()}`);
}

async function kindCounts(db: EntityManager, counted: Narrow): Promise<Pick<Statistics, 'total' | 'kinds'>> {
  const cases = () => counted(db.createQueryBuilder(Case, 'c'), 'c.id');
  const total = await cases().getCount();
  const collective = await cases().andWhere(`c.complainantRole = 'group'`).getCount();
  const query = cases();
  const joined = query.subQuery().select('m.caseId').from(Membership, 'm').where('m.endedOn IS NULL');
  const members = await query.andWhere(`c.id IN ${joined.getQuery()}`).getCount();
  const counts = [collective, members, total - collective - members];
  return { total, kinds: KINDS.map((code, at) => ({ code, count: counts[at]! })) };
}

async function harmCounts(db: EntityManager, counted: Narrow): Promise<Counted[]> {
  const rows = await counted(db.createQueryBuilder(Case, 'c'), 'c.id')
    .select('c.harms', 'harms')
    .addSelect('COUNT(*)', 'count')
    .groupBy('c.harms')
    .getRawMany<{ harms: string | null; count: number | string }>();
  const counts = new Map<string | null, number>();
  for (const { harms, count } of rows)
    for (const code of harms === null ? [null] : (JSON.parse(harms) as string[]))
      counts.set(code, (counts.get(code) ?? 0) + Number(count));
  return [...counts]
    .map(([code, count]) => ({ code, count }))
    .sort((a, b) => ((a.code ?? '') < (b.code ?? '') ? -1 : 1));
}

async function countBy(
  db: EntityManager,
  counted: Narrow,
  column: (typeof DIMENSIONS)[number],
): Promise<Counted[]> {
  const rows = await counted(db.createQueryBuilder(Case, 'c'), 'c.id')
    .select(`c.${column}`, 'code')
    .addSelect('COUNT(*)', 'count')
    .groupBy(`c.${column}`)
    .orderBy(`c.${column}`)
    .getRawMany<{ code: string | null; count: number | string }>();
  return rows.map(({ code, count }) => ({ code, count: Number(count) }));
}

async function clockCounts(db: EntityManager, counted: Narrow, today: string): Promise<Statistics['clocks']> {
  const when = (condition: string) => `SUM(CASE WHEN ${condition} THEN 1 ELSE 0 END)`;
  const latest = `CASE WHEN k.basis = 'legal' THEN k.dueLegalLatest ELSE k.dueInternal END`;
  const rows = await counted(db.createQueryBuilder(Clock, 'k'), 'k.caseId')
    .select('k.code', 'code')
    .addSelect(when(`k.status <> 'STOPPED'`), 'running')
    .addSelect(when(`k.status = 'STOPPED'`), 'stopped')
    .addSelect(when(`k.status = 'STOPPED' AND k.stoppedOn <= ${latest}`), 'stoppedInTime')
    .addSelect(when(`k.status = 'RUNNING' AND ${latest} < :today`), 'overdue')
    .andWhere('k.code IN (:...owed)', { owed: OWED_CLOCKS })
    .setParameter('today', today)
    .groupBy('k.code')
    .orderBy('k.code')
    .getRawMany<Record<string, string | number>>();
  return rows.map((row) => ({
    code: String(row.code),
    running: Number(row.running),
    stopped: Number(row.stopped),
    stoppedInTime: Number(row.stoppedInTime),
    overdue: Number(row.overdue),
  }));
}

async function remedyCounts(db: EntityManager, counted: Narrow): Promise<Statistics['remedy']> {
  const actions = () => counted(db.createQueryBuilder(RemedyAction, 'r'), 'r.caseId');
  return {
    actions: await actions().getCount(),
    done: await actions().andWhere(`r.status = 'DONE'`).getCount(),
    confirmedByComplainant: await actions().andWhere(`r.verificationResult = 'FULL'`).getCount(),
  };
}

async function appealCounts(db: EntityManager, counted: Narrow): Promise<Statistics['appeals']> {
  const rows = await counted(db.createQueryBuilder(Appeal, 'a'), 'a.caseId')
    .select('a.outcome', 'code')
    .addSelect('COUNT(*)', 'count')
    .groupBy('a.outcome')
    .getRawMany<{ code: string | null; count: number | string }>();
  const outcomes = rows
    .filter(({ code }) => code !== null)
    .map(({ code, count }) => ({ code, count: Number(count) }));
  const decided = outcomes.reduce((sum, { count }) => sum + count, 0);
  return { filed: rows.reduce((sum, { count }) => sum + Number(count), 0), decided, outcomes };
}

async function surveyCounts(db: EntityManager, counted: Narrow): Promise<Statistics['survey']> {
  const answers = () => counted(db.createQueryBuilder(SurveyAnswer, 'v'), 'v.caseId');
  const scoresOf = async (question: SurveyQuestion): Promise<Counted[]> => {
    const rows = await answers()
      .select(`v.${question}`, 'score')
      .addSelect('COUNT(*)', 'count')
      .andWhere(`v.${question} IS NOT NULL`)
      .groupBy(`v.${question}`)
      .getRawMany<{ score: number; count: number | string }>();
    return SURVEY_SCORES.map((score) => ({
      code: String(score),
      count: Number(rows.find((row) => Number(row.score) === score)?.count ?? 0),
    }));
  };
  const scores = await Promise.all(
    SURVEY_QUESTIONS.map(async (question) => [question, await scoresOf(question)] as const),
  );
  return {
    given: await answers().getCount(),
    scores: Object.fromEntries(scores) as Statistics['survey']['scores'],
  };
}

async function daysToOutcome(db: EntityManager, counted: Narrow): Promise<Statistics['daysToOutcome']> {
  const rows = await counted(db.createQueryBuilder(Case, 'c'), 'c.id')
    .select('c.lodgedOn', 'lodgedOn')
    .addSelect('c.closedOn', 'closedOn')
    .andWhere('c.closedOn IS NOT NULL')
    .getRawMany<{ lodgedOn: string; closedOn: string }>();
  const days = rows
    .map(({ lodgedOn, closedOn }) => (Date.parse(closedOn) - Date.parse(lodgedOn)) / 86_400_000)
    .sort((a, b) => a - b);
  const quantile = (q: number) =>
    days.length === 0 ? null : days[Math.min(days.length - 1, Math.ceil(q * days.length) - 1)]!;
  return { count: days.length, median: quantile(0.5), p90: quantile(0.9) };
}
