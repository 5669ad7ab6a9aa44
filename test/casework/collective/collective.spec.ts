import { Consents } from '../../../src/casework/consents';
import { DeliverNews } from '../../../src/casework/collective/deliver-news';
import { JoinCodes } from '../../../src/casework/collective/join-codes';
import { EraseOnRequest } from '../../../src/casework/erasure/erase-on-request';
import { Lodge } from '../../../src/casework/intake/lodge';
import { OpenCase } from '../../../src/casework/intake/open-case';
import { Messages } from '../../../src/casework/messages';
import { ReadCase } from '../../../src/casework/read-case';
import { ReadMyCase } from '../../../src/casework/read-my-case';
import { Receipts } from '../../../src/casework/receipts';
import { TakeStep } from '../../../src/casework/take-step';
import { Sessions } from '../../../src/people/sessions';
import type { Visitor } from '../../../src/people/visitor';
import { Refusal } from '../../../src/platform/refusal';
import { Entry } from '../../../src/records/entities/entry';
import { JoinCode } from '../../../src/records/entities/join-code';
import { Message } from '../../../src/records/entities/message';
import { engines } from '../../harness/database';
import { House } from '../../harness/house';
import { hireStaff, Walk, type Staff } from '../../harness/walk';

async function needOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error === null) throw new Error('It was taken.');
  if (!(error instanceof Refusal)) throw error as Error;
  return error.needs[0]?.sentence.startsWith('error.')
    ? error.needs[0].sentence
    : (error.needs[0]?.name ?? error.kind);
}

