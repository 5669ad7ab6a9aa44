import { withoutAudioTags } from './audio-tags';
import { broken, type RemovedCode, type WorkingCopy } from './cleaned';

const V1 = 3;
const RATES = [44_100, 48_000, 32_000];
/** kbit/s by layer (1, 2, 3) for MPEG 1, then for MPEG 2 and 2.5. */
const BITRATES: Record<string, readonly number[]> = {
  'V1 1': [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  'V1 2': [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  'V1 3': [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  'V2 1': [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  'V2 2': [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  'V2 3': [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
};
/** Version, layer and sampling rate are the same in all frames of one recording. */
const SAME_IN_ALL = 0xfffe_0c00;

/**
 * The same frames of sound, whole ones only, without tags in front, behind and anything between the frames.
 * Throws HeldBack BROKEN when fewer than two frames follow each other anywhere (free format included).
 * Source: ISO/IEC 11172-3, 2.4.1.3; ISO/IEC 13818-3; ID3v2.4.
 */
export function cleanMp3(content: Buffer): WorkingCopy {
  const removed = new Set<RemovedCode>();
  const sound = withoutAudioTags(content, removed);
  const kept: Buffer[] = [];
  let first: number | null = null;
  let at = 0;
  let keptUpTo = -1;
  while (at + 4 <= sound.length) {
    const header = sound.readUInt32BE(at);
    const length = first === null || sameRecording(header, first) ? frameBytes(header) : 0;
    const next = at + length;
    // A frame counts when another stands before or behind it or the recording ends with it: a sync alone may be anything.
    const follows =
      next === sound.length || (next + 4 <= sound.length && sameRecording(sound.readUInt32BE(next), header));
    if (length > 0 && next <= sound.length && (follows || at === keptUpTo)) {
      first ??= header;
      kept.push(sound.subarray(at, next));
      at = next;
      keptUpTo = next;
    } else {
      const sync = sound.indexOf(0xff, at + 1);
      removed.add('TRAILING');
      at = sync < 0 ? sound.length : sync;
    }
  }
  if (at < sound.length) removed.add('TRAILING');
  if (kept.length < 2) throw broken('no recording inside');
  return { content: Buffer.concat(kept), removed, turnedBy: 0 };
}

function sameRecording(header: number, other: number): boolean {
  return ((header ^ other) & SAME_IN_ALL) === 0;
}

/** Length of the frame that starts with these four bytes, 0 when none does. */
function frameBytes(header: number): number {
  const version = (header >>> 19) & 3;
  const layer = 4 - ((header >>> 17) & 3);
  const rate = RATES[(header >>> 10) & 3];
  const kbits = BITRATES[`${version === V1 ? 'V1' : 'V2'} ${layer}`]?.[(header >>> 12) & 15];
  if (header >>> 21 !== 0x7ff || version === 1 || layer === 4 || !rate || !kbits) return 0;
  const hertz = version === V1 ? rate : version === 2 ? rate / 2 : rate / 4;
  const padding = (header >>> 9) & 1;
  if (layer === 1) return (Math.floor((12_000 * kbits) / hertz) + padding) * 4;
  const samples = layer === 3 && version !== V1 ? 72_000 : 144_000;
  return Math.floor((samples * kbits) / hertz) + padding;
}
