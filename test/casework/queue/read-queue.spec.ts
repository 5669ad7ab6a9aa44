import { ReadQueue } from '../../../src/casework/queue/read-queue';
import type { QueueFilter, QueueRow } from '../../../src/casework/queue/views';
import type { Visitor } from '../../../src/people/visitor';
import { newId, newReference } from '../../../src/platform/ids';
import { AiSystem } from '../../../src/records/entities/ai-system';
import { Assignment } from '../../../src/records/entities/assignment';
import { CaseSystem } from '../../../src/records/entities/case-system';
import { Case } from '../../../src/records/entities/case';
import { Exclusion } from '../../../src/records/entities/exclusion';
import { QueuePlace } from '../../../src/records/entities/queue-place';
import { SearchedGroup } from '../../../src/records/entities/searched-group';
import { Vendor } from '../../../src/records/entities/vendor';
import { insert } from '../../../src/records/insert';
import { Transactions } from '../../../src/records/transactions';
import { addDays } from '../../../src/rules/counting';
import { AFFECTED_GROUP_CODES } from '../../../src/rules/groups';
import { HARM_CODES } from '../../../src/rules/harms';
import {
  placesOn,
  QUEUE_CHOICES,
  QUEUE_FLAGS,
  urgencyOf,
  type QueuedPlace,
  type QueueFlag,
} from '../../../src/rules/queue';
import { RIGHT_CODES } from '../../../src/rules/rights';
import { INTAKE_STATES } from '../../../src/rules/sight';
import { STATE_CODES, STATES, type State } from '../../../src/rules/states';
import { USE_DOMAIN_CODES } from '../../../src/rules/use-domains';
import { SearchIndex } from '../../../src/vault/search-index';
import { engines } from '../../harness/database';
import { House } from '../../harness/house';
import { hireStaff, Walk, type Staff } from '../../harness/walk';

type Officer = Visitor & { kind: 'officer' };

/** More than are looked at for one page. */
const CASES = 5600;
const TODAY = '2026-11-24';
/** Numbers of AI systems: few cases name the one, many the other. */
const RARE = 1;
const FREQUENT = 2;
const RARE_GROUP = AFFECTED_GROUP_CODES[1]!;
const FREQUENT_GROUP = AFFECTED_GROUP_CODES[0]!;

/** A case as the test made it, and what is not in its row. */
interface Made {
  row: Case;
  legalDueOn: string | null;
  worker: string | null;
  keptOut: string | null;
  systems: number[];
  groups: string[];
}

/** As it stood a month before: who reads the queue has to move what has become late since. */
function before({ row, legalDueOn }: Made): QueuedPlace[] {
  const clocks = legalDueOn
    ? [{ code: 'GDPR-RTS', basis: 'legal', status: 'RUNNING', dueLegalLatest: legalDueOn }]
    : [];
  return placesOn(addDays(TODAY, -30), row, clocks);
}

