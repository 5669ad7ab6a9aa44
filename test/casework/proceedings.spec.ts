import { ReadCase } from '../../src/casework/read-case';
import { ReadMyCase } from '../../src/casework/read-my-case';
import { PARALLEL_PROCEEDING_CODES } from '../../src/rules/parallel-proceedings';
import { STEPS } from '../../src/rules/steps';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { hireStaff, Walk, type Staff } from '../harness/walk';

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
      proceedingCourse: 'CONTINUE_PARTLY',
    });
    await other.by('DEC', 'end-proceeding', { proceedingNumber: 1, proceedingResult: 'A warning.' });
    expect(await proceedings(other)).toEqual([
      {
        n: 1,
        type: 'PP-DPA',
        course: 'CONTINUE_PARTLY',
        body: 'CNIL',
        reference: '26/1',
        begunOn: '2026-11-02',
        byRole: 'TRI',
        recordedOn: house.time.today(),
        endedOn: house.time.today(),
        result: 'A warning.',
      },
    ]);
    await expect(
      other.by('TRI', 'end-proceeding', { proceedingNumber: 1, proceedingResult: 'Again.' }),
    ).rejects.toMatchObject(unmet('proceedingRuns'));
    await expect(note(other, { proceedingBegunOn: '2027-01-01' })).rejects.toMatchObject(
      unmet('proceedingNotAhead'),
    );
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

  it('never is a reason to decline, and no step of it changes a state or a clock', () => {
    const rows = STEPS.filter(({ step }) => step.includes('proceeding'));
    expect(rows.map(({ step, to, clocks }) => [step, to, clocks])).toEqual([
      ['record-proceeding', 'same', {}],
      ['set-proceeding-course', 'same', {}],
      ['end-proceeding', 'same', {}],
    ]);
  });
});
