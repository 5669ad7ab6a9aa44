import 'reflect-metadata';
import Database from 'better-sqlite3';
import { Client } from 'pg';
import type { EntityMetadata } from 'typeorm';
import { PatternReviews } from '../../src/casework/patterns/pattern-reviews';
import { FindPatterns } from '../../src/casework/patterns/find-patterns';
import { Systems } from '../../src/casework/registers/systems';
import { ReadCase } from '../../src/casework/read-case';
import { IndexCases } from '../../src/casework/search/index-cases';
import { ReadQueue } from '../../src/casework/queue/read-queue';
import type { QueueFilter } from '../../src/casework/queue/views';
import { ReadAgeing } from '../../src/insight/ageing';
import { ReadClockUse } from '../../src/insight/clock-use';
import { ReadDwell } from '../../src/insight/dwell';
import { ReadOwnWork } from '../../src/insight/own-work';
import { ReadTeamLoad } from '../../src/insight/team-load';
import { CASE_TABLES } from '../../src/ledger/case-tables';
import { Accounts } from '../../src/people/accounts';
import { Sight } from '../../src/people/sight';
import type { Visitor } from '../../src/people/visitor';
import { Assignment } from '../../src/records/entities/assignment';
import { Case } from '../../src/records/entities/case';
import { DataKey } from '../../src/records/entities/data-key';
import { Entry } from '../../src/records/entities/entry';
import { Exclusion } from '../../src/records/entities/exclusion';
import { QueuePlace } from '../../src/records/entities/queue-place';
import { Transactions } from '../../src/records/transactions';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { hireStaff, Walk, type Staff } from '../harness/walk';
import { expectGolden } from './golden-file';

const FILTERS: [name: string, filter: QueueFilter][] = [
  ['the queue', {}],
  ['of one severity', { tier: 'SEVERE' }],
  ['of two codes', { tier: 'SEVERE', flag: 'DELAY' }],
  ['of a stage', { stage: 'triage' }],
  ['of a system', { system: 1 }],
  ['of a vendor', { vendor: 1 }],
  ['of a group', { group: 'AG-WORKER' }],
  ['of nobody', { assignee: 'nobody' }],
  ['late by law', { due: 'legally-late' }],
  ['by due day', { sort: 'due' }],
  ['newest first', { sort: 'lodged' }],
  ['closed', { state: 'closed' }],
];

const SYSTEM = {
  systemName: 'Scorer',
  purpose: 'It rates.',
  useDomain: 'DOM-SVC-BEN',
  lifecycleStage: 'LC-OPER',
};

type Asked = [name: string, work: () => Promise<unknown>];

/** What the pages of the desk ask, by whoever reads them. */
async function everythingAsked(house: House, walk: Walk): Promise<Asked[]> {
  const { staff } = walk;
  const readers: [string, Visitor][] = [
    ['triage lead', staff.TRI],
    ['investigator', staff.INV],
    ['intake officer', staff.INT],
  ];
  const queue = house.get(ReadQueue);
  await walk.by('TRI', 'write-internal-note', { internalNote: 'One more.' });
  await Walk.lodge(house, staff);
  return [
    ...readers.flatMap(([who, visitor]) =>
      FILTERS.map(([name, filter]): Asked => [`${who}: ${name}`, () => queue.page(filter, visitor)]),
    ),
    ['triage lead: of a person', () => queue.page({ assignee: staff.INV.personId }, staff.TRI)],
    [
      'triage lead: the next page',
      async () => queue.page({ cursor: (await queue.page({ limit: 1 }, staff.TRI)).next! }, staff.TRI),
    ],
    ['investigator: a case', () => house.get(ReadCase).forStaff(walk.reference, staff.INV)],
  ];
}

