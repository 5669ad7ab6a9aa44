import { Consents } from '../../src/casework/consents';
import { Lodge } from '../../src/casework/intake/lodge';
import { OpenCase } from '../../src/casework/intake/open-case';
import { ReadCase } from '../../src/casework/read-case';
import { Sessions } from '../../src/people/sessions';
import type { Visitor } from '../../src/people/visitor';
import { REPRISAL_LEVEL_CODES, reprisalRank, type ReprisalLevel } from '../../src/rules/protection';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { hireStaff, Walk, type Staff, riskOf } from '../harness/walk';

type Rating = { reprisalLevel: ReprisalLevel; isDefender: boolean };
const risk = ({ reprisalLevel, isDefender }: Rating) => riskOf(reprisalLevel, isDefender);
const rating = (reprisalLevel: ReprisalLevel, isDefender = false): Rating => ({ reprisalLevel, isDefender });

/** Every level that stood, and every level said after it; with the mark of a defender taken away besides. */
const CHANGES = REPRISAL_LEVEL_CODES.flatMap((from) =>
  REPRISAL_LEVEL_CODES.flatMap((to) =>
    [false, true].map((wasDefender) => ({
      from,
      to,
      wasDefender,
      lowers: wasDefender || reprisalRank(to) < reprisalRank(from),
    })),
  ),
);

/** What the person said of the risk at lodging, and every first rating. */
const OWN = { none: 'LOW', some: 'MEDIUM', serious: 'HIGH' } as const;
const FIRST_RATINGS = (Object.keys(OWN) as (keyof typeof OWN)[]).flatMap((fear) =>
  REPRISAL_LEVEL_CODES.map((to) => ({ fear, to, lowers: reprisalRank(to) < reprisalRank(OWN[fear]) })),
);