/** Numbers that are the same in every run: 0 up to, not with, `below`. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe.each(engines())('the queue, against every case of it sorted by hand, on %s', (engine) => {
  let house: House;
  let staff: Staff;
  let made: Made[];

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
    const { reference } = await Walk.lodge(house, staff);
    await house.source.getRepository(QueuePlace).clear();
    const lodged = await house.source.getRepository(Case).findOneByOrFail({ reference });
    made = manyCases(lodged);
    await house.get(Transactions).change(async (db) => {
      await db.query(`UPDATE "cases" SET "closedOn" = '2026-01-01', "nextDueOn" = NULL`);
      await insert(
        db,
        Case,
        made.map(({ row }) => row),
      );
      await insert(
        db,
        QueuePlace,
        made.flatMap((each) => before(each).map((place) => ({ ...place, caseId: each.row.id }))),
      );
      await insert(db, Vendor, {
        id: newId(),
        number: 1,
        revision: 1,
        companyName: 'Maker',
      });
      for (const number of [RARE, FREQUENT])
        await insert(db, AiSystem, {
          id: newId(),
          number,
          revision: 1,
          systemName: `System ${number}`,
          purpose: 'It decides.',
          useDomain: USE_DOMAIN_CODES[0]!,
          lifecycleStage: 'LS_OPERATION',
          ...(number === RARE ? { providerNumber: 1 } : {}),
        });
      await insert(
        db,
        CaseSystem,
        made.flatMap(({ row, systems }) =>
          systems.map((systemNumber, n) => ({
            id: newId(),
            caseId: row.id,
            n: n + 1,
            systemNumber,
            byRole: 'TRI',
            namedOn: TODAY,
            unnamedOn: null,
          })),
        ),
      );
      const index = house.get(SearchIndex);
      await insert(
        db,
        SearchedGroup,
        made.flatMap((each) => {
          const { lane, urgency, dueOn } = before(each)[0]!;
          return each.groups.map((code) => ({
            groupHash: index.hashOfGroup(code),
            lane,
            urgency,
            dueOn,
            caseId: each.row.id,
          }));
        }),
      );
      for (const { row, worker, keptOut } of made) {
        if (worker)
          await insert(db, Assignment, {
            id: newId(),
            caseId: row.id,
            personId: worker,
            role: 'INV',
            conflictDeclared: 'NONE',
          });
        if (keptOut)
          await insert(db, Exclusion, {
            id: newId(),
            caseId: row.id,
            n: 1,
            personId: keptOut,
            ground: 'CONCERNED',
            excludedOn: TODAY,
          });
      }
    });
  });
  afterAll(() => house.close());

  function manyCases(lodged: Case): Made[] {
    const next = numbers(7);
    const one = <T>(list: readonly T[]): T => list[next(list.length)]!;
    const perhaps = <T>(value: T, inHundred: number): T | null => (next(100) < inHundred ? value : null);
    return Array.from({ length: CASES }, (_, n) => {
      const state = next(10) < 7 ? 'triage' : one(STATE_CODES);
      const { ended } = STATES[state];
      const nextDueOn = ended ? perhaps(addDays(TODAY, next(40)), 30) : addDays(TODAY, next(60) - 20);
      const row: Case = {
        ...lodged,
        id: newId(),
        ledgerId: newId(),
        reference: newReference(),
        state,
        // Nothing is both: whoever looks for both looks at all of one of them.
        language: n < 3000 ? 'en' : one(['ar', 'fr']),
        reprisalLevel: n < 3000 ? 'LOW' : 'HIGH',
        tier: perhaps(one(['LOW', 'MODERATE', 'SEVERE', 'CRITICAL']), 80),
        delayMakesIrremediable: perhaps(next(4) === 0, 80),
        useDomain: perhaps(one(USE_DOMAIN_CODES), 60),
        harms: perhaps([...new Set([one(HARM_CODES), one(HARM_CODES)])], 60),
        rights: perhaps([one(RIGHT_CODES)], 60),
        lodgedOn: addDays(TODAY, -next(300)),
        nextDueOn,
        closedOn: ended ? '2026-11-01' : null,
        alertSince: perhaps(TODAY, 1),
        suspendedGround: perhaps('SAFETY', 5),
        complainantRole: one(['affected', 'group', 'witness']),
      };
      return {
        row,
        legalDueOn: nextDueOn ? perhaps(addDays(TODAY, next(40) - 20), 30) : null,
        worker: n % 40 === 0 ? staff.INV.personId : n % 40 === 1 ? staff.INT.personId : null,
        keptOut: perhaps(staff.PRT.personId, 2),
        systems: [...(n % 50 === 0 ? [RARE] : []), ...(n % 3 === 0 ? [FREQUENT] : [])],
        groups: [...(n % 4 === 0 ? [FREQUENT_GROUP] : []), ...(n % 60 === 1 ? [RARE_GROUP] : [])],
      };
    });
  }

  const isLate = ({ legalDueOn }: Made) => legalDueOn !== null && legalDueOn < TODAY;

  function sees(who: Officer, { row, worker, keptOut }: Made): boolean {
    if (keptOut === who.personId) return false;
    if (who.roles.some((role) => ['TRI', 'PRT'].includes(role))) return true;
    const isOwn = worker === who.personId && who.roles.includes('INV');
    return isOwn || (who.roles.includes('INT') && INTAKE_STATES.some((state) => state === row.state));
  }

  function fits(filter: QueueFilter, each: Made): boolean {
    const { row } = each;
    const { stage, state, sort } = filter;
    const isEnded = state !== undefined && STATES[state].ended;
    if (isEnded || (sort === 'lodged' && state)) {
      // Of a state that is named, whatever is due.
    } else if (sort === 'lodged' ? row.closedOn !== null : row.nextDueOn === null) return false;
    const checks: [unknown, boolean][] = [
      [state, row.state === state],
      [stage, STATES[row.state as State].stage === stage && !STATES[row.state as State].ended],
      [filter.tier, row.tier === filter.tier],
      [filter.domain, row.useDomain === filter.domain],
      [filter.harm, row.harms?.includes(filter.harm!) ?? false],
      [filter.right, row.rights?.includes(filter.right!) ?? false],
      [filter.reprisal, row.reprisalLevel === filter.reprisal],
      [filter.language, row.language === filter.language],
      [filter.flag, filter.flag !== undefined && QUEUE_FLAGS[filter.flag as QueueFlag].holds(row)],
      [
        filter.assignee,
        filter.assignee === 'nobody' ? each.worker === null : each.worker === filter.assignee,
      ],
      [filter.system, each.systems.includes(filter.system!)],
      [filter.vendor, filter.vendor === 1 && each.systems.includes(RARE)],
      [filter.group, each.groups.includes(filter.group!)],
      [filter.due, filter.due !== undefined && isDue(filter.due, each)],
    ];
    return checks.every(([asked, holds]) => asked === undefined || holds);
  }

  function isDue(due: NonNullable<QueueFilter['due']>, each: Made): boolean {
    const { nextDueOn } = each.row;
    if (due === 'legally-late') return isLate(each) && nextDueOn !== null;
    if (nextDueOn === null) return false;
    if (due === 'today') return nextDueOn === TODAY;
    return due === 'overdue' ? nextDueOn < TODAY : nextDueOn >= TODAY && nextDueOn <= addDays(TODAY, 7);
  }

  function expected(filter: QueueFilter, who: Officer): string[] {
    const byDay = filter.sort === 'lodged' || (filter.state !== undefined && STATES[filter.state].ended);
    const key = (each: Made): string => {
      const { row } = each;
      if (byDay) return `${row.lodgedOn} ${row.id}`;
      if (filter.sort === 'due') return `${row.nextDueOn} ${row.id}`;
      const { ended } = STATES[row.state as State];
      const isLater = ended && row.alertSince === null && row.nextDueOn! > addDays(TODAY, 14);
      return `${isLate(each) ? 0 : isLater ? 2 : 1} ${urgencyOf(row)} ${row.nextDueOn} ${row.id}`;
    };
    const found = made.filter((each) => sees(who, each) && fits(filter, each));
    const sorted = found
      .map((each) => [key(each), each.row.reference] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return (byDay ? sorted.reverse() : sorted).map(([, reference]) => reference);
  }

  async function read(
    filter: QueueFilter,
    who: Officer,
  ): Promise<{ rows: QueueRow[]; pages: number; count: unknown }> {
    const rows: QueueRow[] = [];
    let count: unknown;
    for (let cursor: string | undefined, pages = 1; ; pages++) {
      const page = await house.get(ReadQueue).page({ ...filter, cursor, limit: 100 }, who);
      rows.push(...page.cases);
      count ??= page.count;
      if (page.next === null || rows.length >= 300) return { rows, pages, count };
      cursor = page.next;
    }
  }

  async function expectAsByHand(filter: QueueFilter, who: Officer): Promise<void> {
    const { rows, count } = await read(filter, who);
    const wanted = expected(filter, who);
    expect([filter, rows.map(({ reference }) => reference)]).toEqual([filter, wanted.slice(0, rows.length)]);
    if (rows.length < 300) expect(rows).toHaveLength(wanted.length);
    const { cases, isMore } = count as { cases: number; isMore: boolean };
    expect([filter, cases <= wanted.length, isMore || cases === wanted.length]).toEqual([filter, true, true]);
  }

  const readers = () => [staff.TRI, staff.INT, staff.INV, staff.PRT].map((visitor) => visitor);

  it.each(QUEUE_CHOICES.sort)('in the order “%s”, for every reach', async (sort) => {
    for (const who of readers()) await expectAsByHand({ sort }, who);
  });

  it('by each line of the filter alone', async () => {
    const { sort: _, ...choices } = QUEUE_CHOICES;
    for (const [line, codes] of Object.entries(choices)) {
      const some = [codes[0], codes[1], codes.at(-1)];
      for (const code of some) await expectAsByHand({ [line]: code }, staff.TRI);
    }
    for (const assignee of ['nobody', staff.INV.personId]) await expectAsByHand({ assignee }, staff.TRI);
    for (const who of readers())
      for (const named of [
        { system: RARE },
        { system: FREQUENT },
        { vendor: 1 },
        { vendor: 2 },
        { group: RARE_GROUP },
        { group: FREQUENT_GROUP },
      ])
        for (const sort of QUEUE_CHOICES.sort) await expectAsByHand({ ...named, sort }, who);
  });

  it('by many lines together, whatever the order and the reader', async () => {
    const next = numbers(11);
    const one = <T>(list: readonly T[]): T => list[next(list.length)]!;
    for (let n = 0; n < 60; n++) {
      const filter: Record<string, unknown> = { sort: one(QUEUE_CHOICES.sort) };
      for (const line of ['stage', 'state', 'tier', 'reprisal', 'flag', 'due'] as const)
        if (next(4) === 0) filter[line] = one(QUEUE_CHOICES[line]);
      if (next(3) === 0) filter.language = one(['en', 'ar', 'sw']);
      if (next(6) === 0) filter.harm = one(HARM_CODES);
      if (next(5) === 0) filter.system = one([RARE, FREQUENT]);
      if (next(5) === 0) filter.group = one([RARE_GROUP, FREQUENT_GROUP]);
      if (next(8) === 0) filter.assignee = one(['nobody', staff.INV.personId]);
      await expectAsByHand(filter, one(readers()));
    }
  });

  it('looks at no more than it should for one page, says that it goes on, and ends', async () => {
    const who = staff.TRI;
    const filter: QueueFilter = { reprisal: 'HIGH', language: 'en', sort: 'lodged' };
    expect(expected(filter, who)).toEqual([]);
    const { rows, pages, count } = await read(filter, who);
    expect({ rows, pages, count }).toEqual({ rows: [], pages: 2, count: { cases: 0, isMore: true } });
  });

  it('does not tell by where a page ends, or by what it counts, of a case that the reader is kept out of', async () => {
    const { personId } = staff.PRT;
    const all = made.filter(({ row }) => row.language !== 'en');
    await house.get(Transactions).change((db) =>
      insert(
        db,
        Exclusion,
        all.map(({ row }) => ({
          id: newId(),
          caseId: row.id,
          n: 2,
          personId,
          ground: 'CONCERNED',
          excludedOn: TODAY,
        })),
      ),
    );
    const page = await house.get(ReadQueue).page({ language: 'ar', sort: 'lodged' }, staff.PRT);
    expect(page).toMatchObject({ cases: [], next: null, count: { cases: 0, isMore: false } });
  });

  it('refuses a cursor of another order, or of nothing', async () => {
    const { next } = await house.get(ReadQueue).page({ sort: 'due', limit: 1 }, staff.TRI);
    for (const cursor of [next!, 'bm90aGluZw', 'x'])
      await expect(house.get(ReadQueue).page({ sort: 'now', cursor }, staff.TRI)).rejects.toMatchObject({
        kind: 'invalid',
        needs: [{ field: 'cursor' }],
      });
  });
});
