import 'reflect-metadata';
import Database from 'better-sqlite3';
import { IndexCases } from '../../src/casework/search/index-cases';
import { dashboardsAsked, everythingAsked } from '../harness/desk-asked';
import { House } from '../harness/house';
import { hireStaff, Walk, type Staff } from '../harness/walk';
import { expectGolden } from './golden-file';

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
