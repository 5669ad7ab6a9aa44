import { ReadQueue } from '../../../src/casework/queue/read-queue';
import { Case } from '../../../src/records/entities/case';
import { QueuePlace } from '../../../src/records/entities/queue-place';
import { addDays, daysBetween } from '../../../src/rules/days';
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

  async function toClosed(): Promise<void> {
    await walk.toInvestigation();
    await walk.toFindings();
    await walk.toOffer();
    await walk.toMonitoring();
    await walk.close();
  }

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

  describe('of a severe case that was closed', () => {
    let fresh: string;
    const queue = async () =>
      (await house.get(ReadQueue).page({}, staff.TRI)).cases.map(({ reference }) => reference);
    const laneOf = async () =>
      new Set((await places().findBy({ caseId: await idOf() })).map(({ lane }) => lane));
    const idOf = async () =>
      (await house.source.getRepository(Case).findOneByOrFail({ reference: walk.reference })).id;

    beforeEach(async () => {
      await toClosed();
      await places().update({ caseId: await idOf() }, { urgency: 2 });
      await house.source.getRepository(Case).update({ reference: walk.reference }, { tier: 'SEVERE' });
      ({ reference: fresh } = await Walk.lodge(house, staff));
    });

    it('stand behind a new one that nobody assessed, and come forward 14 days before its day', async () => {
      const { nextDueOn } = await house.source
        .getRepository(Case)
        .findOneByOrFail({ reference: walk.reference });
      expect(await laneOf()).toEqual(new Set([LANES.LATER]));
      expect(await queue()).toEqual([fresh, walk.reference]);
      const forward = addDays(nextDueOn!, -14);
      house.time.addDays(daysBetween(house.time.today(), forward) - 1);
      expect(await queue()).toEqual([fresh, walk.reference]);
      house.time.addDays(1);
      expect(await queue()).toEqual([walk.reference, fresh]);
      expect(await laneOf()).toEqual(new Set([LANES.DUE]));
    });
  });

  it('of a closed case may be before or after it comes forward, and nowhere else', async () => {
    await toClosed();
    const all = { facet: 'all' };
    const { dueOn } = await places().findOneByOrFail(all);
    expect(await wrong()).toEqual([]);
    await places().update({ dueOn }, { lane: LANES.DUE });
    expect(await wrong()).toHaveLength(1);
    house.time.addDays(daysBetween(house.time.today(), dueOn) - 14);
    expect(await wrong()).toEqual([]);
    await places().update({ dueOn }, { lane: LANES.LATER });
    expect(await wrong()).toEqual([]);
    await places().update({ dueOn }, { lane: LANES.SETTLED });
    expect(await wrong()).toHaveLength(1);
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
