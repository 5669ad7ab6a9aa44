import { buffer } from 'node:stream/consumers';
import { Consents } from '../../../src/casework/consents';
import { Messages } from '../../../src/casework/messages';
import { ReadMyCase } from '../../../src/casework/read-my-case';
import { Case } from '../../../src/records/entities/case';
import { Packet } from '../../../src/records/entities/packet';
import { Redaction } from '../../../src/records/entities/redaction';
import { Transactions } from '../../../src/records/transactions';
import { MARK } from '../../../src/rules/masking';
import { PACKETS_AT_ONCE } from '../../../src/rules/sharing';
import { readZipDirectory } from '../../../src/vault/cleaning/zip';
import { engines } from '../../harness/database';
import { Walk } from '../../harness/walk';
import { picture, withMetadata } from '../../vault/cleaning/pictures';
import { disposeOf, endedCase } from '../erasure/due-house';
import { COMPLAINT, NAME, STORY, WHY, passingOn, refused } from './passing-on';

describe.each(engines())('packets, on %s', (engine) => {
  const on = passingOn(engine);
  const { lodge, redactions, packets, maskedFiles, mask, make, share, takeOut, addFile, entries } = on;

  it('puts into a packet what was chosen and nothing else, each masked or whole with a reason', async () => {
    await on.house.get(Messages).write(on.walk.holder, 'Please hurry.');
    await on.house.get(Messages).write(on.staff.INT, 'We do.', on.walk.reference);
    await mask(NAME);
    const file = await addFile(await picture().png().toBuffer());
    const copy = await maskedFiles().paint(on.staff.INT, on.walk.reference, file, [
      { left: 0, top: 0, width: 50, height: 50 },
    ]);
    const whole = await addFile(Buffer.from('A price list.'));
    for (const [parts, said] of [
      [[], 'Choose what is to be passed on'],
      [[{ kind: 'MESSAGE', n: 1 }], 'why it goes whole'],
      [[{ kind: 'MESSAGE', n: 1, reason: 'too short' }], 'why it goes whole'],
      [[{ kind: 'MESSAGE', n: 1, reason: '\u200b'.repeat(12) }], 'why it goes whole'],
      [[{ kind: 'MESSAGE', n: 9, reason: WHY }], 'no such text'],
      [[{ kind: 'NOTE', n: 1, reason: WHY }], 'no such kind'],
      [[{ kind: 'FILE', n: 99, reason: WHY }], 'no such file'],
      [[{ kind: 'MESSAGE', n: 1, version: 1 }], 'not one of this text'],
      [[{ kind: 'COMPLAINT', n: 2, version: 1 }], 'not one of this text'],
      [[{ kind: 'FILE', n: file, version: whole }], 'no masked copy of it'],
      [
        [
          { kind: 'COMPLAINT', n: 1, version: 1 },
          { kind: 'COMPLAINT', n: 1, reason: WHY },
        ],
        'twice',
      ],
    ] as const)
      await expect(make(...parts)).rejects.toMatchObject({
        kind: 'invalid',
        needs: [expect.objectContaining({ sentence: expect.stringContaining(said) as string })],
      });
    const { n } = await make(
      { kind: 'COMPLAINT', n: 1, version: 1 },
      { kind: 'MESSAGE', n: 1, reason: WHY },
      { kind: 'MESSAGE', n: 2, reason: WHY },
      { kind: 'FILE', n: file, version: copy.n },
      { kind: 'FILE', n: whole, reason: WHY },
    );
    const opened = await packets().one(on.staff.INT, on.walk.reference, n);
    const day = on.house.time.today();
    expect(opened.document).toBe(
      [
        `${MARK} stands for something that was left out; its length says nothing.`,
        `Complaint: what happened, ${day}, parts are masked\n\n${STORY.replace(NAME, MARK).replace('noor EL amra\u0301ni', MARK)}`,
        `Message 1, from the complainant, ${day}\n\nPlease hurry.`,
        `Message 2, from the intake officer, ${day}\n\nWe do.\n`,
      ].join('\n\n----\n\n'),
    );
    expect(opened.reasons).toEqual([null, WHY, WHY, null, WHY]);
    expect(opened.document).not.toContain(on.walk.reference);
    const [entry] = await entries('make-packet-with-name');
    expect(entry!.facts).toEqual({ packet: n, packetTexts: 3, packetFiles: 2, packetWhole: 3 });
    expect((await on.house.verify()).differences).toEqual([]);
  });

  it('takes no more texts than can be looked through', async () => {
    on.walk = await Walk.lodge(on.house, on.staff, 'x'.repeat(100_000), {
      desiredOutcome: 'y'.repeat(10_000),
    });
    for (let n = 0; n < 15; n += 1)
      await on.house.get(Messages).write(on.staff.INT, 'z'.repeat(20_000), on.walk.reference);
    const messages = Array.from({ length: 15 }, (_, at) => ({ kind: 'MESSAGE', n: at + 1, reason: WHY }));
    await expect(make(...messages, { kind: 'COMPLAINT', n: 1, reason: WHY })).rejects.toMatchObject(
      refused('parts'),
    );
    await expect(make(...messages)).resolves.toMatchObject({ n: 1 });
  });

  it('never lets a receipt out', async () => {
    await on.house
      .get(Messages)
      .write(on.walk.holder, `My number is ${on.walk.receipt}, and 12345 67890 12345 67890 12345.`);
    const { n } = await make({ kind: 'MESSAGE', n: 1, reason: WHY });
    const { document } = await packets().one(on.staff.INT, on.walk.reference, n);
    expect(document).toContain('My number is […], and 12345 67890 12345 67890 12345.');
  });

  it('tells who belongs to a group in her words, and in those of staff as theirs', async () => {
    on.walk = await lodge({ complainantRole: 'group', groupDefinition: 'Drivers of two depots.' });
    await on.walk.by('TRI', 'describe-group', { groupDefinition: 'Everybody on the rota.' });
    const { n } = await make(
      { kind: 'COMPLAINT', n: 6, reason: WHY },
      { kind: 'COMPLAINT', n: 7, reason: WHY },
    );
    expect((await packets().one(on.staff.INT, on.walk.reference, n)).document).toBe(
      [
        `Complaint: who belongs to the group, ${on.house.time.today()}\n\nDrivers of two depots.`,
        'Complaint: who belongs to the group, as staff wrote it\n\nEverybody on the rota.\n',
      ].join('\n\n----\n\n'),
    );
  });

  it('goes out with one step, is counted each time, and she reads what it was', async () => {
    await on.house.get(Messages).write(on.walk.holder, 'Please hurry.');
    await mask(NAME, 'noor@example.org');
    const photo = await addFile(await picture().png().toBuffer());
    await make(
      { kind: 'MESSAGE', n: 1, reason: WHY },
      { kind: 'COMPLAINT', n: 1, version: 1 },
      { kind: 'FILE', n: photo, reason: WHY },
    );
    await expect(takeOut(1)).rejects.toMatchObject({ kind: 'conflict' });
    await expect(share(2)).rejects.toMatchObject(refused('packetIsReady'));
    await share(1);
    await expect(share(1)).rejects.toMatchObject(refused('packetIsReady'));
    const zip = await takeOut(1);
    expect(zip.names()).toEqual(['texts.txt', 'file-1.png']);
    expect(zip.get('texts.txt')!.toString()).toContain('Please hurry.');
    expect(zip.get('texts.txt')!.toString()).not.toMatch(/el amrani|@example/i);
    await takeOut(1, on.staff.TRI);
    const told = await entries('download-packet');
    expect(told.map(({ by, facts }) => [by.role, facts])).toEqual([
      ['INT', { packet: 1, download: 1 }],
      ['TRI', { packet: 1, download: 2 }],
    ]);
    expect(told.every(({ at }) => at !== undefined)).toBe(true);
    expect((await redactions().list(on.staff.INT, on.walk.reference)).packets[0]).toMatchObject({
      downloads: 2,
      passedWith: 'share',
    });
    const consents = await on.house.get(Consents).list(on.walk.holder, 'en');
    expect(consents.find(({ code }) => code === 'CN-SHARE-VENDOR')!.disclosures).toMatchObject([
      {
        to: 'Acme, Ms Li',
        parts: [
          { kind: 'MESSAGE', n: 1, isMasked: false },
          { kind: 'COMPLAINT', n: 1, isMasked: true },
          { kind: 'FILE', n: photo, isMasked: false },
        ],
      },
    ]);
    const lines = await on.house.get(ReadMyCase).timeline(on.walk.holder);
    expect(lines.map(({ act }) => act)).toContain('download-packet');
    expect(lines.map(({ act }) => act)).not.toContain('mask-text');
    expect((await on.house.verify()).differences).toEqual([]);
  });

  it('waits in nobody else’s memory: so many are on their way out at once, and no more before one has left', async () => {
    await make({ kind: 'COMPLAINT', n: 2, reason: WHY });
    await share(1);
    const take = () => packets().takeOut(on.staff.INT, on.walk.reference, 1);
    const out = await Promise.all(Array.from({ length: PACKETS_AT_ONCE }, take));
    await expect(take()).rejects.toMatchObject({ kind: 'unavailable' });
    // One is read to its end, one breaks off.
    await buffer(out.pop()!.content);
    out.pop()!.content.destroy();
    await new Promise(setImmediate);
    out.push(await take(), await take());
    await expect(take()).rejects.toMatchObject({ kind: 'unavailable' });
    for (const { content } of out) content.destroy();
    await new Promise(setImmediate);
    expect(await entries('download-packet')).toHaveLength(PACKETS_AT_ONCE + 2);
  });

  it('is the same bytes each time, without a day or a name of a file', async () => {
    const n = await addFile(await withMetadata(picture()).jpeg().toBuffer(), 'Noor el Amrani, passport.jpg');
    await make({ kind: 'FILE', n, reason: WHY });
    await share(1);
    const first = await buffer((await packets().takeOut(on.staff.INT, on.walk.reference, 1)).content);
    on.house.time.addDays(1);
    const again = await packets().takeOut(on.staff.INT, on.walk.reference, 1);
    expect(again.fileName).toBe('packet-1');
    expect((await buffer(again.content)).equals(first)).toBe(true);
    expect(readZipDirectory(first).map(({ name }) => name)).toEqual(['file-1.jpg']);
    expect(first.includes('Noor')).toBe(false);
  });

  it('goes with a request to the vendor or the unit as far as she agreed, and to nobody else', async () => {
    await mask(NAME, 'Noor el Amrani', 'noor@example.org');
    for (const _ of [1, 2]) await make({ kind: 'COMPLAINT', n: 1, version: 1 });
    await on.walk.toInvestigation();
    const request = (askedOf: string, more: object = {}) =>
      on.walk.by('INV', 'request-evidence', {
        askedOf,
        askedWhom: 'Acme, Ms Li',
        askedFor: 'Logs',
        dueOn: '2026-12-20',
        tellsNothingOfHer: true,
        packetNumber: 1,
        ...more,
      });
    await expect(request('OTHER')).rejects.toMatchObject(refused('requestPacketConsented'));
    await on.house.get(Consents).decide(on.walk.holder, [{ code: 'CN-SHARE-UNIT', given: false }]);
    await expect(request('UNIT')).rejects.toMatchObject(refused('requestPacketConsented'));
    await request('VENDOR');
    const [consent] = (await on.house.get(Consents).list(on.walk.holder, 'en')).filter(
      ({ code }) => code === 'CN-SHARE-VENDOR',
    );
    expect(consent!.disclosures).toMatchObject([
      { step: 'request-evidence', to: 'Acme, Ms Li', parts: [{ kind: 'COMPLAINT', n: 1, isMasked: true }] },
    ]);
    // Without a packet, a request tells nothing of hers, and stands nowhere there.
    await request('VENDOR', { packetNumber: undefined });
    const [again] = (await on.house.get(Consents).list(on.walk.holder, 'en')).filter(
      ({ code }) => code === 'CN-SHARE-VENDOR',
    );
    expect(again!.disclosures).toHaveLength(1);
  });

  it('goes with a referral, to which a second person agrees, and with none that only tells where to turn', async () => {
    on.walk = await lodge({ consents: [{ code: 'CN-SHARE-AUTH', given: true }] });
    await mask(NAME);
    await make({ kind: 'COMPLAINT', n: 1, version: 1 });
    await on.walk.toEligibility();
    await on.walk.rate({ scale: 4 });
    await on.walk.by('IRV', 'sight-decline', { reasons: 'It is for the regulator.' });
    const refer = (more: object = {}) =>
      on.walk.by('TRI', 'refer', {
        body: 'The regulator',
        referralMode: 'WITH_CONSENT',
        followUpOn: '2026-12-20',
        reasons: 'They can act.',
        sharedWhat: 'The complaint, masked.',
        packetNumber: 1,
        ...more,
      });
    await expect(refer({ referralMode: 'SIGNPOST_ONLY', sharedWhat: undefined })).rejects.toMatchObject(
      refused('packetOnlyWithConsent'),
    );
    expect((await refer()).proposed).toBe(true);
    await expect(takeOut(1)).rejects.toMatchObject({ kind: 'conflict' });
    await on.walk.by('DEC', 'refer', {}, true);
    expect((await takeOut(1)).names()).toEqual(['texts.txt']);
  });

  it('lets no law that is named with another recipient take the place of her consent', async () => {
    await make({ kind: 'COMPLAINT', n: 2, reason: WHY });
    await share(1, { legalDuty: 'A law.' });
    await takeOut(1);
    await on.house.get(Consents).decide(on.walk.holder, [{ code: 'CN-SHARE-VENDOR', given: false }]);
    await expect(takeOut(1)).rejects.toMatchObject({ kind: 'conflict' });
  });

  it('stays here once she takes her consent back, and leaves again when she agrees anew', async () => {
    await make({ kind: 'COMPLAINT', n: 2, reason: WHY });
    await share(1);
    await takeOut(1);
    const decide = (given: boolean) =>
      on.house.get(Consents).decide(on.walk.holder, [{ code: 'CN-SHARE-VENDOR', given }]);
    await decide(false);
    await expect(takeOut(1)).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining('took back') as string,
    });
    expect(await entries('download-packet')).toHaveLength(1);
    await decide(true);
    await takeOut(1);
    // What rests on a law does not end with a consent.
    await make({ kind: 'COMPLAINT', n: 2, reason: WHY });
    await share(2, { sharedWith: 'AUTHORITY', legalDuty: 'A law.' });
    await on.house.get(Consents).decide(on.walk.holder, [{ code: 'CN-SHARE-AUTH', given: false }]);
    await expect(takeOut(2)).resolves.toBeDefined();
  });

  it('is there for nobody who may not see the case', async () => {
    await make({ kind: 'COMPLAINT', n: 2, reason: WHY });
    await share(1);
    const outsider = await on.house.officer('INV');
    await on.walk.by('TRI', 'exclude', { exclusionGround: 'EX-NAMED', person: on.staff.DPO.personId });
    for (const visitor of [outsider, on.staff.DPO])
      for (const deed of [
        () => packets().takeOut(visitor, on.walk.reference, 1),
        () => packets().one(visitor, on.walk.reference, 1),
        () => redactions().list(visitor, on.walk.reference),
        () => redactions().text(visitor, on.walk.reference, COMPLAINT),
        () => redactions().keep(visitor, on.walk.reference, COMPLAINT, ['Karl']),
        () => packets().make(visitor, on.walk.reference, [{ kind: 'COMPLAINT', n: 2, reason: WHY }]),
        () => maskedFiles().look(visitor, on.walk.reference, 1),
      ])
        await expect(deed()).rejects.toMatchObject({ kind: 'not-found' });
    await expect(packets().takeOut(on.staff.INT, on.walk.reference, 9)).rejects.toMatchObject({
      kind: 'not-found',
    });
  });

  it('is over where the case goes on without her', async () => {
    await mask(NAME, 'noor@example.org');
    await make({ kind: 'COMPLAINT', n: 1, version: 1 });
    await share(1);
    await on.walk.toEligibility();
    await on.walk.by('RH', 'withdraw', {});
    await on.walk.by('TRI', 'continue-own-initiative', {
      identityRemoved: true,
      othersAtRisk: true,
      reasons: 'Others are hit.',
    });
    for (const deed of [
      () => mask('Karl'),
      () => make({ kind: 'COMPLAINT', n: 1, version: 1 }),
      () => takeOut(1),
    ])
      await expect(deed()).rejects.toMatchObject({ kind: 'conflict' });
  });

  it('is gone with the case', async () => {
    on.walk = await endedCase(on.house, on.staff);
    const { text } = await redactions().text(on.staff.DPO, on.walk.reference, COMPLAINT);
    await redactions().keep(on.staff.DPO, on.walk.reference, COMPLAINT, [text.split(' ')[0]!]);
    const n = await addFile(await picture().png().toBuffer(), 'a.png', on.staff.DPO);
    const copy = await maskedFiles().paint(on.staff.DPO, on.walk.reference, n, [
      { left: 0, top: 0, width: 9, height: 9 },
    ]);
    await packets().make(on.staff.DPO, on.walk.reference, [
      { kind: 'COMPLAINT', n: 1, reason: WHY },
      { kind: 'FILE', n, version: copy.n },
    ]);
    on.house.time.addDays(8 * 366);
    await disposeOf(on.house, on.staff, [on.walk]);
    await expect(packets().takeOut(on.staff.DPO, on.walk.reference, 1)).rejects.toMatchObject({
      kind: 'gone',
    });
    await on.house.get(Transactions).read(async (db) => {
      const { id: caseId } = await db.findOneByOrFail(Case, { reference: on.walk.reference });
      for (const row of await db.findBy(Redaction, { caseId })) expect(row.textSealed).toBe('');
      const [packet] = await db.findBy(Packet, { caseId });
      expect([packet!.documentSealed, packet!.reasonsSealed]).toEqual([null, null]);
    });
    expect((await on.house.verify()).differences).toEqual([]);
  });
});
