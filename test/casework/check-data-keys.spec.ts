import { CheckDataKeys } from '../../src/casework/check-data-keys';
import { DataKey } from '../../src/records/entities/data-key';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { hireStaff, Walk } from '../harness/walk';

describe.each(engines())('data keys on %s', (engine) => {
  let house: House;

  beforeAll(async () => {
    house = await House.open(engine);
    await Walk.lodge(house, await hireStaff(house));
  });
  afterAll(() => house.close());

  const keys = () => house.source.getRepository(DataKey);
  const named = async () => (await house.get(CheckDataKeys).run()).map(({ sentence }) => sentence);

  it('are each opened, and each that was overwritten is named by whose it is', async () => {
    expect(await named()).toEqual([]);
    const rows = await keys().find();
    expect(new Set(rows.map(({ ownerKind }) => ownerKind))).toEqual(new Set(['case', 'party', 'person']));
    for (const row of rows)
      for (const forged of [
        { wrappedKey: `${row.wrappedKey.slice(0, -4)}AAA=` },
        { wrappedKey: rows.find(({ ownerId }) => ownerId !== row.ownerId)!.wrappedKey },
        { wrappedKey: '' },
        { keyEncryptionKeyId: 'lost' },
      ]) {
        await keys().update({ ownerId: row.ownerId }, forged);
        const of = row.ownerKind === 'person' ? 'the house' : 'case [\\w-]+';
        expect(await named()).toEqual([
          expect.stringMatching(
            new RegExp(
              `^${of}: the data key of ${row.ownerKind} ${row.ownerId} does not open with the keys file`,
            ),
          ),
        ]);
        await keys().update({ ownerId: row.ownerId }, row);
      }
    expect(await named()).toEqual([]);
  });
});
