import { strFromU8, unzipSync } from 'fflate';
import { clean } from '../../../src/vault/cleaning/clean';
import { mediaTypeOf, type MediaType } from '../../../src/vault/cleaning/media-type';
import { docx, links, odf, pptx, SENTENCE, unknownJpeg, WORD_TEXT, xlsx, zip, type Files } from './documents';
import { picture, pixels } from './pictures';
import { AUTHOR, PLACE, SECRET, tracesIn } from './traces';

const OOXML = 'application/vnd.openxmlformats-officedocument.';
const WORD: MediaType = `${OOXML}wordprocessingml.document`;
const TEXT: MediaType = 'application/vnd.oasis.opendocument.text';

async function cleaned(content: Buffer, type: MediaType): Promise<{ content: Buffer; removed: string[] }> {
  const result = await clean(content, type);
  if (result.kind === 'held') throw new Error(`held: ${result.why}`);
  return result;
}

function read(content: Buffer, name: string): string {
  return strFromU8(unzipSync(content)[name]!);
}

/** All text between tags, as it is escaped. */
function textOf(xml: string): string {
  return xml.replace(/<\?.*?\?>|<!--.*?-->|<[^>]*>/gs, '');
}

const documents: [string, MediaType, () => Promise<Buffer>, string[]][] = [
  [
    'Word',
    WORD,
    () => docx(),
    [
      'AUTHOR',
      'COLOUR-PROFILE',
      'CUSTOM-DATA',
      'EXIF',
      'HISTORY',
      'LINKS',
      'PRINTER',
      'PROPERTIES',
      'THUMBNAIL',
      'TIME',
      'XMP',
    ],
  ],
  [
    'Excel',
    `${OOXML}spreadsheetml.sheet`,
    async () => xlsx(),
    ['AUTHOR', 'HISTORY', 'LINKS', 'PRINTER', 'PROPERTIES', 'THUMBNAIL', 'TIME'],
  ],
  [
    'PowerPoint',
    `${OOXML}presentationml.presentation`,
    async () => pptx(),
    ['AUTHOR', 'PROPERTIES', 'THUMBNAIL', 'TIME'],
  ],
  ...(['text', 'spreadsheet', 'presentation'] as const).map((kind): (typeof documents)[number] => [
    `OpenDocument ${kind}`,
    `application/vnd.oasis.opendocument.${kind}`,
    () => odf(kind),
    [
      'AUTHOR',
      'COLOUR-PROFILE',
      'CUSTOM-DATA',
      'EXIF',
      'HISTORY',
      'LINKS',
      'PRINTER',
      'PROPERTIES',
      'THUMBNAIL',
      'TIME',
      'XMP',
    ],
  ]),
];

describe('an office document', () => {
  it.each(documents)(
    '%s is known by its content, loses every trace, and comes out the same twice',
    async (_, type, make, codes) => {
      const original = await make();
      expect(await mediaTypeOf(original)).toBe(type);
      expect(tracesIn(original)).toEqual([AUTHOR, PLACE, SECRET]);
      const copy = await cleaned(original, type);
      expect(tracesIn(copy.content)).toEqual([]);
      expect(copy.removed).toEqual(codes);
      expect(await mediaTypeOf(copy.content)).toBe(type);
      const again = await cleaned(copy.content, type);
      expect([again.content.equals(copy.content), again.removed]).toEqual([true, []]);
      const everything = Object.values(unzipSync(copy.content)).map((file) => strFromU8(file, true));
      expect(everything.some((file) => file.includes(SENTENCE))).toBe(true);
      expect(everything.some((file) => file.includes('2026-01-02'))).toBe(false);
    },
  );

  it('has no time of packing in it', async () => {
    const copy = (await cleaned(xlsx(), `${OOXML}spreadsheetml.sheet`)).content;
    expect(copy.readUInt32LE(10)).toBe(0x0021_0000);
  });
});

