import { readdirSync } from 'node:fs';
import fs from 'node:fs/promises';
import { join } from 'node:path';
import { FolderStore } from '../../src/vault/store/folder-store';
import { TestApp } from '../harness/app';
import { engines } from '../harness/database';
import { CaseFiles, watched } from '../harness/evidence-files';
import { docx, odf, pdf, SENTENCE, xlsx, zip } from '../vault/cleaning/documents';
import { noise, picture } from '../vault/cleaning/pictures';
import { flac, m4a, mp3, opus, wav } from '../vault/cleaning/recordings';

/** What each file may come to: refused, held back for one of these reasons, or cleaned of everything else that it was. */
type Fate = 'refused' | 'HELD' | 'CLEANED';

const ZEROS = Buffer.alloc(60_000_000);
const HTML = Buffer.from('<!doctype html><script>alert(document.cookie)</script>');
const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
const JAR = zip({ 'META-INF/MANIFEST.MF': 'Main-Class: A', 'A.class': noise(200) });
const GIF = Buffer.concat([Buffer.from('GIF89a'), noise(200)]);
const SCRIPT = '<script>alert(1)</script>';

const nested = (depth: number): Buffer =>
  depth === 0 ? zip({ 'zeros.bin': ZEROS.subarray(0, 5_000_000) }) : zip({ 'inside.zip': nested(depth - 1) });
const jpeg = () => picture().jpeg().toBuffer();
const together = async (first: Promise<Buffer>, second: Buffer) => Buffer.concat([await first, second]);

const HOSTILE: [name: string, fileName: string, make: () => Promise<Buffer>, fate: Fate][] = [
  ['nothing at all', 'empty.jpg', async () => Buffer.alloc(0), 'refused'],
  ['one byte', 'a.pdf', async () => Buffer.of(0x25), 'CLEANED'],
  ['a zip bomb', 'a.zip', async () => zip({ 'zeros.bin': ZEROS }), 'refused'],
  ['a zip bomb in a Word document', 'a.docx', () => docx({ 'word/media/zeros.png': ZEROS }), 'HELD'],
  ['a zip bomb in an OpenDocument', 'a.odt', () => odf(undefined, { 'Pictures/zeros.png': ZEROS }), 'HELD'],
  ['zips in zips', 'a.zip', async () => nested(6), 'refused'],
  ['zips in zips in a Word document', 'a.docx', () => docx({ 'word/embeddings/a.zip': nested(4) }), 'HELD'],
  ['a GIFAR: GIF and JAR', 'a.gif', async () => Buffer.concat([GIF, JAR]), 'refused'],
  ['a JPEG and JAR', 'a.jpg', () => together(jpeg(), JAR), 'CLEANED'],
  ['a PNG and zip', 'a.png', () => together(picture().png().toBuffer(), JAR), 'CLEANED'],
  ['a PDF and zip', 'a.pdf', () => together(pdf(), JAR), 'refused'],
  ['a zip and PDF', 'a.pdf', async () => Buffer.concat([JAR, await pdf()]), 'refused'],
  ['HTML and PDF', 'a.pdf', async () => Buffer.concat([HTML, await pdf()]), 'refused'],
  ['a JPEG and HTML', 'a.jpg', () => together(jpeg(), HTML), 'CLEANED'],
  ['a JPEG whose comment is HTML', 'a.html', () => commented(SCRIPT), 'CLEANED'],
  ['a program', 'a.jpg', async () => Buffer.concat([Buffer.from('MZ'), noise(500)]), 'refused'],
  ['a program and zip', 'a.docx', async () => Buffer.concat([Buffer.from('MZ'), JAR]), 'refused'],
  ['SVG called PNG', 'a.png', async () => SVG, 'refused'],
  ['HTML called text', 'a.txt', async () => HTML, 'refused'],
  ['a script called text', 'a.txt', async () => Buffer.from('#!/bin/sh\nrm -rf /\n'), 'refused'],
  ['HTML behind white space', 'a.txt', async () => Buffer.concat([Buffer.alloc(50, ' '), HTML]), 'refused'],
  ['text called picture', 'a.jpg', async () => Buffer.from(SENTENCE), 'CLEANED'],
  ['a sheet called text', 'a.txt', async () => xlsx(), 'CLEANED'],
  ['text in UTF-16', 'a.txt', async () => Buffer.from(`\uFEFF${SENTENCE}`, 'utf16le'), 'refused'],
  ['noise', 'a.bin', async () => noise(5_000), 'refused'],
];

