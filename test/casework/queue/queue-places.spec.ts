import { ReadQueue } from '../../../src/casework/queue/read-queue';
import { QueuePlace } from '../../../src/records/entities/queue-place';
import { LANES } from '../../../src/rules/queue';
import { engines } from '../../harness/database';
import { House } from '../../harness/house';
import { hireStaff, Walk, type Staff } from '../../harness/walk';

describe.each(engines())('the places of a case in the queue on %s', (engine) => {
  let house: House;
  let staff: Staff;
  let walk: Walk;

  beforeEach(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
    walk = await Walk.lodge(house, staff);
  });
  afterEach(() => house.close());

  const places = () => house.source.getRepository(QueuePlace);
  const wrong = async () =>
    (await house.verify()).differences.filter(({ table }) => table === 'queue_places');

  it('follow it through its whole life, so that whoever verifies finds nothing', async () => {
    expect(await wrong()).toEqual([]);
    await walk.toInvestigation();
    expect(await wrong()).toEqual([]);
    expect((await places().find()).map(({ facet }) => facet)).toEqual(
      expect.arrayContaining(['all', 'state:investigation']),
    );
    await walk.toFindings();
    await walk.toOffer();
    expect(await wrong()).toEqual([]);
    await walk.by('RH', 'withdraw');
    expect(await wrong()).toEqual([]);
    expect(new Set((await places().find()).map(({ facet }) => facet)).has('state:withdrawn')).toBe(true);
  });

  it('move to the front when the day of the law has passed, once, and stay there', async () => {
    await walk.by('INT', 'acknowledge', {
      safeChannelChosen: true,
      noConflict: true,
      jurisdiction: 'EU',
      isDataRightsRequest: true,
      reporterIsWorker: false,
      concernsListedLaw: false,
    });
    const lanes = async () => new Set((await places().find()).map(({ lane }) => lane));
    const late = () => house.get(ReadQueue).page({ due: 'legally-late' }, staff.TRI);
    expect((await late()).cases).toEqual([]);
    expect(await lanes()).toEqual(new Set([LANES.DUE]));
    house.time.addDays(60);
    for (const _ of [1, 2]) {
      expect((await late()).cases.map(({ reference }) => reference)).toEqual([walk.reference]);
      expect(await lanes()).toEqual(new Set([LANES.LEGALLY_LATE]));
      expect(await wrong()).toEqual([]);
    }
  });

  it.each([
    ['is taken away', (p: ReturnType<typeof places>) => p.delete({ facet: 'all' })],
    ['is put off', (p: ReturnType<typeof places>) => p.update({ facet: 'all' }, { dueOn: '2099-01-01' })],
    [
      'is made less urgent',
      (p: ReturnType<typeof places>) => p.update({ facet: 'state:received' }, { urgency: 9 }),
    ],
    ['is settled', (p: ReturnType<typeof places>) => p.update({ facet: 'all' }, { lane: LANES.SETTLED })],
    [
      'is made late before its day',
      (p: ReturnType<typeof places>) =>
        p.update({ lane: LANES.DUE }, { lane: LANES.LEGALLY_LATE, legalDueOn: null }),
    ],
    [
      'is added',
      async (p: ReturnType<typeof places>) =>
        p.insert({ ...(await p.findOneByOrFail({})), facet: 'tier:LOW' }),
    ],
  ] as const)('tell whoever verifies when one %s by hand', async (_, tamper) => {
    await tamper(places());
    expect(await wrong()).toEqual([
      expect.objectContaining({
        sentence: expect.stringContaining('does not stand in the queue where its rows say'),
      }),
    ]);
  });
});
