import { ReadCase } from '../../../src/casework/read-case';
import { ReadMyCase } from '../../../src/casework/read-my-case';
import { Systems } from '../../../src/casework/registers/systems';
import { engines } from '../../harness/database';
import { House } from '../../harness/house';
import { hireStaff, Walk, type Staff } from '../../harness/walk';

const SCORER = {
  systemName: 'Benefit scorer',
  purpose: 'It rates applications.',
  useDomain: 'DOM-SVC-BEN',
  lifecycleStage: 'LC-OPER',
};
const unmet = (...names: string[]) => ({ needs: names.map((name) => expect.objectContaining({ name })) });

describe.each(engines())('lessons on %s', (engine) => {
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

  const closed = async (systemNumber: number) => {
    const walk = await Walk.lodge(house, staff);
    await walk.by('TRI', 'name-system', { systemNumber });
    await walk.toInvestigation();
    await walk.toFindings();
    await walk.toOffer();
    await walk.toMonitoring();
    await walk.close();
    return walk;
  };
  const learn = (walk: Walk, systemNumber: number, more: object = {}) =>
    walk.by('DEC', 'record-lesson', {
      systemNumber,
      lessonCauses: ['RC-THRESH', 'RC-OVERS'],
      lessonText: 'A person looks at each stop.',
      ...more,
    });

  it('are linked to a system of the case and to the record of its due diligence, and stand with both', async () => {
    const systems = house.get(Systems);
    const number = await systems.add(staff.TRI, SCORER);
    const other = await systems.add(staff.TRI, { ...SCORER, systemName: 'Chat' });
    const walk = await closed(number);
    await expect(learn(walk, other)).rejects.toMatchObject(unmet('systemIsNamed'));
    await expect(learn(walk, number, { diligenceRecord: 1 })).rejects.toMatchObject(
      unmet('diligenceRecordIsThere'),
    );
    await systems.record(staff.TRI, number, {
      recordKind: 'HRIA',
      happenedOn: '2026-11-20',
      recordTitle: 'Looked at again',
    });
    await learn(walk, number, { diligenceRecord: 1 });
    await learn(walk, number, { lessonText: 'Ask the vendor.', lessonCauses: ['RC-CONTR'] });
    const { lessons } = await systems.view(staff.DEC, number);
    expect(
      lessons
        .map(({ reference, n, rootCauses, recordNumber }) => [reference, n, rootCauses, recordNumber])
        .sort((a, b) => Number(a[1]) - Number(b[1])),
    ).toEqual([
      [walk.reference, 1, ['RC-THRESH', 'RC-OVERS'], 1],
      [walk.reference, 2, ['RC-CONTR'], null],
    ]);
    // Its words are read in the case, where reading is an entry.
    expect(JSON.stringify(lessons)).not.toContain('Ask the vendor.');
    expect((await systems.view(staff.DEC, other)).lessons).toEqual([]);
    const view = await house.get(ReadCase).forStaff(walk.reference, staff.DEC);
    expect(view.lessons.map(({ n, recordNumber }) => [n, recordNumber])).toEqual([
      [1, 1],
      [2, null],
    ]);
    // Of the case nothing is rewritten: its root causes stay those of the inquiry.
    expect(view.assessment.rootCauses).toEqual(['RC-THRESH']);
    const timeline = JSON.stringify(await house.get(ReadMyCase).timeline(walk.holder));
    expect(timeline).not.toContain('lesson');
  });

  it('are shown on the page of a system to nobody who may not see their case', async () => {
    const systems = house.get(Systems);
    const number = await systems.add(staff.TRI, SCORER);
    const walk = await closed(number);
    await learn(walk, number);
    const kept = await house.officer('TRI');
    expect((await systems.view(kept, number)).lessons).toHaveLength(1);
    await walk.by('TRI', 'exclude', { exclusionGround: 'EX-NAMED', person: kept.personId });
    expect((await systems.view(kept, number)).lessons).toEqual([]);
    const stranger = await house.officer('INV');
    expect((await systems.view(stranger, number)).lessons).toEqual([]);
  });
});
