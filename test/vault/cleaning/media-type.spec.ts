import { mediaTypeOf } from '../../../src/vault/cleaning/media-type';
import { box, u32 } from './boxes';
import { docx, pdf, SENTENCE, zip } from './documents';
import { noise, picture, segment } from './pictures';
import { m4a } from './recordings';

/** A compound file with one entry in its directory. */
function compound(name: string): Buffer {
  const content = Buffer.alloc(2_048);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(content);
  content.write(`${name}\0`, 1_024 + 128, 'utf16le');
  content.writeUInt16LE((name.length + 1) * 2, 1_024 + 128 + 64);
  return content;
}

const ebml = (docType: string): Buffer =>
  Buffer.concat([
    Buffer.from('1a45dfa3', 'hex'),
    Buffer.of(0x80 + 3 + docType.length),
    Buffer.of(0x42, 0x82, 0x80 + docType.length),
    Buffer.from(docType),
    Buffer.alloc(64),
  ]);

describe('what a file is', () => {
  it.each<[string, () => Buffer | Promise<Buffer>, string | null]>([
    ['JPEG', () => picture().jpeg().toBuffer(), 'image/jpeg'],
    ['PNG', () => picture().png().toBuffer(), 'image/png'],
    ['WebP', () => picture().webp().toBuffer(), 'image/webp'],
    ['AVIF', () => picture().avif({ effort: 0 }).toBuffer(), 'image/avif'],
    ['HEIC', () => box('ftyp', 'heic', u32(0), 'mif1heic'), 'image/heic'],
    ['HEIF', () => box('ftyp', 'mif1', u32(0), 'mif1'), 'image/heif'],
    ['PDF', () => pdf(), 'application/pdf'],
    ['old Word', () => compound('WordDocument'), 'application/msword'],
    ['old Excel', () => compound('Workbook'), 'application/vnd.ms-excel'],
    ['old PowerPoint', () => compound('PowerPoint Document'), 'application/vnd.ms-powerpoint'],
    ['RTF', () => Buffer.from('{\\rtf1 Hello}'), 'application/rtf'],
    ['M4A', () => m4a().content, 'audio/mp4'],
    ['film', () => m4a({ kind: 'vide' }).content.fill('isom', 8, 12), 'video/mp4'],
    ['sound under the brand of films', () => m4a().content.fill('isom', 8, 12), 'audio/mp4'],
    ['QuickTime', () => box('ftyp', 'qt  ', u32(0), 'qt  '), 'video/quicktime'],
    ['WebM', () => ebml('webm'), 'video/webm'],
    ['text', () => Buffer.from(`${SENTENCE}\r\n\tمرحبا 你好 🙂\n`), 'text/plain'],
    ['text with a mark of order', () => Buffer.from(`\uFEFF${SENTENCE}`), 'text/plain'],
  ])('is told by its content: %s', async (_, make, type) => {
    expect(await mediaTypeOf(await make())).toBe(type);
  });

  it.each<[string, () => Buffer | Promise<Buffer>]>([
    ['nothing', () => Buffer.alloc(0)],
    ['a program', () => Buffer.concat([Buffer.from('MZ'), noise(300)])],
    ['a program of Linux', () => Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01'), noise(300)])],
    ['an archive', () => zip({ 'a.txt': 'a' })],
    ['an archive that calls itself a document', () => zip({ 'word/document.xml': '<a/>' })],
    [
      'a Word document with macros',
      () =>
        zip({
          '[Content_Types].xml':
            '<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>',
        }),
    ],
    ['an installer', () => compound('Property')],
    ['HTML', () => Buffer.from('  <!DOCTYPE html><p>a')],
    ['SVG', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['XML', () => Buffer.from('<?xml version="1.0"?><a/>')],
    ['a script', () => Buffer.from('#!/bin/sh\nrm -rf /\n')],
    ['GIF', () => Buffer.concat([Buffer.from('GIF89a'), noise(50)])],
    ['text with control characters', () => Buffer.from('a\x1b[2Jb')],
    ['text in UTF-16', () => Buffer.from(`\uFEFF${SENTENCE}`, 'utf16le')],
    ['text that is not UTF-8', () => Buffer.from([0x41, 0xff, 0x42])],
    ['noise', () => noise(500)],
  ])('is not accepted: %s', async (_, make) => {
    expect(await mediaTypeOf(await make())).toBeNull();
  });

  it('is not accepted when it is two things at once', async () => {
    const plain = await pdf();
    const archive = await docx();
    for (const content of [
      Buffer.concat([plain, archive]),
      Buffer.concat([Buffer.from('<html><script>alert(1)</script>'), plain]),
      Buffer.concat([Buffer.from('a harmless line\n'), plain]),
      Buffer.from(`a harmless line\n%PDF-1.7\n`),
      Buffer.concat([Buffer.from('{\\rtf1 Hello}'), archive]),
      Buffer.concat([Buffer.from('MZ'), archive]),
      await docx({ mimetype: 'application/vnd.oasis.opendocument.text' }),
    ])
      expect(await mediaTypeOf(content)).toBeNull();
  });

  it('is not changed by what hangs behind a picture, which the cleaner drops', async () => {
    const jpeg = await picture().jpeg().toBuffer();
    expect(await mediaTypeOf(Buffer.concat([jpeg, await docx()]))).toBe('image/jpeg');
    const hidden = Buffer.concat([jpeg.subarray(0, 2), segment(0xfe, '%PDF-1.7 <script>'), jpeg.subarray(2)]);
    expect(await mediaTypeOf(hidden)).toBe('image/jpeg');
  });
});
