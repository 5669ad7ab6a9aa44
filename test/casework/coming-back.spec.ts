import { ReadCase } from '../../src/casework/read-case';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { hireStaff, Walk, type Staff } from '../harness/walk';

describe.each(engines())('a case after its end on %s', (engine) => {
  let house: House;
  let staff: Staff;

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
  });
  afterAll(() => house.close());

  const assessmentOf = async (walk: Walk) =>
    (await house.get(ReadCase).forStaff(walk.reference, staff.TRI)).assessment;

  it('raises the risk of reprisal when somebody was pressed to withdraw', async () => {
    const walk = await Walk.lodge(house, staff);
    await walk.by('INT', 'assess-reprisal', { reprisalLevel: 'LOW', isDefender: false });
    await walk.by('RH', 'withdraw', { withdrawalPressure: true });
    expect((await assessmentOf(walk)).reprisalLevel).toBe('HIGH');
  });

  it('leaves the risk as it is when the person withdraws freely', async () => {
    const walk = await Walk.lodge(house, staff);
    await walk.by('INT', 'assess-reprisal', { reprisalLevel: 'LOW', isDefender: false });
    await walk.by('RH', 'withdraw', { withdrawalPressure: false });
    expect((await assessmentOf(walk)).reprisalLevel).toBe('LOW');
  });

  it('forgets what was agreed and verified when the case is opened again', async () => {
    const walk = await Walk.lodge(house, staff);
    await walk.toInvestigation();
    await walk.toFindings();
    await walk.toOffer();
    await walk.toMonitoring();
    await walk.close();
    expect(await assessmentOf(walk)).toMatchObject({ verification: 'FULL', closureCode: 'CR-REM-V' });
    await walk.by('RH', 'reopen', { reopenGround: 'RECURRENCE', reasons: 'It was stopped again.' });
    expect(await assessmentOf(walk)).toMatchObject({
      agreement: null,
      verification: null,
      closureCode: null,
    });
    expect((await house.verify()).differences).toEqual([]);
  });

  it('keeps a protective measure in force until it is lifted on its own, after the end as well', async () => {
    const walk = await Walk.lodge(house, staff);
    await walk.by('TRI', 'order-interim-measure', {
      measure: 'PM-01',
      measureReason: 'Her shifts were cut.',
      owner: staff.REM.personId,
      dueOn: '2026-12-01',
    });
    await walk.by('RH', 'withdraw', { withdrawalPressure: true });
    const measures = async () =>
      (await house.get(ReadCase).forStaff(walk.reference, staff.TRI)).measures.map(({ status }) => status);
    expect(await measures()).toEqual(['IM_ORDERED']);
    await walk.by('TRI', 'activate-interim-measure', { measureNumber: 1 });
    await walk.by('PRT', 'lift-interim-measure', { measureNumber: 1, reasons: 'She moved on.' });
    expect(await measures()).toEqual(['IM_LIFTED']);
  });
});