/** What the dashboards ask, by the same readers. */
async function dashboardsAsked(house: House, walk: Walk): Promise<Asked[]> {
  const { staff } = walk;
  const readers: [string, Visitor][] = [
    ['triage lead', staff.TRI],
    ['investigator', staff.INV],
    ['intake officer', staff.INT],
  ];
  const parties = [house.get(Transactions), house.get(Sight), house.time] as const;
  const systemNumber = await house.get(Systems).add(staff.TRI, SYSTEM);
  await walk.by('TRI', 'name-system', { systemNumber });
  await walk.by('TRI', 'record-proceeding', { proceedingType: 'PP-DPA', proceedingCourse: 'CONTINUE' });
  await house.get(FindPatterns).run();
  const [transactions, sight, time] = parties;
  const load = new ReadTeamLoad(transactions, house.get(Accounts), sight, time);
  return [
    ...readers.flatMap(([who, visitor]): Asked[] => [
      [`${who}: the own work`, () => new ReadOwnWork(...parties).run(visitor, [])],
      [`${who}: how old cases are`, () => new ReadAgeing(...parties).run(visitor)],
      [`${who}: the clocks`, () => new ReadClockUse(...parties).run(visitor)],
      [`${who}: how long cases stay`, () => new ReadDwell(...parties).run(visitor)],
      [`${who}: reviews of patterns`, () => house.get(PatternReviews).list(visitor)],
    ]),
    ['triage lead: the load of the team', () => load.run(staff.TRI)],
  ];
}

/**
 * How SQLite answers what the desk asks. It plans by the schema alone, so that a million rows change nothing: what is read from end to end
 * here is read from end to end there.
 */
describe('the plans of the queries of the desk on SQLite', () => {
  let house: House;
  let staff: Staff;
  let walk: Walk;
  const prepared: string[] = [];

  beforeAll(async () => {
    const prepare = Database.prototype.prepare;
    jest.spyOn(Database.prototype, 'prepare').mockImplementation(function (this: Database.Database, sql: string) {
      prepared.push(sql);
      return prepare.call(this, sql);
    });
    house = await House.open('sqlite');
    staff = await hireStaff(house);
    walk = await Walk.lodge(house, staff);
    await walk.toInvestigation();
    while ((await house.integrate()) > 0);
    while ((await house.get(IndexCases).follow()) > 0);
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    await house.close();
  });

  /** The plans of all statements that this work is the first to run. */
  async function plansOf(work: () => Promise<unknown>): Promise<string[]> {
    prepared.length = 0;
    await work();
    const plans: string[] = [];
    for (const sql of new Set(prepared.filter((each) => /^\s*SELECT/i.test(each)))) {
      const values = sql.match(/\?/g)?.map(() => null) ?? [];
      const lines = await house.source.query<{ detail: string }[]>(`EXPLAIN QUERY PLAN ${sql}`, values);
      const tables = [...sql.matchAll(/(?:FROM|JOIN) "(\w+)"/g)].map(([, name]) => name);
      plans.push([`  of ${tables.join(', ')}`, ...lines.map(({ detail }) => `    ${detail}`)].join('\n'));
    }
    return plans;
  }

  it('are as they were agreed, and none reads a whole table', async () => {
    const told = new Set<string>();
    const parts: string[] = [];
    const tell = (name: string, plans: string[]) => {
      const fresh = plans.filter((plan) => !told.has(plan));
      fresh.forEach((plan) => told.add(plan));
      if (fresh.length > 0) parts.push([name, ...new Set(fresh)].join('\n'));
    };
    const of = (name: string, work: () => Promise<unknown>) => plansOf(work).then((plans) => tell(name, plans));
    for (const asked of [everythingAsked, dashboardsAsked])
      for (const [name, work] of await asked(house, walk)) await of(name, work);
    const text = `${parts.join('\n\n')}\n`;
    expectGolden('desk-plans.txt', text);
    // `p` holds the places that were looked at for one page, `few` those that were counted to see whether they are few;
    // of what waits for a place in the log, 200 at most are read.
    const whole = text.split('\n').filter((line) => /AUTOMATIC|SCAN (?!p$|few$|WaitingEntry$|CONSTANT|\w+ USING)/.test(line));
    expect(whole).toEqual([]);
  });
});

