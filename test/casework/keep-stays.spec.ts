import { CaseStays1796610000000 } from '../../src/records/migrations/2026-12-06-1-case-stays';
import { CaseStay } from '../../src/records/entities/case-stay';
import { Case } from '../../src/records/entities/case';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { hireStaff, Walk } from '../harness/walk';

describe.each(engines())('how long a case was in each state, on %s', (engine) => {
  let house: House;
  let walk: Walk;
  let caseId: string;

  beforeAll(async () => {
    house = await House.open(engine);
    walk = await Walk.lodge(house, await hireStaff(house));
    caseId = (await house.source.getRepository(Case).findOneByOrFail({ reference: walk.reference })).id;
  });
  afterAll(() => house.close());

  const stays = () => house.source.getRepository(CaseStay);
  const wrong = async () =>
    (await house.verify()).differences.map(({ table, sentence }) => [table, sentence]);
  const told = async () =>
    (await stays().find({ where: { caseId }, order: { n: 'ASC' } })).map(({ state, since, until, days }) =>
      [state, since, until, days].join(' '),
    );

  it('is kept in the change that moves the case, from the day on which it was lodged', async () => {
    expect(await told()).toEqual([]);
    house.time.addDays(3);
    await walk.toInvestigation();
    house.time.addDays(10);
    walk = await walk.comeBack();
    await walk.by('RH', 'withdraw');
    expect((await told()).slice(0, 4)).toEqual([
      'received 2026-11-24 2026-11-27 3',
      'acknowledged 2026-11-27 2026-11-27 0',
      'eligibility 2026-11-27 2026-11-27 0',
      'triage 2026-11-27 2026-11-27 0',
    ]);
    expect(await wrong()).toEqual([]);
  });

  it('is derived again from the history by whoever verifies', async () => {
    const row = await stays().findOneByOrFail({ caseId, n: 1 });
    const lie = /how long the case was in each state/;
    for (const edit of [{ state: 'triage' }, { since: '2026-11-25' }, { until: '2026-11-26' }, { days: 2 }]) {
      await stays().update({ caseId, n: 1 }, edit);
      expect(await wrong()).toEqual([['case_stays', expect.stringMatching(lie)]]);
      await stays().update({ caseId, n: 1 }, { ...row });
    }
    await stays().delete({ caseId, n: 1 });
    expect(await wrong()).toEqual([['case_stays', expect.stringMatching(lie)]]);
    await stays().insert(row);
    expect(await wrong()).toEqual([]);
  });

  it('is told by the histories of cases that were there before these rows', async () => {
    const before = await told();
    const runner = house.source.createQueryRunner();
    const migration = new CaseStays1796610000000();
    await migration.down(runner);
    await migration.up(runner);
    await runner.release();
    expect(await told()).toEqual(before);
    expect(await wrong()).toEqual([]);
  });
});
