import type { EntityManager } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from '../../records/entities/case';
import { CaseSystem } from '../../records/entities/case-system';
import { SearchedGroup } from '../../records/entities/searched-group';
import { nameOfKey, ofSystems, type NamingCase, type Narrow, type Pattern } from './pattern-cases';

/**
 * Groups that could be a pattern of a system among the cases that `narrow` leaves, by the name of its key, lodged from a day on. `code` is
 * the keyed hash of the group, as the search holds it: no case is opened, and no row says which group it is. `systems`: only of these;
 * null: of all.
 */
export async function readGroupPatterns(
  db: EntityManager,
  narrow: Narrow,
  from: Day,
  systems: readonly number[] | null,
): Promise<Map<string, Pattern>> {
  const patterns = new Map<string, Pattern>();
  if (systems?.length === 0) return patterns;
  const rows = await namingCases(db, narrow, from, systems);
  if (rows.length === 0) return patterns;
  const all = await casesByDay(db, narrow, from);
  const allOfGroups = await casesOfGroupsByDay(db, narrow, from);
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
      shares: { named: ofSystem, all, allOfGroup: allOfGroups.get(code)! },
    };
    pattern.cases.push(row);
    patterns.set(nameOfKey(key), pattern);
  }
  return patterns;
}

/** Cases that name a system now, once for each group noted of them. */
function namingCases(
  db: EntityManager,
  narrow: Narrow,
  from: Day,
  systems: readonly number[] | null,
): Promise<(NamingCase & { systemNumber: number; groupHash: string })[]> {
  const query = noted(db, from)
    .innerJoin(CaseSystem, 'cs', 'cs.caseId = c.id AND cs.unnamedOn IS NULL')
    .select('c.id', 'caseId')
    .addSelect('cs.systemNumber', 'systemNumber')
    .addSelect('sg.groupHash', 'groupHash')
    .addSelect('c.tier', 'tier')
    .addSelect('c.lodgedOn', 'lodgedOn')
    .distinct();
  return narrow(ofSystems(query, systems), 'c.id').getRawMany();
}

async function casesByDay(db: EntityManager, narrow: Narrow, from: Day): Promise<Map<Day, number>> {
  const query = noted(db, from)
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
  const query = noted(db, from)
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
function noted(db: EntityManager, from: Day) {
  return db
    .createQueryBuilder(Case, 'c')
    .innerJoin(SearchedGroup, 'sg', 'sg.caseId = c.id')
    .where('c.lodgedOn >= :from', { from });
}
