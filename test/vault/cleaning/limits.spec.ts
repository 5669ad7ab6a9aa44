import { deflateSync } from 'node:zlib';
import { clean } from '../../../src/vault/cleaning/clean';
import { MOST_PIECES } from '../../../src/vault/cleaning/cleaned';
import type { MediaType } from '../../../src/vault/cleaning/media-type';
import { box, fullBox, u16, u32 } from './boxes';
import { docx, odf, pdf, revised } from './documents';
import { insertSegments, noise, picture, png, riff, riffChunk, segment } from './pictures';
import { m4a } from './recordings';

const WORD: MediaType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const SHEET: MediaType = 'application/vnd.oasis.opendocument.spreadsheet';
const times = (count: number, ...pieces: (string | Buffer)[]): Buffer =>
  Buffer.alloc(
    count * pieces.reduce((sum, piece) => sum + piece.length, 0),
    Buffer.concat(pieces.map((piece) => Buffer.from(piece as string, 'latin1'))),
  );
/** Folds so badly that its size alone makes nobody suspicious. */
const padding = (): string => `<b c="${noise(200_000).toString('hex')}"/>`;
const many = MOST_PIECES + 1;

/** A PDF whose object 4 stands in an object stream. */
function inObjectStream(object: Buffer): Buffer {
  const folded = deflateSync(Buffer.concat([Buffer.from('4 0 '), object]), { level: 9 });
  const objects = [
    Buffer.from('1 0 obj<</Type/Catalog/Pages 2 0 R/Outlines 4 0 R>>endobj\n'),
    Buffer.from('2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n'),
    Buffer.from('3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n'),
    Buffer.from(`5 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length ${folded.length}>>stream\n`),
    folded,
    Buffer.from('\nendstream endobj\n'),
  ];
  const offsets: number[] = [];
  let at = 9;
  for (const { length } of objects) {
    offsets.push(at);
    at += length;
  }
  const row = (type: number, place: number): Buffer =>
    Buffer.concat([Buffer.of(type), u32(place), Buffer.of(0)]);
  const rows = [
    row(0, 0),
    row(1, offsets[0]!),
    row(1, offsets[1]!),
    row(1, offsets[2]!),
    row(2, 5),
    row(1, offsets[3]!),
  ];
  return Buffer.concat([
    Buffer.from('%PDF-1.7\n'),
    ...objects,
    Buffer.from(`6 0 obj<</Type/XRef/Size 6/W[1 4 1]/Root 1 0 R/Length 36>>stream\n`),
    ...rows,
    Buffer.from(`\nendstream endobj\nstartxref\n${at}\n%%EOF\n`),
  ]);
}

async function withOutlines(text: string): Promise<Buffer> {
  const plain = await pdf({ useObjectStreams: false });
  const root = Number(/\/Root (\d+) 0 R/.exec(plain.toString('latin1'))![1]);
  return revised(plain, root, text);
}

async function flacWith(blocks: Buffer): Promise<Buffer> {
  return Buffer.concat([Buffer.from('fLaC\0\0\0\x22'), Buffer.alloc(34), blocks]);
}

async function heicWith(...boxes: Buffer[]): Promise<Buffer> {
  const parts = [fullBox('pitm', 0, 0, u16(1)), fullBox('iinf', 0, 0, u16(0)), ...boxes];
  return Buffer.concat([box('ftyp', 'heic', u32(0), 'mif1heic'), fullBox('meta', 0, 0, ...parts)]);
}

describe('a file of far too many', () => {
  it.each<[string, MediaType, () => Promise<Buffer>]>([
    ['numbers in a PDF', 'application/pdf', () => withOutlines(`[${'1 '.repeat(2_000_001)}]`)],
    ['lists in a PDF', 'application/pdf', () => withOutlines(`[${'[]'.repeat(2_000_001)}]`)],
    [
      'numbers in an object stream',
      'application/pdf',
      async () => inObjectStream(Buffer.concat([Buffer.from('['), times(5_000_000, '1 '), Buffer.from(']')])),
    ],
    [
      'lines in the table of a PDF',
      'application/pdf',
      async () => {
        const table = times(2_000_001, '0000000000 00000 f \n');
        return Buffer.concat([
          Buffer.from('%PDF-1.7\nxref\n0 2000001\n'),
          table,
          Buffer.from('trailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n'),
        ]);
      },
    ],
    [
      'elements in a Word document',
      WORD,
      () => docx({ 'word/document.xml': `<a>${'<a/>'.repeat(4_000_001)}${padding()}</a>` }),
    ],
    [
      'attributes in a Word document',
      WORD,
      () => docx({ 'word/document.xml': `<a ${'b="" '.repeat(6_000_001)}>${padding()}</a>` }),
    ],
    [
      'elements inside each other',
      SHEET,
      () => odf('spreadsheet', { 'content.xml': `${'<a>'.repeat(2_000)}${'</a>'.repeat(2_000)}` }),
    ],
    ['blocks in FLAC', 'audio/flac', () => flacWith(times(many, '\x01\0\0\0'))],
    ['chunks in WebP', 'image/webp', async () => riff('WEBP', times(many, 'ALPH\0\0\0\0'))],
    [
      'chunks in a frame of WebP',
      'image/webp',
      async () =>
        riff('WEBP', riffChunk('ANMF', Buffer.concat([Buffer.alloc(16), times(many, 'ALPH\0\0\0\0')]))),
    ],
    ['chunks in WAV', 'audio/wav', async () => riff('WAVE', times(many, 'LIST\0\0\0\0'))],
    [
      'chunks in PNG',
      'image/png',
      async () => {
        const header = { type: 'IHDR', data: Buffer.from('00000001000000010802000000', 'hex') };
        const empty = png([{ type: 'prVt', data: Buffer.alloc(0) }]).subarray(8);
        return Buffer.concat([png([header]), times(many, empty)]);
      },
    ],
    [
      'segments in JPEG',
      'image/jpeg',
      async () => insertSegments(await picture().jpeg().toBuffer(), times(many, segment(0xe5))),
    ],
    ['boxes in HEIC', 'image/heic', () => heicWith(times(many, box('free')))],
    [
      'references in HEIC',
      'image/heic',
      () =>
        heicWith(
          fullBox('iloc', 0, 0, Buffer.of(0x44, 0), u16(0)),
          fullBox('iref', 0, 0, ...[1, 2].map(() => box('dimg', u16(1, 60_000), Buffer.alloc(120_000)))),
        ),
    ],
    [
      'pieces in HEIC',
      'image/heic',
      () =>
        heicWith(
          fullBox(
            'iloc',
            0,
            0,
            Buffer.of(0x44, 0),
            u16(2),
            ...[1, 2].map((id) => Buffer.concat([u16(id, 0, 60_000), Buffer.alloc(480_000)])),
          ),
        ),
    ],
    [
      'boxes in M4A',
      'audio/mp4',
      async () => Buffer.concat([m4a().content.subarray(0, 28), box('moov', times(many, box('free')))]),
    ],
    ['false frames in MP3', 'audio/mpeg', async () => Buffer.alloc(3_000_000, 0xff)],
  ])('%s is held back', async (_, type, make) => {
    expect(await clean(await make(), type)).toEqual({ kind: 'held', why: 'BOMB' });
  });
});