describe('a Word document', () => {
  it('keeps its text letter for letter, and its remarks', async () => {
    const original = await docx();
    const copy = (await cleaned(original, WORD)).content;
    for (const part of ['word/document.xml', 'word/comments.xml'])
      expect(textOf(read(copy, part))).toBe(textOf(read(original, part)));
    expect(textOf(read(copy, 'word/document.xml')).trim()).toBe(WORD_TEXT.join(''));
    expect(read(copy, 'word/document.xml')).toContain('<w:ins w:id="1" w:author="">');
    expect(read(copy, 'word/settings.xml')).toContain('<w:zoom w:percent="100"/><w:evenAndOddHeaders/>');
  });

  it('keeps its pictures, pixel for pixel, and links that somebody may click', async () => {
    const original = await docx();
    const copy = (await cleaned(original, WORD)).content;
    const [before, after] = [original, copy].map((one) =>
      Buffer.from(unzipSync(one)['word/media/image1.jpeg']!),
    );
    expect((await pixels(after!)).data.equals((await pixels(before!)).data)).toBe(true);
    const targets = [...read(copy, 'word/_rels/document.xml.rels').matchAll(/Target="([^"]*)"/g)].map(
      ([, target]) => target,
    );
    expect(targets).toEqual([
      'media/image1.jpeg',
      'comments.xml',
      'settings.xml',
      'https://example.org/help',
      'about:blank',
      'about:blank',
    ]);
  });

  it('names only parts that are there', async () => {
    const copy = (await cleaned(await docx(), WORD)).content;
    const names = Object.keys(unzipSync(copy));
    expect(names.sort()).toEqual([
      '[Content_Types].xml',
      '_rels/.rels',
      'word/_rels/document.xml.rels',
      'word/comments.xml',
      'word/document.xml',
      'word/media/image1.jpeg',
      'word/settings.xml',
    ]);
    const declared = [...read(copy, '[Content_Types].xml').matchAll(/PartName="\/([^"]*)"/g)].map(
      ([, name]) => name,
    );
    expect(declared).toEqual(['word/document.xml']);
  });
});

describe('an OpenDocument text', () => {
  it('keeps its text and the text of its remarks; its type stands first, unfolded', async () => {
    const copy = (await cleaned(await odf(), TEXT)).content;
    expect(copy.toString('latin1', 30, 38 + TEXT.length)).toBe(`mimetype${TEXT}`);
    expect(textOf(read(copy, 'content.xml')).trim()).toBe(`${SENTENCE}Is this so?help`);
    const paths = [...read(copy, 'META-INF/manifest.xml').matchAll(/full-path="([^"]*)"/g)].map(
      ([, path]) => path,
    );
    expect(paths).toEqual(['/', 'content.xml', 'styles.xml', 'settings.xml', 'Pictures/photo.jpg']);
    expect(read(copy, 'settings.xml')).toContain('>100<');
  });
});

