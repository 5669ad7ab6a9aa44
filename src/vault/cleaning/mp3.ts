import { withoutAudioTags } from './audio-tags';
import { broken, countOf, MOST_FRAMES, type RemovedCode, type WorkingCopy } from './cleaned';

const V1 = 3;
const RATES = [44_100, 48_000, 32_000];
/** kbit/s for layer 1, 2 and 3 of MPEG 1, then of MPEG 2 and 2.5. */
const BITRATES = [
  [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
];
/** What only looks like a frame: more than stands by chance in twenty megabytes of anything. */
const MOST_FALSE_SYNCS = 1_000_000;
/** Tags of a kind or length that nobody knows begin or end so. */
const TAG_MARKS = ['ID3', 'TAG', 'APETAGEX', 'LYRICS'];
/** Version, layer and sampling rate are the same in all frames of one recording. */
const SAME_IN_ALL = 0xfffe_0c00;

/**
 * The same frames of sound, whole ones only, without tags in front, behind and anything between the frames.
 * Throws HeldBack BOMB for far too many, BROKEN when fewer than two frames follow each other anywhere (free format included).
 * Source: ISO/IEC 11172-3, 2.4.1.3; ISO/IEC 13818-3; ID3v2.4.
 */
export function cleanMp3(content: Buffer): WorkingCopy {
  const removed = new Set<RemovedCode>();
  const sound = withoutAudioTags(content, removed);
  const kept: Buffer[] = [];
  let first: number | null = null;
  let at = 0;
  let keptUpTo = -1;
  let keptFrom = 0;
  let frames = 0;
  const count = countOf('frames', MOST_FRAMES);
  const countFalse = countOf('false frames', MOST_FALSE_SYNCS);
  while (at + 4 <= sound.length) {
    const header = sound.readUInt32BE(at);
    const length = first === null || sameRecording(header, first) ? frameBytes(header) : 0;
    const next = at + length;
    // A frame counts when another stands before or behind it or the recording ends with it: a sync alone may be anything.
    const follows =
      (next === sound.length && !holdsTag(sound, at, next)) ||
      (next + 4 <= sound.length && sameRecording(sound.readUInt32BE(next), header));
    if (length > 0 && next <= sound.length && (follows || (at === keptUpTo && !holdsTag(sound, at, next)))) {
      first ??= header;
      count();
      frames += 1;
      if (at !== keptUpTo) {
        kept.push(sound.subarray(keptFrom, Math.max(keptFrom, keptUpTo)));
        keptFrom = at;
      }
      at = next;
      keptUpTo = next;
    } else {
      countFalse();
      const sync = sound.indexOf(0xff, at + 1);
      removed.add('TRAILING');
      at = sync < 0 ? sound.length : sync;
    }
  }
  if (at < sound.length) removed.add('TRAILING');
  kept.push(sound.subarray(keptFrom, Math.max(keptFrom, keptUpTo)));
  if (frames < 2) throw broken('no recording inside');
  return { content: Buffer.concat(kept), removed, turnedBy: 0 };
}

/** Whether the last frame before something else is cut off, and a tag stands where its rest should be. */
function holdsTag(sound: Buffer, from: number, to: number): boolean {
  const letters = sound.toString('latin1', from, Math.min(to + 8, sound.length));
  return TAG_MARKS.some((mark) => letters.includes(mark));
}

function sameRecording(header: number, other: number): boolean {
  return ((header ^ other) & SAME_IN_ALL) === 0;
}

/** Length of the frame that starts with these four bytes, 0 when none does. */
function frameBytes(header: number): number {
  if (header >>> 21 !== 0x7ff) return 0;
  const version = (header >>> 19) & 3;
  const layer = 4 - ((header >>> 17) & 3);
  const rate = RATES[(header >>> 10) & 3];
  const kbits = BITRATES[(version === V1 ? 0 : 3) + layer - 1]?.[(header >>> 12) & 15];
  if (version === 1 || layer === 4 || !rate || !kbits) return 0;
  const hertz = version === V1 ? rate : version === 2 ? rate / 2 : rate / 4;
  const padding = (header >>> 9) & 1;
  if (layer === 1) return (Math.floor((12_000 * kbits) / hertz) + padding) * 4;
  const samples = layer === 3 && version !== V1 ? 72_000 : 144_000;
  return Math.floor((samples * kbits) / hertz) + padding;
}
