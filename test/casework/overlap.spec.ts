import { Lodge } from '../../src/casework/intake/lodge';
import { Messages } from '../../src/casework/messages';
import { Refusal } from '../../src/platform/refusal';
import { TakeStep } from '../../src/casework/take-step';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { hireStaff, Walk } from '../harness/walk';

const ACKNOWLEDGE = {
  safeChannelChosen: true,
  noConflict: true,
  jurisdiction: 'EU',
  isDataRightsRequest: false,
  reporterIsWorker: false,
  concernsListedLaw: false,
};

describe.each(engines())('people acting at once on %s', (engine) => {
  let house: House;
  beforeAll(async () => {
    house = await House.open(engine);
  });
  afterAll(() => house.close());

  it('gives one success and one clear “someone changed this case; reload”', async () => {
    const staff = await hireStaff(house);
    const walk = await Walk.lodge(house, staff);
    const take = () =>
      house.get(TakeStep).run({
        reference: walk.reference,
        step: 'acknowledge',
        visitor: staff.INT,
        answers: ACKNOWLEDGE,
        revision: 1,
      });
    const results = await Promise.allSettled([take(), take()]);
    const refused = results
      .filter((result) => result.status === 'rejected')
      .map(({ reason }) => reason as Refusal);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(refused.map(({ kind, message }) => ({ kind, message }))).toEqual([
      { kind: 'stale', message: 'Someone changed this case; reload it and try again.' },
    ]);
  });

  it('lodges 60 complaints and 50 messages at once, gives each its place, and every history holds', async () => {
    const staff = await hireStaff(house);
    const walk = await Walk.lodge(house, staff);
    const lodgings = Array.from({ length: 60 }, (_, i) =>
      house.get(Lodge).run({ narrative: `Complaint ${i}` }, { role: 'RH' }),
    );
    const messages = Array.from({ length: 50 }, (_, i) =>
      house.get(Messages).write(walk.holder, `Message ${i}`),
    );
    const [lodged, written] = await Promise.all([Promise.all(lodgings), Promise.all(messages)]);
    expect(new Set(lodged.map(({ reference }) => reference)).size).toBe(60);
    expect(new Set(lodged.map(({ receipt }) => receipt)).size).toBe(60);
    expect(written.map(({ n }) => n).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 50 }, (_, i) => i + 1),
    );
    expect((await house.verify()).differences).toEqual([]);
  });

  it('gives a repeated key the first answer, also when both come at once, and lodges once', async () => {
    const send = () => house.get(Lodge).run({ narrative: 'Sent twice.' }, { role: 'RH' }, 'one-and-the-same');
    const [first, second] = await Promise.all([send(), send()]);
    expect(second).toEqual(first);
    expect(await send()).toEqual(first);
    await expect(
      house.get(Lodge).run({ narrative: 'Another one.' }, { role: 'RH' }, 'one-and-the-same'),
    ).rejects.toMatchObject({ kind: 'unmet' });
  });
});
