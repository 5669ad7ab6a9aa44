import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { ChangeIdentity } from '../../src/casework/change-identity';
import { EraseOnRequest } from '../../src/casework/erasure/erase-on-request';
import { Consents } from '../../src/casework/consents';
import { EvidenceFiles } from '../../src/casework/evidence-files';
import { Messages } from '../../src/casework/messages';
import { MaskedFiles } from '../../src/casework/sharing/masked-files';
import { Packets } from '../../src/casework/sharing/packets';
import { Redactions } from '../../src/casework/sharing/redactions';
import { ReadCase } from '../../src/casework/read-case';
import { ReadMyCase } from '../../src/casework/read-my-case';
import { OpenCase } from '../../src/casework/intake/open-case';
import { Receipts } from '../../src/casework/receipts';
import { Sessions } from '../../src/people/sessions';
import { readEntry } from '../../src/ledger/entry';
import { Case } from '../../src/records/entities/case';
import { Entry } from '../../src/records/entities/entry';
import { Packet } from '../../src/records/entities/packet';
import { Redaction } from '../../src/records/entities/redaction';
import { Transactions } from '../../src/records/transactions';
import { MARK } from '../../src/rules/masking';
import { PACKETS_A_DAY, PACKETS_AT_ONCE, PACKETS_WITH_NAME_A_DAY } from '../../src/rules/sharing';
import { readZipDirectory, ZipFiles } from '../../src/vault/cleaning/zip';
import { engines } from '../harness/database';
import { hashOf } from '../harness/evidence-files';
import { House } from '../harness/house';
import { hireStaff, Walk, riskOf, type Staff } from '../harness/walk';
import { pdf } from '../vault/cleaning/documents';
import { picture, withMetadata } from '../vault/cleaning/pictures';
import { disposeOf, endedCase } from './erasure/due-house';

const NAME = 'Noor el Amrani';
const STORY = `I am Noor el Amrani, RD-7K3F-9QXM, write to noor@example.org.\nMy boss Karl stopped my pay. noor EL amra\u0301ni again.`;
const WHY = 'The authority asked for all of it.';

