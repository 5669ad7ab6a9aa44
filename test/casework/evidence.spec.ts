import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { EvidenceFiles } from '../../src/casework/evidence-files';
import { ExamineFile } from '../../src/casework/examine-file';
import { Accounts } from '../../src/people/accounts';
import { EvidenceStore } from '../../src/vault/store/evidence-store';
import { NoScanner } from '../../src/vault/scan/clamav';
import type { CaseKey, Vault } from '../../src/vault/vault';
import { TestApp } from '../harness/app';
import { engines } from '../harness/database';
import { CaseFiles, hashOf, startS3Server } from '../harness/evidence-files';
import { docx, leaveTraces, pdf, SENTENCE, zip } from '../vault/cleaning/documents';
import { picture, pixels, withMetadata } from '../vault/cleaning/pictures';
import { tracesIn } from '../vault/cleaning/traces';
import { EICAR, StubClamd } from '../vault/scan/stub-clamd';

/** A file in the middle of whose way something happens. */
async function* slowly(happens: () => Promise<void>) {
  yield Buffer.from('the first half, ');
  await happens();
  yield Buffer.from('the second half');
}

describe.each(engines())('evidence on %s', (engine) => {
  let app: TestApp;
  let files: CaseFiles;

  beforeAll(async () => {
    app = await TestApp.start(engine);
  });
  beforeEach(async () => {
    files = await CaseFiles.of(app);
  });
  afterAll(() => app.close());

  const stored = () => {
    const folder = join(app.database.dataDir, 'evidence');
    return existsSync(folder) ? readdirSync(folder).length : 0;
  };

  it.each([
    ['jpeg', 'image/jpeg', ['EXIF', 'XMP']],
    ['png', 'image/png', ['COMMENT', 'EXIF']],
    ['webp', 'image/webp', ['EXIF', 'XMP']],
  ] as const)(
    'gives staff a %s with the same pixels and without a trace of who made it',
    async (kind, type, removed) => {
      const sent = await withMetadata(picture()).toFormat(kind, { lossless: true }).toBuffer();
      expect(tracesIn(sent)).not.toEqual([]);
      const { status, body } = await files.send(sent, 'photo.txt');
      expect([status, body.mediaType, body.handling, body.sha256]).toEqual([
        201,
        type,
        'CLEANED',
        hashOf(sent),
      ]);
      expect(body.removed).toEqual(expect.arrayContaining([...removed]));
      expect(body.turnedBy).toBe(90);
      const copy = await files.copy(1);
      expect(copy.status).toBe(200);
      expect(Number(copy.headers['content-length'])).toBe(copy.bytes.length);
      expect(tracesIn(copy.bytes)).toEqual([]);
      expect((await pixels(copy.bytes)).data.equals((await pixels(sent)).data)).toBe(true);
    },
  );

  it.each([
    ['PDF', () => pdf({ extend: leaveTraces })],
    ['Word document', () => docx()],
  ])('gives staff a %s without metadata', async (_name, make) => {
    const sent = Buffer.from(await make());
    const added = await files.send(sent);
    expect([added.status, added.text]).toEqual([201, expect.stringContaining('CLEANED')]);
    expect(tracesIn((await files.copy(1)).bytes)).toEqual([]);
  });

  it('gives the original to staff for a reason only, and the complainant sees it', async () => {
    const sent = await withMetadata(picture()).jpeg().toBuffer();
    await files.send(sent);
    for (const body of [{}, { reason: 'because' }]) expect((await files.original(1, body)).status).toBe(400);
    expect(await files.acts()).toEqual(['lodge RH', 'add-evidence RH']);
    const original = await files.original(1);
    expect(original.status).toBe(200);
    expect(hashOf(original.bytes)).toBe(hashOf(sent));
    expect(await files.acts()).toEqual(['lodge RH', 'add-evidence RH', 'open-original INV']);
    expect(hashOf((await files.own(1)).bytes)).toBe(hashOf(sent));
    expect(await files.acts()).toHaveLength(3);
  });

  it('holds back what it cannot clean, and says why', async () => {
    const sent = Buffer.from(String.raw`{\rtf1\ansi{\info{\author Somebody}} ${SENTENCE}}`);
    const { body } = await files.send(sent);
    expect([body.mediaType, body.handling, body.heldReason]).toEqual([
      'application/rtf',
      'HELD',
      'NO-CLEANER',
    ]);
    const copy = await files.copy(1);
    expect([copy.status, copy.text]).toEqual([
      409,
      expect.stringContaining('No cleaner without loss exists'),
    ]);
    expect((await files.original(1)).bytes.equals(sent)).toBe(true);
    expect((await files.own(1)).bytes.equals(sent)).toBe(true);
  });

  it('refuses kinds that are not taken, whatever they are called, and keeps nothing of them', async () => {
    const [rows, kept] = [await app.rowCounts(), stored()];
    const jpeg = await picture().jpeg().toBuffer();
    for (const [name, content] of Object.entries({
      'page.txt': Buffer.from('<!doctype html><script>alert(1)</script>'),
      'picture.jpg': Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      'program.pdf': Buffer.concat([Buffer.from('MZ'), Buffer.alloc(500)]),
      'archive.docx': zip({ 'a.txt': 'a' }),
      'both.jpg': Buffer.concat([await pdf(), zip({ 'a.txt': 'a' })]),
      'half.jpg': jpeg.subarray(0, 1),
    })) {
      const refused = await files.send(content, name);
      expect([name, refused.status]).toEqual([name, 400]);
      expect(refused.text).toContain('Send a picture, PDF');
    }
    expect([await app.rowCounts(), stored()]).toEqual([rows, kept]);
  });

  it('holds back a picture that is only half there', async () => {
    const jpeg = await picture().jpeg().toBuffer();
    expect((await files.send(jpeg.subarray(0, jpeg.length / 2))).body).toMatchObject({
      heldReason: 'BROKEN',
    });
  });

  it('keeps a strange name as a name only', async () => {
    const names = ['..%2f..%2fetc%2fpasswd', '\u202egpj.exe', 'C:\\a\\b.png'];
    for (const fileName of names)
      expect((await files.send(Buffer.from('A letter.'), fileName)).status).toBe(201);
    for (const n of [1, 2, 3]) {
      const [copy, own] = [await files.copy(n), await files.own(n)];
      expect(copy.headers['content-disposition']).toBe(`attachment; filename*=UTF-8''evidence-${n}.txt`);
      expect(own.headers['content-disposition']).toMatch(/^attachment; filename\*=UTF-8''[\w.-]+\.txt$/);
      expect(own.headers['content-type']).toBe('application/octet-stream');
    }
  });

  it('takes no file of staff who left, or lost their role, while it was on its way', async () => {
    const { lodged, investigator } = files;
    const { personId: administrator } = await app.officer('ADM');
    const { personId } = investigator;
    const endings = [
      () => app.get(Accounts).changeRoles(personId, ['REM'], administrator),
      () => app.get(Accounts).deactivate(personId, administrator),
    ];
    const visitor = { kind: 'officer' as const, personId, roles: investigator.roles, unitHash: null };
    const kept = stored();
    for (const end of endings) {
      const content = Readable.from(slowly(end));
      const sent = { fileName: 'late.txt', content };
      await expect(
        app.get(EvidenceFiles).add({ ...visitor, sessionHash: '' }, sent, lodged.reference),
      ).rejects.toThrow(/meanwhile/);
    }
    expect([await files.acts(), stored()]).toEqual([['lodge RH'], kept]);
  });

  it('leaves a history that can be verified', async () => {
    await app.integrate();
    expect((await app.verify()).differences).toEqual([]);
  });
});

