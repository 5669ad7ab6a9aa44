import { deflateSync, inflateSync } from 'node:zlib';
import { fourLetters, part } from './bytes';
import { broken, type TurnedBy } from './cleaned';
import type { PdfObject } from './pdf-file';
import { PdfLiteral, PdfName, PdfRef, type PdfValue } from './pdf-values';
import { writePdf } from './pdf-writer';
import { unfiltered } from './png-rows';

/** Points of a pixel, where the page is no larger than a viewer shows. */
const POINTS = 0.75;
const LARGEST_PAGE = 14_000;
const LARGEST_UNFOLDED_BYTES = 200_000_000;

interface Picture {
  width: number;
  height: number;
  entries: [string, PdfValue][];
  data: Buffer;
  /** How much is seen of each pixel, where it is not all. */
  mask: { bits: number; data: Buffer } | null;
}

/**
 * A page that shows a picture, whose pixels stay what they were: a JPEG as it is coded, a PNG unfolded and folded again. `content` is a
 * working copy, `turnedBy` how it has to be turned. Throws HeldBack for a picture of another kind, such as one that comes line by line.
 * Source: ISO 32000-2, 8.9.5; ITU-T T.81, B.2.2; PNG 3rd edition, 9 and 11.
 */
export function picturePage(content: Buffer, mediaType: string, turnedBy: TurnedBy): Buffer {
  const { width, height, entries, data, mask } =
    mediaType === 'image/jpeg' ? jpegOf(content) : pngOf(content);
  const scale = Math.min(POINTS, LARGEST_PAGE / Math.max(width, height));
  const [wide, high] = [width, height].map((each) => Math.max(1, each * scale).toFixed(2));
  const image = (parts: [string, PdfValue][]): [string, PdfValue][] => [
    ['Type', name('XObject')],
    ['Subtype', name('Image')],
    ['Width', number(width)],
    ['Height', number(height)],
    ...parts,
  ];
  const gray: [string, PdfValue][] = mask
    ? [
        ['ColorSpace', name('DeviceGray')],
        ['BitsPerComponent', number(mask.bits)],
        ['Filter', name('FlateDecode')],
      ]
    : [];
  const drawing = Buffer.from(`q ${wide} 0 0 ${high} 0 0 cm /Picture Do Q\n`);
  const objects = new Map<number, PdfObject>([
    [
      1,
      object([
        ['Type', name('Catalog')],
        ['Pages', new PdfRef(2)],
      ]),
    ],
    [
      2,
      object([
        ['Type', name('Pages')],
        ['Count', number(1)],
        ['Kids', [new PdfRef(3)]],
      ]),
    ],
    [
      3,
      object([
        ['Type', name('Page')],
        ['Parent', new PdfRef(2)],
        ['MediaBox', [number(0), number(0), new PdfLiteral(wide!), new PdfLiteral(high!)]],
        ['Rotate', number(turnedBy)],
        ['Contents', new PdfRef(4)],
        ['Resources', new Map([['XObject', new Map([['Picture', new PdfRef(5)]])]])],
      ]),
    ],
    [4, object([], drawing)],
    [5, object(image([...entries, ...(mask ? [['SMask', new PdfRef(6)] as [string, PdfValue]] : [])]), data)],
    ...(mask ? [[6, object(image(gray), mask.data)] as [number, PdfObject]] : []),
  ]);
  return writePdf(new PdfRef(1), objects);
}

const name = (text: string) => new PdfName(text);
const number = (value: number) => new PdfLiteral(String(value));

function object(entries: [string, PdfValue][], stream: Buffer | null = null): PdfObject {
  const length: [string, PdfValue][] = stream ? [['Length', number(stream.length)]] : [];
  return { value: new Map([...entries, ...length]), stream };
}

const SPACES: Record<number, string> = { 1: 'DeviceGray', 3: 'DeviceRGB', 4: 'DeviceCMYK' };

function jpegOf(content: Buffer): Picture {
  let isAdobe = false;
  for (let at = 2; ;) {
    const [mark, length] = [content.readUInt16BE(at), content.readUInt16BE(at + 2)];
    const data = part(content, at + 4, length - 2);
    if (mark === 0xffee) isAdobe = data.subarray(0, 5).toString('latin1') === 'Adobe';
    // Every start of a frame but the tables between them (B.1.1.3).
    if (mark >= 0xffc0 && mark <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(mark)) {
      const [bits, height, width, parts] = [data[0]!, data.readUInt16BE(1), data.readUInt16BE(3), data[5]!];
      const space = SPACES[parts];
      if (!space || bits !== 8 || !width || !height) throw broken('a JPEG of another kind');
      const isInverted = parts === 4 && isAdobe;
      return {
        width,
        height,
        entries: [
          ['ColorSpace', name(space)],
          ['BitsPerComponent', number(8)],
          ...(isInverted ? [['Decode', [1, 0, 1, 0, 1, 0, 1, 0].map(number)] as [string, PdfValue]] : []),
          ['Filter', name('DCTDecode')],
        ],
        data: content,
        mask: null,
      };
    }
    at += 2 + length;
  }
}

const CHANNELS: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

function pngOf(content: Buffer): Picture {
  const chunks: Record<string, Buffer[]> = {};
  for (let at = 8; at < content.length; at += 12 + content.readUInt32BE(at))
    (chunks[fourLetters(content, at + 4)] ??= []).push(part(content, at + 8, content.readUInt32BE(at)));
  const head = chunks.IHDR![0]!;
  const [width, height, bits, kind] = [head.readUInt32BE(0), head.readUInt32BE(4), head[8]!, head[9]!];
  const channels = CHANNELS[kind];
  if (!channels || head[12] !== 0 || chunks.acTL || chunks.tRNS) throw broken('a PNG of another kind');
  const coded = Buffer.concat(chunks.IDAT!);
  const colours = kind === 4 || kind === 6 ? channels - 1 : channels;
  const space: PdfValue =
    kind === 3
      ? [name('Indexed'), name('DeviceRGB'), number(chunks.PLTE![0]!.length / 3 - 1), hexOf(chunks.PLTE![0]!)]
      : name(SPACES[colours]!);
  const of = (predictor: boolean): [string, PdfValue][] => [
    ['ColorSpace', space],
    ['BitsPerComponent', number(bits)],
    ['Filter', name('FlateDecode')],
    ...(predictor
      ? [
          [
            'DecodeParms',
            new Map<string, PdfValue>([
              ['Predictor', number(15)],
              ['Colors', number(channels)],
              ['BitsPerComponent', number(bits)],
              ['Columns', number(width)],
            ]),
          ] as [string, PdfValue],
        ]
      : []),
  ];
  if (colours === channels) return { width, height, entries: of(true), data: coded, mask: null };
  const samples = unfiltered(inflateSync(coded, { maxOutputLength: LARGEST_UNFOLDED_BYTES }), {
    rows: height,
    row: width * channels * (bits / 8),
    pixel: channels * (bits / 8),
  });
  const size = bits / 8;
  const [colour, seen] = [Buffer.alloc(width * height * colours * size), Buffer.alloc(width * height * size)];
  for (let at = 0; at < width * height; at += 1) {
    const from = at * channels * size;
    samples.copy(colour, at * colours * size, from, from + colours * size);
    samples.copy(seen, at * size, from + colours * size, from + channels * size);
  }
  return {
    width,
    height,
    entries: of(false),
    data: deflateSync(colour),
    mask: { bits, data: deflateSync(seen) },
  };
}

function hexOf(bytes: Buffer): PdfLiteral {
  return new PdfLiteral(`<${bytes.toString('hex')}>`);
}
