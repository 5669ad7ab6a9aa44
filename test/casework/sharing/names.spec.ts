import { Alerts } from '../../../src/casework/alerts/alerts';
import { ChangeIdentity } from '../../../src/casework/change-identity';
import { EraseOnRequest } from '../../../src/casework/erasure/erase-on-request';
import { Consents } from '../../../src/casework/consents';
import { Messages } from '../../../src/casework/messages';
import { ReadMyCase } from '../../../src/casework/read-my-case';
import { OpenCase } from '../../../src/casework/intake/open-case';
import { Receipts } from '../../../src/casework/receipts';
import { Sessions } from '../../../src/people/sessions';
import { PACKETS_A_DAY, PACKETS_WITH_NAME_A_DAY } from '../../../src/rules/sharing';
import { engines } from '../../harness/database';
import { Walk, riskOf } from '../../harness/walk';
import { picture } from '../../vault/cleaning/pictures';
import { NAME, WHY, passingOn, refused } from './passing-on';

describe.each(engines())('names in packets, on %s', (engine) => {
  const on = passingOn(engine);
  const { lodge, redactions, packets, mask, make, share, takeOut, addFile, entries } = on;

  it.each<[string, object, (packet: number) => Promise<unknown>]>([
    ['the vendor', {}, (n) => share(n)],
    ['the unit', {}, (n) => share(n, { sharedWith: 'UNIT' })],
    [
      'an authority in a confidential case',
      { identityMode: 'CONFIDENTIAL' },
      (n) => share(n, { sharedWith: 'AUTHORITY', legalDuty: 'A law.', identityShared: true }),
    ],
  ])('holds a text back that names her from %s', async (_who, more, pass) => {
    on.walk = await lodge(more);
    const write = (text: string) => on.house.get(Messages).write(on.walk.holder, text);
    for (const text of [
      'It is NOOR, as you know.',
      'Mail noor@example.org.',
      'Ask Ms Amra\u0301ni.',
      'Nothing of anybody, noorish.',
    ])
      await write(text);
    for (const n of [1, 2, 3]) {
      await make({ kind: 'MESSAGE', n, reason: WHY });
      await expect(pass(n)).rejects.toMatchObject(refused('packetNamesNobody'));
    }
    // Nor where something else in it was masked.
    await redactions().keep(on.staff.INT, on.walk.reference, { kind: 'MESSAGE', n: 1 }, ['know']);
    await make({ kind: 'MESSAGE', n: 1, version: 1 });
    await expect(pass(4)).rejects.toMatchObject(refused('packetNamesNobody'));
    await redactions().keep(on.staff.INT, on.walk.reference, { kind: 'MESSAGE', n: 1 }, ['noor']);
    await make({ kind: 'MESSAGE', n: 1, version: 2 }, { kind: 'MESSAGE', n: 4, reason: WHY });
    await expect(pass(5)).resolves.toMatchObject({ proposed: false });
  });

  describe('tells of names', () => {
    const told = async () => (await on.house.get(ReadMyCase).timeline(on.walk.holder)).map(({ act }) => act);
    const guess = async (who: 'INT' | 'TRI' | 'DPO', text = 'Is it Noor?') => {
      await on.house.get(Messages).write(on.staff[who], text, on.walk.reference);
      const { texts } = await redactions().list(on.staff[who], on.walk.reference);
      const n = texts.filter(({ kind }) => kind === 'MESSAGE').at(-1)!.n;
      return packets().make(on.staff[who], on.walk.reference, [{ kind: 'MESSAGE', n, reason: WHY }]);
    };

    it('to her, in her timeline, whenever somebody put one together who was not shown it', async () => {
      await guess('INT', 'Is it Karla?');
      expect(await told()).not.toContain('make-packet-with-name');
      await guess('INT');
      expect((await told()).filter((act) => act === 'make-packet-with-name')).toHaveLength(1);
      await on.walk.by('TRI', 'reveal-identity', { revealReason: 'To mask what tells who she is.' });
      await guess('TRI');
      expect((await told()).filter((act) => act === 'make-packet-with-name')).toHaveLength(1);
      expect(await entries('make-packet')).toHaveLength(2);
      expect((await on.house.verify()).differences).toEqual([]);
    });

    it('a few times a day to one of staff, whatever the case, and again when the name is open to them', async () => {
      for (let n = 1; n <= PACKETS_WITH_NAME_A_DAY; n += 1) {
        await guess('INT');
        on.walk = await lodge();
      }
      const tooMany = { kind: 'too-many', needs: [expect.objectContaining({ name: 'packets-a-day' })] };
      await expect(guess('INT')).rejects.toMatchObject(tooMany);
      await expect(guess('INT', 'Is it Karla?')).rejects.toMatchObject(tooMany);
      await guess('TRI');
      const photo = await addFile(await picture().png().toBuffer());
      await make({ kind: 'FILE', n: photo, reason: WHY });
      await on.walk.by('INT', 'reveal-identity', { revealReason: 'To mask what tells who she is.' });
      await guess('INT');
      on.house.time.addDays(1);
      await guess('INT', 'Is it Karla?');
    });

    it('no oftener to whoever asks in many cases at once', async () => {
      const cases = [on.walk];
      while (cases.length < 2 * PACKETS_WITH_NAME_A_DAY) cases.push(await lodge());
      for (const each of cases)
        await on.house.get(Messages).write(on.staff.INT, 'Is it Noor?', each.reference);
      const made = await Promise.allSettled(
        cases.map(({ reference }) =>
          packets().make(on.staff.INT, reference, [{ kind: 'MESSAGE', n: 1, reason: WHY }]),
        ),
      );
      expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(PACKETS_WITH_NAME_A_DAY);
    });

    it('to nobody who puts together more than a day may bring', async () => {
      for (let n = 1; n <= PACKETS_A_DAY; n += 1) await make({ kind: 'COMPLAINT', n: 2, reason: WHY });
      await expect(make({ kind: 'COMPLAINT', n: 2, reason: WHY })).rejects.toMatchObject({
        kind: 'too-many',
      });
      on.house.time.addDays(1);
    });

    it('to nobody in the needs of a step that lacks something else', async () => {
      await guess('DPO');
      const missing = await on.walk
        .by('INT', 'share', {
          sharedWith: 'VENDOR',
          recipient: 'Acme',
          identityShared: false,
          packetNumber: 1,
        })
        .catch((error: { needs: { name: string }[] }) => error.needs.map(({ name }) => name));
      expect(missing).toEqual(['answer', 'answer']);
      await expect(share(1)).rejects.toMatchObject(refused('packetNamesNobody'));
    });

    it('also where the name was left after it was put together', async () => {
      on.walk = await lodge({ identityMode: 'ANONYMOUS', name: undefined, contact: undefined });
      await guess('DPO');
      expect(await told()).not.toContain('make-packet-with-name');
      await on.house.get(ChangeIdentity).run(on.walk.holder, { identityMode: 'NAMED', name: NAME });
      await expect(share(1)).rejects.toMatchObject(refused('packetNamesNobody'));
    });
  });

  it('looks for whoever acts for her, and for everybody of their group', async () => {
    const named = async (text: string, of: Walk, who: 'INT' | 'TRI' = 'INT') => {
      await on.house.get(Messages).write(on.staff[who], text, of.reference);
      const { texts } = await redactions().list(on.staff[who], of.reference);
      const n = texts.filter(({ kind }) => kind === 'MESSAGE').at(-1)!.n;
      const before = (await named.acts(of)).length;
      await packets().make(on.staff[who], of.reference, [{ kind: 'MESSAGE', n, reason: WHY }]);
      return (await named.acts(of)).length > before;
    };
    named.acts = async (of: Walk) =>
      (await on.house.get(ReadMyCase).timeline(of.holder)).filter(
        ({ act }) => act === 'make-packet-with-name',
      );
    const group = await lodge({ complainantRole: 'group' });
    const { joinCode } = await group.take('RH', 'make-join-code', { joinPlaces: '5', joinFor: '30' });
    const join = async (name: string) => {
      const member = await lodge({ name, contact: { kind: 'phone', value: '+49 170 12345-67' } });
      await member.by('RH', 'join-group', { joinCode, agreesToJoin: true });
      return member;
    };
    const [lea, ben] = [await join('Lea Brandt'), await join('Ben Osei')];
    const { receipt } = await on.house.get(Receipts).add(ben.holder, 'REPRESENTATIVE');
    const { token } = await on.house.get(OpenCase).byReceipt(receipt, 'program');
    const speaker = (await on.house.get(Sessions).resolve(token))!.visitor as Walk['holder'];
    await on.house.get(ChangeIdentity).run(speaker, { name: 'Ingrid Moe' });
    for (const [text, of] of [
      ['Ask brandt, lea about it.', group],
      ['Call 0170 / 123 45 67.', group],
      ['Ingrid told us.', ben],
      ['Noor told us.', lea],
    ] as const)
      expect([text, await named(text, of)]).toEqual([text, true]);
    await ben.by('RH', 'leave-group', {});
    expect(await named('Osei was there.', lea, 'TRI')).toBe(true);
    expect(await named('Osei was there.', await lodge(), 'TRI')).toBe(false);
  });

  it('looks for the address to which e-mails about news go, of her and of whoever stands beside her', async () => {
    const write = (text: string) => on.house.get(Messages).write(on.walk.holder, text);
    const { receipt } = await on.house.get(Receipts).add(on.walk.holder, 'SUPPORTER');
    const { token } = await on.house.get(OpenCase).byReceipt(receipt, 'program');
    const beside = (await on.house.get(Sessions).resolve(token))!.visitor as Walk['holder'];
    await on.house.get(Alerts).set(on.walk.holder, 'secret.box@mail.example');
    await on.house.get(Alerts).set(beside, 'Friend@mail.example');
    for (const [n, text] of [
      'To Secret.Box@mail.example, please.',
      'Ask friend@mail.example.',
      'ask@mail.example',
    ].entries()) {
      await write(text);
      await make({ kind: 'MESSAGE', n: n + 1, reason: WHY });
      if (n < 2) await expect(share(n + 1)).rejects.toMatchObject(refused('packetNamesNobody'));
      else await share(n + 1);
    }
  });

  it('lets her name go to an authority in a case that is not guarded, and to the unit where she agreed to that', async () => {
    await on.house.get(Messages).write(on.walk.holder, 'I am Noor el Amrani.');
    for (const _ of [1, 2, 3]) await make({ kind: 'MESSAGE', n: 1, reason: WHY });
    await share(1, { sharedWith: 'AUTHORITY', legalDuty: 'A law.', identityShared: true });
    await on.house.get(Consents).decide(on.walk.holder, [{ code: 'CN-SHARE-ID', given: true }]);
    await expect(share(2, { sharedWith: 'UNIT' })).rejects.toMatchObject(refused('packetNamesNobody'));
    await share(2, { sharedWith: 'UNIT', identityShared: true });
    // She reads of both, with recipient and day, under the consent to tell who she is.
    const consents = await on.house.get(Consents).list(on.walk.holder, 'en');
    const told = { on: on.house.time.today(), step: 'share', to: 'Acme, Ms Li', byRole: 'INT' };
    expect(consents.find(({ code }) => code === 'CN-SHARE-ID')!.disclosures).toMatchObject([
      { ...told, legalDuty: 'A law.', parts: [{ kind: 'MESSAGE', n: 1 }] },
      { ...told, legalDuty: null, parts: [{ kind: 'MESSAGE', n: 1 }] },
    ]);
    // From a high risk of reprisal on, it is guarded whatever she said at lodging.
    await on.walk.by('TRI', 'assess-reprisal', riskOf('HIGH'));
    await expect(
      share(3, { sharedWith: 'AUTHORITY', legalDuty: 'A law.', identityShared: false }),
    ).rejects.toMatchObject(refused('packetNamesNobody'));
  });

  it('does not tell who she is any more once she takes that consent back, or is at risk', async () => {
    await on.house.get(Messages).write(on.walk.holder, 'I am Noor el Amrani.');
    for (const _ of [1, 2]) await make({ kind: 'MESSAGE', n: 1, reason: WHY });
    await on.house.get(Consents).decide(on.walk.holder, [{ code: 'CN-SHARE-ID', given: true }]);
    await share(1, { sharedWith: 'UNIT', identityShared: true });
    await share(2, { sharedWith: 'AUTHORITY', legalDuty: 'A law.', identityShared: true });
    await takeOut(1);
    await on.house.get(Consents).decide(on.walk.holder, [{ code: 'CN-SHARE-ID', given: false }]);
    await expect(takeOut(1)).rejects.toMatchObject({ kind: 'conflict' });
    await takeOut(2);
    await on.walk.by('TRI', 'assess-reprisal', riskOf('HIGH'));
    await expect(takeOut(2)).rejects.toMatchObject({ kind: 'conflict' });
  });

  it('carries no name where staff say that nothing tells who she is', async () => {
    await on.house.get(Messages).write(on.walk.holder, 'I am Noor el Amrani.');
    await make({ kind: 'MESSAGE', n: 1, reason: WHY });
    await expect(
      share(1, { sharedWith: 'AUTHORITY', legalDuty: 'A law.', identityShared: false }),
    ).rejects.toMatchObject(refused('packetNamesNobody'));
  });

  it('remembers of each what stood in it, also when she took that back and all of it is masked', async () => {
    const { n: version } = await mask(NAME, 'Karl');
    await make({ kind: 'COMPLAINT', n: 1, version });
    await on.house.get(ChangeIdentity).run(on.walk.holder, { contact: null });
    await expect(share(1)).rejects.toMatchObject(refused('packetNamesNobody'));
  });

  it('takes out nothing whole once her name or contact was taken back or erased', async () => {
    const { n: masked } = await mask(NAME, 'Karl', 'RD-7K3F-9QXM', 'noor@example.org');
    for (const _ of [1, 2]) await make({ kind: 'COMPLAINT', n: 2, reason: WHY });
    await make({ kind: 'COMPLAINT', n: 1, version: masked });
    await share(1);
    await on.house.get(ChangeIdentity).run(on.walk.holder, { contact: null });
    await expect(share(2)).rejects.toMatchObject(refused('packetNamesNobody'));
    await expect(takeOut(1)).rejects.toMatchObject({ kind: 'conflict' });
    await share(3);
    await takeOut(3);
    const other = { sharedWith: 'AUTHORITY', legalDuty: 'A law.', identityShared: true };
    await share(2, other);
    await takeOut(2);
    await on.walk.by('RH', 'request-erasure', { erasureScope: 'PERSON' });
    await on.walk.joinTeam('DEC');
    await on.walk.by('DEC', 'release-hold', { holdNumber: 1, reasons: 'The logs are copied.' });
    await on.house.get(EraseOnRequest).run(on.staff.DPO, on.walk.reference);
    await expect(takeOut(2)).rejects.toMatchObject({ kind: 'conflict' });
    await make({ kind: 'COMPLAINT', n: 2, reason: WHY });
    await expect(share(4, other)).rejects.toMatchObject(refused('packetNamesNobody'));
  });
});
