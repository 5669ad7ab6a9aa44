import { ReadCase } from '../../src/casework/read-case';
import { ReadMyCase } from '../../src/casework/read-my-case';
import {
  readProceedingFilter,
  ReadProceedings,
  type ProceedingFilter,
} from '../../src/casework/registers/read-proceedings';
import { PARALLEL_PROCEEDING_CODES } from '../../src/rules/parallel-proceedings';
import { STEPS } from '../../src/rules/steps';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { hireStaff, Walk, type Staff } from '../harness/walk';

const ENDED = { proceedingNumber: 1, proceedingOutcome: 'PE-PARTLY', proceedingResult: 'A warning.' };

describe.each(engines())('a parallel proceeding on %s', (engine) => {
  let house: House;
  let staff: Staff;

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
  });
  afterAll(async () => {
    expect((await house.verify()).differences).toEqual([]);
    await house.close();
  });

  const note = (walk: Walk, more: object = {}) =>
    walk.by('TRI', 'record-proceeding', {
      proceedingType: 'PP-DPA',
      proceedingCourse: 'CONTINUE',
      ...more,
    });
  const proceedings = async (walk: Walk) =>
    (await house.get(ReadCase).forStaff(walk.reference, staff.TRI)).proceedings;
  const unmet = (...names: string[]) => ({ needs: names.map((name) => expect.objectContaining({ name })) });

  it('of each kind is noted, with what is known of it, and ended with what came of it', async () => {
    const walk = await Walk.lodge(house, staff);
    for (const proceedingType of PARALLEL_PROCEEDING_CODES) await note(walk, { proceedingType });
    expect((await proceedings(walk)).map(({ type }) => type)).toEqual(PARALLEL_PROCEEDING_CODES);
    const other = await Walk.lodge(house, staff);
    await note(other, {
      proceedingBody: 'CNIL',
      proceedingReference: '26/1',
      proceedingBegunOn: '2026-11-02',
      proceedingCountry: 'FR',
      proceedingFiledBy: 'PF-ALLY',
      stayRequested: false,
      proceedingToldOn: '2026-11-03',
      proceedingCourse: 'CONTINUE_PARTLY',
    });
    await other.by('DEC', 'record-proceeding-order', {
      proceedingNumber: 1,
      proceedingOrders: ['PB-KEEP', 'PB-USE'],
      proceedingOrderOn: '2026-11-20',
      proceedingOrderText: 'Nobody is scored until we have looked.',
    });
    // What came before stays, whatever is ordered later, and whatever day is said of it.
    await other.by('TRI', 'record-proceeding-order', {
      proceedingNumber: 1,
      proceedingOrders: ['PB-OTHER'],
      proceedingOrderOn: '2026-11-03',
      proceedingOrderText: 'Answer within a month.',
    });
    await other.by('DEC', 'end-proceeding', { ...ENDED, proceedingToldOn: '2026-11-24' });
    expect(await proceedings(other)).toEqual([
      {
        n: 1,
        type: 'PP-DPA',
        course: 'CONTINUE_PARTLY',
        body: 'CNIL',
        reference: '26/1',
        begunOn: '2026-11-02',
        country: 'FR',
        filedBy: 'PF-ALLY',
        stayRequested: false,
        orders: ['PB-KEEP', 'PB-USE', 'PB-OTHER'],
        orderedOn: '2026-11-20',
        order: 'Nobody is scored until we have looked.\n\nAnswer within a month.',
        toldOn: '2026-11-24',
        byRole: 'TRI',
        recordedOn: house.time.today(),
        endedOn: house.time.today(),
        outcome: 'PE-PARTLY',
        result: 'A warning.',
      },
    ]);
    await expect(other.by('TRI', 'end-proceeding', ENDED)).rejects.toMatchObject(unmet('proceedingRuns'));
    for (const name of ['proceedingBegunOn', 'proceedingToldOn'])
      await expect(note(other, { [name]: '2026-11-25' })).rejects.toMatchObject(unmet('proceedingNotAhead'));
    const ordered = { proceedingOrders: ['PB-OTHER'], proceedingOrderOn: '2026-11-25' };
    await expect(
      walk.by('TRI', 'record-proceeding-order', { ...ordered, proceedingNumber: 1 }),
    ).rejects.toMatchObject(unmet('proceedingNotAhead'));
    await expect(
      other.by('TRI', 'record-proceeding-order', {
        ...ordered,
        proceedingNumber: 1,
        proceedingOrderOn: '2026-11-24',
      }),
    ).rejects.toMatchObject(unmet('proceedingRuns'));
  });

  it('closes no case and pauses none: a pause needs the wish of the person or a law', async () => {
    const walk = await Walk.lodge(house, staff);
    for (const proceedingCourse of ['SUSPEND_AT_COMPLAINANT_REQUEST', 'SUSPEND_BY_LAW'])
      await expect(note(walk, { proceedingCourse })).rejects.toMatchObject(unmet('pausedAsCourseSays'));
    await note(walk);
    const before = await house.get(ReadMyCase).view(walk.holder);
    expect([before.state, before.suspendedUntil]).toEqual(['received', null]);
    await walk.by('RH', 'pause', { pauseFor: 'TWO_WEEKS' });
    const course = (proceedingCourse: string) =>
      walk.by('DEC', 'set-proceeding-course', {
        proceedingNumber: 1,
        proceedingCourse,
        reasons: 'As she asked.',
      });
    await expect(course('SUSPEND_BY_LAW')).rejects.toMatchObject(unmet('pausedAsCourseSays'));
    await course('SUSPEND_AT_COMPLAINANT_REQUEST');
    expect((await proceedings(walk))[0]!.course).toBe('SUSPEND_AT_COMPLAINANT_REQUEST');
    // Once the case goes on, nothing says any more that it waits.
    await walk.by('RH', 'resume');
    expect((await proceedings(walk))[0]!.course).toBe('CONTINUE');
  });

  it('keeps a case from erasure once records have to be kept or handed over, by one hold however often it is ordered', async () => {
    const walk = await Walk.lodge(house, staff);
    await note(walk);
    const order = (proceedingOrders: string[]) =>
      walk.by('TRI', 'record-proceeding-order', {
        proceedingNumber: 1,
        proceedingOrders,
        proceedingOrderOn: '2026-11-24',
      });
    const holds = async () =>
      (await house.get(ReadCase).forStaff(walk.reference, staff.TRI)).holds
        .map(({ ground }) => ground)
        .filter((ground) => ground !== 'SYSTEM_NAMED');
    await order(['PB-USE']);
    expect(await holds()).toEqual([]);
    await order(['PB-HAND']);
    await order(['PB-KEEP']);
    expect(await holds()).toEqual(['AUTHORITY_ORDER']);
  });

  it('stands in a register across the cases that somebody may see, found by its codes and days', async () => {
    const first = await Walk.lodge(house, staff);
    const second = await Walk.lodge(house, staff);
    const at = { proceedingCountry: 'KE', proceedingFiledBy: 'PF-SELF' };
    await note(first, { ...at, proceedingType: 'PP-NHRI', proceedingToldOn: '2026-11-24' });
    await note(first, { ...at, proceedingType: 'PP-COURT-CIV' });
    await note(second, { ...at, proceedingType: 'PP-NCP', stayRequested: true });
    await second.by('TRI', 'record-proceeding-order', {
      proceedingNumber: 1,
      proceedingOrders: ['PB-STAND', 'PB-HAND'],
      proceedingOrderOn: '2026-11-01',
    });
    await first.by('TRI', 'end-proceeding', { ...ENDED, proceedingNumber: 2 });
    const found = async (filter: ProceedingFilter, who = staff.TRI) => {
      const { count, proceedings: rows } = await house
        .get(ReadProceedings)
        .list(who, { country: 'KE', ...filter });
      expect(count).toBe(rows.length);
      return rows.map(({ reference, type }) => [reference === first.reference ? 1 : 2, type]).sort();
    };
    const [human, court, ncp] = [
      [1, 'PP-NHRI'],
      [1, 'PP-COURT-CIV'],
      [2, 'PP-NCP'],
    ];
    expect(await found({})).toEqual([court, human, ncp]);
    expect(await found({ type: 'PP-NCP' })).toEqual([ncp]);
    expect(await found({ country: 'FR', type: 'PP-NCP' })).toEqual([]);
    expect(await found({ status: 'running' })).toEqual([human, ncp]);
    expect(await found({ status: 'ended' })).toEqual([court]);
    expect(await found({ order: 'any' })).toEqual([ncp]);
    expect(await found({ order: 'PB-HAND' })).toEqual([ncp]);
    expect(await found({ order: 'PB-KEEP' })).toEqual([]);
    expect(await found({ told: 'yes' })).toEqual([human]);
    expect(await found({ told: 'no' })).toEqual([court, ncp]);
    // Whoever is kept out of a case learns of none of its proceedings, and whoever works on no case of any.
    const out = await house.officer('TRI');
    await first.by('TRI', 'exclude', { person: out.personId, exclusionGround: 'EX-NAMED' });
    expect(await found({}, out)).toEqual([ncp]);
    expect(await found({}, await house.officer('INV'))).toEqual([]);
    const [row] = (await house.get(ReadProceedings).list(staff.TRI, { type: 'PP-NCP', country: 'KE' }))
      .proceedings;
    expect(row).toEqual({
      reference: second.reference,
      n: 1,
      type: 'PP-NCP',
      country: 'KE',
      filedBy: 'PF-SELF',
      begunOn: null,
      recordedOn: '2026-11-24',
      course: 'CONTINUE',
      stayRequested: true,
      orders: ['PB-STAND', 'PB-HAND'],
      orderedOn: '2026-11-01',
      toldOn: null,
      endedOn: null,
      outcome: null,
    });
  });

  it('is filtered by nothing that the register does not know', () => {
    const { filter, faults } = readProceedingFilter({
      type: 'PP-NCP',
      told: 'maybe',
      body: 'CNIL',
      status: '',
    });
    expect([filter, faults.map(({ field }) => field)]).toEqual([{ type: 'PP-NCP' }, ['told', 'body']]);
  });

  it('never is a reason to decline, and no step of it changes a state or a clock', () => {
    const rows = STEPS.filter(({ step }) => step.includes('proceeding'));
    expect(rows.map(({ step, to, clocks }) => [step, to, clocks])).toEqual([
      ['record-proceeding', 'same', {}],
      ['record-proceeding-order', 'same', {}],
      ['set-proceeding-course', 'same', {}],
      ['end-proceeding', 'same', {}],
    ]);
  });
});
