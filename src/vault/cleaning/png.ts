import { crc32, deflateSync, inflateSync } from 'node:zlib';
import { checkInflated, fourLetters, part } from './bytes';
import { broken, checkPixels, countOf, type RemovedCode, type TurnedBy, type WorkingCopy } from './cleaned';
import { readExif, withoutExifPrefix } from './exif';
import { cleanProfile } from './icc';

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

/** What decides how pixels look, and how many bytes it may have. Hints for few colours (hIST, sPLT) decide nothing. */
const KEPT = new Map<string, (length: number) => boolean>([
  ['IHDR', (length) => length === 13],
  ['PLTE', (length) => length <= 768 && length % 3 === 0],
  ['IDAT', () => true],
  ['IEND', (length) => length === 0],
  ['tRNS', (length) => length <= 256],
  ['gAMA', (length) => length === 4],
  ['cHRM', (length) => length === 32],
  ['sRGB', (length) => length === 1],
  ['iCCP', () => true],
  ['cICP', (length) => length === 4],
  ['mDCV', (length) => length === 24],
  ['cLLI', (length) => length === 8],
  ['sBIT', (length) => length <= 4],
  ['bKGD', (length) => length <= 6],
  ['pHYs', (length) => length === 9],
  ['acTL', (length) => length === 8],
  ['fcTL', (length) => length === 26],
  ['fdAT', (length) => length >= 4],
]);
const MANY = new Set(['IDAT', 'fcTL', 'fdAT']);
const REMOVED = new Map<string, RemovedCode>([
  ['tEXt', 'COMMENT'],
  ['zTXt', 'COMMENT'],
  ['iTXt', 'COMMENT'],
  ['eXIf', 'EXIF'],
  ['tIME', 'TIME'],
]);
const CHANNELS = new Map([
  [0, 1],
  [2, 3],
  [3, 1],
  [4, 2],
  [6, 4],
]);
const LARGEST_PROFILE_BYTES = 16_000_000;
/** Adam7: first column and row, steps to the next. */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

interface Picture {
  width: number;
  height: number;
  compressed: Buffer[];
}

/**
 * The same coded picture, frames of an animation included, without texts, Exif, time, unknown ancillary chunks and
 * anything behind its end; its colour profile is rebuilt. Every picture is unfolded once, not kept, to see that it is
 * whole and hides nothing. Rejects with HeldBack BROKEN on a wrong checksum, order, length or an unknown critical chunk,
 * BOMB for too many pixels or chunks.
 * Source: PNG 3rd edition (W3C), 5 and 11.
 */
export async function cleanPng(content: Buffer): Promise<WorkingCopy> {
  if (!content.subarray(0, 8).equals(SIGNATURE)) throw broken('no PNG');
  const removed = new Set<RemovedCode>();
  const kept: Buffer[] = [SIGNATURE];
  const header = part(content, 16, 13);
  const still: Picture = { width: header.readUInt32BE(0), height: header.readUInt32BE(4), compressed: [] };
  const pictures = [still];
  let turnedBy: TurnedBy = 0;
  let type = '';
  let at = 8;
  const count = countOf('chunks');
  const seen = new Set<string>();
  while (type !== 'IEND') {
    count();
    const length = content.readUInt32BE(at);
    const previous = type;
    type = fourLetters(content, at + 4);
    const data = part(content, at + 8, length);
    const end = at + 12 + length;
    if (crc32(content.subarray(at + 4, end - 4)) !== content.readUInt32BE(end - 4))
      throw broken('wrong checksum');
    if ((type === 'IHDR') !== (at === 8)) throw broken('IHDR is not first, once');
    const fits = KEPT.get(type);
    if (!fits || (seen.has(type) && !MANY.has(type))) {
      if (!/^[a-z][A-Za-z]{3}$/.test(type)) throw broken('an unknown critical chunk, or one twice');
      removed.add(isXmp(type, data) ? 'XMP' : (REMOVED.get(type) ?? 'CUSTOM-DATA'));
      if (type === 'eXIf') turnedBy = readExif(withoutExifPrefix(data)).turnedBy;
    } else {
      seen.add(type);
      if (!fits(length)) throw broken(`${type} of another length`);
      if (type === 'IDAT' && still.compressed.length > 0 && previous !== 'IDAT')
        throw broken('IDAT in pieces');
      gather(type, data, pictures);
      kept.push(type === 'iCCP' ? profileChunk(data, removed) : content.subarray(at, end));
    }
    at = end;
  }
  if (at < content.length) removed.add('TRAILING');
  checkPixels(
    pictures.reduce((sum, { width, height }) => sum + width * height, 0),
    1,
  );
  for (const [index, picture] of pictures.entries())
    if (index === 0 || picture.compressed.length > 0)
      await checkInflated(picture.compressed, unfoldedBytes(header, picture));
  return { content: Buffer.concat(kept), removed, turnedBy };
}

function isXmp(type: string, data: Buffer): boolean {
  return type === 'iTXt' && data.subarray(0, 18).toString('latin1') === 'XML:com.adobe.xmp\0';
}

/** Collects the coded bytes of each picture: the still one, then one for each frame that is not the still one. */
function gather(type: string, data: Buffer, pictures: Picture[]): void {
  if (type === 'IDAT') pictures[0]!.compressed.push(data);
  if (type === 'fcTL')
    pictures.push({ width: data.readUInt32BE(4), height: data.readUInt32BE(8), compressed: [] });
  if (type !== 'fdAT') return;
  if (pictures.length === 1) throw broken('a frame without its control');
  pictures.at(-1)!.compressed.push(part(data, 4, data.length - 4));
}

function unfoldedBytes(header: Buffer, { width, height }: Picture): number {
  const [depth, colour, interlaced] = [header[8]!, header[9]!, header[12]!];
  const channels = CHANNELS.get(colour);
  if (!width || !height || !channels || ![1, 2, 4, 8, 16].includes(depth) || interlaced > 1)
    throw broken('a header that no picture has');
  const rows = (columns: number, lines: number): number =>
    columns && lines ? lines * (1 + Math.ceil((columns * channels * depth) / 8)) : 0;
  if (!interlaced) return rows(width, height);
  return PASSES.reduce(
    (sum, [x, y, stepX, stepY]) =>
      sum + rows(Math.max(0, Math.ceil((width - x) / stepX)), Math.max(0, Math.ceil((height - y) / stepY))),
    0,
  );
}

/** The rebuilt profile under a name that says nothing, or nothing where it cannot be read (11.3.2.3). */
function profileChunk(data: Buffer, removed: Set<RemovedCode>): Buffer {
  const named = data.indexOf(0);
  const profile = cleanProfile(unfoldedProfile(data.subarray(named + 2)), removed);
  return profile
    ? chunk('iCCP', Buffer.concat([Buffer.from('icc\0\0'), deflateSync(profile)]))
    : Buffer.alloc(0);
}

function unfoldedProfile(compressed: Buffer): Buffer {
  try {
    return inflateSync(compressed, { maxOutputLength: LARGEST_PROFILE_BYTES });
  } catch {
    return Buffer.alloc(0); // damaged or far too large: no profile
  }
}

function chunk(type: string, data: Buffer): Buffer {
  const bytes = Buffer.concat([Buffer.alloc(4), Buffer.from(type), data, Buffer.alloc(4)]);
  bytes.writeUInt32BE(data.length, 0);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, -4)), bytes.length - 4);
  return bytes;
}