describe('an office document that is not cleaned', () => {
  const linked = (files: Files, ...more: Parameters<typeof links>): Promise<Buffer> =>
    docx({ 'word/_rels/document.xml.rels': links(...more), ...files });

  it.each<[string, MediaType, () => Promise<Buffer>, string]>([
    ['macros', WORD, () => docx({ 'word/vbaProject.bin': 'x' }), 'ACTIVE-CONTENT'],
    ['an embedded object', WORD, () => docx({ 'word/embeddings/oleObject1.bin': 'x' }), 'ACTIVE-CONTENT'],
    [
      'a link to a macro',
      WORD,
      () => linked({}, ['http://schemas.microsoft.com/office/2006/relationships/vbaProject', 'odd.xml']),
      'ACTIVE-CONTENT',
    ],
    [
      'a drawing without a cleaner',
      WORD,
      () => linked({ 'word/media/a.emf': 'x\0' }, ['image', 'media/a.emf']),
      'NO-CLEANER',
    ],
    [
      'a broken picture',
      WORD,
      async () => linked({ 'word/media/a.jpeg': await unknownJpeg() }, ['image', 'media/a.jpeg']),
      'BROKEN',
    ],
    [
      'entities of its own',
      WORD,
      () => docx({ 'word/document.xml': '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>' }),
      'BOMB',
    ],
    ['an element that is not closed', WORD, () => docx({ 'word/document.xml': '<a><b></a>' }), 'BROKEN'],
    [
      'text in another coding',
      WORD,
      () => docx({ 'word/document.xml': Buffer.from('<a/>', 'utf16le') }),
      'BROKEN',
    ],
    [
      'macros in OpenDocument',
      TEXT,
      () => odf('text', { 'Basic/Standard/Module1.xml': '<a/>' }),
      'ACTIVE-CONTENT',
    ],
    [
      'an event that starts a script',
      TEXT,
      () => odf('text', { 'content.xml': '<a><s:event-listener/></a>' }),
      'ACTIVE-CONTENT',
    ],
    [
      'a picture written as text',
      TEXT,
      () => odf('text', { 'content.xml': '<a><office:binary-data>AA==</office:binary-data></a>' }),
      'NO-CLEANER',
    ],
    [
      'a link that asks another program',
      WORD,
      () =>
        linked({ 'word/odd.xml': '<externalLink><ddeLink/></externalLink>' }, ['externalLink', 'odd.xml']),
      'ACTIVE-CONTENT',
    ],
    ['encryption', TEXT, async () => encrypted(await odf()), 'ENCRYPTED'],
    [
      'too many parts',
      WORD,
      () => docx(Object.fromEntries(Array.from({ length: 2_000 }, (_, at) => [`word/${at}.xml`, '<a/>']))),
      'BOMB',
    ],
    [
      'a part that unfolds too far',
      WORD,
      () => docx({ 'word/document.xml': Buffer.alloc(5_000_000, ' ') }),
      'BOMB',
    ],
    ['a part that is larger than it says', WORD, async () => smaller(await docx()), 'BOMB'],
    ['a name that leads elsewhere', WORD, () => docx({ '../evil.xml': '<a/>' }), 'BROKEN'],
    ['a name twice', WORD, () => docx({ 'WORD/document.xml': '<a/>' }), 'BROKEN'],
    ['two kinds in one', WORD, () => docx({ mimetype: TEXT }), 'BROKEN'],
    ['something in front', WORD, async () => Buffer.concat([Buffer.from('GIF89a'), await docx()]), 'BROKEN'],
    ['something behind', WORD, async () => Buffer.concat([await docx(), Buffer.from('x')]), 'BROKEN'],
  ])('has %s', async (_, type, make, why) => {
    expect(await clean(await make(), type)).toEqual({ kind: 'held', why });
  });

  it('is taken when its picture has a cleaner', async () => {
    const content = await linked({ 'word/media/a.png': await picture().png().toBuffer() }, [
      'image',
      'media/a.png',
    ]);
    expect((await clean(content, WORD)).kind).toBe('cleaned');
  });
});

function encrypted(content: Buffer): Buffer {
  const files = Object.fromEntries(
    Object.entries(unzipSync(content)).map(([name, file]) => [name, Buffer.from(file)]),
  );
  const manifest = files['META-INF/manifest.xml']!.toString();
  files['META-INF/manifest.xml'] = Buffer.from(
    manifest.replace('</manifest:manifest>', '<manifest:encryption-data/></manifest:manifest>'),
  );
  return zip(files, ['mimetype']);
}

/** Writes a smaller size into the directory than the part unfolds to. */
function smaller(content: Buffer): Buffer {
  const lying = Buffer.from(content);
  const name = lying.lastIndexOf('word/document.xml');
  lying.writeUInt32LE(10, name - 46 + 24);
  return lying;
}