const WHOLE: Record<string, () => Promise<Buffer>> = {
  JPEG: jpeg,
  PNG: () => picture().png().toBuffer(),
  WebP: () => picture().webp().toBuffer(),
  AVIF: () => picture().avif({ effort: 0 }).toBuffer(),
  PDF: () => pdf(),
  Word: () => docx(),
  OpenDocument: () => odf(),
  WAV: async () => wav(),
  FLAC: async () => flac(),
  Opus: async () => opus(),
  M4A: async () => m4a().content,
  MP3: async () => mp3(),
};

const NAMES = [
  '../../../etc/passwd',
  '..\\..\\boot.ini',
  '/etc/shadow',
  'C:\\Windows\\calc.exe',
  '\u202egpj.exe',
  'a\u2066b\u2069.txt',
  'invoice.pdf.exe',
  'photo.jpg.html',
  'CON',
  'nul.txt',
  'com1.txt',
  'aux.jpg',
  '.htaccess',
  'a; rm -rf .txt',
  'a%00.txt',
  `<img src=x onerror=alert(1)>.txt`,
  `'; filename=evil.html; x='`,
  'n'.repeat(255),
  '\u{1F600}'.repeat(60),
  '\u0635\u0648\u0631\u0629.txt',
];
const NAMES_REFUSED = ['n'.repeat(10_000), 'a\u0000b.txt', 'a\u001b[31m.txt', 'a\u007fb'];

async function commented(text: string): Promise<Buffer> {
  const content = await jpeg();
  const comment = Buffer.concat([Buffer.of(0xff, 0xfe, 0, text.length + 2), Buffer.from(text)]);
  return Buffer.concat([content.subarray(0, 2), comment, content.subarray(2)]);
}

