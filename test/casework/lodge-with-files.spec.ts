import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import multipart from '@fastify/multipart';
import { fastify } from 'fastify';
import { ExamineFile } from '../../src/casework/examine-file';
import { ReceiveForm } from '../../src/casework/intake/receive-form';
import { MEGABYTE, Settings } from '../../src/platform/settings';
import { Ledger } from '../../src/ledger/ledger.service';
import { Entry } from '../../src/records/entities/entry';
import { Evidence } from '../../src/records/entities/evidence';
import { EvidenceStore } from '../../src/vault/store/evidence-store';
import { type FileSystem, FolderStore } from '../../src/vault/store/folder-store';
import { Vault } from '../../src/vault/vault';
import { say } from '../../src/words/words';
import { TestApp } from '../harness/app';
import { engines } from '../harness/database';
import { LodgingPages, receiptIn } from '../harness/lodging-pages';
import { openSignedNote } from '../ledger/signed-note';
import { picture, withMetadata } from '../vault/cleaning/pictures';
import { EICAR, StubClamd } from '../vault/scan/stub-clamd';

type Part = [name: string, content: string | Buffer, fileName?: string];

interface LodgedAnswer {
  reference: string;
  receipt: string;
  statement: string;
  files?: { n: number; fileName: string; describes: string | null; sha256: string; handling: string }[];
  needs?: { field: string; sentence: string }[];
}

const BOUNDARY = 'xx-boundary-xx';
const WORDS = 'The system stopped my benefit, and the letter proves it.';

function formOf(parts: Part[]): Buffer {
  return Buffer.concat([
    ...parts.flatMap(([name, content, fileName]) => [
      Buffer.from(
        `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${fileName === undefined ? '' : `; filename="${fileName}"\r\nContent-Type: application/octet-stream`}\r\n\r\n`,
      ),
      Buffer.from(content),
      Buffer.from('\r\n'),
    ]),
    Buffer.from(`--${BOUNDARY}--\r\n`),
  ]);
}

