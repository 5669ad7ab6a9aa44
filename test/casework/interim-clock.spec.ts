import { ReadCase } from '../../src/casework/read-case';
import type { ClockCode } from '../../src/rules/clocks';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { hireStaff, Walk, type Staff } from '../harness/walk';

describe.each(engines())('Clocks of a case that grows worse, or goes on again, on %s', (engine) => {
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

  afterAll(async () => {
    expect((await house.verify()).differences).toEqual([]);
    await house.close();
  });

  const running = async (wanted: ClockCode) =>
    (await house.get(ReadCase).forStaff(walk.reference, staff.TRI)).clocks
      .filter(({ code, status }) => code === wanted && status === 'RUNNING')
      .map(({ dueInternal }) => dueInternal);
  const setSeverity = (severity: object) =>
    walk.by('TRI', 'set-severity', {
      nature: 'ACTUAL',
      scale: 1,
      scope: 1,
      irremediability: 1,
      vulnerable: false,
      delayMakesIrremediable: false,
      reasons: 'As far as it is known.',
      ...severity,
    });
  const decide = () =>
    walk.by('TRI', 'decide-interim', { interimChoice: 'IM_NONE', reasons: 'Nothing continues.' });
  const order = () =>
    walk.by('TRI', 'order-interim-measure', {
      measure: 'RA-17',
      measureReason: 'It stops benefits every night.',
      owner: staff.REM.personId,
      dueOn: '2026-12-01',
    });

  describe('interim measures', () => {
    beforeEach(() => walk.toEligibility());

    it('are decided on anew where the harm turns out to be worse', async () => {
      await setSeverity({});
      expect(await running('TARGET-INTERIM')).toEqual([]);
      await decide();
      await setSeverity({ scale: 3 });
      expect(await running('TARGET-INTERIM')).toEqual([]);
      await setSeverity({ scale: 4 });
      expect(await running('TARGET-INTERIM')).toEqual(['2026-11-27']);
      await setSeverity({ scale: 5 });
      expect(await running('TARGET-INTERIM')).toEqual(['2026-11-25']);
      await decide();
      expect(await running('TARGET-INTERIM')).toEqual([]);
      await setSeverity({ scale: 5 });
      expect(await running('TARGET-INTERIM')).toEqual([]);
    });

    it('are decided on anew where delay turns out to make it impossible to undo, until one stands', async () => {
      await setSeverity({ scale: 4 });
      await decide();
      await setSeverity({ scale: 4, delayMakesIrremediable: true });
      expect(await running('TARGET-INTERIM')).toEqual(['2026-11-25']);
      await order();
      await setSeverity({ scale: 5, delayMakesIrremediable: true });
      expect(await running('TARGET-INTERIM')).toEqual([]);
    });

    it.each([
      ['comes back', () => walk.by('RH', 'come-back')],
      [
        'goes on without the person',
        () =>
          walk.by('TRI', 'continue-own-initiative', {
            identityRemoved: true,
            othersAtRisk: true,
            reasons: 'Others are stopped, too.',
          }),
      ],
    ])('are owed again where a case that was withdrawn before %s', async (_, goOn) => {
      await setSeverity({ scale: 4 });
      await walk.by('RH', 'withdraw');
      expect(await running('TARGET-INTERIM')).toEqual([]);
      house.time.addDays(1);
      await goOn();
      expect(await running('TARGET-INTERIM')).toEqual(['2026-11-30']);
    });
  });

  it('a reopened case is taken up where work on it begins without classifying it again', async () => {
    await walk.toInvestigation();
    await walk.toFindings();
    await walk.toOffer();
    await walk.toMonitoring();
    await walk.close();
    await walk.by('RH', 'reopen');
    expect(await running('TARGET-REOPEN')).toEqual(['2026-12-01']);
    await walk.by('INV', 'start-investigation', {
      investigationScope: 'Why it came back.',
      evidencePlan: 'Logs of November.',
      evidenceSnapshot: 'Vault A, shelf 4.',
    });
    expect(await running('TARGET-REOPEN')).toEqual([]);
  });
});
