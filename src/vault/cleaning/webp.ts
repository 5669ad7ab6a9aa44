import { part } from './bytes';
import { broken, checkPixels, type RemovedCode, type TurnedBy, type WorkingCopy } from './cleaned';
import { readExif, withoutExifPrefix } from './exif';
import { cleanProfile } from './icc';
import { readChunks, readRiff, writeChunks, writeRiff, type Chunk } from './riff';

const KEPT = new Set(['VP8X', 'ANIM', 'ANMF', 'ALPH', 'VP8 ', 'VP8L']);
const KEPT_IN_FRAME = new Set(['ALPH', 'VP8 ', 'VP8L']);
const FRAME_HEADER_BYTES = 16;
/** ICC profile, alpha, animation; without Exif, XMP and the reserved bits. */
const KEPT_FLAGS = 0b0011_0010;
const PROFILE_FLAG = 0b0010_0000;

/**
 * The same coded picture or animation without Exif, XMP, unknown chunks (those inside frames too) and anything behind
 * its end; its colour profile is rebuilt. Throws HeldBack BROKEN when a chunk does not fit or no picture is inside, BOMB for too many pixels.
 * Source: RIFF/WebP container (RFC 9649, 2).
 */
export function cleanWebp(content: Buffer): WorkingCopy {
  const { chunks, trailing } = readRiff(content, 'WEBP');
  const removed = new Set<RemovedCode>(trailing ? ['TRAILING'] : []);
  let turnedBy: TurnedBy = 0;
  const kept: Chunk[] = [];
  for (const { type, data } of chunks) {
    if (type === 'ICCP') {
      const profile = cleanProfile(data, removed);
      if (profile) kept.push({ type, data: profile });
    } else if (KEPT.has(type)) kept.push({ type, data: keptData(type, data, removed) });
    else removed.add(type === 'EXIF' ? 'EXIF' : type === 'XMP ' ? 'XMP' : 'CUSTOM-DATA');
    if (type !== 'EXIF') continue;
    const exif = readExif(withoutExifPrefix(data));
    turnedBy = exif.turnedBy;
    if (exif.hasThumbnail) removed.add('THUMBNAIL');
  }
  if (!['VP8X', 'VP8 ', 'VP8L'].includes(kept[0]?.type ?? '')) throw broken('no picture in front');
  if (!kept.some(({ type }) => ['VP8 ', 'VP8L', 'ANMF'].includes(type))) throw broken('no picture inside');
  const [first] = kept;
  if (first?.type === 'VP8X' && !kept.some(({ type }) => type === 'ICCP')) first.data[0]! &= ~PROFILE_FLAG;
  return { content: writeRiff('WEBP', kept), removed, turnedBy };
}

function keptData(type: string, data: Buffer, removed: Set<RemovedCode>): Buffer {
  if (type === 'VP8X') {
    const header = Buffer.from(part(data, 0, 10));
    header[0]! &= KEPT_FLAGS;
    header.fill(0, 1, 4);
    checkPixels(1 + header.readUIntLE(4, 3), 1 + header.readUIntLE(7, 3));
    return header;
  }
  if (type === 'ANIM') return part(data, 0, 6);
  if (type !== 'ANMF') return data;
  const header = part(data, 0, FRAME_HEADER_BYTES);
  const { chunks } = readChunks(data, FRAME_HEADER_BYTES, data.length);
  const kept = chunks.filter((chunk) => KEPT_IN_FRAME.has(chunk.type));
  if (kept.length < chunks.length) removed.add('CUSTOM-DATA');
  return Buffer.concat([header, writeChunks(kept)]);
}
