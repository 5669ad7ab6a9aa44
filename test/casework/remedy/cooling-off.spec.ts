import { ReadCase } from '../../../src/casework/read-case';
import { ReadMyCase } from '../../../src/casework/read-my-case';
import { Refusal } from '../../../src/platform/refusal';
import { COOLING_OFF_DAYS } from '../../../src/rules/clocks';
import { CANNOT_BE_UNDONE_FOR_PERSON, REMEDY_ACTION_CODES } from '../../../src/rules/remedies';
import { engines } from '../../harness/database';
import { House } from '../../harness/house';
import { hireStaff, Walk, type Staff } from '../../harness/walk';

const needsOf = async (work: Promise<unknown>) => {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return error instanceof Refusal ? error.needs.map(({ name }) => name) : [];
};

describe.each(engines())('The time to take an acceptance back on %s', (engine) => {
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
    await walk.toInvestigation();
    await walk.toFindings();
  });

  afterAll(async () => {
    expect((await house.verify()).differences).toEqual([]);
    await house.close();
  });

  const view = () => house.get(ReadCase).forStaff(walk.reference, staff.DEC);
  const openToHer = async () => (await house.get(ReadMyCase).steps(walk.holder)).map(({ step }) => step);

  it('opens the offer again in one step; what was delivered stays delivered', async () => {
    await walk.toOffer();
    await walk.by('RH', 'accept-offer', { understood: true, actionAnswers: { 2: 'REFUSED' } });
    await walk.by('REM', 'complete-action', { actionNumber: 1, evidenceText: 'Decision of today.' });
    house.time.addDays(COOLING_OFF_DAYS);
    walk = await walk.comeBack();
    expect((await walk.by('RH', 'take-back-acceptance')).state).toBe('remedy-proposed');
    const { offers, actions, clocks, assessment, letters } = await view();
    expect(offers.at(-1)).toMatchObject({ status: 'OPEN', answeredOn: null, replyDueOn: '2027-01-07' });
    expect(actions.map(({ status, agreed }) => [status, agreed])).toEqual([
      ['DONE', true],
      ['PROPOSED', null],
    ]);
    expect(assessment.agreement).toBeNull();
    expect(clocks.filter(({ status }) => status === 'RUNNING').map(({ code }) => code)).toContain(
      'TARGET-OFFER-REPLY',
    );
    expect(letters.at(-1)!.letter).toBe('acceptance-taken-back');
    await walk.by('RH', 'accept-offer', { understood: true });
    expect(await openToHer()).toContain('take-back-acceptance');
  });

  it('is over the day after the last', async () => {
    await walk.toOffer();
    await walk.by('RH', 'accept-offer', { understood: true });
    house.time.addDays(COOLING_OFF_DAYS + 1);
    walk = await walk.comeBack();
    expect(await needsOf(walk.by('RH', 'take-back-acceptance'))).toEqual(['coolingOffRuns']);
  });

  it('runs on while she is asked to check', async () => {
    await walk.toOffer();
    await walk.by('RH', 'accept-offer', { understood: true });
    await walk.by('REM', 'complete-action', { actionNumber: 1, evidenceText: 'Decision of today.' });
    await walk.by('REM', 'request-verification');
    expect((await walk.by('RH', 'take-back-acceptance')).state).toBe('remedy-proposed');
  });

  it('holds back only what cannot be undone for her, until it is over or she asks to begin', async () => {
    for (const action of ['RA-06', 'RA-01'])
      await walk.by('DEC', 'plan-action', {
        action,
        actionDescription: 'As agreed.',
        owner: staff.REM.personId,
        dueOn: '2026-12-10',
      });
    await walk.by('DEC', 'propose-remedy', {
      offerText: 'We erase it and decide anew.',
      wishes: 'As she asked.',
      noWaiver: true,
      adviceOffered: true,
      nonRepetitionReason: 'Nothing can happen again.',
    });
    await walk.by('RH', 'accept-offer', { understood: true });
    const start = {
      actionNumber: 1,
      snapshot: 'Shelf 3',
      authorityWord: 'Nobody was harmed by an incident.',
    };
    expect(await needsOf(walk.by('REM', 'start-action', start))).toEqual(['coolingOffOver']);
    await walk.by('REM', 'start-action', { actionNumber: 2 });
    expect(await openToHer()).toContain('start-sooner');
    await walk.by('RH', 'start-sooner', { startSooner: true });
    await walk.by('REM', 'start-action', start);

    // A word for an earlier acceptance is none for a later one.
    await walk.by('RH', 'take-back-acceptance');
    await walk.by('RH', 'accept-offer', { understood: true });
    const complete = {
      actionNumber: 1,
      evidenceText: 'Certificate.',
    };
    expect(await needsOf(walk.by('REM', 'complete-action', complete))).toEqual(['coolingOffOver']);
    house.time.addDays(COOLING_OFF_DAYS + 1);
    await walk.by('REM', 'complete-action', complete);
  });

  it('knows which actions those are', () => {
    expect(CANNOT_BE_UNDONE_FOR_PERSON.every((code) => REMEDY_ACTION_CODES.includes(code))).toBe(true);
    expect(CANNOT_BE_UNDONE_FOR_PERSON).toContain('RA-15');
  });
});