const MULTIPART = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` };
const hashOf = (content: string | Buffer) => createHash('sha256').update(content).digest('hex');
const LETTER: Part = ['file', 'Dear applicant', 'letter.txt'];
const NOT_CHOSEN: Part = ['file', '', ''];

describe.each(engines())('a complaint with files on %s', (engine) => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start(engine);
  });
  afterAll(() => app.close());

  const lodge = (parts: Part[], headers: Record<string, string> = {}) =>
    app.ask<LodgedAnswer>('POST', '/api/v1/complaints/with-files', {
      headers: { ...MULTIPART, ...headers },
      body: formOf([['narrative', WORDS], ...parts]),
    });
  const inStore = (): string[] => {
    const folder = join(app.database.dataDir, 'evidence');
    return existsSync(folder) ? readdirSync(folder).sort() : [];
  };
  const rowsInStore = async () =>
    (await app.source.getRepository(Evidence).find())
      .flatMap(({ id, handling }) => (handling === 'CLEANED' ? [id, `${id}.working`] : [id]))
      .sort();
  const everything = async () => [await app.rowCounts(), inStore()];
  const firstEntry = async (reference: string) => {
    const [row] = await app.source.query<{ ledgerId: string }[]>(
      `SELECT "ledgerId" FROM "cases" WHERE "reference" = '${reference}'`,
    );
    return app.source.getRepository(Entry).findOneByOrFail({ ledgerId: row!.ledgerId, n: 1 });
  };
  const open = async (receipt: string) =>
    (
      await app.ask<{ token: string }>('POST', '/api/v1/complaint-sessions', {
        body: { receipt },
      })
    ).body.token;

  it('is lodged in one act: one entry names every file, and the signed statement with it', async () => {
    const photo = await withMetadata(picture()).jpeg().toBuffer();
    const before = await app.rowCounts();
    const { status, body } = await lodge([
      ['contact.kind', 'email'],
      ['contact.value', 'her@example.org'],
      ['awareOfAiUse', 'true'],
      LETTER,
      ['describes', 'The refusal'],
      NOT_CHOSEN,
      ['describes', ''],
      ['file', photo, 'صورة.jpg'],
      ['describes', 'ما رأيته'],
    ]);
    expect([status, body.needs]).toEqual([201, undefined]);
    const hashes = [hashOf('Dear applicant'), hashOf(photo)];
    expect(body.files).toMatchObject([
      { n: 1, fileName: 'letter.txt', describes: 'The refusal', sha256: hashes[0], handling: 'CLEANED' },
      { n: 2, fileName: 'صورة.jpg', describes: 'ما رأيته', sha256: hashes[1], handling: 'CLEANED' },
    ]);
    const after = await app.rowCounts();
    expect([after.entries! - before.entries!, after.evidence! - before.evidence!]).toEqual([1, 2]);

    const entry = await firstEntry(body.reference);
    const told = JSON.parse(entry.body) as {
      facts: Record<string, unknown>;
      rows: { table: string; set: { sha256: string } }[];
    };
    expect(told.facts).toMatchObject({ evidence: [1, 2], sha256: hashes, handling: ['CLEANED', 'CLEANED'] });
    expect(told.rows.filter(({ table }) => table === 'evidence').map(({ set }) => set.sha256)).toEqual(
      hashes,
    );
    expect(entry.body).not.toMatch(/letter\.txt|صورة|refusal/);
    const leaf = Buffer.from(entry.leafHash, 'hex').toString('base64');
    const statement = openSignedNote(app.get(Ledger).verifierKey, body.statement);
    expect(statement.split('\n').slice(2)).toEqual([
      body.reference,
      leaf,
      `file 1 sha256 ${hashes[0]}`,
      `file 2 sha256 ${hashes[1]}`,
      '',
    ]);

    const token = await open(body.receipt);
    const mine = await app.ask<Record<string, unknown>>('GET', '/api/v1/my-case', { token });
    expect(mine.body).toMatchObject({
      statement: body.statement,
      awareOfAiUse: true,
      contact: { kind: 'email', value: 'her@example.org' },
    });
    const file = await app.ask('GET', '/api/v1/my-case/evidence/2', { token });
    expect(file.bytes.equals(photo)).toBe(true);
    const added = await app.ask<{ n: number }>('POST', '/api/v1/my-case/evidence', {
      token,
      headers: MULTIPART,
      body: formOf([LETTER]),
    });
    expect(added.body.n).toBe(3);
  });

  it('lies sealed only: no word of its files is on disk or in the database', async () => {
    const phrase = 'a phrase that stands nowhere else';
    await lodge([
      ['file', phrase, 'named-like-nothing-else.txt'],
      ['describes', 'described like nothing else'],
    ]);
    const folder = join(app.database.dataDir, 'evidence');
    for (const name of readdirSync(folder))
      expect(readFileSync(join(folder, name)).includes(phrase)).toBe(false);
    for (const { tableName } of app.source.entityMetadatas) {
      const rows = JSON.stringify(await app.source.query(`SELECT * FROM "${tableName}"`));
      expect(rows).not.toMatch(/nothing[ -]else|nowhere else/);
    }
  });

  it('without files is what it is without the form for files: the same rows and the same entry', async () => {
    const counts = [await app.rowCounts()];
    const plain = await app.ask<LodgedAnswer>('POST', '/api/v1/complaints', { body: { narrative: WORDS } });
    counts.push(await app.rowCounts());
    const typed = await lodge([NOT_CHOSEN, ['describes', '']]);
    counts.push(await app.rowCounts());
    const added = (at: number) =>
      Object.fromEntries(
        Object.entries(counts[at]!).map(([table, n]) => [table, n - counts[at - 1]![table]!]),
      );
    expect(added(2)).toEqual(added(1));
    expect(typed.body).not.toHaveProperty('files');
    const keys = async (reference: string) =>
      Object.keys((JSON.parse((await firstEntry(reference)).body) as { facts: object }).facts);
    expect(await keys(typed.body.reference)).toEqual(await keys(plain.body.reference));
  });

  const REFUSED: [string, Part[], number, string, string][] = [
    ['empty', [['file', '', 'empty.txt']], 400, 'file-1', 'error.evidence.empty'],
    [
      'too large',
      [['file', Buffer.alloc(20 * MEGABYTE + 1), 'large.bin']],
      400,
      'file-1',
      'error.evidence.size',
    ],
    ['of no kind that is taken', [['file', 'MZ\0\0\0\0', 'a.pdf']], 400, 'file-1', 'error.evidence.kind'],
    [
      'the third of five',
      [LETTER, LETTER, ['file', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'c.png'], LETTER, LETTER],
      400,
      'file-3',
      'error.evidence.kind',
    ],
    ['one too many', Array.from({ length: 6 }, () => LETTER), 400, 'file-6', 'error.evidence.many'],
    ['named too long', [['file', 'x', `${'a'.repeat(256)}.txt`]], 400, 'file-1', 'error.evidence.name'],
    [
      'said to show too much',
      [LETTER, ['describes', 'a'.repeat(2001)]],
      400,
      'describes-1',
      'error.text.too-long',
    ],
    [
      'described but not chosen',
      [NOT_CHOSEN, ['describes', 'The letter']],
      400,
      'file-1',
      'error.evidence.forgotten',
    ],
    ['in a field that is not asked', [['picture', 'x', 'a.txt']], 400, 'picture', 'error.unknown-field'],
    [
      'beside text that is not UTF-8',
      [LETTER, ['systemKnown', Buffer.from([0xff, 0xfe])]],
      400,
      'systemKnown',
      'error.text.unreadable',
    ],
    ['beside a field that is not asked', [LETTER, ['narrativ', 'x']], 400, 'narrativ', 'error.unknown-field'],
    [
      'beside an answer that is no answer',
      [LETTER, ['awareOfAiUse', 'perhaps']],
      400,
      'awareOfAiUse',
      'error.yes-or-no',
    ],
  ];

  it.each(REFUSED)(
    'stores nothing when a file is %s, and says which',
    async (_name, parts, status, field, key) => {
      const before = await everything();
      const refused = await lodge(parts);
      expect([refused.status, refused.body.needs]).toEqual([
        status,
        [expect.objectContaining({ field, sentence: say('en', key) })],
      ]);
      expect(await everything()).toEqual(before);
    },
  );

  it('says everything that is wrong at once', async () => {
    const refused = await app.ask<LodgedAnswer>('POST', '/api/v1/complaints/with-files', {
      headers: { ...MULTIPART, 'accept-language': 'fr' },
      body: formOf([['narrative', ' '], ['file', '', 'a.txt'], LETTER, ['file', '', 'c.txt']]),
    });
    expect(refused.body.needs!.map(({ field }) => field)).toEqual(['narrative', 'file-1', 'file-3']);
    expect(refused.body.needs![1]!.sentence).toBe(say('fr', 'error.evidence.empty'));
  });

  it('lodges once and keeps one set of files however often it is sent', async () => {
    const before = await app.rowCounts();
    const headers = { 'idempotency-key': 'pressed-again-and-again' };
    const parts: Part[] = [LETTER, ['describes', 'The refusal']];
    const answers = await Promise.all(Array.from({ length: 5 }, () => lodge(parts, headers)));
    answers.push(await lodge(parts, headers));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]!.status).toBe(201);
    const after = await app.rowCounts();
    expect([after.cases! - before.cases!, after.evidence! - before.evidence!]).toEqual([1, 1]);
    expect(inStore()).toEqual(await rowsInStore());
    const other = await lodge(
      [
        ['file', 'Another letter', 'letter.txt'],
        ['describes', 'The refusal'],
      ],
      headers,
    );
    expect(other.status).toBe(422);
    expect(inStore()).toEqual(await rowsInStore());
  });

  it('leaves nothing when the sender breaks off in the middle of a file', async () => {
    const before = await everything();
    await app.nest.listen(0, '127.0.0.1');
    const { port } = app.nest.getHttpServer().address() as { port: number };
    const body = formOf([
      ['narrative', WORDS],
      ['file', Buffer.alloc(5_000_000, 'a'), 'a.txt'],
    ]);
    const asked = httpRequest({
      port,
      method: 'POST',
      path: '/api/v1/complaints/with-files',
      headers: { ...MULTIPART, 'content-length': body.length },
    }).on('error', () => undefined);
    asked.write(body.subarray(0, 3_000_000));
    const isWriting = () => inStore().some((name) => name.startsWith('draft-'));
    while (!isWriting()) await new Promise((next) => setTimeout(next, 10));
    asked.destroy();
    while (isWriting()) await new Promise((next) => setTimeout(next, 10));
    expect(await everything()).toEqual(before);
  });

  describe('in the pages without script', () => {
    it('shows its files again as long as the receipt is not kept', async () => {
      const again = await app.ask('POST', '/lodge/saved', {
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'receipt=12345+67890+12345+67890+12345&fileName=a.txt&sha256=aa&fileName=b.txt&sha256=bb',
      });
      expect(again.status).toBe(400);
      expect(again.text.match(/<bdi dir="ltr">SHA-256: (aa|bb)</g)).toHaveLength(2);
    });
  });

  it('leaves a history that can be verified, and no file without its row', async () => {
    await app.integrate();
    expect((await app.verify()).differences).toEqual([]);
    expect(inStore()).toEqual(await rowsInStore());
  });
});

describe('a complaint with files when something around it fails', () => {
  let clamd: StubClamd;
  let app: TestApp;

  beforeAll(async () => {
    clamd = await StubClamd.start('tcp');
    process.env.EVIDENCE_SCANNER = clamd.address;
    app = await TestApp.start('sqlite');
    delete process.env.EVIDENCE_SCANNER;
  });
  afterAll(async () => {
    await app.close();
    await clamd.close();
  });

  const inStore = async () => {
    const ids: string[] = [];
    for await (const id of app.get(EvidenceStore).list()) ids.push(id);
    return ids;
  };

  it('takes nothing while the scanner gives no clear answer, and keeps what was typed', async () => {
    const mine = new LodgingPages(app);
    await mine.answer('what-happened', { narrative: WORDS });
    clamd.manners = 'closes';
    const page = await mine.addFile({
      name: 'letter.txt',
      content: 'Dear applicant',
      describes: 'The refusal',
    });
    clamd.manners = 'honest';
    expect([page.status, page.text]).toEqual([503, expect.stringContaining('value="The refusal"')]);
    expect(page.text).toContain(say('en', 'error.evidence.unavailable'));
    expect(await inStore()).toEqual([]);
    expect(receiptIn(await mine.send())).toBeTruthy();
  });

  it('quarantines what is infected, as when it is added later', async () => {
    const lodged = await app.ask<LodgedAnswer>('POST', '/api/v1/complaints/with-files', {
      headers: MULTIPART,
      body: formOf([
        ['narrative', WORDS],
        ['file', EICAR, 'letter.txt'],
      ]),
    });
    expect(lodged.body.files).toMatchObject([{ handling: 'QUARANTINED', sha256: hashOf(EICAR) }]);
  });

  it('reads the form to its end when the disk is full, so that no word is lost', async () => {
    const writeFile: FileSystem['writeFile'] = async (_file, sealed) => {
      for await (const chunk of sealed as Readable)
        if (chunk) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    };
    const store = new FolderStore(app.database.dataDir, { ...fs, writeFile });
    const receiveForm = new ReceiveForm(app.get(Vault), store, app.get(ExamineFile), app.get(Settings));
    const server = fastify();
    await server.register(multipart);
    server.post('/', async (request) => {
      const { fields, files } = await receiveForm.run(request.parts(receiveForm.reading));
      return { fields, faults: files.faults };
    });
    const before = await inStore();
    const answer = await server.inject({
      method: 'POST',
      url: '/',
      headers: MULTIPART,
      payload: formOf([
        ['file', Buffer.alloc(3_000_000, 'a'), 'a.txt'],
        ['accommodation', 'Large\r\nprint'],
      ]),
    });
    expect(answer.json()).toEqual({
      fields: { accommodation: 'Large\nprint' },
      faults: [{ name: 'evidence', field: 'file-1', sentence: 'error.evidence.unavailable' }],
    });
    await server.close();
    expect(await inStore()).toEqual(before);
  });
});
