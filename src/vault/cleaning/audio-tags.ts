import type { RemovedCode } from './cleaned';

/**
 * Where the recording lies between tags in front (ID3v2) and behind (ID3v1, its extension, APE, Lyrics3, ID3v2 footer).
 * Adds TAGS to `removed` when there were any. Never throws. Source: ID3v2.4 structure, 3.1, 3.4; ID3v1; APEv2; Lyrics3v2.
 */
export function withoutAudioTags(content: Buffer, removed: Set<RemovedCode>): Buffer {
  let from = 0;
  let to = content.length;
  for (let size = tagInFront(content, from); size > 0; size = tagInFront(content, from)) from += size;
  for (let size = tagBehind(content, from, to); size > 0; size = tagBehind(content, from, to)) to -= size;
  if (from > 0 || to < content.length) removed.add('TAGS');
  return content.subarray(Math.min(from, to), to);
}

function tagInFront(content: Buffer, at: number): number {
  if (!has(content, at, 'ID3') || at + 10 > content.length) return 0;
  const footer = content[at + 5]! & 0x10 ? 10 : 0;
  return 10 + syncSafe(content, at + 6) + footer;
}

function tagBehind(content: Buffer, from: number, to: number): number {
  const sized = (size: number): number => (size <= to - from ? size : 0);
  if (has(content, to - 128, 'TAG')) return sized(128);
  if (has(content, to - 227, 'TAG+')) return sized(227);
  if (has(content, to - 32, 'APETAGEX')) {
    const size = content.readUInt32LE(to - 20);
    return sized(has(content, to - size - 32, 'APETAGEX') ? size + 32 : size);
  }
  if (has(content, to - 9, 'LYRICS200'))
    return sized(15 + Number(content.toString('latin1', to - 15, to - 9)) || 0);
  if (has(content, to - 9, 'LYRICSEND')) {
    const start = content.lastIndexOf('LYRICSBEGIN', to);
    return start >= from && to - start <= 5_200 ? to - start : 0;
  }
  if (has(content, to - 10, '3DI')) return sized(20 + syncSafe(content, to - 4));
  return 0;
}

function has(content: Buffer, at: number, letters: string): boolean {
  return at >= 0 && content.toString('latin1', at, at + letters.length) === letters;
}

/** Seven bits a byte, so that no tag looks like a frame of sound. */
function syncSafe(content: Buffer, at: number): number {
  return [0, 1, 2, 3].reduce((value, index) => value * 128 + (content[at + index]! & 127), 0);
}
