import { Readable } from 'node:stream';
import { EvidenceFiles } from '../../src/casework/evidence-files';
import { RevealContact } from '../../src/casework/reveal-contact';
import { Entry } from '../../src/records/entities/entry';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { hireStaff, Walk, type Staff } from '../harness/walk';

describe.each(engines())('the contact of a complainant on %s', (engine) => {
  let house: House;
  let staff: Staff;

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
  });
  afterAll(() => house.close());

  const reveal = (walk: Walk) =>
    house.get(RevealContact).run(staff.INT, walk.reference, 'To arrange a meeting.');

  it('is opened for a reason, as it was written', async () => {
    expect(await reveal(await Walk.lodge(house, staff))).toEqual({
      kind: 'email',
      value: 'someone@example.org',
    });
  });

  it('stays shut when the case goes on without the person who withdrew', async () => {
    const walk = await Walk.lodge(house, staff);
    await house.get(EvidenceFiles).add(walk.holder, {
      fileName: 'a.txt',
      content: Readable.from([Buffer.from('A letter.')]),
    });
    await walk.by('RH', 'withdraw');
    await walk.by('TRI', 'continue-own-initiative', {
      identityRemoved: true,
      othersAtRisk: true,
      reasons: 'Others are met by it.',
    });
    const openOriginal = () =>
      house.get(EvidenceFiles).openOriginal(staff.INV, 1, walk.reference, 'To see who made it.');
    const entries = () => house.source.getRepository(Entry).count();
    const before = await entries();
    await expect(reveal(walk)).rejects.toMatchObject({ kind: 'conflict' });
    await expect(openOriginal()).rejects.toMatchObject({ kind: 'conflict' });
    expect(await entries()).toBe(before);
  });
});
