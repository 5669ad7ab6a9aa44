import { EraseAccount } from '../../../src/casework/erasure/erase-account';
import { Disposals } from '../../../src/casework/erasure/disposals';
import { ReadCase } from '../../../src/casework/read-case';
import { ReadHouse } from '../../../src/casework/read-house';
import { TakeStep } from '../../../src/casework/take-step';
import { Accounts } from '../../../src/people/accounts';
import { Invitations } from '../../../src/people/invitations';
import { ApiTokens } from '../../../src/people/api-tokens';
import type { Visitor } from '../../../src/people/visitor';
import { DataKey } from '../../../src/records/entities/data-key';
import { Person } from '../../../src/records/entities/person';
import type { RoleCode } from '../../../src/rules/roles';
import { SCOPE_CODES } from '../../../src/rules/scopes';
import { engines } from '../../harness/database';
import { House } from '../../harness/house';
import { hireStaff, Walk, type Staff, riskOf } from '../../harness/walk';
import { disposeOf, endedCase } from './due-house';

const PASSWORD = 'a long enough phrase for a test';

describe.each(engines())('the account of a former member of staff on %s', (engine) => {
  let house: House;
  let staff: Staff;
  let administrator: Visitor & { kind: 'officer' };

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
    administrator = await house.administrator();
  });
  afterAll(() => house.close());

  const erase = (id: string, by: Visitor = administrator) => house.get(EraseAccount).run(by, id);
  const rowOf = (id: string) => house.source.getRepository(Person).findOneByOrFail({ id });
  const knownAs = async (id: string) => (await house.get(Accounts).list()).find((each) => each.id === id)!;

  it('is erased by an administrator, once, and not while it is active', async () => {
    const { personId } = await house.officer('INT');
    await expect(erase(personId)).rejects.toMatchObject({ kind: 'conflict' });
    await house.get(Accounts).deactivate(personId, administrator.personId);
    for (const by of [staff.DPO, staff.DEC, { kind: 'nobody' } as unknown as Visitor])
      await expect(erase(personId, by)).rejects.toMatchObject({ kind: 'forbidden' });
    await erase(personId);
    for (const id of [personId, 'none', '00000000-0000-4000-8000-000000000000'])
      await expect(erase(id)).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('leaves neither name, address, password, key, token nor unit, and the address is free again', async () => {
    const { personId } = await house.officer('LEG');
    const { name, email } = await knownAs(personId);
    await house
      .get(ApiTokens)
      .create({ personId, label: 'a script', scopes: SCOPE_CODES, expiresAt: '2027-11-24T00:00:00.000Z' });
    const before = await rowOf(personId);
    await house.get(Accounts).deactivate(personId, administrator.personId);
    await erase(personId);
    const row = await rowOf(personId);
    expect(row).toMatchObject({
      roles: ['LEG'],
      active: false,
      nameSealed: '',
      emailSealed: '',
      unit: null,
      passwordHash: null,
      createdBy: administrator.personId,
    });
    expect(row.emailHash).not.toBe(before.emailHash);
    expect(await house.source.getRepository(DataKey).countBy({ ownerId: personId })).toBe(0);
    expect((await house.get(Accounts).list()).map(({ id }) => id)).not.toContain(personId);
    await expect(house.get(Accounts).signIn(email, PASSWORD)).rejects.toMatchObject({ kind: 'invalid' });
    const invitation = { roles: ['LEG' as const], unit: null, invitedBy: administrator.personId };
    const secret = await house.get(Invitations).invite(invitation);
    const again = await house.get(Accounts).acceptInvitation(secret, { name, email, password: PASSWORD });
    expect(again.id).not.toBe(personId);
  });

  const release = (walk: Walk, holdNumber: number) =>
    walk.by('DEC', 'release-hold', { holdNumber, reasons: 'The logs are copied.' });

  /** From an investigation to a closed case that no hold keeps. */
  async function finish(walk: Walk, holds: readonly number[]): Promise<void> {
    await walk.toFindings();
    await walk.toOffer();
    await walk.toMonitoring();
    await walk.close();
    for (const holdNumber of holds) await release(walk, holdNumber);
  }

  const notYet = (open: number, held: number, reviewable: number) => ({
    kind: 'unmet',
    needs: [
      {
        name: 'casesOver',
        sentence: expect.stringContaining(
          `(open: ${open}, under a legal hold: ${held}, within the time to ask for a review: ${reviewable})`,
        ) as unknown,
      },
    ],
  });

  it('stays while a case is open, under a legal hold or can be reviewed, and says of how many, not of which', async () => {
    const leaver = await house.officer('TRI');
    const walk = await Walk.lodge(house, { ...staff, TRI: leaver });
    await walk.toInvestigation();
    await house.get(Accounts).deactivate(leaver.personId, administrator.personId);
    await expect(erase(leaver.personId)).rejects.toMatchObject(notYet(1, 1, 0));
    expect(await knownAs(leaver.personId)).toBeDefined();
    await finish(walk, []);
    await expect(erase(leaver.personId)).rejects.toMatchObject(notYet(0, 1, 1));
    await release(walk, 1);
    const refusal = await erase(leaver.personId).catch((error: unknown) => error);
    expect(refusal).toMatchObject(notYet(0, 0, 1));
    expect(JSON.stringify(refusal)).not.toContain(walk.reference);
    house.time.addDays(60);
    await expect(erase(leaver.personId)).rejects.toMatchObject(notYet(0, 0, 1));
    house.time.addDays(1);
    await erase(leaver.personId);
    house.time.goTo('2026-11-24T09:00:00.000Z');
  });

  const NAMED: [string, RoleCode, (walk: Walk, who: Visitor & { kind: 'officer' }) => Promise<unknown>][] = [
    ['is assigned', 'INV', (walk, who) => walk.by('TRI', 'assign', { role: 'INV', person: who.personId })],
    [
      'took a step',
      'PRT',
      (walk, who) =>
        house.get(TakeStep).run({
          reference: walk.reference,
          step: 'assess-reprisal',
          visitor: who,
          answers: riskOf('HIGH'),
        }),
    ],
    [
      'has to carry out a measure',
      'REM',
      (walk, who) =>
        walk.by('PRT', 'order-interim-measure', {
          measure: 'RA-17',
          measureReason: 'It goes on.',
          owner: who.personId,
          dueOn: '2026-11-25',
        }),
    ],
    [
      'proposed something',
      'INT',
      async (walk, who) => {
        await walk.by('PRT', 'assess-reprisal', riskOf('HIGH'));
        await house.get(TakeStep).run({
          reference: walk.reference,
          step: 'lower-reprisal',
          visitor: who,
          answers: { reprisalLevel: 'LOW', isDefender: false, reasons: 'It is calm.' },
        });
      },
    ],
    [
      'refused what another proposed',
      'PRT',
      async (walk, who) => {
        await walk.by('PRT', 'assess-reprisal', riskOf('HIGH'));
        await walk.by('TRI', 'lower-reprisal', {
          reprisalLevel: 'LOW',
          isDefender: false,
          reasons: 'It is calm.',
        });
        await house.get(TakeStep).run({
          reference: walk.reference,
          step: 'lower-reprisal',
          visitor: who,
          answers: {},
          agree: false,
        });
      },
    ],
  ];
  it.each(NAMED)('stays while a person who %s is named in an open case', async (_, role, deed) => {
    const who = await house.officer(role);
    const walk = await Walk.lodge(house, staff);
    await deed(walk, who);
    await house.get(Accounts).deactivate(who.personId, administrator.personId);
    await expect(erase(who.personId)).rejects.toMatchObject(notYet(1, 1, 0));
  });

  it('stays in histories under its role, which verify, and every page of what it did still opens', async () => {
    const leaver = await house.officer('TRI', 'DPO');
    const { name } = await knownAs(leaver.personId);
    const walk = await Walk.lodge(house, { ...staff, TRI: leaver });
    await walk.toInvestigation();
    await walk.by('TRI', 'place-hold', { holdGround: 'EVIDENCE', reasons: 'Another case needs it.' });
    await walk.by('TRI', 'lower-severity', {
      nature: 'ACTUAL',
      scale: 1,
      scope: 1,
      irremediability: 1,
      vulnerable: false,
      delayMakesIrremediable: false,
      reasons: 'It was less.',
    });
    const ended = await endedCase(house, staff);
    house.time.addDays(7 * 366);
    const batch = await disposeOf(house, { ...staff, DPO: leaver }, [ended]);
    const seen = () => house.get(ReadCase).forStaff(walk.reference, staff.INV);
    const steps = () => house.get(ReadCase).openSteps(walk.reference, staff.DEC);
    await walk.joinTeam('DEC');
    expect(JSON.stringify([await seen(), await steps()])).toContain(name);

    house.time.goTo('2026-11-24T09:00:00.000Z');
    await finish(walk, [1, 2]);
    house.time.addDays(61);
    await house.get(Accounts).deactivate(leaver.personId, administrator.personId);
    await erase(leaver.personId);

    const history = await house.get(ReadCase).history(walk.reference, staff.INV);
    const views = [await seen(), await steps(), history, await house.get(Disposals).list(staff.DEC)];
    expect(JSON.stringify(views)).not.toContain(name);
    expect((await seen()).said.find(({ step }) => step === 'classify')).toMatchObject({
      byRole: 'TRI',
      by: 'former member of staff',
    });
    expect((await seen()).holds.at(-1)!.placedBy).toBe('former member of staff');
    expect(history.find(({ act }) => act === 'classify')).toMatchObject({
      byRole: 'TRI',
      by: 'former member of staff',
    });
    expect(await house.get(Disposals).view(staff.DEC, batch.id)).toMatchObject({
      proposedBy: 'former member of staff',
      note: '',
    });
    expect(await house.get(Disposals).certificate(staff.DEC, batch.id)).toContain(leaver.personId);
    const auditor = await house.officer('AUD');
    const { entries } = await house.get(ReadHouse).page(auditor);
    expect(entries.find(({ act }) => act === 'erase-account')).toMatchObject({
      facts: { person: leaver.personId },
    });
    await house.integrate();
    expect((await house.verify()).differences).toEqual([]);
  });
});
