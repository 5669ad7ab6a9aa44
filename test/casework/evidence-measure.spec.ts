import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { EVIDENCE_MAX_FILES, EvidenceFiles, STAFF_MAX_FILES } from '../../src/casework/evidence-files';
import type { Visitor } from '../../src/people/visitor';
import { Evidence } from '../../src/records/entities/evidence';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { hireStaff, Walk, type Staff } from '../harness/walk';

describe.each(engines())('how many files a case holds, on %s', (engine) => {
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
  afterAll(() => house.close());

  const add = (visitor: Visitor, text: string) => {
    const file = { fileName: 'log.txt', content: Readable.from([Buffer.from(text)]) };
    return visitor.kind === 'officer'
      ? house.get(EvidenceFiles).add(visitor, file, walk.reference)
      : house.get(EvidenceFiles).add(visitor, file);
  };
  /** As if so many like this one had come. */
  async function copies(n: number, many: number): Promise<void> {
    const files = house.source.getRepository(Evidence);
    const row = await files.findOneByOrFail({ caseId: walk.holder.caseId, n });
    const from = await files.countBy({ caseId: walk.holder.caseId });
    await files.insert(
      Array.from({ length: many }, (_, index) => ({ ...row, id: randomUUID(), n: from + index + 1 })),
    );
  }

  it('leaves all places of the person free, whatever a vendor answers with', async () => {
    await add(staff.TRI, 'one of the vendor');
    await copies(1, STAFF_MAX_FILES - 1);
    const refused = add(staff.TRI, 'one more of the vendor');
    await expect(refused).rejects.toMatchObject({
      kind: 'invalid',
      needs: [{ name: 'error.evidence.full' }],
    });
    const { n } = await add(walk.holder, 'her letter');
    expect(n).toBe(STAFF_MAX_FILES + 1);
    expect((await house.get(EvidenceFiles).open(walk.holder, n)).view.n).toBe(n);
  });

  it('leaves places for staff where the person has used up hers', async () => {
    await add(walk.holder, 'her letter');
    await copies(1, EVIDENCE_MAX_FILES - 1);
    await expect(add(walk.holder, 'one more')).rejects.toMatchObject({
      needs: [{ name: 'error.evidence.full' }],
    });
    expect((await add(staff.TRI, 'the log')).n).toBe(EVIDENCE_MAX_FILES + 1);
  });
});
