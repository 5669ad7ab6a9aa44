import type { EntityManager, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { Day } from '../../platform/time';
import { AiSystem } from '../../records/entities/ai-system';
import { Case } from '../../records/entities/case';
import { CaseSystem } from '../../records/entities/case-system';
import { Merger } from '../../records/entities/merger';
import { ParallelProceeding } from '../../records/entities/parallel-proceeding';
import { SystemRecord } from '../../records/entities/system-record';
import { addDays } from '../../rules/days';
import {
  AUTHORITY_PROCEEDINGS,
  harmedAgainOn,
  moreOftenOn,
  PATTERN_DAYS,
  risenOn,
  type GroupShares,
  type PatternCase,
  type PatternRule,
} from '../../rules/patterns';

/** Leaves cases out of a query; `caseId` is the expression that names the case in it. */
export type Narrow = <T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  caseId: string,
) => SelectQueryBuilder<T>;

/** Among what patterns are looked for: the cases that `narrow` leaves, lodged from a day on, that name one of these systems. */
export interface LookedAt {
  narrow: Narrow;
  from: Day;
  systems: readonly number[];
}

/** A case, for the rule that it is told for: `lodgedOn` is the day that counts, of an order that of its proceeding. */
export interface NamingCase extends PatternCase {
  caseId: string;
}

/** What is the same in the cases of a pattern. */
export interface PatternKey {
  rule: PatternRule;
  systemNumber: number;
  code: string;
}

/** The cases behind one key; for a rise the day of the version, for a group what its share is held against. */
export interface Pattern extends PatternKey {
  cases: NamingCase[];
  versionOn: Day | null;
  shares?: GroupShares;
}

export function nameOfKey({ rule, systemNumber, code }: PatternKey): string {
  return `${rule} ${systemNumber} ${code}`;
}

/** The day on which the rule is met by those of these cases that still count; null: it is not. */
export function metOn({ rule, cases, versionOn, shares }: Pattern, countsFrom: Day): Day | null {
  if (shares) return moreOftenOn(cases, shares, countsFrom);
  if (rule === 'PT-VERSION') return versionOn === null ? null : risenOn(versionOn, cases);
  const counting = cases.filter(({ lodgedOn }) => lodgedOn >= countsFrom);
  if (rule === 'PT-HARM') return harmedAgainOn(counting);
  return counting.map(({ lodgedOn }) => lodgedOn).sort()[0] ?? null;
}

/**
 * Everything that could be a pattern of these systems, by the name of its key: cases, versions put into use from that day on, and every
 * proceeding before an authority.
 */
export async function readPatterns(
  db: EntityManager,
  { narrow, from, systems }: LookedAt,
): Promise<Map<string, Pattern>> {
  const patterns = new Map<string, Pattern>();
  if (systems.length === 0) return patterns;
  const put = (key: PatternKey, row: NamingCase | null, versionOn: Day | null = null) => {
    const name = nameOfKey(key);
    const known = patterns.get(name) ?? { ...key, cases: [], versionOn };
    patterns.set(name, known);
    if (row) known.cases.push(row);
  };
  const versions = await versionsSince(db, from, systems);
  const rows = await namingCases(db, { narrow, from: addDays(from, -PATTERN_DAYS), systems });
  for (const { systemNumber, n, happenedOn } of versions)
    put({ rule: 'PT-VERSION', systemNumber, code: String(n) }, null, happenedOn);
  for (const { systemNumber, harms, ...row } of rows) {
    if (row.lodgedOn >= from)
      for (const code of harms === null ? [] : (JSON.parse(harms) as string[]))
        put({ rule: 'PT-HARM', systemNumber, code }, row);
    for (const version of versions)
      if (version.systemNumber === systemNumber)
        put({ rule: 'PT-VERSION', systemNumber, code: String(version.n) }, row);
  }
  for (const { systemNumber, type, ...row } of await proceedings(db, narrow, systems))
    put({ rule: 'PT-ORDER', systemNumber, code: type }, row);
  return patterns;
}

interface NamingRow extends NamingCase {
  systemNumber: number;
  harms: string | null;
}

/** What a case names now. It is named after it was lodged: by that day an index leads to it, past all that were named before. */
export const NAMED_SINCE = 'cs.caseId = c.id AND cs.unnamedOn IS NULL AND cs.namedOn >= :from';

/** Cases that name a system now. */
function namingCases(db: EntityManager, { narrow, from, systems }: LookedAt): Promise<NamingRow[]> {
  const query = db
    .createQueryBuilder(Case, 'c')
    .innerJoin(CaseSystem, 'cs', NAMED_SINCE)
    .select('c.id', 'caseId')
    .addSelect('cs.systemNumber', 'systemNumber')
    .addSelect('c.harms', 'harms')
    .addSelect('c.tier', 'tier')
    .addSelect('c.lodgedOn', 'lodgedOn')
    .where('c.lodgedOn >= :from', { from })
    .distinct();
  return narrow(withoutJoined(ofSystems(query, systems), narrow), 'c.id').getRawMany<NamingRow>();
}

/**
 * Leaves out what was joined to a case that names the same system: one person told the same twice, and that is no pattern. One joined to
 * a case that `narrow` leaves out counts by itself, so that nothing tells of that one.
 */
export function withoutJoined<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  narrow: Narrow,
): SelectQueryBuilder<T> {
  const joined = query
    .subQuery()
    .select('1')
    .from(Merger, 'm')
    .innerJoin(CaseSystem, 'other', 'other.caseId = m.intoCaseId AND other.unnamedOn IS NULL')
    .where('m.caseId = c.id AND m.endedOn IS NULL AND other.systemNumber = cs.systemNumber');
  return query.andWhere(`NOT EXISTS ${narrow(joined, 'm.intoCaseId').getQuery()}`);
}

function proceedings(
  db: EntityManager,
  narrow: Narrow,
  systems: readonly number[],
): Promise<(NamingCase & { systemNumber: number; type: string })[]> {
  const query = db
    .createQueryBuilder(ParallelProceeding, 'pp')
    .innerJoin(CaseSystem, 'cs', 'cs.caseId = pp.caseId AND cs.unnamedOn IS NULL')
    .select('pp.caseId', 'caseId')
    .addSelect('cs.systemNumber', 'systemNumber')
    .addSelect('pp.type', 'type')
    .addSelect('pp.recordedOn', 'lodgedOn')
    .addSelect('NULL', 'tier')
    .where('pp.type IN (:...authorities)', { authorities: AUTHORITY_PROCEEDINGS });
  return narrow(ofSystems(query, systems), 'pp.caseId').getRawMany();
}

async function versionsSince(
  db: EntityManager,
  from: Day,
  systems: readonly number[],
): Promise<Pick<SystemRecord, 'systemNumber' | 'n' | 'happenedOn'>[]> {
  const query = db
    .createQueryBuilder(SystemRecord, 'cs')
    .innerJoin(AiSystem, 'ai', 'ai.number = cs.systemNumber')
    .select('cs.systemNumber', 'systemNumber')
    .addSelect('cs.n', 'n')
    .addSelect('cs.happenedOn', 'happenedOn')
    .where(`cs.recordKind = 'VERSION'`)
    .andWhere('cs.struckOn IS NULL')
    .andWhere('cs.happenedOn >= :from', { from });
  return ofSystems(query, systems).getRawMany();
}

export function ofSystems<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  systems: readonly number[],
): SelectQueryBuilder<T> {
  return query.andWhere('cs.systemNumber IN (:...systems)', { systems });
}
