import type { EntityManager } from 'typeorm';
import { ReadQueue } from '../../src/casework/queue/read-queue';
import type { QueueFilter } from '../../src/casework/queue/views';
import { ReadAgeing } from '../../src/insight/ageing';
import { ReadClockUse } from '../../src/insight/clock-use';
import { ReadDwell } from '../../src/insight/dwell';
import { ReadOwnWork } from '../../src/insight/own-work';
import { ReadTeamLoad } from '../../src/insight/team-load';
import { Accounts } from '../../src/people/accounts';
import { Sight } from '../../src/people/sight';
import type { Officer } from '../../src/people/visitor';
import { newId } from '../../src/platform/ids';
import { Assignment } from '../../src/records/entities/assignment';
import { CaseStay } from '../../src/records/entities/case-stay';
import { Case } from '../../src/records/entities/case';
import { Clock } from '../../src/records/entities/clock';
import { Consent } from '../../src/records/entities/consent';
import { Exclusion } from '../../src/records/entities/exclusion';
import { Person } from '../../src/records/entities/person';
import { QueuePlace } from '../../src/records/entities/queue-place';
import { insert, type NewRow } from '../../src/records/insert';
import { Transactions } from '../../src/records/transactions';
import { addDays, daysBetween } from '../../src/rules/days';
import { AGE_BANDS, type AgeBand } from '../../src/rules/figures';
import { placesOn } from '../../src/rules/queue';
import { STAGES, STATE_CODES, STATES, type Stage, type State } from '../../src/rules/states';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { caseRow } from '../records/open-records';

const CASES = 240;
const TODAY = '2026-11-24';
const CLOCKS = [
  { code: 'GDPR-RTS', basis: 'legal' },
  { code: 'WBD-ACK', basis: 'legal' },
  { code: 'TARGET-ACK', basis: 'internal' },
] as const;

interface MadeClock {
  code: string;
  basis: string;
  status: string;
  startedOn: string;
  dueInternal: string;
  dueLegalLatest: string;
}

/** A case as the test made it, and what is not in its row. */
interface Made {
  row: NewRow<Case>;
  clocks: MadeClock[];
  team: { who: number; role: string; answer: string; over: boolean }[];
  keptOut: boolean;
  saidNo: boolean;
  stays: { state: State; since: string; until: string | null }[];
}

