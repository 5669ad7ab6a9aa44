import { Consents } from '../../src/casework/consents';
import { OpenCase } from '../../src/casework/intake/open-case';
import { Receipts } from '../../src/casework/receipts';
import { ReadIdentity } from '../../src/casework/read-identity';
import { Sessions } from '../../src/people/sessions';
import type { Visitor } from '../../src/people/visitor';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { hireStaff, Walk, type Staff } from '../harness/walk';

type Holder = Visitor & { kind: 'rightsholder' };

const REVEAL = { revealReason: 'To call the person back about it.' };

describe.each(engines())('what a person decides stays theirs on %s', (engine) => {
  let house: House;
  let staff: Staff;

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
  });
  afterAll(() => house.close());

  const lodge = () => Walk.lodge(house, staff);
  const unmet = (name: string) => ({ needs: expect.arrayContaining([expect.objectContaining({ name })]) });
  const decide = (walk: Walk, code: string, given: boolean) =>
    house.get(Consents).decide(walk.holder, [{ code, given }] as never);
  async function representativeOf(walk: Walk): Promise<Walk> {
    const { receipt } = await house.get(Receipts).add(walk.holder, 'REPRESENTATIVE');
    const { token } = await house.get(OpenCase).byReceipt(receipt, 'program');
    const holder = (await house.get(Sessions).resolve(token))!.visitor as Holder;
    return new Walk(house, staff, walk.reference, receipt, holder);
  }

  it('lets nobody who acts for her ask for her erasure, or take back what she asked', async () => {
    const walk = await lodge();
    const representative = await representativeOf(walk);
    const ask = { erasureScope: 'PERSON' };
    await expect(representative.by('RH', 'request-erasure', ask)).rejects.toMatchObject(
      unmet('isHersToDecide'),
    );
    await walk.by('RH', 'request-erasure', ask);
    await expect(representative.by('RH', 'take-back-erasure')).rejects.toMatchObject(unmet('isHersToDecide'));
    await decide(walk, 'CN-REP', false);
    await expect(representative.by('RH', 'take-back-erasure')).rejects.toMatchObject(
      unmet('representativeMayAct'),
    );
    await walk.by('RH', 'take-back-erasure');
  });

  it('keeps her no a no, even when staff write it down once more', async () => {
    const walk = await lodge();
    const record = (consentGiven: boolean) =>
      walk.by('INT', 'record-consent', {
        consent: 'CN-SHARE-ID',
        consentGiven,
        consentSaid: 'On the phone.',
      });
    await decide(walk, 'CN-SHARE-ID', false);
    await record(false);
    await expect(record(true)).rejects.toMatchObject(unmet('consentIsNotOverruled'));
    await decide(walk, 'CN-SHARE-ID', true);
    await record(false);
    expect((await record(true)).proposed).toBe(false);
  });

  it('asks a second person of whoever rated the risk, and where she fears reprisal and nobody rated it yet', async () => {
    const walk = await lodge();
    expect((await walk.by('INT', 'reveal-identity', REVEAL)).proposed).toBe(false);
    await walk.by('TRI', 'assess-reprisal', { reprisalLevel: 'LOW', isDefender: false });
    expect((await walk.by('TRI', 'reveal-identity', REVEAL)).proposed).toBe(true);
  });

  it('keeps the person out who withdrew, also when the review without them has ended', async () => {
    const walk = await lodge();
    await walk.toInvestigation();
    await walk.by('RH', 'withdraw');
    await walk.by('INT', 'reveal-identity', REVEAL);
    expect(await house.get(ReadIdentity).until(staff.INT, walk.reference)).not.toBeNull();
    await walk.by('TRI', 'continue-own-initiative', {
      identityRemoved: true,
      othersAtRisk: true,
      reasons: 'It concerns others too.',
    });
    expect(await house.get(ReadIdentity).until(staff.INT, walk.reference)).toBeNull();
    await walk.by('TRI', 'determine-involvement', {
      involvement: 'CAUSE',
      involvementBasis: 'We set the threshold.',
      rootCauses: ['RC-THRESH'],
    });
    // What the organisation caused it remedies, whoever withdrew: an executive signs that it does not.
    await walk.by('DEC', 'close-own-initiative', {
      systemicEffects: ['SE-OVERSIGHT'],
      reasons: 'Reviewed without naming anybody.',
      lessons: 'Look first.',
    });
    await walk.by('EXE', 'close-own-initiative', {}, true);
    await expect(walk.by('INT', 'reveal-identity', REVEAL)).rejects.toMatchObject(unmet('personTakesPart'));
  });
});