describe.each(engines())('what is passed on, on %s', (engine) => {
  let house: House;
  let staff: Staff;
  let walk: Walk;

  beforeAll(async () => {
    house = await House.open(engine);
  });
  afterAll(() => house.close());
  beforeEach(async () => {
    // Others each time: what one of staff puts together on a day is limited.
    staff = await hireStaff(house);
    walk = await lodge();
  });

  const lodge = (more: object = {}) =>
    Walk.lodge(house, staff, STORY, {
      identityMode: 'NAMED',
      name: NAME,
      contact: { kind: 'email', value: 'noor@example.org' },
      consents: [
        { code: 'CN-SHARE-VENDOR', given: true },
        { code: 'CN-SHARE-UNIT', given: true },
      ],
      ...more,
    });

  const redactions = () => house.get(Redactions);
  const packets = () => house.get(Packets);
  const maskedFiles = () => house.get(MaskedFiles);
  const COMPLAINT = { kind: 'COMPLAINT', n: 1 } as const;
  const mask = (...passages: string[]) => redactions().keep(staff.INT, walk.reference, COMPLAINT, passages);
  const make = (...parts: Parameters<Packets['make']>[2][number][]) =>
    packets().make(staff.INT, walk.reference, parts);
  const share = (packetNumber: number, more: object = {}) =>
    walk.by('INT', 'share', {
      sharedWith: 'VENDOR',
      recipient: 'Acme, Ms Li',
      sharedWhat: 'What happened.',
      identityShared: false,
      scopeKept: true,
      packetNumber,
      ...more,
    });
  const takeOut = async (n: number, visitor = staff.INT) => {
    const taken = await packets().takeOut(visitor, walk.reference, n);
    return new ZipFiles(await buffer(taken.content));
  };
  const addFile = async (content: Buffer, fileName = 'Noor el Amrani.bin', who = staff.INT) =>
    (await house.get(EvidenceFiles).add(who, { fileName, content: Readable.from([content]) }, walk.reference))
      .n;
  const entries = (act: string) =>
    house.get(Transactions).read(async (db) => {
      const { ledgerId } = await db.findOneByOrFail(Case, { reference: walk.reference });
      const rows = await db.find(Entry, { where: { ledgerId }, order: { n: 'ASC' } });
      return rows.map(({ body }) => readEntry(body)!).filter((entry) => entry.act === act);
    });
  const refused = (name: string) => ({ needs: expect.arrayContaining([expect.objectContaining({ name })]) });

  it('masks a text in every spelling, seals it beside the text, and tells numbers alone', async () => {
    const kept = await mask(NAME, 'Karl', 'RD-7K3F-9QXM', 'noor@example.org');
    expect(kept.text).toBe(
      `I am ${MARK}, ${MARK}, write to ${MARK}.\nMy boss ${MARK} stopped my pay. ${MARK} again.`,
    );
    expect(kept).toMatchObject({ n: 1, ofKind: 'COMPLAINT', ofNumber: 1, marks: 5 });
    const [entry] = await entries('mask-text');
    expect(entry!.facts).toEqual({ redaction: 1, sharedKind: 'COMPLAINT', sharedNumber: 1, marks: 5 });
    expect(JSON.stringify(entry)).not.toMatch(/noor|karl/i);
    const { complaint } = await house.get(ReadCase).forStaff(walk.reference, staff.INT);
    expect(complaint.narrative).toBe(STORY);
    expect((await house.verify()).differences).toEqual([]);
  });

  it('names every passage that does not occur, and keeps nothing', async () => {
    await expect(mask(NAME, 'Gustav', 'Karla')).rejects.toMatchObject({
      kind: 'invalid',
      needs: ['Gustav', 'Karla'].map((passage) => ({
        name: 'passages',
        field: 'passages',
        sentence: expect.stringContaining(`“${passage}”`),
      })),
    });
    for (const passages of [[], [' '], ['.'], [MARK], 'Noor', [7], undefined])
      await expect(redactions().keep(staff.INT, walk.reference, COMPLAINT, passages)).rejects.toMatchObject({
        kind: 'invalid',
      });
    expect((await redactions().list(staff.INT, walk.reference)).redactions).toEqual([]);
    expect(await entries('mask-text')).toEqual([]);
  });

  it('lists every kind of text, and refuses one that is not there', async () => {
    await walk.toInvestigation();
    await walk.by('INV', 'ask-question', { questionText: 'When?', why: 'The log.', dueOn: '2026-12-01' });
    await walk.by('RH', 'answer-question', { reply: 'In June, said Karl.' });
    await walk.by('RH', 'amend-complaint', {
      amendKind: 'ADDITION',
      amendedPart: 'narrative',
      amendText: 'And in July.',
    });
    await walk.by('INV', 'record-transcript', {
      occasion: 'PHONE_CALL',
      occasionOn: '2026-11-24',
      writtenIn: 'en',
      transcriptText: 'She said so.',
    });
    await walk.by('INV', 'request-evidence', {
      askedOf: 'VENDOR',
      askedWhom: 'Acme',
      askedFor: 'Logs',
      dueOn: '2026-12-01',
      tellsNothingOfHer: true,
    });
    await walk.by('INV', 'record-evidence-answer', {
      evidenceRequestNumber: 1,
      evidenceAnswer: 'Here are the logs of Noor.',
      recordsFound: 'COMPLETE',
    });
    await walk.by('INV', 'add-translation', {
      translatedKind: 'COMPLAINT',
      translationLanguage: 'de',
      translationAuthor: 'MACHINE',
      translationText: 'Ich bin Noor.',
    });
    await walk.by('INV', 'record-finding', {
      allegationNumber: 1,
      finding: 'FC-SUBST',
      standardOfProof: 'SP-BALANCE',
      findingCauses: ['RC-THRESH'],
      reasons: 'The log of Noor shows it.',
    });
    await house.get(Messages).write(walk.holder, 'It is Noor again.');
    const { texts } = await redactions().list(staff.INV, walk.reference);
    expect(texts.map(({ kind, n, from }) => `${kind} ${n} ${from}`)).toEqual([
      ...[
        'COMPLAINT 1 RH',
        'COMPLAINT 2 RH',
        'COMPLAINT 4 RH',
        'AMENDMENT 1 RH',
        'MESSAGE 1 RH',
        'ANSWER 1 RH',
      ],
      ...['TRANSCRIPT 1 INV', 'ALLEGATION 1 null', 'FINDING 1 null', 'REPLY 1 VENDOR', 'TRANSLATION 1 null'],
    ]);
    for (const { kind, n } of texts) {
      const { text } = await redactions().text(staff.INV, walk.reference, { kind, n });
      const word = text.match(/\p{L}{2,}/u)![0];
      const { marks } = await redactions().keep(staff.INV, walk.reference, { kind, n }, [word]);
      expect([kind, marks > 0]).toEqual([kind, true]);
    }
    for (const name of [
      { kind: 'MESSAGE', n: 2 },
      { kind: 'COMPLAINT', n: 3 },
      { kind: 'COMPLAINT', n: 9 },
    ] as const)
      await expect(redactions().text(staff.INV, walk.reference, name)).rejects.toMatchObject({
        kind: 'not-found',
      });
    // A finding that is corrected is not passed on in the words of before.
    const { redactions: kept } = await redactions().list(staff.INV, walk.reference);
    const version = kept.find(({ ofKind }) => ofKind === 'FINDING')!.n;
    await expect(make({ kind: 'FINDING', n: 1, version })).resolves.toMatchObject({ n: 1 });
    await walk.by('INV', 'record-finding', {
      allegationNumber: 1,
      finding: 'FC-PART',
      standardOfProof: 'SP-BALANCE',
      findingCauses: ['RC-THRESH'],
      reasons: 'Half of it.',
    });
    await expect(make({ kind: 'FINDING', n: 1, version })).rejects.toMatchObject(refused('parts'));
    expect((await house.verify()).differences).toEqual([]);
  });

  it('suggests addresses and numbers to everybody, and a name only to whom it is open', async () => {
    const of = (who: keyof Staff) => redactions().text(staff[who], walk.reference, COMPLAINT);
    expect((await of('INT')).suggested).toEqual(['RD-7K3F-9QXM', 'noor@example.org']);
    await walk.by('INT', 'reveal-identity', { revealReason: 'To mask what tells who she is.' });
    expect((await of('INT')).suggested).toEqual([NAME, 'Noor', 'Amrani', 'noor@example.org', 'RD-7K3F-9QXM']);
    expect((await of('TRI')).suggested).toEqual(['RD-7K3F-9QXM', 'noor@example.org']);
    house.time.addDays(1);
    expect((await of('INT')).suggested).not.toContain(NAME);
  });

  it('paints over a picture: black where it is masked, every other pixel as it was', async () => {
    for (const channels of [1, 3, 4] as const) {
      const sent = await picture(channels, 40, 20).png().toBuffer();
      const n = await addFile(sent);
      const copy = await maskedFiles().paint(staff.INT, walk.reference, n, [
        { left: 25, top: 10, width: 50, height: 30 },
        { left: 0, top: 95.1, width: 2.4, height: 4.9 },
      ]);
      expect(copy).toMatchObject({ maskedFrom: n, handling: 'CLEANED', mediaType: 'image/png' });
      const opened = await house.get(EvidenceFiles).open(staff.INT, copy.n, walk.reference);
      const before = await sharp(sent).ensureAlpha().raw().toBuffer();
      const { data, info } = await sharp(await buffer(opened.content))
        .ensureAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true });
      expect([info.width, info.height]).toEqual([40, 20]);
      for (let y = 0; y < 20; y += 1)
        for (let x = 0; x < 40; x += 1) {
          const isMasked = (x >= 10 && x < 30 && y >= 2 && y < 8) || (x < 1 && y >= 19);
          const at = (y * 40 + x) * 4;
          const is = [...data.subarray(at, at + 4)];
          expect([x, y, ...is]).toEqual([x, y, ...(isMasked ? [0, 0, 0, 255] : before.subarray(at, at + 4))]);
        }
    }
  });

  it.each(['jpeg', 'webp', 'avif'] as const)(
    'paints over a %s as it stands upright, and leaves nothing beside it',
    async (kind) => {
      const sent = await withMetadata(picture(3, 64, 32))
        .toFormat(kind)
        .toBuffer();
      const n = await addFile(sent);
      const [file] = await house.get(EvidenceFiles).numbered(staff.INT, [n], walk.reference);
      const copy = await maskedFiles().paint(staff.INT, walk.reference, n, [
        { left: 0, top: 0, width: 100, height: 50 },
      ]);
      const opened = await house.get(EvidenceFiles).open(staff.INT, n, walk.reference);
      const before = await sharp(await buffer(opened.content))
        .rotate(file!.turnedBy ?? 0)
        .raw()
        .toBuffer({ resolveWithObject: true });
      const after = await buffer(
        (await house.get(EvidenceFiles).open(staff.INT, copy.n, walk.reference)).content,
      );
      const { data, info } = await sharp(after).raw().toBuffer({ resolveWithObject: true });
      expect([info.width, info.height]).toEqual([before.info.width, before.info.height]);
      const half = data.length / 2;
      expect(data.subarray(0, half).every((sample) => sample === 0)).toBe(true);
      expect(data.subarray(half).equals(before.data.subarray(half))).toBe(true);
      const { exif, xmp, icc } = await sharp(after).metadata();
      expect([exif, xmp, icc]).toEqual([undefined, undefined, undefined]);
    },
  );

  it('links an uploaded copy to its original by both SHA-256, and refuses the file itself', async () => {
    const original = Buffer.from(await pdf());
    const n = await addFile(original);
    const upload = (content: Buffer, of = n) =>
      maskedFiles().upload(staff.INT, walk.reference, of, {
        fileName: 'Noor masked.pdf',
        content: Readable.from([content]),
      });
    await expect(upload(original)).rejects.toMatchObject(refused('evidence'));
    // The clean copy of it, and the same picture with other metadata, mask nothing either.
    const clean = await buffer((await house.get(EvidenceFiles).open(staff.INT, n, walk.reference)).content);
    await expect(upload(clean)).rejects.toMatchObject(refused('evidence'));
    const photo = picture();
    const first = await addFile(await photo.clone().jpeg().toBuffer());
    await expect(
      upload(
        await photo
          .clone()
          .withExif({ IFD0: { Artist: 'Somebody' } })
          .jpeg()
          .toBuffer(),
        first,
      ),
    ).rejects.toMatchObject({ kind: 'invalid' });
    await expect(upload(Buffer.from('PK\u0003\u0004 broken'), n)).rejects.toMatchObject({ kind: 'invalid' });
    await expect(upload(Buffer.from('Dear colleague'), 99)).rejects.toMatchObject({ kind: 'not-found' });
    const masked = Buffer.from('Dear colleague, all else is left out.');
    const copy = await upload(masked);
    expect(copy).toMatchObject({ maskedFrom: n, sha256: hashOf(masked) });
    const [entry] = await entries('mask-file');
    expect(entry!.facts).toMatchObject({
      evidence: copy.n,
      maskedFrom: n,
      sha256: hashOf(masked),
      maskedFromSha256: hashOf(original),
    });
    expect((await house.verify()).differences).toEqual([]);
  });

  it('refuses a picture that is damaged, too large, or of a kind that is not painted', async () => {
    const rectangle = [{ left: 0, top: 0, width: 10, height: 10 }];
    const text = await addFile(Buffer.from('Just a text.'));
    await expect(maskedFiles().paint(staff.INT, walk.reference, text, rectangle)).rejects.toMatchObject(
      refused('rectangles'),
    );
    await expect(maskedFiles().paint(staff.INT, walk.reference, 99, rectangle)).rejects.toMatchObject({
      kind: 'not-found',
    });
    await expect(maskedFiles().look(staff.INT, walk.reference, NaN)).rejects.toMatchObject({
      kind: 'not-found',
    });
    const large = await addFile(
      await sharp({ create: { width: 9_000, height: 5_000, channels: 3, background: 'white' } })
        .png()
        .toBuffer(),
    );
    await expect(maskedFiles().paint(staff.INT, walk.reference, large, rectangle)).rejects.toMatchObject(
      refused('picture'),
    );
    for (const n of [text, large])
      expect((await maskedFiles().look(staff.INT, walk.reference, n)).picture).toBeNull();
    for (const rectangles of [[], Array(51).fill(rectangle[0])])
      await expect(maskedFiles().paint(staff.INT, walk.reference, text, rectangles)).rejects.toMatchObject(
        refused('rectangles'),
      );
  });

  it('puts into a packet what was chosen and nothing else, each masked or whole with a reason', async () => {
    await house.get(Messages).write(walk.holder, 'Please hurry.');
    await house.get(Messages).write(staff.INT, 'We do.', walk.reference);
    await mask(NAME);
    const file = await addFile(await picture().png().toBuffer());
    const copy = await maskedFiles().paint(staff.INT, walk.reference, file, [
      { left: 0, top: 0, width: 50, height: 50 },
    ]);
    const whole = await addFile(Buffer.from('A price list.'));
    for (const [parts, said] of [
      [[], 'Choose what is to be passed on'],
      [[{ kind: 'MESSAGE', n: 1 }], 'why it goes whole'],
      [[{ kind: 'MESSAGE', n: 1, reason: 'too short' }], 'why it goes whole'],
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
    const opened = await packets().one(staff.INT, walk.reference, n);
    const day = house.time.today();
    expect(opened.document).toBe(
      [
        `${MARK} stands for something that was left out; its length says nothing.`,
        `Complaint: what happened, ${day}, parts are masked\n\n${STORY.replace(NAME, MARK).replace('noor EL amra\u0301ni', MARK)}`,
        `Message 1, from the complainant, ${day}\n\nPlease hurry.`,
        `Message 2, from the intake officer, ${day}\n\nWe do.\n`,
      ].join('\n\n----\n\n'),
    );
    expect(opened.reasons).toEqual([null, WHY, WHY, null, WHY]);
    expect(opened.document).not.toContain(walk.reference);
    const [entry] = await entries('make-packet-with-name');
    expect(entry!.facts).toEqual({ packet: n, packetTexts: 3, packetFiles: 2, packetWhole: 3 });
    expect((await house.verify()).differences).toEqual([]);
  });

  it('takes no more texts than can be looked through', async () => {
    walk = await Walk.lodge(house, staff, 'x'.repeat(100_000), { desiredOutcome: 'y'.repeat(10_000) });
    for (let n = 0; n < 15; n += 1)
      await house.get(Messages).write(staff.INT, 'z'.repeat(20_000), walk.reference);
    const messages = Array.from({ length: 15 }, (_, at) => ({ kind: 'MESSAGE', n: at + 1, reason: WHY }));
    await expect(make(...messages, { kind: 'COMPLAINT', n: 1, reason: WHY })).rejects.toMatchObject(
      refused('parts'),
    );
    await expect(make(...messages)).resolves.toMatchObject({ n: 1 });
  });

  it('never lets a receipt out', async () => {
    await house
      .get(Messages)
      .write(walk.holder, `My number is ${walk.receipt}, and 12345 67890 12345 67890 12345.`);
    const { n } = await make({ kind: 'MESSAGE', n: 1, reason: WHY });
    const { document } = await packets().one(staff.INT, walk.reference, n);
    expect(document).toContain('My number is […], and 12345 67890 12345 67890 12345.');
  });

  it('tells who belongs to a group in her words, and in those of staff as theirs', async () => {
    walk = await lodge({ complainantRole: 'group', groupDefinition: 'Drivers of two depots.' });
    await walk.by('TRI', 'describe-group', { groupDefinition: 'Everybody on the rota.' });
    const { n } = await make(
      { kind: 'COMPLAINT', n: 6, reason: WHY },
      { kind: 'COMPLAINT', n: 7, reason: WHY },
    );
    expect((await packets().one(staff.INT, walk.reference, n)).document).toBe(
      [
        `Complaint: who belongs to the group, ${house.time.today()}\n\nDrivers of two depots.`,
        'Complaint: who belongs to the group, as staff wrote it\n\nEverybody on the rota.\n',
      ].join('\n\n----\n\n'),
    );
  });

  it('goes out with one step, is counted each time, and she reads what it was', async () => {
    await house.get(Messages).write(walk.holder, 'Please hurry.');
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
    await takeOut(1, staff.TRI);
    const told = await entries('download-packet');
    expect(told.map(({ by, facts }) => [by.role, facts])).toEqual([
      ['INT', { packet: 1, download: 1 }],
      ['TRI', { packet: 1, download: 2 }],
    ]);
    expect(told.every(({ at }) => at !== undefined)).toBe(true);
    expect((await redactions().list(staff.INT, walk.reference)).packets[0]).toMatchObject({
      downloads: 2,
      passedWith: 'share',
    });
    const consents = await house.get(Consents).list(walk.holder, 'en');
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
    const lines = await house.get(ReadMyCase).timeline(walk.holder);
    expect(lines.map(({ act }) => act)).toContain('download-packet');
    expect(lines.map(({ act }) => act)).not.toContain('mask-text');
    expect((await house.verify()).differences).toEqual([]);
  });

  it('waits in nobody else’s memory: so many are on their way out at once, and no more before one has left', async () => {
    await make({ kind: 'COMPLAINT', n: 2, reason: WHY });
    await share(1);
    const take = () => packets().takeOut(staff.INT, walk.reference, 1);
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
    const first = await buffer((await packets().takeOut(staff.INT, walk.reference, 1)).content);
    house.time.addDays(1);
    const again = await packets().takeOut(staff.INT, walk.reference, 1);
    expect(again.fileName).toBe('packet-1');
    expect((await buffer(again.content)).equals(first)).toBe(true);
    expect(readZipDirectory(first).map(({ name }) => name)).toEqual(['file-1.jpg']);
    expect(first.includes('Noor')).toBe(false);
  });

  it.each<[string, object, (packet: number) => Promise<unknown>]>([
    ['the vendor', {}, (n) => share(n)],
    ['the unit', {}, (n) => share(n, { sharedWith: 'UNIT' })],
    [
      'an authority in a confidential case',
      { identityMode: 'CONFIDENTIAL' },
      (n) => share(n, { sharedWith: 'AUTHORITY', legalDuty: 'A law.', identityShared: true }),
    ],
  ])('holds a text back that names her from %s', async (_who, more, pass) => {
    walk = await lodge(more);
    const write = (text: string) => house.get(Messages).write(walk.holder, text);
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
    await redactions().keep(staff.INT, walk.reference, { kind: 'MESSAGE', n: 1 }, ['know']);
    await make({ kind: 'MESSAGE', n: 1, version: 1 });
    await expect(pass(4)).rejects.toMatchObject(refused('packetNamesNobody'));
    await redactions().keep(staff.INT, walk.reference, { kind: 'MESSAGE', n: 1 }, ['noor']);
    await make({ kind: 'MESSAGE', n: 1, version: 2 }, { kind: 'MESSAGE', n: 4, reason: WHY });
    await expect(pass(5)).resolves.toMatchObject({ proposed: false });
  });

  describe('tells of names', () => {
    const told = async () => (await house.get(ReadMyCase).timeline(walk.holder)).map(({ act }) => act);
    const guess = async (who: 'INT' | 'TRI' | 'DPO', text = 'Is it Noor?') => {
      await house.get(Messages).write(staff[who], text, walk.reference);
      const { texts } = await redactions().list(staff[who], walk.reference);
      const n = texts.filter(({ kind }) => kind === 'MESSAGE').at(-1)!.n;
      return packets().make(staff[who], walk.reference, [{ kind: 'MESSAGE', n, reason: WHY }]);
    };

    it('to her, in her timeline, whenever somebody put one together who was not shown it', async () => {
      await guess('INT', 'Is it Karla?');
      expect(await told()).not.toContain('make-packet-with-name');
      await guess('INT');
      expect((await told()).filter((act) => act === 'make-packet-with-name')).toHaveLength(1);
      await walk.by('TRI', 'reveal-identity', { revealReason: 'To mask what tells who she is.' });
      await guess('TRI');
      expect((await told()).filter((act) => act === 'make-packet-with-name')).toHaveLength(1);
      expect(await entries('make-packet')).toHaveLength(2);
      expect((await house.verify()).differences).toEqual([]);
    });

    it('a few times a day to one of staff, whatever the case, and again when the name is open to them', async () => {
      for (let n = 1; n <= PACKETS_WITH_NAME_A_DAY; n += 1) {
        await guess('INT');
        walk = await lodge();
      }
      const tooMany = { kind: 'too-many', needs: [expect.objectContaining({ name: 'packets-a-day' })] };
      await expect(guess('INT')).rejects.toMatchObject(tooMany);
      await expect(guess('INT', 'Is it Karla?')).rejects.toMatchObject(tooMany);
      await guess('TRI');
      const photo = await addFile(await picture().png().toBuffer());
      await make({ kind: 'FILE', n: photo, reason: WHY });
      await walk.by('INT', 'reveal-identity', { revealReason: 'To mask what tells who she is.' });
      await guess('INT');
      house.time.addDays(1);
      await guess('INT', 'Is it Karla?');
    });

    it('to nobody who puts together more than a day may bring', async () => {
      for (let n = 1; n <= PACKETS_A_DAY; n += 1) await make({ kind: 'COMPLAINT', n: 2, reason: WHY });
      await expect(make({ kind: 'COMPLAINT', n: 2, reason: WHY })).rejects.toMatchObject({
        kind: 'too-many',
      });
      house.time.addDays(1);
    });

    it('to nobody in the needs of a step that lacks something else', async () => {
      await guess('DPO');
      const missing = await walk
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
      walk = await lodge({ identityMode: 'ANONYMOUS', name: undefined, contact: undefined });
      await guess('DPO');
      expect(await told()).not.toContain('make-packet-with-name');
      await house.get(ChangeIdentity).run(walk.holder, { identityMode: 'NAMED', name: NAME });
      await expect(share(1)).rejects.toMatchObject(refused('packetNamesNobody'));
    });
  });

  it('looks for whoever acts for her, and for everybody of their group', async () => {
    const named = async (text: string, of: Walk, who: 'INT' | 'TRI' = 'INT') => {
      await house.get(Messages).write(staff[who], text, of.reference);
      const { texts } = await redactions().list(staff[who], of.reference);
      const n = texts.filter(({ kind }) => kind === 'MESSAGE').at(-1)!.n;
      const before = (await named.acts(of)).length;
      await packets().make(staff[who], of.reference, [{ kind: 'MESSAGE', n, reason: WHY }]);
      return (await named.acts(of)).length > before;
    };
    named.acts = async (of: Walk) =>
      (await house.get(ReadMyCase).timeline(of.holder)).filter(({ act }) => act === 'make-packet-with-name');
    const group = await lodge({ complainantRole: 'group' });
    const { joinCode } = await group.take('RH', 'make-join-code', { joinPlaces: '5', joinFor: '30' });
    const join = async (name: string) => {
      const member = await lodge({ name, contact: { kind: 'phone', value: '+49 170 12345-67' } });
      await member.by('RH', 'join-group', { joinCode, agreesToJoin: true });
      return member;
    };
    const [lea, ben] = [await join('Lea Brandt'), await join('Ben Osei')];
    const { receipt } = await house.get(Receipts).add(ben.holder, 'REPRESENTATIVE');
    const { token } = await house.get(OpenCase).byReceipt(receipt, 'program');
    const speaker = (await house.get(Sessions).resolve(token))!.visitor as Walk['holder'];
    await house.get(ChangeIdentity).run(speaker, { name: 'Ingrid Moe' });
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

  it('lets her name go to an authority in a case that is not guarded, and to the unit where she agreed to that', async () => {
    await house.get(Messages).write(walk.holder, 'I am Noor el Amrani.');
    for (const _ of [1, 2, 3]) await make({ kind: 'MESSAGE', n: 1, reason: WHY });
    await share(1, { sharedWith: 'AUTHORITY', legalDuty: 'A law.', identityShared: true });
    await house.get(Consents).decide(walk.holder, [{ code: 'CN-SHARE-ID', given: true }]);
    await expect(share(2, { sharedWith: 'UNIT' })).rejects.toMatchObject(refused('packetNamesNobody'));
    await share(2, { sharedWith: 'UNIT', identityShared: true });
    // She reads of both, with recipient and day, under the consent to tell who she is.
    const consents = await house.get(Consents).list(walk.holder, 'en');
    const told = { on: house.time.today(), step: 'share', to: 'Acme, Ms Li', byRole: 'INT' };
    expect(consents.find(({ code }) => code === 'CN-SHARE-ID')!.disclosures).toMatchObject([
      { ...told, legalDuty: 'A law.', parts: [{ kind: 'MESSAGE', n: 1 }] },
      { ...told, legalDuty: null, parts: [{ kind: 'MESSAGE', n: 1 }] },
    ]);
    // From a high risk of reprisal on, it is guarded whatever she said at lodging.
    await walk.by('TRI', 'assess-reprisal', riskOf('HIGH'));
    await expect(
      share(3, { sharedWith: 'AUTHORITY', legalDuty: 'A law.', identityShared: false }),
    ).rejects.toMatchObject(refused('packetNamesNobody'));
  });

  it('goes with a request to the vendor or the unit as far as she agreed, and to nobody else', async () => {
    await mask(NAME, 'Noor el Amrani', 'noor@example.org');
    for (const _ of [1, 2]) await make({ kind: 'COMPLAINT', n: 1, version: 1 });
    await walk.toInvestigation();
    const request = (askedOf: string, more: object = {}) =>
      walk.by('INV', 'request-evidence', {
        askedOf,
        askedWhom: 'Acme, Ms Li',
        askedFor: 'Logs',
        dueOn: '2026-12-20',
        tellsNothingOfHer: true,
        packetNumber: 1,
        ...more,
      });
    await expect(request('OTHER')).rejects.toMatchObject(refused('requestPacketConsented'));
    await house.get(Consents).decide(walk.holder, [{ code: 'CN-SHARE-UNIT', given: false }]);
    await expect(request('UNIT')).rejects.toMatchObject(refused('requestPacketConsented'));
    await request('VENDOR');
    const [consent] = (await house.get(Consents).list(walk.holder, 'en')).filter(
      ({ code }) => code === 'CN-SHARE-VENDOR',
    );
    expect(consent!.disclosures).toMatchObject([
      { step: 'request-evidence', to: 'Acme, Ms Li', parts: [{ kind: 'COMPLAINT', n: 1, isMasked: true }] },
    ]);
    // Without a packet, a request tells nothing of hers, and stands nowhere there.
    await request('VENDOR', { packetNumber: undefined });
    const [again] = (await house.get(Consents).list(walk.holder, 'en')).filter(
      ({ code }) => code === 'CN-SHARE-VENDOR',
    );
    expect(again!.disclosures).toHaveLength(1);
  });

  it('goes with a referral, to which a second person agrees, and with none that only tells where to turn', async () => {
    walk = await lodge({ consents: [{ code: 'CN-SHARE-AUTH', given: true }] });
    await mask(NAME);
    await make({ kind: 'COMPLAINT', n: 1, version: 1 });
    await walk.toEligibility();
    await walk.rate({ scale: 4 });
    await walk.by('IRV', 'sight-decline', { reasons: 'It is for the regulator.' });
    const refer = (more: object = {}) =>
      walk.by('TRI', 'refer', {
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
    await walk.by('DEC', 'refer', {}, true);
    expect((await takeOut(1)).names()).toEqual(['texts.txt']);
  });

  it('lets no law that is named with another recipient take the place of her consent', async () => {
    await make({ kind: 'COMPLAINT', n: 2, reason: WHY });
    await share(1, { legalDuty: 'A law.' });
    await takeOut(1);
    await house.get(Consents).decide(walk.holder, [{ code: 'CN-SHARE-VENDOR', given: false }]);
    await expect(takeOut(1)).rejects.toMatchObject({ kind: 'conflict' });
  });

  it('does not tell who she is any more once she takes that consent back, or is at risk', async () => {
    await house.get(Messages).write(walk.holder, 'I am Noor el Amrani.');
    for (const _ of [1, 2]) await make({ kind: 'MESSAGE', n: 1, reason: WHY });
    await house.get(Consents).decide(walk.holder, [{ code: 'CN-SHARE-ID', given: true }]);
    await share(1, { sharedWith: 'UNIT', identityShared: true });
    await share(2, { sharedWith: 'AUTHORITY', legalDuty: 'A law.', identityShared: true });
    await takeOut(1);
    await house.get(Consents).decide(walk.holder, [{ code: 'CN-SHARE-ID', given: false }]);
    await expect(takeOut(1)).rejects.toMatchObject({ kind: 'conflict' });
    await takeOut(2);
    await walk.by('TRI', 'assess-reprisal', riskOf('HIGH'));
    await expect(takeOut(2)).rejects.toMatchObject({ kind: 'conflict' });
  });

  it('carries no name where staff say that nothing tells who she is', async () => {
    await house.get(Messages).write(walk.holder, 'I am Noor el Amrani.');
    await make({ kind: 'MESSAGE', n: 1, reason: WHY });
    await expect(
      share(1, { sharedWith: 'AUTHORITY', legalDuty: 'A law.', identityShared: false }),
    ).rejects.toMatchObject(refused('packetNamesNobody'));
  });

  it('takes out nothing whole once her name or contact was taken back or erased', async () => {
    const { n: masked } = await mask(NAME, 'Karl', 'RD-7K3F-9QXM', 'noor@example.org');
    for (const _ of [1, 2]) await make({ kind: 'COMPLAINT', n: 2, reason: WHY });
    await make({ kind: 'COMPLAINT', n: 1, version: masked });
    await share(1);
    await house.get(ChangeIdentity).run(walk.holder, { contact: null });
    await expect(share(2)).rejects.toMatchObject(refused('packetNamesNobody'));
    await expect(takeOut(1)).rejects.toMatchObject({ kind: 'conflict' });
    await share(3);
    await takeOut(3);
    const other = { sharedWith: 'AUTHORITY', legalDuty: 'A law.', identityShared: true };
    await share(2, other);
    await takeOut(2);
    await walk.by('RH', 'request-erasure', { erasureScope: 'PERSON' });
    await walk.joinTeam('DEC');
    await walk.by('DEC', 'release-hold', { holdNumber: 1, reasons: 'The logs are copied.' });
    await house.get(EraseOnRequest).run(staff.DPO, walk.reference);
    await expect(takeOut(2)).rejects.toMatchObject({ kind: 'conflict' });
    await make({ kind: 'COMPLAINT', n: 2, reason: WHY });
    await expect(share(4, other)).rejects.toMatchObject(refused('packetNamesNobody'));
  });

  it('stays here once she takes her consent back, and leaves again when she agrees anew', async () => {
    await make({ kind: 'COMPLAINT', n: 2, reason: WHY });
    await share(1);
    await takeOut(1);
    const decide = (given: boolean) =>
      house.get(Consents).decide(walk.holder, [{ code: 'CN-SHARE-VENDOR', given }]);
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
    await house.get(Consents).decide(walk.holder, [{ code: 'CN-SHARE-AUTH', given: false }]);
    await expect(takeOut(2)).resolves.toBeDefined();
  });

  it('is there for nobody who may not see the case', async () => {
    await make({ kind: 'COMPLAINT', n: 2, reason: WHY });
    await share(1);
    const outsider = await house.officer('INV');
    await walk.by('TRI', 'exclude', { exclusionGround: 'EX-NAMED', person: staff.DPO.personId });
    for (const visitor of [outsider, staff.DPO])
      for (const deed of [
        () => packets().takeOut(visitor, walk.reference, 1),
        () => packets().one(visitor, walk.reference, 1),
        () => redactions().list(visitor, walk.reference),
        () => redactions().text(visitor, walk.reference, COMPLAINT),
        () => redactions().keep(visitor, walk.reference, COMPLAINT, ['Karl']),
        () => packets().make(visitor, walk.reference, [{ kind: 'COMPLAINT', n: 2, reason: WHY }]),
        () => maskedFiles().look(visitor, walk.reference, 1),
      ])
        await expect(deed()).rejects.toMatchObject({ kind: 'not-found' });
    await expect(packets().takeOut(staff.INT, walk.reference, 9)).rejects.toMatchObject({
      kind: 'not-found',
    });
  });

  it('is over where the case goes on without her', async () => {
    await mask(NAME, 'noor@example.org');
    await make({ kind: 'COMPLAINT', n: 1, version: 1 });
    await share(1);
    await walk.toEligibility();
    await walk.by('RH', 'withdraw', {});
    await walk.by('TRI', 'continue-own-initiative', {
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
    walk = await endedCase(house, staff);
    const { text } = await redactions().text(staff.DPO, walk.reference, COMPLAINT);
    await redactions().keep(staff.DPO, walk.reference, COMPLAINT, [text.split(' ')[0]!]);
    const n = await addFile(await picture().png().toBuffer(), 'a.png', staff.DPO);
    const copy = await maskedFiles().paint(staff.DPO, walk.reference, n, [
      { left: 0, top: 0, width: 9, height: 9 },
    ]);
    await packets().make(staff.DPO, walk.reference, [
      { kind: 'COMPLAINT', n: 1, reason: WHY },
      { kind: 'FILE', n, version: copy.n },
    ]);
    house.time.addDays(8 * 366);
    await disposeOf(house, staff, [walk]);
    await expect(packets().takeOut(staff.DPO, walk.reference, 1)).rejects.toMatchObject({ kind: 'gone' });
    await house.get(Transactions).read(async (db) => {
      const { id: caseId } = await db.findOneByOrFail(Case, { reference: walk.reference });
      for (const row of await db.findBy(Redaction, { caseId })) expect(row.textSealed).toBe('');
      const [packet] = await db.findBy(Packet, { caseId });
      expect([packet!.documentSealed, packet!.reasonsSealed]).toEqual([null, null]);
    });
    expect((await house.verify()).differences).toEqual([]);
  });
});