describe.each(engines())('the risk of reprisal on %s', (engine) => {
  let house: House;
  let staff: Staff;

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
  });
  afterAll(() => house.close());

  async function lodge(fearOfReprisal?: keyof typeof OWN): Promise<Walk> {
    const { reference, receipt } = await house
      .get(Lodge)
      .run({ narrative: 'It stopped my benefit.', fearOfReprisal }, { role: 'RH' });
    const { token } = await house.get(OpenCase).byReceipt(receipt, 'program');
    const holder = (await house.get(Sessions).resolve(token))!.visitor as Visitor & { kind: 'rightsholder' };
    await house.get(Consents).decide(holder, [{ code: 'CN-SHARE-VENDOR', given: true }]);
    return new Walk(house, staff, reference, receipt, holder);
  }

  const levelOf = async (walk: Walk) =>
    (await house.get(ReadCase).forStaff(walk.reference, staff.TRI)).assessment.reprisalLevel;
  const stateOf = async (walk: Walk) => (await house.get(ReadCase).forStaff(walk.reference, staff.TRI)).state;
  const refused = (name: string) => ({
    kind: 'unmet',
    needs: expect.arrayContaining([expect.objectContaining({ name })]) as unknown,
  });
  const tellVendor = (walk: Walk) =>
    walk.by('INV', 'share', {
      sharedWith: 'VENDOR',
      recipient: 'Their desk for complaints',
      sharedWhat: 'What happened',
      identityShared: false,
      scopeKept: true,
    });

  /** One person alone cannot say this; two can, and only then does it count. */
  async function takesTwo(walk: Walk, said: Rating): Promise<void> {
    const before = await levelOf(walk);
    const answers = { ...said, reasons: 'The threat is over.' };
    for (const who of ['INT', 'TRI', 'PRT'] as const) {
      await expect(
        walk.by(who, 'assess-reprisal', { ...risk(said), reasons: answers.reasons }),
      ).rejects.toMatchObject(refused('reprisalNotLowered'));
      expect(await walk.by(who, 'lower-reprisal', answers)).toMatchObject({ proposed: true });
      expect(await levelOf(walk)).toBe(before);
    }
    await expect(walk.by('PRT', 'lower-reprisal', {}, true)).rejects.toMatchObject(refused('secondPerson'));
    await walk.by('TRI', 'lower-reprisal', answers);
    await walk.by('PRT', 'lower-reprisal', {}, true);
    expect(await levelOf(walk)).toBe(said.reprisalLevel);
  }

  async function takesOne(walk: Walk, said: Rating): Promise<void> {
    const answers = { ...said, reasons: 'As it is now.' };
    await expect(walk.by('TRI', 'lower-reprisal', answers)).rejects.toMatchObject(refused('reprisalLowered'));
    await walk.by('TRI', 'assess-reprisal', { ...risk(said), reasons: answers.reasons });
    expect(await levelOf(walk)).toBe(said.reprisalLevel);
  }

  it.each(CHANGES)(
    'of $from (a defender: $wasDefender) said to be $to, nobody a defender: by two persons is $lowers',
    async ({ from, to, wasDefender, lowers }) => {
      const walk = await lodge();
      await walk.by('PRT', 'assess-reprisal', riskOf(from, wasDefender));
      await (lowers ? takesTwo(walk, rating(to)) : takesOne(walk, rating(to)));
    },
  );

  it.each(FIRST_RATINGS)(
    'first said to be $to where the person fears it: $fear; by two persons is $lowers',
    async ({ fear, to, lowers }) => {
      const walk = await lodge(fear);
      await (lowers ? takesTwo(walk, rating(to)) : takesOne(walk, rating(to)));
    },
  );

  it('keeps those complained about from learning anything until two persons lowered it', async () => {
    const walk = await lodge('serious');
    await expect(tellVendor(walk)).rejects.toMatchObject(refused('respondentDisclosurePlanned'));
    await walk.by('TRI', 'lower-reprisal', { ...rating('LOW'), reasons: 'She moved away.' });
    await expect(tellVendor(walk)).rejects.toMatchObject(refused('respondentDisclosurePlanned'));
    await walk.by('PRT', 'lower-reprisal', {}, true);
    await tellVendor(walk);
  });

  const SINCE: [string, (walk: Walk) => Promise<unknown>][] = [
    [
      'she reports revenge',
      (walk) => walk.by('RH', 'report-retaliation', { threat: 'They came to my house today.' }),
    ],
    ['she withdraws under pressure', (walk) => walk.by('RH', 'withdraw', { withdrawalPressure: true })],
    ['it is rated higher', (walk) => walk.by('INT', 'assess-reprisal', riskOf('EXTREME'))],
    ['it is rated as high anew', (walk) => walk.by('INT', 'assess-reprisal', riskOf('HIGH'))],
  ];
  it.each(SINCE)('is not lowered by a proposal from before %s, but by a new one', async (_, happens) => {
    const walk = await lodge();
    await walk.by('PRT', 'assess-reprisal', riskOf('HIGH'));
    const lowered = { ...rating('LOW'), reasons: 'It is calm.' };
    await walk.by('TRI', 'lower-reprisal', lowered);
    await happens(walk);
    const level = await levelOf(walk);
    expect(reprisalRank(level as ReprisalLevel)).toBeGreaterThanOrEqual(reprisalRank('HIGH'));
    await expect(walk.by('PRT', 'lower-reprisal', {}, true)).rejects.toMatchObject({ kind: 'conflict' });
    expect(await levelOf(walk)).toBe(level);
    const [row] = await house.source.query<{ status: string }[]>(
      `SELECT "status" FROM "proposals" WHERE "caseId" = '${walk.holder.caseId}'`,
    );
    expect(row).toEqual({ status: 'REPLACED' });
    if ((await stateOf(walk)) === 'withdrawn') await walk.by('RH', 'come-back', {});
    await walk.by('TRI', 'lower-reprisal', lowered);
    await walk.by('PRT', 'lower-reprisal', {}, true);
    expect(await levelOf(walk)).toBe('LOW');
  });

  it('leaves whoever lowered it unable to open alone who the person is', async () => {
    const walk = await Walk.lodge(house, staff);
    await walk.by('INT', 'assess-reprisal', riskOf('HIGH'));
    await walk.by('TRI', 'lower-reprisal', { ...rating('LOW'), reasons: 'She moved away.' });
    await walk.by('PRT', 'lower-reprisal', {}, true);
    const reveal = { revealReason: 'To call her back about it.' };
    for (const who of ['INT', 'TRI', 'PRT'] as const)
      expect(await walk.by(who, 'reveal-identity', reveal)).toMatchObject({ proposed: true });
    expect(await walk.by('INV', 'reveal-identity', reveal)).toMatchObject({ proposed: false });
  });

  it('leaves histories that can be verified', async () => {
    await house.integrate();
    expect((await house.verify()).differences).toEqual([]);
  });
});
