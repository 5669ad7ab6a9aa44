import type { TurnedBy } from './cleaned';

const ORIENTATION = 0x0112;
const ENTRY_BYTES = 12;

/** Mirrored pictures (2, 4, 5, 7) are told turned only: no camera makes them. */
const TURNS: readonly TurnedBy[] = [0, 0, 0, 180, 180, 90, 90, 270, 270];

/**
 * The two things in Exif data that somebody must know before it is thrown away. Reads the first directory only.
 * `tiff` starts at the byte-order mark. Never throws: data that cannot be read says nothing.
 * Source: Exif 2.32 (CIPA DC-008), 4.6; TIFF 6.0, section 2.
 */
export function readExif(tiff: Buffer): { turnedBy: TurnedBy; hasThumbnail: boolean } {
  const found: { turnedBy: TurnedBy; hasThumbnail: boolean } = { turnedBy: 0, hasThumbnail: false };
  const order = tiff.subarray(0, 2).toString('latin1');
  if ((order !== 'II' && order !== 'MM') || tiff.length < 8) return found;
  const u16 = (at: number): number => (order === 'II' ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const u32 = (at: number): number => (order === 'II' ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at));
  const directory = u32(4);
  if (directory + 2 > tiff.length) return found;
  const entries = u16(directory);
  const end = directory + 2 + entries * ENTRY_BYTES;
  if (end > tiff.length) return found;
  for (let at = directory + 2; at < end; at += ENTRY_BYTES)
    if (u16(at) === ORIENTATION) found.turnedBy = TURNS[u16(at + 8)] ?? 0;
  found.hasThumbnail = end + 4 <= tiff.length && u32(end) !== 0;
  return found;
}

/** As it stands in PNG and WebP: some programs put JPEG's own prefix in front. */
export function withoutExifPrefix(exif: Buffer): Buffer {
  return exif.subarray(0, 6).toString('latin1') === 'Exif\0\0' ? exif.subarray(6) : exif;
}
