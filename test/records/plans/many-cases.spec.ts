import { HandOver } from '../../../src/casework/team/hand-over';
import { ReadProposals } from '../../../src/casework/team/read-proposals';
import { PatternReviews } from '../../../src/casework/patterns/pattern-reviews';
import { FindPatterns } from '../../../src/casework/patterns/find-patterns';
import { ReadQueue } from '../../../src/casework/queue/read-queue';
import { ReadCase } from '../../../src/casework/read-case';
import { Systems } from '../../../src/casework/registers/systems';
import { IndexCases } from '../../../src/casework/search/index-cases';
import { engines } from '../../harness/database';
import { everythingAsked, FILTERS, type Asked } from '../../harness/desk-asked';
import { House } from '../../harness/house';
import { hireStaff, Walk } from '../../harness/walk';
import { CASES, copyCase } from './copied-cases';
import {
  MOST_READ,
  readsOfPostgres,
  readsOfSqlite,
  watchStatements,
  type Reads,
  type Sent,
} from './read-plans';

const SYSTEM = {
  systemName: 'Scorer',
  purpose: 'It rates.',
  useDomain: 'DOM-SVC-BEN',
  lifecycleStage: 'LC-OPER',
};

/**
 * With few rows a database takes whatever way, and by the schema alone it knows nothing of them: here are as many as show which way it goes,
 * as it goes by itself and once it has looked at how they are spread.
 */
describe.each(engines())('what the desk asks of many cases, on %s', (engine) => {
  let house: House;
  let walk: Walk;
  let early: Walk;
  let reads: Reads;
  let asked: Asked[];
  let sent: Sent[];

  beforeAll(async () => {
    house = await House.open(engine);
    const staff = await hireStaff(house);
    walk = await Walk.lodge(house, staff, 'A machine stopped my benefit, and no person read my letter.');
    await walk.toInvestigation();
    const systemNumber = await house.get(Systems).add(staff.TRI, SYSTEM);
    await walk.by('TRI', 'name-system', { systemNumber });
    await walk.by('TRI', 'record-proceeding', { proceedingType: 'PP-DPA', proceedingCourse: 'CONTINUE' });
    await walk.by('TRI', 'exclude', { exclusionGround: 'EX-CLOSE', person: staff.EXE.personId });
    early = await Walk.lodge(house, staff, 'A machine stopped my benefit, and no person read my letter.');
    await early.toEligibility();
    await house.get(FindPatterns).run();
    while ((await house.integrate()) > 0);
    while ((await house.get(IndexCases).follow()) > 0);
    const large = await copyCase(house, walk.reference, MOST_READ);
    expect([...large]).toEqual(
      expect.arrayContaining(['cases', 'queue_places', 'assignments', 'clocks', 'entries', 'search_words']),
    );
    reads = (engine === 'sqlite' ? readsOfSqlite : readsOfPostgres)(house, large);
    asked = await everyQuestion();
    sent = watchStatements();
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    await house?.close();
  });

  async function everyQuestion(): Promise<Asked[]> {
    const { staff } = walk;
    const readers = [staff.TRI, staff.INV, staff.INT];
    return [
      ...(await everythingAsked(house, walk)),
      ...readers.flatMap((visitor): Asked[] => [
        [
          `${visitor.roles.join()}: how many there are`,
          () =>
            house.get(ReadQueue).counts(
              FILTERS.map(([, each]) => each),
              visitor,
            ),
        ],
        [
          `${visitor.roles.join()}: a page of a hundred`,
          () => house.get(ReadQueue).page({ limit: 100 }, visitor),
        ],
        [
          `${visitor.roles.join()}: a page of one case`,
          () => house.get(ReadQueue).page({ limit: 1 }, visitor),
        ],
        [`${visitor.roles.join()}: what waits for agreement`, () => house.get(ReadProposals).list(visitor)],
        [`${visitor.roles.join()}: reviews of patterns`, () => house.get(PatternReviews).list(visitor)],
        [`${visitor.roles.join()}: what is to be handed over`, () => house.get(HandOver).count(visitor)],
      ]),
      [
        'triage lead: a case, and what may tell of the same',
        () => house.get(ReadCase).forStaff(early.reference, staff.TRI),
      ],
      ['triage lead: who left', () => house.get(HandOver).whoLeft(staff.TRI)],
    ];
  }

  async function everythingRead(): Promise<{ found: unknown[]; plans: number }> {
    const found: unknown[] = [];
    let plans = 0;
    for (const [name, work] of asked) {
      sent.length = 0;
      await work();
      for (const each of [...new Map(sent.map((one) => [one.text, one])).values()]) {
        for (const fault of await reads(each)) found.push([name, fault, each.text]);
        plans += 1;
      }
    }
    return { found, plans };
  }

  it('reads no table from end to end and no more rows than one page may', async () => {
    const [{ cases }] = await house.source.query<[{ cases: number | string }]>(
      'SELECT COUNT(*) AS "cases" FROM "cases"',
    );
    expect(Number(cases)).toBeGreaterThan(CASES);
    // SQLite never looks at its rows by itself, so that it goes by the schema alone; PostgreSQL soon does.
    const unseen = engine === 'sqlite' ? await everythingRead() : null;
    await house.source.query('ANALYZE');
    const seen = await everythingRead();
    expect([...(unseen?.found ?? []), ...seen.found]).toEqual([]);
    expect(seen.plans).toBeGreaterThan(100);
  });

  it.each([
    [`SELECT * FROM "cases" WHERE "narrativeSealed" = ''`],
    [`SELECT * FROM "queue_places" "q" WHERE "q"."facet" = 'all' ORDER BY "q"."legalDueOn" LIMIT 25`],
    [`SELECT "q"."caseId" FROM "queue_places" "q" WHERE "q"."facet" IN ('all', 'flag:DELAY')`],
  ])('would be found out by %s', async (text) => {
    expect(await reads({ text, values: [] })).not.toEqual([]);
  });
});