describe('evidence with a scanner', () => {
  let clamd: StubClamd;
  let app: TestApp;
  let files: CaseFiles;

  beforeAll(async () => {
    clamd = await StubClamd.start('tcp');
    process.env.EVIDENCE_SCANNER = clamd.address;
    app = await TestApp.start('sqlite');
    delete process.env.EVIDENCE_SCANNER;
    files = await CaseFiles.of(app);
  });
  afterAll(async () => {
    await app.close();
    await clamd.close();
  });

  it('quarantines what is infected: it stays as evidence and nobody opens it', async () => {
    const { status, body } = await files.send(Buffer.from(EICAR), 'letter.txt');
    expect([status, body.handling, body.sha256]).toEqual([201, 'QUARANTINED', hashOf(Buffer.from(EICAR))]);
    for (const answer of [await files.own(1), await files.copy(1), await files.original(1)]) {
      expect(answer.status).toBe(409);
      expect(answer.text).not.toContain('EICAR');
    }
    expect(await files.acts()).toEqual(['lodge RH', 'add-evidence RH']);
  });

  it('takes what is clean', async () => {
    expect((await files.send(Buffer.from('A letter.'))).body.handling).toBe('CLEANED');
  });

  it('takes nothing while the scanner gives no clear answer, and nothing else is affected', async () => {
    const before = await app.rowCounts();
    const kept = readdirSync(join(app.database.dataDir, 'evidence')).length;
    clamd.manners = 'closes';
    const refused = await files.send(Buffer.from('Another letter.'));
    expect([refused.status, refused.text]).toEqual([503, expect.stringContaining('Send it again')]);
    expect(await app.rowCounts()).toEqual(before);
    expect(readdirSync(join(app.database.dataDir, 'evidence'))).toHaveLength(kept);
    expect((await app.lodge()).receipt).toBeTruthy();
    clamd.manners = 'honest';
    expect((await files.send(Buffer.from('Another letter.'))).status).toBe(201);
  });
});

it('gives its place back when a file breaks off while it is examined', async () => {
  const store = {
    read: async () =>
      new Readable({
        read() {
          this.destroy(new Error('gone'));
        },
      }),
  } as unknown as EvidenceStore;
  const vault = { unsealStream: () => new PassThrough() } as unknown as Vault;
  const examine = new ExamineFile(vault, store, new NoScanner());
  for (let n = 0; n < 5; n += 1) await expect(examine.run({} as CaseKey, 'an id', 3)).rejects.toThrow('gone');
});

it('keeps originals and copies in an S3-compatible store, sealed', async () => {
  const server = await startS3Server();
  const settings = {
    EVIDENCE_S3_ENDPOINT: server.settings.endpoint,
    EVIDENCE_S3_BUCKET: server.settings.bucket,
    EVIDENCE_S3_ACCESS_KEY_ID: server.settings.accessKeyId,
    EVIDENCE_S3_SECRET_ACCESS_KEY: server.settings.secretAccessKey,
  };
  Object.assign(process.env, settings);
  const app = await TestApp.start('sqlite');
  for (const name of Object.keys(settings)) delete process.env[name];
  try {
    const files = await CaseFiles.of(app);
    const sent = await withMetadata(picture()).jpeg().toBuffer();
    expect((await files.send(sent)).body.handling).toBe('CLEANED');
    const ids: string[] = [];
    for await (const id of app.get(EvidenceStore).list()) ids.push(id);
    expect(ids.map((id) => id.slice(36)).sort()).toEqual(['', '.working']);
    expect(hashOf((await files.original(1)).bytes)).toBe(hashOf(sent));
    expect(tracesIn((await files.copy(1)).bytes)).toEqual([]);
    expect(existsSync(join(app.database.dataDir, 'evidence'))).toBe(false);
  } finally {
    await app.close();
    await server.close();
  }
});