/** Half of them open: far more than the 5,000 that are looked at for one page. */
const CASES = 24_000;
/** Of so many, everything else is there, too. */
const WHOLE_CASES = 2000;
/** More rows than these may be walked through only one after the other, until enough are found. */
const FEW = 5000;

/** What lists are narrowed by. */
const ON_EVERY_CASE = new Set<unknown>([Case, QueuePlace, Assignment, Exclusion]);

interface Node {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Cond'?: string;
  'Plan Rows': number;
  Plans?: Node[];
}

/** Plans of PostgreSQL follow what it knows of the rows, and their wording its version: only what is read from end to end is looked for. */
if (engines().includes('postgres'))
  describe('the plans of the queries of the desk on PostgreSQL', () => {
    let house: House;
    let walk: Walk;
    const sent: { text: string; values: unknown[] }[] = [];
    const filled = new Set<string>();

    beforeAll(async () => {
      house = await House.open('postgres');
      walk = await Walk.lodge(house, await hireStaff(house));
      await walk.toInvestigation();
      await walk.by('TRI', 'exclude', { exclusionGround: 'EX-CLOSE', person: walk.staff.EXE.personId });
      await fill();
      const query = Client.prototype.query as (...given: unknown[]) => unknown;
      jest.spyOn(Client.prototype, 'query').mockImplementation(function (this: Client, ...given: unknown[]) {
        const [text, values] = given;
        if (typeof text === 'string') sent.push({ text, values: Array.isArray(values) ? values : [] });
        return query.apply(this, given);
      } as never);
    }, 120_000);
    afterAll(async () => {
      jest.restoreAllMocks();
      await house.close();
    });

    /** Copies what is there under other ids, half of them closed; the database does not verify afterwards. */
    async function fill(): Promise<void> {
      const { source } = house;
      const runner = source.createQueryRunner();
      const own = await source.getRepository(Case).findOneByOrFail({ reference: walk.reference });
      // Neither triggers nor foreign keys look at a copy.
      await runner.query(`SET session_replication_role = replica`);
      await runner.query(
        `CREATE TEMP TABLE copies AS SELECT g, gen_random_uuid()::text AS id, gen_random_uuid()::text AS ledger, g % 2 = 0 AS closed FROM generate_series(1, ${CASES}) g`,
      );
      for (const entity of [...CASE_TABLES, QueuePlace, Entry, DataKey]) {
        const table = source.getMetadata(entity);
        const count = ON_EVERY_CASE.has(entity) ? CASES : WHOLE_CASES;
        const [key, value] =
          entity === Entry
            ? ['ledgerId', own.ledgerId]
            : [entity === Case ? 'id' : entity === DataKey ? 'ownerId' : 'caseId', own.id];
        const columns = table.columns.map(({ propertyName }) => propertyName);
        await runner.query(
          `INSERT INTO "${table.tableName}" (${columns.map((each) => `"${each}"`).join(', ')})
          SELECT ${columns.map((each) => copied(table, each)).join(', ')} FROM "${table.tableName}" t
          CROSS JOIN copies WHERE t."${key}" = $1 AND copies.g <= ${count}`,
          [value],
        );
        const [{ rows }] = await runner.query(`SELECT COUNT(*)::int AS rows FROM "${table.tableName}"`);
        if (rows > WHOLE_CASES) filled.add(table.tableName);
      }
      await runner.query('ANALYZE');
      await runner.query('SET session_replication_role = origin');
      await runner.release();
    }

    /** What stands in a column of a copy. */
    function copied({ tableName, uniques }: EntityMetadata, column: string): string {
      const isOfCase = tableName === 'cases';
      if (column === 'caseId' || column === 'ownerId' || (isOfCase && column === 'id')) return 'copies.id';
      if (column === 'ledgerId') return 'copies.ledger';
      if (column === 'reference' && isOfCase) return `'RD-' || copies.g`;
      if (column === 'id') return 'gen_random_uuid()::text';
      if (uniques.some(({ columns }) => columns.length === 1 && columns[0]!.propertyName === column))
        return 'md5(random()::text)';
      if (isOfCase && column === 'state') return `CASE WHEN closed THEN 'closed' ELSE t."state" END`;
      if (isOfCase && column === 'closedOn') return `CASE WHEN closed THEN '2026-11-24' END`;
      if (isOfCase && column === 'lodgedOn') return `to_char(date '2026-11-24' - g % 600, 'YYYY-MM-DD')`;
      if (isOfCase && column === 'nextDueOn')
        return `CASE WHEN NOT closed THEN to_char(date '2026-11-24' + g % 59, 'YYYY-MM-DD') END`;
      // Whoever reads has few of all these.
      if (column === 'personId' && (tableName === 'assignments' || tableName === 'exclusions'))
        return `CASE WHEN g < 40 THEN t."personId" ELSE 'person ' || g % 5 END`;
      if (column === 'facet')
        return `CASE WHEN closed AND t."facet" LIKE 'state:%' THEN 'state:closed' ELSE t."facet" END`;
      if (column === 'lane') return 'CASE WHEN closed THEN 2 ELSE 1 END';
      if (column === 'urgency') return 'g % 7';
      if (column === 'dueOn' && tableName === 'queue_places')
        return `to_char(date '2026-11-24' + g % 60, 'YYYY-MM-DD')`;
      return `t."${column}"`;
    }

    /** What of a plan reads a filled table from end to end, or gathers many rows before it gives the first. */
    function walksIn(node: Node, above: readonly string[] = []): string[] {
      const { 'Node Type': type, 'Relation Name': table, 'Index Cond': condition } = node;
      const isPulled = above.lastIndexOf('Limit') > Math.max(...GATHERING.map((each) => above.lastIndexOf(each)));
      const found: string[] = [];
      if (table && filled.has(table)) {
        if (type === 'Seq Scan') found.push(`${table} is read from end to end`);
        else if (/^Index/.test(type) && !condition && !isPulled)
          found.push(`${table} is read from end to end by an index`);
        else if (node['Plan Rows'] > FEW && !isPulled) found.push(`${node['Plan Rows']} rows of ${table} are gathered`);
      }
      const below = (node.Plans ?? []).flatMap((each) => walksIn(each, [...above, type]));
      return [...found, ...below];
    }

    it('read no table of cases from end to end, and gather no more than a few rows', async () => {
      expect([...filled]).toEqual(expect.arrayContaining(['cases', 'queue_places', 'assignments', 'entries']));
      let plans = 0;
      for (const [name, work] of await everythingAsked(house, walk)) {
        sent.length = 0;
        await work();
        for (const { text, values } of sent.filter((each) => /^\s*SELECT/i.test(each.text))) {
          const [row] = await house.source.query<{ 'QUERY PLAN': { Plan: Node }[] }[]>(
            `EXPLAIN (FORMAT JSON) ${text}`,
            values,
          );
          expect([name, text, walksIn(row!['QUERY PLAN'][0]!.Plan)]).toEqual([name, text, []]);
          plans += 1;
        }
      }
      expect(plans).toBeGreaterThan(100);
    });

    it('would be found out where one does', async () => {
      const walks = async (sql: string) => {
        const [row] = await house.source.query<{ 'QUERY PLAN': { Plan: Node }[] }[]>(`EXPLAIN (FORMAT JSON) ${sql}`);
        return walksIn(row!['QUERY PLAN'][0]!.Plan);
      };
      expect(await walks(`SELECT * FROM "cases" WHERE "narrativeSealed" = ''`)).not.toEqual([]);
      expect(
        await walks(`SELECT * FROM "queue_places" WHERE "facet" = 'all' ORDER BY "legalDueOn" LIMIT 25`),
      ).not.toEqual([]);
    });
  });

/** Nodes that give their first row once they have all of those below. */
const GATHERING = ['Sort', 'Incremental Sort', 'Hash', 'Aggregate', 'Materialize', 'Bitmap Heap Scan', 'Unique'];
