import { Disposals } from '../../../src/casework/erasure/disposals';
import { freeCases } from '../../../src/casework/erasure/due-cases';
import { HouseRetention } from '../../../src/casework/erasure/house-retention';
import { Transactions } from '../../../src/records/transactions';
import type { ScheduleCode } from '../../../src/rules/retention';
import { engines } from '../../harness/database';
import { House } from '../../harness/house';
import { hireStaff, Walk, type Staff } from '../../harness/walk';

const DECLARED = {
  noConflict: true,
  safeChannelChosen: true,
  jurisdiction: 'OTHER',
  isDataRightsRequest: false,
  reporterIsWorker: false,
  concernsListedLaw: false,
};

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

describe.each(engines())('cases that ended in different ways on %s', (engine) => {
  let house: House;
  let staff: Staff;
  let withdrawn: string;
  let declined: string;

  beforeAll(async () => {
    process.env.RETENTION_CASE_YEARS_BY_OUTCOME = 'CR-WITHDRAWN=1,CR-MERGED=2';
    house = await House.open(engine).finally(() => delete process.env.RETENTION_CASE_YEARS_BY_OUTCOME);
    staff = await hireStaff(house);
    const [other, hers] = [await Walk.lodge(house, staff), await Walk.lodge(house, staff)];
    ({ reference: declined } = other);
    ({ reference: withdrawn } = hers);
    for (const walk of [other, hers])
      await walk.by('DEC', 'release-hold', { holdNumber: 1, reasons: 'The logs are copied.' });
    await other.by('INT', 'acknowledge', DECLARED);
    await other.by('TRI', 'begin-eligibility', { noConflict: true });
    await other.rate();
    const ground = { declineCode: 'DC-COMM', effectOnPeople: false, signposting: 'The ombudsman.' };
    await other.by('TRI', 'decline', { ...ground, reasons: 'A dispute about a price.' });
    await other.by('DEC', 'decline', {}, true);
    // After the other one, so that whoever waits longest is not due first.
    house.time.addDays(20);
    await (await hers.comeBack()).by('RH', 'withdraw', { withdrawalPressure: false });
  });
  afterAll(() => house.close());

  /** What one who asks for one case at most is shown. */
  const due = (schedule: ScheduleCode) =>
    house.get(Transactions).read(async (db) => {
      const { years } = house.get(HouseRetention);
      const asked = { schedule, today: house.time.today(), years, limit: 1, reader: null };
      return (await freeCases(db, asked)).map(({ reference }) => reference);
    });
  const propose = (references: string[]) =>
    house.get(Disposals).propose(staff.DPO, { schedule: 'RS-CASE', reason: 'Its time is over.', references });

  it('are due each after its own time, names with the file, and not a day before', async () => {
    house.time.addDays(364);
    expect([await due('RS-CASE'), await due('RS-IDENTITY')]).toEqual([[], []]);
    house.time.addDays(1);
    expect([await due('RS-CASE'), await due('RS-IDENTITY')]).toEqual([[withdrawn], [withdrawn]]);
    await expect(propose([withdrawn, declined])).rejects.toMatchObject({ kind: 'unmet' });
  });

  it('are listed with the time that counts for each, for the first person and for the second', async () => {
    const lengths = async (schedule: ScheduleCode) => {
      const { years, otherLengths } = await house.get(Disposals).due(staff.DPO, schedule);
      return [years, ...otherLengths.map(({ outcome, years: other }) => `${outcome} ${other}`)];
    };
    expect(await lengths('RS-CASE')).toEqual([7, 'CR-WITHDRAWN 1', 'CR-MERGED 2']);
    expect(await lengths('RS-IDENTITY')).toEqual([3, 'CR-WITHDRAWN 1', 'CR-MERGED 2']);
    expect(await lengths('RS-SPECIAL')).toEqual([0]);
    const { id } = await propose([withdrawn]);
    const [listed] = (await house.get(Disposals).view(staff.DEC, id)).cases;
    expect(listed).toMatchObject({ closureCode: 'CR-WITHDRAWN', dueOn: house.time.today() });
    await house.get(Disposals).settle(staff.DEC, id, false);
  });

  it('are erased after it by two people, and the others later', async () => {
    const { id } = await propose([withdrawn]);
    const batch = await house.get(Disposals).settle(staff.DEC, id, true);
    expect(batch.cases).toEqual([expect.objectContaining({ reference: withdrawn, status: 'ERASED' })]);
    house.time.addDays(6 * 366);
    expect([await due('RS-CASE'), await due('RS-IDENTITY')]).toEqual([[declined], [declined]]);
    expect((await house.verify()).differences).toEqual([]);
  });
});
