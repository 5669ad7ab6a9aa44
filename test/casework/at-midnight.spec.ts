import { Messages } from '../../src/casework/messages';
import { FindPatterns } from '../../src/casework/patterns/find-patterns';
import { PatternReviews } from '../../src/casework/patterns/pattern-reviews';
import { Registers } from '../../src/casework/registers/registers';
import { Systems } from '../../src/casework/registers/systems';
import { readEntry, type EntryBody } from '../../src/ledger/entry';
import { HOUSE } from '../../src/ledger/house';
import type { Officer } from '../../src/people/visitor';
import { addDays } from '../../src/rules/days';
import { Case } from '../../src/records/entities/case';
import { Entry } from '../../src/records/entities/entry';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { hireStaff, Walk, type Staff } from '../harness/walk';

const FIRST_DAY = '2026-11-24';
/** Days of a row that stand for the moment in which it was written. */
const WRITTEN = /^(written|recorded|verified|linked|unlinked|retired|struck|emptied|found|decided|named)On$/;

describe.each(engines())(
  'a change in which midnight passes between any two looks at the clock, on %s',
  (engine) => {
    let house: House;
    let staff: Staff;
    let adviser: Officer;

    beforeAll(async () => {
      house = await House.open(engine);
      staff = await hireStaff(house);
      adviser = await house.officer('LEG');
    });
    afterEach(() => jest.restoreAllMocks());
    afterAll(() => house.close());

    function atMidnight(): void {
      let looks = 0;
      jest
        .spyOn(house.time, 'now')
        .mockImplementation(() => new Date(`${addDays(FIRST_DAY, looks++)}T00:00:00.000Z`));
    }

    const entriesOf = async (ledgerId: string): Promise<EntryBody[]> =>
      (await house.source.getRepository(Entry).find({ where: { ledgerId }, order: { n: 'ASC' } })).map(
        ({ body }) => readEntry(body)!,
      );

    /** Of every day that an entry tells of a row: the day, and that of the entry itself. */
    const daysIn = (entries: readonly EntryBody[]) =>
      entries.flatMap(({ at, rows }) =>
        rows.flatMap(({ table, set }) =>
          Object.entries(set)
            .filter(([column, value]) => WRITTEN.test(column) && value !== null)
            .map(([column, value]) => [`${table}.${column}`, value, at!.slice(0, 10)] as const),
        ),
      );

    function expectOneDay(entries: readonly EntryBody[], ...columns: string[]): void {
      const days = daysIn(entries);
      expect(new Set(days.map(([column]) => column))).toEqual(new Set(columns));
      for (const [column, ofRow, ofEntry] of days) expect([column, ofRow]).toEqual([column, ofEntry]);
    }

    it('has one day, in a case', async () => {
      const { reference } = await Walk.lodge(house, staff);
      const { ledgerId } = await house.source.getRepository(Case).findOneByOrFail({ reference });
      atMidnight();
      await house.get(Messages).write(staff.INT, 'We look at it.', reference);
      expectOneDay((await entriesOf(ledgerId)).slice(-1), 'messages.writtenOn');
    });

    it('has one day, in a register', async () => {
      const before = (await entriesOf(HOUSE)).length;
      const { reference } = await Walk.lodge(house, staff);
      const [law, systems] = [house.get(Registers).of('case-law'), house.get(Registers).of('systems')];
      const emptying = { emptyingReason: 'It names a person.' };
      const system = await house.get(Systems).add(staff.TRI, {
        systemName: 'Scorer',
        purpose: 'It rates.',
        useDomain: 'DOM-SVC-BEN',
        lifecycleStage: 'LC-OPER',
      });
      atMidnight();
      await law.versions!.verify(adviser, 1, 1, { verifiedSource: 'https://curia.europa.eu' });
      await law.versions!.link(staff.TRI, 1, { reference });
      await law.versions!.unlink(staff.TRI, 1, { reference });
      await law.retire(staff.TRI, 1, 2, true);
      await law.empty(staff.DPO, 1, 3, { part: 'legalPoint', ...emptying });
      const record = { recordKind: 'INCIDENT', happenedOn: '2026-11-02', recordTitle: 'Down' };
      await systems.records!.add(staff.TRI, system, record);
      await systems.records!.strike(staff.TRI, system, 1, { strikeReason: 'It never was.' });
      await systems.retire(staff.TRI, system, 1, true);
      await systems.empty(staff.DPO, system, 2, { part: 'purpose', ...emptying });
      expectOneDay(
        (await entriesOf(HOUSE)).slice(before),
        'register_versions.recordedOn',
        'register_versions.verifiedOn',
        'register_cases.linkedOn',
        'register_cases.unlinkedOn',
        'register_entries.retiredOn',
        'register_emptyings.emptiedOn',
        'system_records.recordedOn',
        'system_records.struckOn',
        'ai_systems.retiredOn',
      );
    });

    it('has one day, in a review of a pattern', async () => {
      const system = await house.get(Systems).add(staff.TRI, {
        systemName: 'Another',
        purpose: 'It rates.',
        useDomain: 'DOM-SVC-BEN',
        lifecycleStage: 'LC-OPER',
      });
      const walk = await Walk.lodge(house, staff);
      await walk.toInvestigation();
      await walk.by('TRI', 'name-system', { systemNumber: system });
      await walk.by('TRI', 'record-proceeding', { proceedingType: 'PP-DPA', proceedingCourse: 'CONTINUE' });
      const before = (await entriesOf(HOUSE)).length;
      atMidnight();
      await house.get(FindPatterns).run();
      const [review] = await house.get(PatternReviews).list(staff.TRI, system);
      await house.get(PatternReviews).decide(staff.TRI, review!.number, 1, {
        patternDecision: 'PD-WATCH',
        decisionReasons: 'Seen.',
      });
      expectOneDay(
        (await entriesOf(HOUSE)).slice(before),
        'pattern_reviews.foundOn',
        'pattern_reviews.decidedOn',
      );
    });
  },
);