describe.each(engines())('hostile files on %s', (engine) => {
  let app: TestApp;
  let files: CaseFiles;

  beforeAll(async () => {
    app = await TestApp.start(engine);
    files = await CaseFiles.of(app);
  });
  afterAll(() => app.close());

  const stored = () =>
    readdirSync(app.database.dataDir).includes('evidence')
      ? readdirSync(join(app.database.dataDir, 'evidence')).length
      : 0;

  /** Whoever opens whatever: saved, never shown, and able to do nothing. */
  function expectHarmless({ status, headers }: Awaited<ReturnType<CaseFiles['own']>>): void {
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': expect.stringMatching(
        /^attachment; filename\*=UTF-8''[\w.!~%-]+\.\w{2,4}$/,
      ) as string,
      'content-security-policy': expect.stringMatching(
        /^default-src 'none'; (?!.*-src (?!'none')).*; sandbox$/,
      ),
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    expect(headers['content-disposition']).not.toMatch(/\.(exe|html?|svg|jar|js|sh|bat|cmd)$/i);
  }

  it.each(HOSTILE)('come to what they may come to: %s, called %s', async (name, fileName, make, fate) => {
    const [rows, kept] = [await app.rowCounts(), stored()];
    const content = await make();
    const answer = await files.send(content, fileName);
    if (fate === 'refused') {
      expect([name, answer.status]).toEqual([name, 400]);
      expect([await app.rowCounts(), stored()]).toEqual([rows, kept]);
      return;
    }
    const { n } = answer.body;
    expect([name, answer.status, answer.body.handling]).toEqual([name, 201, fate]);
    expectHarmless(await files.own(n));
    if (fate === 'HELD') return expect((await files.copy(n)).status).toBe(409);
    const copy = await files.copy(n);
    expectHarmless(copy);
    for (const trace of [SCRIPT, '<script', 'META-INF', 'A.class'])
      expect(copy.bytes.includes(trace)).toBe(false);
  });

  it.each(Object.entries(WHOLE))(
    'that are broken are held back or refused, wherever they were cut off: %s',
    async (name, make) => {
      const content = await make();
      for (const part of [0.05, 0.35, 0.65, 0.95]) {
        const cut = content.subarray(0, Math.floor(content.length * part));
        const answer = await files.send(cut, `broken ${name}`);
        // A recording may be shorter without being broken: what is left of it is whole.
        const mayBeShort = name === 'MP3' && answer.body.handling === 'CLEANED';
        expect([name, part, answer.status === 400 || answer.body.handling === 'HELD' || mayBeShort]).toEqual([
          name,
          part,
          true,
        ]);
      }
    },
  );

  it('keep their names as names only', async () => {
    for (const fileName of NAMES) {
      const answer = await files.send(Buffer.from(SENTENCE), fileName.replaceAll('"', ''));
      const { n } = answer.body;
      expect([fileName, answer.status]).toEqual([fileName, 201]);
      expect(answer.body.fileName).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
      expectHarmless(await files.own(n));
      expectHarmless(await files.copy(n));
    }
    const page = await app.ask('GET', '/api/v1/my-case/evidence', { token: files.lodged.token });
    expect(page.status).toBe(200);
    expect(stored()).toBeGreaterThan(0);
    for (const name of readdirSync(join(app.database.dataDir, 'evidence')))
      expect(name).toMatch(/^[0-9a-f-]{36}(\.working)?$/);
  });

  it.each(NAMES_REFUSED.map((name) => [name.slice(0, 20), name]))(
    'are refused under a name that cannot be kept: %j',
    async (_, fileName) => {
      const [rows, kept] = [await app.rowCounts(), stored()];
      expect((await files.send(Buffer.from(SENTENCE), fileName)).status).toBe(400);
      expect([await app.rowCounts(), stored()]).toEqual([rows, kept]);
    },
  );

  it('leave a history that can be verified, and a house that works', async () => {
    expect((await app.lodge()).receipt).toBeTruthy();
    expect((await app.verify()).differences).toEqual([]);
  });
});

describe.each(engines())('a disk that fills during an upload on %s', (engine) => {
  it.each(['while the file comes', 'while its working copy is written'])('%s', async (when) => {
    let writes = 0;
    const failsAt = when === 'while the file comes' ? 1 : 2;
    const full: typeof fs.writeFile = async (file, data) => {
      writes += 1;
      if (writes !== failsAt) return fs.writeFile(file, data as NodeJS.ReadableStream);
      await fs.writeFile(file, 'half of it');
      throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
    };
    const house = await watched(
      engine,
      ({ dataDir }) => new FolderStore(dataDir, { ...fs, writeFile: full }),
      async () => undefined,
    );
    try {
      const [files, other] = [await CaseFiles.of(house.app), await CaseFiles.of(house.app)];
      const before = await house.app.rowCounts();
      const refused = await files.send(await jpeg());
      expect([refused.status, refused.text]).toEqual([503, expect.stringContaining('the disk is full')]);
      expect(await house.app.rowCounts()).toEqual(before);
      expect(readdirSync(join(house.app.database.dataDir, 'evidence'))).toEqual([]);
      expect((await other.send(await jpeg())).body.handling).toBe('CLEANED');
      expect((await house.app.lodge()).receipt).toBeTruthy();
      expect((await files.send(await jpeg())).status).toBe(201);
    } finally {
      await house.close();
    }
  });
});
