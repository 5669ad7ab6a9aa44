import { ReadCase } from '../../src/casework/read-case';
import { Refusal } from '../../src/platform/refusal';
import { engines } from '../harness/database';
import { ATTEMPT, threeAttempts } from '../harness/attempts';
import { House } from '../harness/house';
import { hireStaff, Walk, type Staff } from '../harness/walk';

describe.each(engines())('attempts to reach the person, on %s', (engine) => {
  let house: House;
  let staff: Staff;

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
  });
  beforeEach(() => house.time.goTo('2026-11-24T09:00:00.000Z'));
  afterAll(async () => {
    expect((await house.verify()).differences).toEqual([]);
    await house.close();
  });

  const sentencesOf = async (work: Promise<unknown>) => {
    const error: unknown = await work.then(
      () => null,
      (thrown: unknown) => thrown,
    );
    return error instanceof Refusal
      ? error.needs.map(({ name, sentence }) => `${name}: ${sentence}`).join('\n')
      : null;
  };
  async function waiting(): Promise<Walk> {
    const walk = await Walk.lodge(house, staff);
    await walk.toInvestigation();
    await walk.toFindings();
    await walk.toOffer();
    await walk.toVerification();
    return walk;
  }
  const proceed = (walk: Walk) => walk.by('INT', 'proceed-unverified', { reasons: 'She does not answer.' });
  const listed = async (walk: Walk) =>
    (await house.get(ReadCase).forStaff(walk.reference, staff.PRT)).contactAttempts;

  it('are three in one sitting for nobody', async () => {
    const walk = await waiting();
    for (const attemptChannel of ['PHONE', 'POST', 'EMAIL'])
      await walk.by('INT', 'record-contact-attempt', { ...ATTEMPT, attemptChannel, attemptOn: '2026-11-24' });
    expect(await sentencesOf(proceed(walk))).toContain('1 of 3 days');
  });

  it('say what is missing until nothing is, and stand in the case with their days', async () => {
    const walk = await waiting();
    house.time.addDays(2);
    const attempts = threeAttempts('2026-11-26');
    for (const [n, attempt] of attempts.entries()) {
      expect(await sentencesOf(proceed(walk))).toContain(`${n} of 3 days`);
      await walk.by('INT', 'record-contact-attempt', attempt);
    }
    expect(await listed(walk)).toMatchObject([
      { n: 1, triedOn: '2026-11-24', channel: 'PHONE', words: ATTEMPT.contactAttempt, counts: true },
      { n: 2, triedOn: '2026-11-25', channel: 'POST', counts: true },
      { n: 3, triedOn: '2026-11-26', channel: 'PHONE', counts: true },
    ]);
    expect(await proceed(walk)).toMatchObject({ state: 'monitoring' });
  });

  it.each([
    ['ahead', '2026-11-25'],
    ['before the complaint', '2026-11-23'],
  ])('are never %s', async (_what, attemptOn) => {
    const walk = await Walk.lodge(house, staff);
    const recorded = walk.by('INT', 'record-contact-attempt', { ...ATTEMPT, attemptOn });
    expect(await sentencesOf(recorded)).toContain('attemptInTime');
  });

  it('are written down within a week', async () => {
    const walk = await Walk.lodge(house, staff);
    house.time.addDays(8);
    const on = (attemptOn: string) => walk.by('INT', 'record-contact-attempt', { ...ATTEMPT, attemptOn });
    expect(await sentencesOf(on('2026-11-24'))).toContain('attemptInTime');
    await on('2026-11-25');
  });

  it('count no more once the person is heard, or was reached', async () => {
    const walk = await waiting();
    house.time.addDays(2);
    const [first, second, third] = threeAttempts('2026-11-26');
    await walk.by('INT', 'record-contact-attempt', first);
    await walk.by('INT', 'record-contact-attempt', second);
    await walk.by('INT', 'record-contact-attempt', { ...third, attemptResult: 'REACHED' });
    expect((await listed(walk)).map(({ counts }) => counts)).toEqual([false, false, false]);
    await walk.by('INT', 'record-contact-attempt', third);
    expect((await listed(walk)).map(({ counts }) => counts)).toEqual([false, false, false, true]);
    const back = await walk.comeBack();
    await back.by('RH', 'verify-action', { actionNumber: 1, actionResult: 'PARTLY' });
    expect((await listed(back)).some(({ counts }) => counts)).toBe(false);
    expect(await sentencesOf(proceed(back))).toContain('0 of 3 days');
  });
});
