import { Disposals } from '../../../src/casework/erasure/disposals';
import { freeCases } from '../../../src/casework/erasure/due-cases';
import { HouseRetention } from '../../../src/casework/erasure/house-retention';
import { Transactions } from '../../../src/records/transactions';
import { engines } from '../../harness/database';
import { House } from '../../harness/house';
import { hireStaff, Walk, type Staff } from '../../harness/walk';

describe.each(engines())('cases that are named for a batch on %s', (engine) => {
  let house: House;
  let staff: Staff;
  const references: string[] = [];

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
    for (let n = 0; n < 3; n += 1) {
      const walk = await Walk.lodge(house, staff, 'It refused me.');
      await walk.by('DEC', 'release-hold', { holdNumber: 1, reasons: 'The logs are copied.' });
      await walk.by('RH', 'withdraw', { withdrawalPressure: false });
      references.push(walk.reference);
      house.time.addDays(1);
    }
    house.time.addDays(7 * 366);
  });
  afterAll(() => house.close());

  const propose = (named: string[]) =>
    house
      .get(Disposals)
      .propose(staff.DPO, { schedule: 'RS-CASE', reason: 'Seven years are over.', references: named });

  it('are found however many others have waited longer', async () => {
    const last = references.at(-1)!;
    const found = await house.get(Transactions).read((db) =>
      freeCases(
        db,
        {
          schedule: 'RS-CASE',
          today: house.time.today(),
          years: house.get(HouseRetention).years,
          limit: 1,
          reader: null,
        },
        [last],
      ),
    );
    expect(found.map(({ reference }) => reference)).toEqual([last]);
    const batch = await propose([last, last]);
    expect(batch.cases.map(({ reference }) => reference)).toEqual([last]);
  });

  it.each([
    ['none', [], /at least one/],
    ['one that is not due', ['RD-0000-0000'], /RD-0000-0000/],
    ['more than a batch holds', Array.from({ length: 201 }, (_, n) => `RD-${n}`), /200 cases at most/],
  ])('are refused when they are %s', async (_, named, sentence) => {
    await expect(propose(named)).rejects.toMatchObject({
      kind: 'unmet',
      needs: [expect.objectContaining({ sentence: expect.stringMatching(sentence) as unknown })],
    });
  });
});
