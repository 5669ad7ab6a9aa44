import { withoutAudioTags } from './audio-tags';
import { part } from './bytes';
import { broken, countOf, type RemovedCode, type WorkingCopy } from './cleaned';

const STREAMINFO = 0;
const SEEKTABLE = 3;
const REMOVED = new Map<number, RemovedCode>([
  [2, 'CUSTOM-DATA'],
  [4, 'TAGS'],
  [5, 'TAGS'],
  [6, 'OTHER-PICTURES'],
]);
const LAST = 0x80;

/**
 * The same frames of sound with stream information and seek table, without comments, pictures, application data, cue
 * sheet, padding and tags around. Throws HeldBack BROKEN when the frames do not end with a right checksum at the end.
 * Source: RFC 9639, 8 and 9.
 */
export function cleanFlac(content: Buffer): WorkingCopy {
  const removed = new Set<RemovedCode>();
  const stream = withoutAudioTags(content, removed);
  if (stream.toString('latin1', 0, 4) !== 'fLaC') throw broken('no FLAC');
  const blocks: { type: number; data: Buffer }[] = [];
  const count = countOf('blocks');
  let at = 4;
  for (let last = false; !last;) {
    count();
    const head = stream.readUInt8(at);
    const data = part(stream, at + 4, stream.readUIntBE(at + 1, 3));
    last = (head & LAST) !== 0;
    blocks.push({ type: head & 0x7f, data });
    at += 4 + data.length;
  }
  if (blocks[0]!.type !== STREAMINFO || blocks[0]!.data.length !== 34)
    throw broken('no stream information in front');
  const kept = blocks.filter(({ type }, index) => index === 0 || type === SEEKTABLE);
  for (const { type } of blocks) {
    const code = REMOVED.get(type);
    if (code) removed.add(code);
  }
  if (kept.length > 2 || (kept[1] && kept[1].data.length % 18 !== 0))
    throw broken('a seek table of another length');
  const frames = stream.subarray(at);
  checkFrames(frames);
  const parts = kept.flatMap(({ type, data }, index) => {
    const head = Buffer.alloc(4);
    head.writeUInt8(type | (index === kept.length - 1 ? LAST : 0), 0);
    head.writeUIntBE(data.length, 1, 3);
    return [head, data];
  });
  return { content: Buffer.concat([Buffer.from('fLaC'), ...parts, frames]), removed, turnedBy: 0 };
}

/**
 * Frames say nowhere how long they are. Each ends with a CRC-16 that brings the sum to zero, and the next begins with a
 * header that has a right CRC-8: read so, the last sum must be zero at the very end, or something else stands there.
 */
function checkFrames(frames: Buffer): void {
  if (headerBytes(frames, 0) === 0) throw broken('no sound inside');
  let sum = 0;
  for (let at = 0; at < frames.length; at += 1) {
    if (sum === 0 && at > 0 && frames[at] === 0xff && headerBytes(frames, at) > 0) sum = 0;
    sum = ((sum << 8) & 0xffff) ^ CRC16[(sum >> 8) ^ frames[at]!]!;
  }
  if (sum !== 0) throw broken('a frame of sound is damaged or cut off');
}

/** Length of the frame header at `at` (RFC 9639, 9.1), 0 when none stands there. */
function headerBytes(frames: Buffer, at: number): number {
  if (at + 6 > frames.length || (frames.readUInt16BE(at) & 0xfffe) !== 0xfff8) return 0;
  const [size, rate] = [frames[at + 2]! >> 4, frames[at + 2]! & 15];
  if (size === 0 || rate === 15 || frames[at + 3]! & 1) return 0;
  const coded = Math.max(1, Math.clz32(~(frames[at + 4]! << 24)));
  const extra = (size === 6 ? 1 : size === 7 ? 2 : 0) + (rate === 12 ? 1 : rate > 12 ? 2 : 0);
  const length = 4 + coded + extra;
  if (coded > 7 || at + length >= frames.length) return 0;
  let sum = 0;
  for (let index = at; index < at + length; index += 1) sum = CRC8[sum ^ frames[index]!]!;
  return sum === frames[at + length] ? length + 1 : 0;
}

const CRC8 = crcTable(8, 0x07);
const CRC16 = crcTable(16, 0x8005);

function crcTable(bits: number, polynomial: number): number[] {
  return Array.from({ length: 256 }, (_, byte) => {
    let sum = byte << (bits - 8);
    for (let bit = 0; bit < 8; bit += 1) sum = sum & (1 << (bits - 1)) ? (sum << 1) ^ polynomial : sum << 1;
    return sum & ((1 << bits) - 1);
  });
}
