import { Messages } from '../../src/casework/messages';
import { ReadCase } from '../../src/casework/read-case';
import { ReadMyCase } from '../../src/casework/read-my-case';
import { ReadQueue } from '../../src/casework/queue/read-queue';
import { Refusal } from '../../src/platform/refusal';
import { Transactions } from '../../src/records/transactions';
import { Notice } from '../../src/records/entities/notice';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { hireStaff, Walk, type Staff } from '../harness/walk';

describe.each(engines())('a person says that something is late on %s', (engine) => {
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
  afterAll(() => house.close());

  const mine = () => house.get(ReadMyCase).view(walk.holder, 'en');
  const told = async () =>
    (await mine()).lateReports.map(({ role, status, answerDueOn }) => `${role} ${status} ${answerDueOn}`);
  const escalatedFor = async (who: keyof Staff) =>
    (await house.get(ReadQueue).page({}, staff[who])).escalated.map(({ reference }) => reference);
  const needsOf = async (deed: Promise<unknown>) => {
    const refusal = await deed.then(
      () => null,
      (error: unknown) => error as Refusal,
    );
    return refusal?.needs.map(({ name }) => name) ?? 'TAKEN';
  };

  it('is not offered while nothing is late', async () => {
    expect((await mine()).late).toEqual([]);
    expect(await needsOf(walk.by('RH', 'report-late'))).toEqual(['somethingIsLate']);
  });

  it('puts the case at the top of the queue of the lead, tells her who answers by when, and is taken once for each thing', async () => {
    house.time.goTo('2026-11-30T09:00:00.000Z');
    expect((await mine()).late).toEqual([
      { clock: 'TARGET-ACK', action: null, basis: 'internal', dueOn: '2026-11-26', isReported: false },
    ]);
    await walk.by('RH', 'report-late', { comment: 'My rent is due.' });
    expect(await told()).toEqual(['TRI WAITING 2026-12-02']);
    expect((await mine()).late[0]!.isReported).toBe(true);
    expect(await escalatedFor('TRI')).toContain(walk.reference);
    expect(await escalatedFor('PRT')).not.toContain(walk.reference);
    expect(
      (await house.get(ReadQueue).page({}, staff.TRI)).cases.map(({ reference }) => reference),
    ).toContain(walk.reference);
    expect(await needsOf(walk.by('RH', 'report-late'))).toEqual(['somethingIsLate']);

    const letter = (await mine()).letters.at(-1)!;
    expect(letter.letter).toBe('late-reported');
    expect(letter.paragraphs.join('\n')).toContain('Who was told:\ntriage lead');
    expect(letter.paragraphs.join('\n')).toContain('December 2, 2026');
  });

  it('queues a notice to the rung that says nothing of the case, which she does not get', async () => {
    house.time.goTo('2026-11-30T09:00:00.000Z');
    await walk.by('RH', 'report-late', { comment: 'My rent is due.' });
    const notices = await house
      .get(Transactions)
      .read((db) => db.findBy(Notice, { caseId: walk.holder.caseId, letter: 'late-alert' }));
    expect(notices).toMatchObject([{ forRole: 'TRI', status: 'QUEUED', paramsSealed: null }]);
    expect((await mine()).letters.map(({ letter }) => letter)).not.toContain('late-alert');
    const view = await house.get(ReadCase).forStaff(walk.reference, staff.TRI);
    const alert = view.letters.find(({ letter }) => letter === 'late-alert')!;
    expect(alert.paragraphs.join()).toContain('http://localhost:3000/desk');
  });

  it('is answered by the rung that was told, and not by whoever is late', async () => {
    house.time.goTo('2026-11-30T09:00:00.000Z');
    await walk.by('RH', 'report-late');
    expect(await needsOf(walk.by('INT', 'answer-late', { reply: 'Tomorrow.' }))).toEqual([]);
    await walk.by('TRI', 'answer-late', { reply: 'Tomorrow, before noon.' });
    expect(await told()).toEqual(['TRI ANSWERED 2026-12-02']);
    expect(await escalatedFor('TRI')).not.toContain(walk.reference);
    const letter = (await mine()).letters.at(-1)!;
    expect(letter.paragraphs.join('\n')).toContain('Tomorrow, before noon.');
    expect(await needsOf(walk.by('TRI', 'answer-late', { reply: 'Again.' }))).toEqual(['lateReported']);
    expect((await house.verify()).differences).toEqual([]);
  });

  it('goes a rung up once the answer is late too, and stays with the protection officer', async () => {
    await walk.assign('DEC', 'DEC');
    house.time.goTo('2026-11-30T09:00:00.000Z');
    await walk.by('RH', 'report-late');
    for (const [day, rung] of [
      ['2026-12-04', 'DEC'],
      ['2026-12-10', 'PRT'],
      ['2026-12-16', 'PRT'],
    ] as const) {
      house.time.goTo(`${day}T09:00:00.000Z`);
      await walk.by('RH', 'report-late');
      expect((await mine()).lateReports.filter(({ status }) => status === 'WAITING')).toMatchObject([
        { role: rung, reportedOn: day },
      ]);
    }
    expect((await mine()).lateReports.map(({ status }) => status)).toEqual([
      'PASSED_UP',
      'PASSED_UP',
      'PASSED_UP',
      'WAITING',
    ]);
    expect(await needsOf(walk.by('TRI', 'answer-late', { reply: 'Now I.' }))).toEqual(['lateReported']);
    await walk.by('PRT', 'answer-late', { reply: 'I took it over.' });
    expect((await house.verify()).differences).toEqual([]);
  });

  it('tells the same rung of more while it still has time', async () => {
    house.time.goTo('2026-11-30T09:00:00.000Z');
    await walk.by('RH', 'report-late');
    const facts = { jurisdiction: 'EU', reporterIsWorker: false, concernsListedLaw: false };
    await walk.by('INT', 'acknowledge', {
      ...facts,
      noConflict: true,
      safeChannelChosen: true,
      isDataRightsRequest: false,
    });
    await walk.by('INT', 'assess-legal-facts', {
      ...facts,
      isDataRightsRequest: true,
      requestReceivedOn: '2026-10-20',
    });
    expect((await mine()).late).toMatchObject([
      { clock: 'GDPR-RTS', basis: 'legal', dueOn: '2026-11-20', isReported: false },
    ]);
    await walk.by('RH', 'report-late');
    expect(await told()).toEqual(['TRI REPLACED 2026-12-02', 'TRI WAITING 2026-12-02']);
    expect((await house.verify()).differences).toEqual([]);
  });

  it('is over when the case ends, and an action that was promised can be late as well', async () => {
    await walk.toInvestigation();
    await walk.toFindings();
    await walk.toOffer();
    await walk.by('RH', 'accept-offer', { understood: true });
    await walk.by('REM', 'start-action', { actionNumber: 1 });
    house.time.goTo('2026-12-11T09:00:00.000Z');
    expect((await mine()).late).toMatchObject([{ clock: null, action: 1, dueOn: '2026-12-10' }]);
    await walk.by('RH', 'report-late');
    await walk.by('RH', 'withdraw');
    expect((await mine()).lateReports).toMatchObject([{ status: 'OVER' }]);
    expect(await escalatedFor('TRI')).not.toContain(walk.reference);
    await house.get(Messages).write(walk.holder, 'Goodbye.');
    expect((await house.verify()).differences).toEqual([]);
  });
});