/** Numbers that are the same in every run: 0 up to, not with, `below`. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function someCases(): Made[] {
  const next = numbers(75);
  return Array.from({ length: CASES }, () => {
    const state = STATE_CODES[next(STATE_CODES.length)]!;
    const lodgedOn = addDays(TODAY, -next(250));
    const isOpen = !STATES[state].ended;
    const clocks = CLOCKS.filter(() => next(2) === 0).map(({ code, basis }) => {
      const startedOn = addDays(TODAY, -next(40));
      const due = addDays(startedOn, next(60));
      return {
        code,
        basis,
        status: isOpen ? ['RUNNING', 'RUNNING', 'PAUSED', 'STOPPED'][next(4)]! : 'STOPPED',
        startedOn,
        dueInternal: due,
        dueLegalLatest: addDays(due, next(3)),
      };
    });
    const until = addDays(lodgedOn, next(30));
    return {
      row: caseRow({
        state,
        lodgedOn,
        nextDueOn: isOpen ? addDays(TODAY, next(30) - 12) : null,
        closedOn: isOpen ? null : TODAY,
      }),
      clocks,
      team: [0, 1]
        .filter(() => next(3) === 0)
        .flatMap((who) =>
          (next(4) === 0 ? ['TRI', 'PRT'] : ['TRI']).map((role) => ({
            who,
            role,
            answer: next(5) === 0 ? 'ASKED' : 'NONE',
            over: next(6) === 0,
          })),
        ),
      keptOut: next(5) === 0,
      saidNo: next(9) === 0,
      stays: [
        { state: 'received', since: lodgedOn, until },
        { state, since: until, until: next(2) === 0 ? null : addDays(until, next(20)) },
      ],
    };
  });
}

describe.each(engines())('the dashboards, against every case counted by hand, on %s', (engine) => {
  let house: House;
  let made: Made[];
  let people: [Officer, Officer];
  /** Sees every case but those that they are kept out of; and somebody who is kept out of none. */
  let out: Officer;
  let free: Officer;

  beforeAll(async () => {
    house = await House.open(engine);
    out = await house.officer('TRI', 'PRT');
    free = await house.officer('TRI', 'PRT');
    people = [out, free];
    made = someCases();
    await house.get(Transactions).change(async (db) => {
      for (const each of made) await write(each, db);
    });
  });
  afterAll(() => house.close());

  async function write(
    { row, clocks, team, keptOut, saidNo, stays }: Made,
    db: EntityManager,
  ): Promise<void> {
    const caseId = row.id;
    const own = { id: newId(), caseId, n: 1 };
    await insert(db, Case, row);
    const places = placesOn(addDays(TODAY, -20), row, clocks);
    await insert(
      db,
      QueuePlace,
      places.map((place) => ({ ...place, caseId })),
    );
    for (const clock of clocks)
      await insert(db, Clock, { ...clock, caseId, id: newId(), calendar: 'DE', calendarVersion: '1' });
    for (const { who, role, answer, over } of team)
      await insert(db, Assignment, {
        id: newId(),
        caseId,
        personId: people[who]!.personId,
        role,
        conflictDeclared: answer,
        endedOn: over ? TODAY : null,
      });
    if (keptOut)
      await insert(db, Exclusion, {
        ...own,
        personId: out.personId,
        ground: 'EX-NAMED',
        excludedOn: TODAY,
      });
    if (saidNo)
      await insert(db, Consent, {
        ...own,
        code: 'CN-STAT',
        given: false,
        decidedOn: TODAY,
        byRole: 'RH',
        language: 'en',
        version: 1,
      });
    for (const [n, { state, since, until }] of stays.entries())
      if (until !== null)
        await insert(db, CaseStay, {
          caseId,
          n: n + 1,
          state,
          since,
          until,
          days: daysBetween(since, until),
        });
  }

  const parts = () =>
    [house.get(Transactions), house.get(Sight), house.time] as [Transactions, Sight, typeof house.time];
  const ageing = (who: Officer) => new ReadAgeing(...parts()).run(who);
  const clockUse = (who: Officer) => new ReadClockUse(...parts()).run(who);
  const dwell = (who: Officer, typed = {}) => new ReadDwell(...parts()).run(who, typed);
  const ownWork = (who: Officer) => new ReadOwnWork(...parts()).run(who, []);
  const teamLoad = (who: Officer) => {
    const [transactions, sight, time] = parts();
    return new ReadTeamLoad(transactions, house.get(Accounts), sight, time).run(who);
  };
  const queued = async (who: Officer, filter: QueueFilter) =>
    (await house.get(ReadQueue).page({ ...filter, limit: 1 }, who)).count!.cases;

  const seenBy = (who: Officer) => made.filter(({ keptOut }) => who === free || !keptOut);
  const isOpen = ({ row }: Made) => !STATES[row.state as State].ended;
  const isIn = (stage: Stage) => (each: Made) =>
    isOpen(each) && STATES[each.row.state as State].stage === stage;
  const worksOn = (who: Officer) => (each: Made) =>
    each.team.some((place) => people[place.who] === who && place.answer === 'NONE' && !place.over);
  const rank = (values: number[], share: number) =>
    values.length === 0 ? null : values.sort((a, b) => a - b)[Math.ceil((share * values.length) / 10) - 1];
  const both = () => [out, free];

  it('tell how old open cases are', async () => {
    for (const who of both()) {
      const { stages, all } = await ageing(who);
      for (const { stage, n, median, p90, bands } of stages) {
        const ages = seenBy(who)
          .filter(isIn(stage))
          .map(({ row }) => daysBetween(row.lodgedOn, TODAY));
        expect([stage, n, median, p90]).toEqual([stage, ages.length, rank(ages, 5), rank(ages, 9)]);
        for (const [band, count] of Object.entries(bands)) {
          const { from, to } = AGE_BANDS[band as AgeBand];
          expect([stage, band, count]).toEqual([
            stage,
            band,
            ages.filter((age) => age >= from && age <= (to ?? 9999)).length,
          ]);
        }
        expect(await queued(who, { stage })).toBe(n);
      }
      expect(all.n).toBe(seenBy(who).filter(isOpen).length);
    }
  });

  it('tell how much of their time running clocks have used, legal ones apart from our own', async () => {
    for (const who of both()) {
      const { clocks, mostUsed } = await clockUse(who);
      const running = seenBy(who).flatMap(({ row, clocks: of }) =>
        of
          .filter(({ status }) => status === 'RUNNING')
          .map((clock) => {
            const due = clock.basis === 'legal' ? clock.dueLegalLatest : clock.dueInternal;
            const [used, length] = [daysBetween(clock.startedOn, TODAY), daysBetween(clock.startedOn, due)];
            const share = length === 0 ? 1 : used / length;
            const band =
              used > length
                ? 'OVER'
                : share >= 0.9
                  ? 'TO-100'
                  : share >= 0.75
                    ? 'TO-90'
                    : share >= 0.5
                      ? 'TO-75'
                      : 'TO-50';
            return { reference: row.reference, code: clock.code, basis: clock.basis, due, band };
          }),
      );
      expect(clocks.map(({ code }) => code)).toEqual(['GDPR-RTS', 'WBD-ACK', 'TARGET-ACK']);
      for (const { code, basis, running: count, bands } of clocks) {
        const of = running.filter((clock) => clock.code === code && clock.basis === basis);
        expect([code, count]).toEqual([code, of.length]);
        for (const [band, found] of Object.entries(bands))
          expect([code, band, found]).toEqual([code, band, of.filter((each) => each.band === band).length]);
      }
      expect(mostUsed.map(({ percent }) => percent)).toEqual(
        mostUsed.map(({ percent }) => percent).sort((a, b) => b - a),
      );
      const known = new Set(
        running.map(({ reference, code, due, band }) => [reference, code, due, band].join()),
      );
      for (const { reference, code, dueOn, band } of mostUsed)
        expect(known.has([reference, code, dueOn, band].join())).toBe(true);
      expect(mostUsed).toHaveLength(Math.min(100, running.length));
    }
  });

  it('tell how long cases stayed in each state, within the period, without those who said no to statistics', async () => {
    for (const who of both())
      for (const period of [{}, { from: '2026-06-01', to: '2026-09-01' }, { from: '2026-11-24' }]) {
        const { from, to, states } = await dwell(who, period);
        const stays = seenBy(who)
          .filter(({ saidNo }) => !saidNo)
          .flatMap((each) => each.stays)
          .filter(({ until }) => until !== null && until >= from && until <= to);
        const expected = STATE_CODES.flatMap((state) => {
          const days = stays
            .filter((stay) => stay.state === state)
            .map(({ since, until }) => daysBetween(since, until!));
          return days.length > 0
            ? [{ state, n: days.length, median: rank(days, 5), p90: rank(days, 9) }]
            : [];
        });
        expect(states).toEqual(expected);
      }
    expect((await dwell(free)).from).toBe('2025-11-24');
    for (const wrong of [{ from: '2026-02-30' }, { to: 7 }, { from: '2026-11-25' }])
      await expect(dwell(free, wrong)).rejects.toMatchObject({ kind: 'invalid' });
  });

  it('tell somebody their own work as the queue finds it', async () => {
    for (const who of both()) {
      const { all, stages, kinds, tasks } = await ownWork(who);
      const own = seenBy(who).filter(worksOn(who)).filter(isOpen);
      for (const counts of [{ stage: undefined, ...all }, ...stages]) {
        const of = own.filter((each) => counts.stage === undefined || isIn(counts.stage)(each));
        const due = (holds: (day: string) => boolean) => of.filter(({ row }) => holds(row.nextDueOn!)).length;
        const { open, legallyLate, overdue, today, week } = counts;
        expect({ open, overdue, today, week }).toEqual({
          open: of.length,
          overdue: due((day) => day < TODAY),
          today: due((day) => day === TODAY),
          week: due((day) => day >= TODAY && day <= addDays(TODAY, 7)),
        });
        const filter = { assignee: who.personId, ...(counts.stage ? { stage: counts.stage } : {}) };
        expect([open, legallyLate, overdue, today, week]).toEqual([
          await queued(who, filter),
          await queued(who, { ...filter, due: 'legally-late' }),
          await queued(who, { ...filter, due: 'overdue' }),
          await queued(who, { ...filter, due: 'today' }),
          await queued(who, { ...filter, due: 'week' }),
        ]);
      }
      const running = own.flatMap(({ clocks }) => clocks.filter(({ status }) => status === 'RUNNING'));
      expect(kinds).toEqual([
        {
          kind: 'CLOCK',
          open: running.length,
          overdue: running.filter(({ dueInternal }) => dueInternal < TODAY).length,
        },
      ]);
      expect(tasks.map(({ dueOn }) => dueOn)).toEqual(
        running
          .map(({ dueInternal }) => dueInternal)
          .sort()
          .slice(0, 100),
      );
    }
  });

  it('tell who has how much, what nobody has, and who has left', async () => {
    await house.source.getRepository(Person).update({ id: free.personId }, { active: false });
    for (const who of both()) {
      const { people: loads, stages } = await teamLoad(who);
      expect(loads.map(({ personId }) => personId).sort()).toEqual(
        people.map((each) => each.personId).sort(),
      );
      for (const load of loads) {
        const of = people.find(({ personId }) => personId === load.personId)!;
        const cases = seenBy(who).filter(isOpen);
        const own = cases.filter(worksOn(of));
        const placed = (answer: string, role?: string) =>
          cases.filter(({ team }) =>
            team.some(
              (place) =>
                people[place.who] === of &&
                place.answer === answer &&
                !place.over &&
                (role === undefined || place.role === role),
            ),
          ).length;
        expect(load).toEqual({
          personId: of.personId,
          name: expect.stringContaining('TRI-PRT'),
          active: of === out,
          open: own.length,
          legallyLate: await queued(who, { assignee: of.personId, due: 'legally-late' }),
          overdue: own.filter(({ row }) => row.nextDueOn! < TODAY).length,
          asked: placed('ASKED'),
          roles: ['PRT', 'TRI']
            .map((role) => ({ role, open: placed('NONE', role) }))
            .filter(({ open }) => open > 0),
        });
      }
      expect(stages).toEqual(
        await Promise.all(
          STAGES.map(async (stage) => ({
            stage,
            open: await queued(who, { stage }),
            unassigned: await queued(who, { stage, assignee: 'nobody' }),
          })),
        ),
      );
    }
    await house.source.getRepository(Person).update({ id: free.personId }, { active: true });
  });

  it('tell whoever is kept out of cases the same as if there were none', async () => {
    const everything = async (who: Officer) => [
      await ageing(who),
      await clockUse(who),
      await dwell(who),
      await ownWork(who),
      await teamLoad(who),
    ];
    const before = await everything(out);
    expect(await ageing(free)).not.toEqual(before[0]);
    for (const { row, keptOut } of made)
      if (keptOut)
        for (const [entity, key] of [
          [QueuePlace, 'caseId'],
          [Clock, 'caseId'],
          [CaseStay, 'caseId'],
          [Assignment, 'caseId'],
          [Consent, 'caseId'],
          [Exclusion, 'caseId'],
          [Case, 'id'],
        ] as const)
          await house.source.manager.delete(entity, { [key]: row.id });
    expect(await everything(out)).toEqual(before);
    expect(await ageing(free)).toEqual(before[0]);
  });

  it('tell administrators and auditors nothing', async () => {
    for (const who of [await house.officer('ADM'), await house.officer('AUD')])
      for (const read of [ageing, clockUse, dwell, ownWork, teamLoad])
        await expect(read(who)).rejects.toMatchObject({ kind: 'forbidden' });
  });
});
