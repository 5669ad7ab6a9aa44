import 'reflect-metadata';
import Database from 'better-sqlite3';
import { PatternReviews } from '../../src/casework/patterns/pattern-reviews';
import { FindPatterns } from '../../src/casework/patterns/find-patterns';
import { Systems } from '../../src/casework/registers/systems';
import { ReadCase } from '../../src/casework/read-case';
import { ReadQueue } from '../../src/casework/queue/read-queue';
import type { QueueFilter } from '../../src/casework/queue/views';
import { ReadAgeing } from '../../src/insight/ageing';
import { ReadClockUse } from '../../src/insight/clock-use';
import { ReadDwell } from '../../src/insight/dwell';
import { ReadOwnWork } from '../../src/insight/own-work';
import { ReadTeamLoad } from '../../src/insight/team-load';
import { Accounts } from '../../src/people/accounts';
import { Sight } from '../../src/people/sight';
import type { Visitor } from '../../src/people/visitor';
import { Transactions } from '../../src/records/transactions';
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

/**
 * How SQLite answers what the desk asks. It plans by the schema alone, so that a million rows change nothing: what is read from end to end
 * here is read from end to end there.
 */
describe('the plans of the queries of the desk', () => {
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
    const readers: [string, Visitor][] = [
      ['triage lead', staff.TRI],
      ['investigator', staff.INV],
      ['intake officer', staff.INT],
    ];
    const told = new Set<string>();
    const parts: string[] = [];
    const tell = (name: string, plans: string[]) => {
      const fresh = plans.filter((plan) => !told.has(plan));
      fresh.forEach((plan) => told.add(plan));
      if (fresh.length > 0) parts.push([name, ...new Set(fresh)].join('\n'));
    };
    const of = (name: string, work: () => Promise<unknown>) => plansOf(work).then((plans) => tell(name, plans));
    for (const [who, visitor] of readers)
      for (const [name, filter] of FILTERS)
        await of(`${who}: ${name}`, () => house.get(ReadQueue).page(filter, visitor));
    await of('triage lead: of a person', () =>
      house.get(ReadQueue).page({ assignee: staff.INV.personId }, staff.TRI),
    );
    await walk.by('TRI', 'write-internal-note', { internalNote: 'One more.' });
    await Walk.lodge(house, staff);
    const { next } = await house.get(ReadQueue).page({ limit: 1 }, staff.TRI);
    await of('triage lead: the next page', () => house.get(ReadQueue).page({ cursor: next! }, staff.TRI));
    await of('investigator: a case', () => house.get(ReadCase).forStaff(walk.reference, staff.INV));
    const parties = [house.get(Transactions), house.get(Sight), house.time] as const;
    const systemNumber = await house.get(Systems).add(staff.TRI, SYSTEM);
    await walk.by('TRI', 'name-system', { systemNumber });
    await walk.by('TRI', 'record-proceeding', { proceedingType: 'PP-DPA', proceedingCourse: 'CONTINUE' });
    await house.get(FindPatterns).run();
    for (const [who, visitor] of readers) {
      await of(`${who}: the own work`, () => new ReadOwnWork(...parties).run(visitor));
      await of(`${who}: how old cases are`, () => new ReadAgeing(...parties).run(visitor));
      await of(`${who}: the clocks`, () => new ReadClockUse(...parties).run(visitor));
      await of(`${who}: how long cases stay`, () => new ReadDwell(...parties).run(visitor));
      await of(`${who}: reviews of patterns`, () => house.get(PatternReviews).list(visitor));
    }
    const [transactions, sight, time] = parties;
    const load = new ReadTeamLoad(transactions, house.get(Accounts), sight, time);
    await of('triage lead: the load of the team', () => load.run(staff.TRI));
    const text = `${parts.join('\n\n')}\n`;
    expectGolden('desk-plans.txt', text);
    // `p` holds the places that were looked at for one page, `few` those that were counted to see whether they are few.
    const whole = text.split('\n').filter((line) => /AUTOMATIC|SCAN (?!p$|few$|CONSTANT|\w+ USING)/.test(line));
    expect(whole).toEqual([]);
  });
});
