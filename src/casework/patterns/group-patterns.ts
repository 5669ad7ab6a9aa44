import type { EntityManager } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from '../../records/entities/case';
import { CaseSystem } from '../../records/entities/case-system';
import { SearchedGroup } from '../../records/entities/searched-group';
import type { CasesByDay } from '../../rules/patterns';
import {
  NAMED_SINCE,
  nameOfKey,
  ofSystems,
  withoutJoined,
  type LookedAt,
  type NamingCase,
  type Narrow,
  type Pattern,
} from './pattern-cases';

/** Of a group that was noted only since the others were counted. */
const NONE: CasesByDay = new Map();

/** How many cases of which a group is noted were lodged on each day, whatever they name: of any group, and of each by its keyed hash. */
export interface NotedByDay {
  all: CasesByDay;
  ofGroups: ReadonlyMap<string, CasesByDay>;
}

/** The same of all systems: whoever looks at some after others reads it once. */
export async function readNotedByDay(
  db: EntityManager,
  { narrow, from }: Pick<LookedAt, 'narrow' | 'from'>,
): Promise<NotedByDay> {
  return { all: await casesByDay(db, narrow, from), ofGroups: await casesOfGroupsByDay(db, narrow, from) };
}

/**
 * Groups that could be a pattern of these systems, by the name of its key. `code` is the keyed hash of the group, as the search holds it: no
 * case is opened, and no row says which group it is. `noted`: what each share is held against, read among the same cases.
 */
export async function readGroupPatterns(
  db: EntityManager,
  at: LookedAt,
  noted?: NotedByDay,
): Promise<Map<string, Pattern>> {
  const patterns = new Map<string, Pattern>();
  if (at.systems.length === 0) return patterns;
  const rows = await namingCases(db, at);
  if (rows.length === 0) return patterns;
  const { all, ofGroups } = noted ?? (await readNotedByDay(db, at));
  const named = new Map<number, Map<Day, number>>();
  const counted = new Set<string>();
  for (const { systemNumber, groupHash: code, ...row } of rows) {
    const ofSystem = named.get(systemNumber) ?? new Map<Day, number>();
    named.set(systemNumber, ofSystem);
    if (!counted.has(`${systemNumber} ${row.caseId}`))
      ofSystem.set(row.lodgedOn, (ofSystem.get(row.lodgedOn) ?? 0) + 1);
    counted.add(`${systemNumber} ${row.caseId}`);
    const key = { rule: 'PT-GROUP', systemNumber, code } as const;
    const pattern = patterns.get(nameOfKey(key)) ?? {
      ...key,
      cases: [],
      versionOn: null,
      shares: { named: ofSystem, all, allOfGroup: ofGroups.get(code) ?? NONE },
    };
    pattern.cases.push(row);
    patterns.set(nameOfKey(key), pattern);
  }
  return patterns;
}

/** Cases that name a system now, once for each group noted of them. */
function namingCases(
  db: EntityManager,
  { narrow, from, systems }: LookedAt,
): Promise<(NamingCase & { systemNumber: number; groupHash: string })[]> {
  const query = notedCases(db, from)
    .innerJoin(CaseSystem, 'cs', NAMED_SINCE)
    .select('c.id', 'caseId')
    .addSelect('cs.systemNumber', 'systemNumber')
    .addSelect('sg.groupHash', 'groupHash')
    .addSelect('c.tier', 'tier')
    .addSelect('c.lodgedOn', 'lodgedOn')
    .distinct();
  return narrow(withoutJoined(ofSystems(query, systems), narrow), 'c.id').getRawMany();
}

async function casesByDay(db: EntityManager, narrow: Narrow, from: Day): Promise<Map<Day, number>> {
  const query = notedCases(db, from)
    .select('c.lodgedOn', 'day')
    .addSelect('COUNT(DISTINCT c.id)', 'count')
    .groupBy('c.lodgedOn');
  const rows = await narrow(query, 'c.id').getRawMany<{ day: Day; count: number | string }>();
  return new Map(rows.map(({ day, count }) => [day, Number(count)]));
}

async function casesOfGroupsByDay(
  db: EntityManager,
  narrow: Narrow,
  from: Day,
): Promise<Map<string, Map<Day, number>>> {
  const query = notedCases(db, from)
    .select('sg.groupHash', 'groupHash')
    .addSelect('c.lodgedOn', 'day')
    .addSelect('COUNT(*)', 'count')
    .groupBy('sg.groupHash')
    .addGroupBy('c.lodgedOn');
  const rows = await narrow(query, 'c.id').getRawMany<{
    groupHash: string;
    day: Day;
    count: number | string;
  }>();
  const found = new Map<string, Map<Day, number>>();
  for (const { groupHash, day, count } of rows)
    found.set(groupHash, (found.get(groupHash) ?? new Map<Day, number>()).set(day, Number(count)));
  return found;
}

/** Cases of which some group is noted, once for each. */
function notedCases(db: EntityManager, from: Day) {
  return db
    .createQueryBuilder(Case, 'c')
    .innerJoin(SearchedGroup, 'sg', 'sg.caseId = c.id')
    .where('c.lodgedOn >= :from', { from });
}
