import { ReadCase } from '../../src/casework/read-case';
import { ReadQueue } from '../../src/casework/queue/read-queue';
import { SendCheckIns } from '../../src/casework/safety/send-check-ins';
import { Refusal } from '../../src/platform/refusal';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { hireStaff, Walk, type Staff } from '../harness/walk';

describe.each(engines())('Check-ins whether she is safe on %s', (engine) => {
  let house: House;
  let staff: Staff;
  let walk: Walk;

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
  });

  beforeEach(async () => {
    house.time.goTo('2026-11-24T09:00:00.000Z');
    walk = await Walk.lodge(house, staff);
  });

  afterEach(async () => {
    await (await walk.comeBack()).by('RH', 'stop-check-ins').catch(() => undefined);
  });

  afterAll(async () => {
    expect((await house.verify()).differences).toEqual([]);
    await house.close();
  });

  const view = () => house.get(ReadCase).forStaff(walk.reference, staff.PRT);
  const later = async (days: number) => {
    house.time.addDays(days);
    const asked = await house.get(SendCheckIns).run();
    walk = await walk.comeBack();
    return asked;
  };
  const standing = async () => (await view()).checkIns.map(({ status, dueOn }) => `${status} ${dueOn}`);
  const isFirst = async () =>
    (await house.get(ReadQueue).alerts(staff.PRT)).some(({ reference }) => reference === walk.reference);
  const needsOf = async (work: Promise<unknown>) => {
    const error: unknown = await work.then(
      () => null,
      (thrown: unknown) => thrown,
    );
    return error instanceof Refusal ? error.needs.map(({ name }) => name) : [];
  };

  it('asks on the day and not before, once, in words that tell nothing', async () => {
    await walk.by('RH', 'plan-check-ins', { checkInEvery: '14' });
    expect(await later(13)).toBe(0);
    expect(await later(1)).toBe(1);
    expect(await house.get(SendCheckIns).run()).toBe(0);
    const letter = (await view()).letters.at(-1)!;
    expect(letter.letter).toBe('check-in');
    expect(`${letter.subject} ${letter.paragraphs.join(' ')}`).not.toMatch(/safe|danger|revenge|complain/i);
    await walk.by('RH', 'answer-check-in', { safeNow: 'OK' });
    expect(await standing()).toEqual(['ANSWERED 2026-12-08', 'PLANNED 2026-12-22']);
    expect(await isFirst()).toBe(false);
  });

  it('asks once more after a week of silence, then brings it to a protection officer, and goes on as she wanted', async () => {
    await walk.by('RH', 'plan-check-ins', { checkInEvery: '30' });
    expect([await later(30), await later(7)]).toEqual([1, 1]);
    expect(await isFirst()).toBe(false);
    expect(await later(7)).toBe(1);
    expect(await isFirst()).toBe(true);
    expect(await standing()).toEqual([
      'MISSED 2026-12-24',
      'MISSED 2026-12-31',
      'ASKED 2027-01-07',
      'PLANNED 2027-02-06',
    ]);
    expect((await view()).clocks.find(({ code }) => code === 'TARGET-SAFETY-CHECK')!.status).toBe('RUNNING');
    await walk.by('RH', 'answer-check-in', { safeNow: 'OK' });
    expect(await isFirst()).toBe(false);
  });

  it.each([
    ['NOT_OK', 'TARGET-RETALIATION', 'HIGH'],
    ['TALK', 'TARGET-SAFETY-CHECK', null],
  ])('%s starts %s', async (safeNow, code, level) => {
    await walk.by('RH', 'plan-check-ins', { checkInEvery: '7' });
    await later(7);
    await walk.by('RH', 'answer-check-in', { safeNow, comment: 'He waits outside.' });
    const { clocks, assessment } = await view();
    expect(clocks.find((each) => each.code === code)!.status).toBe('RUNNING');
    expect([await isFirst(), assessment.reprisalLevel]).toEqual([true, level]);
    await walk.by('PRT', 'respond-to-retaliation', {
      reprisalLevel: 'HIGH',
      isDefender: false,
      protectionSteps: 'Called.',
      reply: 'We call you today.',
    });
    expect(await isFirst()).toBe(false);
  });

  it('does not end a report because she says later that she is safe', async () => {
    await walk.by('RH', 'plan-check-ins', { checkInEvery: '7' });
    await walk.by('RH', 'report-retaliation', { threat: 'My shifts were cut.' });
    await later(7);
    await walk.by('RH', 'answer-check-in', { safeNow: 'OK' });
    expect(await isFirst()).toBe(true);
  });

  it('is planned anew and stopped by her, also when the case has ended', async () => {
    await walk.by('RH', 'withdraw');
    await walk.by('RH', 'plan-check-ins', { checkInEvery: '7' });
    await walk.by('RH', 'plan-check-ins', { checkInEvery: '90' });
    expect(await later(7)).toBe(0);
    await walk.by('RH', 'stop-check-ins');
    expect(await standing()).toEqual(['STOPPED 2026-12-01', 'STOPPED 2027-02-22']);
    expect(await later(90)).toBe(0);
    expect(await needsOf(walk.by('RH', 'stop-check-ins'))).toEqual(['checkInsPlanned']);
    expect(await needsOf(walk.by('RH', 'answer-check-in', { safeNow: 'OK' }))).toEqual(['checkInAsked']);
  });

  it('is looked at three and six months after the end, too', async () => {
    await walk.by('RH', 'withdraw');
    await walk.by('TRI', 'close-withdrawn', { othersAtRisk: false, reasons: 'Nobody else is concerned.' });
    const running = async () =>
      (await view()).clocks
        .filter(({ code, status }) => code.startsWith('TARGET-SAFETY') && status === 'RUNNING')
        .map(({ code, dueInternal }) => `${code} ${dueInternal}`);
    expect(await running()).toEqual(['TARGET-SAFETY-3 2027-02-24', 'TARGET-SAFETY-6 2027-05-24']);
    const review = { reprisalLevel: 'LOW', isDefender: false, note: 'All is quiet.' };
    await walk.by('PRT', 'review-safety', review);
    expect(await running()).toEqual(['TARGET-SAFETY-6 2027-05-24']);
    await walk.by('PRT', 'review-safety', review);
    expect(await needsOf(walk.by('PRT', 'review-safety', review))).toEqual(['safetyReviewRunning']);
  });
});
