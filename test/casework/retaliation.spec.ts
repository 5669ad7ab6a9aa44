import { ReadCase } from '../../src/casework/read-case';
import { ReadQueue } from '../../src/casework/queue/read-queue';
import { Refusal } from '../../src/platform/refusal';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { hireStaff, Walk, type Staff } from '../harness/walk';

const RESPONSE = {
  reprisalLevel: 'HIGH',
  isDefender: false,
  protectionSteps: 'Spoke with the site; the shifts are back.',
  reply: 'Your shifts are back. We look again next week.',
};

describe.each(engines())('A report of retaliation on %s', (engine) => {
  let house: House;
  let staff: Staff;
  let walk: Walk;

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
  });

  beforeEach(async () => {
    walk = await Walk.lodge(house, staff);
  });

  afterAll(async () => {
    expect((await house.verify()).differences).toEqual([]);
    await house.close();
  });

  const report = () => walk.by('RH', 'report-retaliation', { threat: 'My shifts were cut.' });
  const view = () => house.get(ReadCase).forStaff(walk.reference, staff.PRT);
  const clock = async () => (await view()).clocks.filter(({ code }) => code === 'TARGET-RETALIATION');
  const alerts = async (who: keyof Staff = 'PRT') =>
    (await house.get(ReadQueue).alerts(staff[who])).map(({ reference }) => reference);
  const needsOf = async (work: Promise<unknown>) => {
    const error: unknown = await work.then(
      () => null,
      (thrown: unknown) => thrown,
    );
    return error instanceof Refusal ? error.needs.map(({ field, name }) => field ?? name) : [];
  };

  it('comes first for protection officers alone, with 48 hours from the beginning of her day that are a target of ours', async () => {
    await report();
    expect(await alerts()).toContain(walk.reference);
    expect(await alerts('TRI')).toEqual([]);
    expect(await clock()).toMatchObject([
      { basis: 'internal', dueInternal: '2026-11-26', dueAt: '2026-11-26T00:00:00.000Z', status: 'RUNNING' },
    ]);
    expect((await view()).letters.at(-1)!.letter).toBe('retaliation-received');
  });

  it.each(['withdrawn', 'closed'])('is taken when the case is %s, and waits there too', async (state) => {
    await walk.by('RH', 'withdraw');
    if (state === 'closed')
      await walk.by('TRI', 'close-withdrawn', { othersAtRisk: false, reasons: 'Nobody else is concerned.' });
    expect((await report()).state).toBe(state);
    expect(await alerts()).toContain(walk.reference);
    expect((await house.get(ReadQueue).page({ state: state as 'closed' }, staff.PRT)).cases[0]).toMatchObject(
      {
        alertSince: '2026-11-24',
      },
    );
  });

  it('waits on when the case moves or ends meanwhile, and a second report does not put it off', async () => {
    await report();
    house.time.addDays(1);
    walk = await walk.comeBack();
    await report();
    await walk.by('RH', 'withdraw');
    expect(await clock()).toMatchObject([{ startedOn: '2026-11-24', status: 'RUNNING' }]);
    expect((await view()).alertSince).toBe('2026-11-24');
    house.time.goTo('2026-11-24T09:00:00.000Z');
  });

  it('ends when a protection officer has judged the danger anew, acted and told her', async () => {
    await report();
    expect(await needsOf(walk.by('PRT', 'respond-to-retaliation', {}))).toEqual(Object.keys(RESPONSE));
    expect(
      await needsOf(walk.by('PRT', 'respond-to-retaliation', { ...RESPONSE, reprisalLevel: 'LOW' })),
    ).toEqual(['reprisalNotLowered']);
    await walk.by('PRT', 'respond-to-retaliation', RESPONSE);
    const { alertSince, letters, assessment } = await view();
    expect([alertSince, assessment.reprisalLevel]).toEqual([null, 'HIGH']);
    expect(letters.at(-1)!.paragraphs.join()).toContain('Your shifts are back.');
    expect(letters.at(-1)!.paragraphs.join()).not.toContain('Spoke with the site');
    expect(await alerts()).not.toContain(walk.reference);
    expect(await needsOf(walk.by('PRT', 'respond-to-retaliation', RESPONSE))).toEqual(['safetyAlertOpen']);
    await report();
    expect(await alerts()).toContain(walk.reference);
  });

  it('comes of pressure to withdraw, too', async () => {
    await walk.by('RH', 'withdraw', { withdrawalPressure: true });
    expect(await alerts()).toContain(walk.reference);
  });
});
