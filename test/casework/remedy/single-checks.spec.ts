import { ReadCase } from '../../../src/casework/read-case';
import { Refusal } from '../../../src/platform/refusal';
import { engines } from '../../harness/database';
import { House } from '../../harness/house';
import { hireStaff, Walk, type Staff } from '../../harness/walk';

describe.each(engines())('Each delivered action checked by itself on %s', (engine) => {
  let house: House;
  let staff: Staff;
  let walk: Walk;

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
  });

  beforeEach(async () => {
    walk = await Walk.lodge(house, staff);
    await walk.toInvestigation();
    await walk.toFindings();
    await walk.toOffer();
    await walk.by('RH', 'accept-offer', { understood: true });
    for (const actionNumber of [1, 2])
      await walk.by('REM', 'complete-action', { actionNumber, evidenceText: 'Decision of today.' });
    await walk.by('REM', 'request-verification');
  });

  afterAll(async () => {
    expect((await house.verify()).differences).toEqual([]);
    await house.close();
  });

  const actionsForOwner = async () =>
    (await house.get(ReadCase).forStaff(walk.reference, staff.REM)).actions.map(
      ({ status, verificationResult, verificationComment }) => [
        status,
        verificationResult,
        verificationComment,
      ],
    );
  const needsOf = async (work: Promise<unknown>) => {
    const error: unknown = await work.then(
      () => null,
      (thrown: unknown) => thrown,
    );
    return error instanceof Refusal ? error.needs.map(({ name, field }) => field ?? name) : [];
  };

  it('shows the owner what is missing, in her words, and asks anew once it is done', async () => {
    await walk.by('RH', 'report-not-delivered', {
      notDelivered: 'NO',
      actionResults: { 1: 'FULL', 2: 'NO' },
      actionComments: { 2: 'Nobody looks at it.' },
    });
    expect(await actionsForOwner()).toEqual([
      ['DONE', 'FULL', null],
      ['AGREED', 'NO', 'Nobody looks at it.'],
    ]);
    await walk.by('REM', 'complete-action', { actionNumber: 2, evidenceText: 'Roster.' });
    expect((await actionsForOwner())[1]).toEqual(['DONE', null, null]);
    await walk.by('REM', 'request-verification');
    await walk.by('RH', 'confirm-remedy', { remedyResult: 'FULL', actionResults: { 1: 'FULL', 2: 'FULL' } });
    expect((await walk.close()).state).toBe('closed');
  });

  it('keeps her words where she answers for the whole, or one by one', async () => {
    await walk.by('RH', 'verify-action', { actionNumber: 2, actionResult: 'PARTLY', comment: 'Half of it.' });
    expect((await actionsForOwner())[1]).toEqual(['DONE', 'PARTLY', 'Half of it.']);
    await walk.by('RH', 'report-not-delivered', { notDelivered: 'PARTLY', comment: 'No reasons in it.' });
    expect((await actionsForOwner())[0]).toEqual(['AGREED', 'PARTLY', 'No reasons in it.']);
  });

  it('ends partly only where she accepts the rest', async () => {
    const partly = { remedyResult: 'PARTLY', actionResults: { 1: 'PARTLY', 2: 'FULL' } };
    expect(await needsOf(walk.by('RH', 'confirm-remedy', partly))).toEqual(['residualAcceptedIfPartly']);
    await walk.by('RH', 'confirm-remedy', { ...partly, residualAccepted: true });
    expect(await actionsForOwner()).toEqual([
      ['DONE', 'PARTLY', null],
      ['DONE', 'FULL', null],
    ]);
  });

  it.each([
    ['confirm-remedy', { remedyResult: 'FULL', actionResults: { 1: 'PARTLY' } }, ['resultFollowsActions']],
    ['confirm-remedy', { remedyResult: 'FULL', actionResults: { 2: 'NO' } }, ['resultFollowsActions']],
    ['confirm-remedy', { remedyResult: 'FULL', actionResults: { 3: 'FULL' } }, ['deliveredActionsNamed']],
    ['report-not-delivered', { notDelivered: 'NO', actionResults: { 1: 'FULL' } }, ['missingFollowsActions']],
    [
      'report-not-delivered',
      { notDelivered: 'PARTLY', actionResults: { 1: 'NO' } },
      ['missingFollowsActions'],
    ],
    ['report-not-delivered', { notDelivered: 'NO', actionResults: { 1: 'NEVER' } }, ['actionResults.1']],
  ])('refuses %s with %j', async (step, answers, needs) => {
    expect(await needsOf(walk.by('RH', step, answers))).toEqual(needs);
  });

  it('does not let a no that stands be overlooked', async () => {
    await walk.by('RH', 'verify-action', { actionNumber: 1, actionResult: 'NO' });
    expect(await needsOf(walk.by('RH', 'confirm-remedy', { remedyResult: 'FULL' }))).toEqual([
      'resultFollowsActions',
    ]);
  });
});