describe.each(engines())('a collective complaint on %s', (engine) => {
  let house: House;
  let staff: Staff;

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
  });
  afterEach(async () => {
    await house.integrate();
    expect((await house.verify()).differences).toEqual([]);
  });
  afterAll(() => house.close());

  const lodgeGroup = (more: object = {}) =>
    Walk.lodge(house, staff, 'The rota system fires our members.', { complainantRole: 'group', ...more });
  const codeOf = async (group: Walk, joinPlaces = 5, who: 'RH' | 'INT' = 'RH') =>
    (await group.take(who, 'make-join-code', { joinPlaces: String(joinPlaces), joinFor: '30' })).joinCode!;
  const joined = async (code: string, narrative = 'Me too.'): Promise<Walk> => {
    const { reference, receipt } = await house
      .get(Lodge)
      .run({ narrative, consents: [{ code: 'CN-GROUP', given: true }] }, { role: 'RH', joinCode: code });
    const { token } = await house.get(OpenCase).byReceipt(receipt, 'program');
    const visitor = (await house.get(Sessions).resolve(token))!.visitor as Visitor & {
      kind: 'rightsholder';
    };
    return new Walk(house, staff, reference, receipt, visitor);
  };
  const mine = (walk: Walk) => house.get(ReadMyCase).view(walk.holder);
  const seenBy = (walk: Walk, who: keyof Staff) => house.get(ReadCase).forStaff(walk.reference, staff[who]);
  const texts = async (walk: Walk) =>
    (await house.get(Messages).list(walk.holder)).map(({ fromRole, text }) => `${fromRole}: ${text}`);

  it('takes no description in which nothing is said, and leaves what was said before', async () => {
    const group = await lodgeGroup({ groupDefinition: 'Drivers of the north depot' });
    const before = await mine(group);
    for (const who of ['RH', 'TRI'] as const)
      for (const empty of [{}, { groupDefinition: '', estimatedSize: '' }])
        await expect(group.by(who, 'describe-group', empty)).rejects.toMatchObject({
          kind: 'invalid',
          needs: [{ name: 'answer', field: 'groupDefinition' }],
        });
    expect(await mine(group)).toEqual(before);
  });

  it('keeps what the group is as it was told, and lets lead and staff correct it', async () => {
    const group = await lodgeGroup({ groupDefinition: 'Drivers of the north depot', estimatedSize: 200 });
    expect((await mine(group)).complaint.groupDefinition).toBe('Drivers of the north depot');
    await group.by('RH', 'describe-group', { groupDefinition: 'Drivers of both depots' });
    await group.by('TRI', 'describe-group', {
      groupDefinition: 'Everybody on the rota',
      estimatedSize: 240,
      membershipMode: 'OPT_IN',
      individualRemedyNeeded: true,
    });
    const { complaint, collective } = await seenBy(group, 'TRI');
    expect({ ...collective, text: complaint.groupDefinition, byStaff: complaint.groupByStaff }).toEqual({
      text: 'Drivers of both depots',
      byStaff: 'Everybody on the rota',
      estimatedSize: 240,
      membershipMode: 'OPT_IN',
      individualRemedyNeeded: true,
      joinCodes: [],
      membersSeen: 0,
      members: [],
    });
    const alone = await Walk.lodge(house, staff);
    for (const step of ['describe-group', 'make-join-code', 'write-to-members'])
      expect(
        await needOf(
          alone.by(
            'RH',
            step,
            {
              'make-join-code': { joinPlaces: '5', joinFor: '30' },
              'write-to-members': { memberNews: 'Hello.' },
            }[step],
          ),
        ),
      ).toBe('isCollective');
    expect((await mine(alone)).collective).toBeNull();
  });

  it('is joined by no complaint for a group, and by one case at most twice a day', async () => {
    const code = await codeOf(await lodgeGroup());
    const form = { narrative: 'We too.', complainantRole: 'group' } as const;
    expect(await needOf(house.get(Lodge).run(form, { role: 'RH', joinCode: code }))).toBe('isNotCollective');
    const member = await joined(code);
    await member.by('RH', 'leave-group');
    const again = { joinCode: code, agreesToJoin: true };
    await member.by('RH', 'join-group', again);
    await member.by('RH', 'leave-group');
    expect(await needOf(member.by('RH', 'join-group', again))).toBe('joinsLeft');
    house.time.addDays(1);
    await member.by('RH', 'join-group', again);
  });

  it('gives each member a case, a receipt and a thread of their own, and tells the lead only how many they are', async () => {
    const group = await lodgeGroup();
    const code = await codeOf(group);
    const members = [await joined(code), await joined(code), await joined(code), await joined(code)];
    expect((await mine(group)).collective!.members).toBeNull();
    const fifth = await Walk.lodge(house, staff, 'My own, older case.');
    await fifth.by('RH', 'join-group', {
      joinCode: code.toLowerCase().replaceAll(' ', '-'),
      agreesToJoin: true,
    });
    expect((await mine(group)).collective).toMatchObject({
      members: 5,
      joinCodes: [{ n: 1, status: 'FULL' }],
    });
    for (const member of [...members, fifth])
      expect((await mine(member)).memberOf).toMatchObject({ reference: group.reference, state: 'received' });
    expect(
      (await house.get(Consents).list(fifth.holder)).find((each) => each.code === 'CN-GROUP'),
    ).toMatchObject({
      holds: true,
      byRole: 'RH',
    });
    const view = JSON.stringify(await mine(group));
    const timeline = JSON.stringify(await house.get(ReadMyCase).timeline(group.holder));
    for (const { reference } of [...members, fifth]) {
      expect(view).not.toContain(reference);
      expect(timeline).not.toContain(reference);
    }
    expect(timeline).not.toContain('member-');
    const staffSees = await seenBy(group, 'TRI');
    expect(staffSees.collective!.members.map(({ reference }) => reference)).toEqual(
      expect.arrayContaining([...members, fifth].map(({ reference }) => reference)),
    );
    expect((await seenBy(fifth, 'TRI')).memberOf!.reference).toBe(group.reference);
  });

  it('neither lists nor counts for staff the case of a member that they may not see', async () => {
    const group = await lodgeGroup();
    const code = await codeOf(group);
    const [seen, hidden] = [await joined(code), await joined(code)];
    await hidden
      .by('PRT', 'exclude', { exclusionGround: 'EX-CLOSE', person: staff.TRI.personId, note: 'Kin.' })
      .catch(async (error: unknown) => {
        // A lead has to be left: another one carries the case.
        if (!(error instanceof Refusal)) throw error;
        await house.officer('TRI');
        await hidden.by('PRT', 'exclude', {
          exclusionGround: 'EX-CLOSE',
          person: staff.TRI.personId,
          note: 'Kin.',
        });
      });
    expect((await seenBy(group, 'TRI')).collective).toMatchObject({
      membersSeen: 1,
      members: [{ reference: seen.reference }],
    });
    expect((await seenBy(group, 'PRT')).collective!.membersSeen).toBe(2);
    const lines = JSON.stringify(await house.get(ReadCase).history(group.reference, staff.TRI));
    expect(lines).toContain(seen.reference);
    expect(lines).not.toContain(hidden.reference);
    await group.by('PRT', 'exclude', {
      exclusionGround: 'EX-CLOSE',
      person: staff.TRI.personId,
      note: 'Kin.',
    });
    expect((await seenBy(seen, 'TRI')).memberOf).toBeNull();
  });

  it('refuses a code that was never made, was ended, is over, has no place left, or is of a complaint that ended', async () => {
    const group = await lodgeGroup();
    const code = await codeOf(group);
    const alone = await Walk.lodge(house, staff);
    const tryWith = (joinCode: string) =>
      needOf(alone.by('RH', 'join-group', { joinCode, agreesToJoin: true }));
    expect(await tryWith('BCDF BCDF BCDF BCDF BCDF')).toBe('error.join-code.unknown');
    expect(await tryWith('one two three')).toBe('error.join-code.unknown');
    for (let at = 0; at < 5; at++) await joined(code);
    expect(await tryWith(code)).toBe('error.join-code.full');
    expect(await needOf(joined(code))).toBe('error.join-code.full');
    const second = await codeOf(group);
    await group.by('RH', 'end-join-code', { joinCodeNumber: 2 });
    expect(await tryWith(second)).toBe('error.join-code.unknown');
    expect(await needOf(group.by('RH', 'end-join-code', { joinCodeNumber: 2 }))).toBe('joinCodeStands');
    const third = await codeOf(group, 5, 'INT');
    await expect(house.get(JoinCodes).lookUp(third)).resolves.toMatchObject({ reference: group.reference });
    await group.by('RH', 'withdraw');
    expect(await tryWith(third)).toBe('error.join-code.closed');
    expect(await needOf(house.get(JoinCodes).lookUp(third))).toBe('error.join-code.closed');
    expect((await mine(alone)).memberOf).toBeNull();
  });

  it('refuses to join one’s own or a second collective complaint, without a yes, or for somebody who decides herself', async () => {
    const group = await lodgeGroup();
    const code = await codeOf(group);
    const answers = { joinCode: code, agreesToJoin: true };
    expect(await needOf(group.by('RH', 'join-group', answers))).toBe('isNotCollective');
    const alone = await Walk.lodge(house, staff);
    expect(await needOf(alone.by('RH', 'join-group', { joinCode: code }))).toBe('answer');
    await alone.by('RH', 'join-group', answers);
    expect(await needOf(alone.by('RH', 'join-group', answers))).toBe('notAMember');
    const { receipt } = await house.get(Receipts).add(alone.holder, 'REPRESENTATIVE');
    const { token } = await house.get(OpenCase).byReceipt(receipt, 'program');
    const { visitor } = (await house.get(Sessions).resolve(token))!;
    expect(await needOf(house.get(TakeStep).run({ visitor, step: 'leave-group', answers: {} }))).toBe(
      'isHersToDecide',
    );
  });

  it('ends a membership with a no to the consent, whoever writes it down, and the case goes on alone', async () => {
    const group = await lodgeGroup();
    const code = await codeOf(group, 10);
    const [byStep, byConsent, byStaff] = [await joined(code), await joined(code), await joined(code)];
    await byStep.by('RH', 'leave-group');
    await house.get(Consents).decide(byConsent.holder, [{ code: 'CN-GROUP', given: false }]);
    await byStaff.by('INT', 'record-consent', {
      consent: 'CN-GROUP',
      consentGiven: false,
      consentSaid: 'On the phone.',
    });
    for (const walk of [byStep, byConsent, byStaff]) {
      const { memberOf, state } = await mine(walk);
      expect({ memberOf, state }).toEqual({ memberOf: null, state: 'received' });
    }
    const history = await house.get(ReadCase).history(group.reference, staff.TRI);
    expect(history.filter(({ act }) => act === 'member-left')).toHaveLength(3);
    expect(await needOf(byStep.by('RH', 'leave-group'))).toBe('isMember');
    await byStep.by('RH', 'join-group', { joinCode: code, agreesToJoin: true });
    expect((await mine(byStep)).memberOf!.reference).toBe(group.reference);
  });

  it('brings a message to all members once, and nothing to who left, joined later, or goes on without herself', async () => {
    const group = await lodgeGroup();
    const code = await codeOf(group, 10);
    const [stays, leaves] = [await joined(code), await joined(code)];
    await group.by('RH', 'write-to-members', { memberNews: 'We meet on Monday.' });
    await leaves.by('RH', 'leave-group');
    const late = await joined(code);
    expect(await house.get(DeliverNews).run()).toBe(1);
    expect(await house.get(DeliverNews).run()).toBe(0);
    await group.by('TRI', 'write-to-members', { memberNews: 'The log was found.', writtenIn: 'en' });
    await Promise.all([house.get(DeliverNews).run(), house.get(DeliverNews).run()]);
    expect(await texts(stays)).toEqual(['LEAD: We meet on Monday.', 'TRI: The log was found.']);
    expect(await texts(leaves)).toEqual([]);
    expect(await texts(late)).toEqual(['TRI: The log was found.']);
    await group.by('RH', 'write-to-members', { memberNews: 'Second.' });
    await group.by('RH', 'write-to-members', { memberNews: 'Third.' });
    expect(await needOf(group.by('RH', 'write-to-members', { memberNews: 'Fourth.' }))).toBe(
      'memberNewsLeft',
    );
    // What the lead wrote takes nothing from staff.
    await group.by('TRI', 'write-to-members', { memberNews: 'Ours.', writtenIn: 'en' });
  });

  it('gives the last place to one of two, and loses nobody who leaves while messages go out', async () => {
    const group = await lodgeGroup();
    const code = await codeOf(group);
    const members = [await joined(code), await joined(code), await joined(code), await joined(code)];
    const two = await Promise.allSettled([joined(code), joined(code)]);
    expect(two.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await group.by('RH', 'write-to-members', { memberNews: 'News.' });
    await Promise.all([
      house.get(DeliverNews).run(),
      ...members.map((member) => member.by('RH', 'leave-group')),
      house.get(DeliverNews).run(),
    ]);
    await house.get(DeliverNews).run();
    for (const member of members) {
      expect((await mine(member)).memberOf).toBeNull();
      expect((await texts(member)).length).toBeLessThanOrEqual(1);
    }
  });

  it('lets staff work on while people join, and refuses what was seen before anything else changed', async () => {
    const group = await lodgeGroup();
    const code = await codeOf(group);
    const { revision } = await seenBy(group, 'TRI');
    await joined(code);
    const take = (step: string, answers: object) =>
      house.get(TakeStep).run({
        reference: group.reference,
        step,
        visitor: staff.TRI,
        answers: { ...answers },
        revision,
      });
    await take('describe-group', { estimatedSize: 7 });
    expect(await needOf(take('describe-group', { estimatedSize: 8 }))).toBe('stale');
  });

  it('cannot be closed as remedied while the case of a member who needs a remedy of her own has no offer', async () => {
    const group = await lodgeGroup();
    const member = await joined(await codeOf(group));
    await group.by('TRI', 'describe-group', { individualRemedyNeeded: true });
    await group.toInvestigation();
    await group.toFindings();
    await group.toOffer();
    await group.toMonitoring();
    expect(await needOf(group.close())).toBe('membersRemedyDecided');
    await member.toInvestigation();
    await member.toFindings();
    await member.toOffer();
    await group.close();
    expect((await mine(member)).memberOf!.state).toBe('closed');
    await member.by('RH', 'refuse-offer');
    expect((await mine(member)).state).toBe('remedy-proposed');
  });

  it('leaves the other whole when one of the two is erased', async () => {
    const group = await lodgeGroup();
    const code = await codeOf(group, 10);
    const [gone, stays] = [await joined(code), await joined(code)];
    const erase = async (walk: Walk) => {
      await walk.by('RH', 'withdraw');
      await walk.by('RH', 'request-erasure', { erasureScope: 'CASE' });
      for (const { n } of (await seenBy(walk, 'DPO')).holds)
        await walk.by('DEC', 'release-hold', { holdNumber: n, reasons: 'Nothing needs it.' });
      await house.get(EraseOnRequest).run(staff.DPO, walk.reference);
    };
    await erase(gone);
    expect((await seenBy(group, 'TRI')).collective!.members.map(({ reference }) => reference)).toEqual([
      stays.reference,
    ]);
    await erase(group);
    expect((await mine(stays)).memberOf).toMatchObject({
      reference: group.reference,
      erasedOn: house.time.today(),
    });
    expect(await needOf(house.get(JoinCodes).lookUp(code))).toBe('error.join-code.unknown');
    expect(await needOf(joined(code))).toBe('error.join-code.unknown');
    expect(await house.get(DeliverNews).run()).toBe(0);
    await stays.by('RH', 'leave-group');
    expect((await mine(stays)).memberOf).toBeNull();
  });

  it('writes a code nowhere, neither in rows nor in histories', async () => {
    const group = await lodgeGroup();
    const code = await codeOf(group);
    const alone = await Walk.lodge(house, staff);
    await alone.by('RH', 'join-group', { joinCode: code, agreesToJoin: true });
    const letters = code.replaceAll(' ', '');
    const rows = JSON.stringify([
      await house.source.manager.find(Entry),
      await house.source.manager.find(JoinCode),
      (await seenBy(alone, 'TRI')).said,
      await house.get(ReadCase).history(group.reference, staff.TRI),
    ]);
    expect(rows).not.toContain(letters);
    expect(rows).not.toContain(code);
  });

  it('reaches 250 members, a case a change', async () => {
    const group = await lodgeGroup();
    const code = await codeOf(group, 250);
    for (let at = 0; at < 250; at += 50) await Promise.all(Array.from({ length: 50 }, () => joined2(code)));
    await group.by('RH', 'write-to-members', { memberNews: 'To everybody.' });
    const before = await house.source.manager.count(Message);
    expect(await house.get(DeliverNews).run()).toBe(250);
    expect(await house.source.manager.count(Message)).toBe(before + 250);
    expect((await mine(group)).collective!.members).toBe(250);
  });

  const joined2 = (code: string) =>
    house.get(Lodge).run({ narrative: 'Me too.' }, { role: 'RH', joinCode: code });
});
