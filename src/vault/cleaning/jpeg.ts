import { part } from './bytes';
import { broken, checkPixels, countOf, type RemovedCode, type TurnedBy, type WorkingCopy } from './cleaned';
import { readExif } from './exif';
import { cleanProfile } from './icc';

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const DQT = 0xdb;
const DHT = 0xc4;
const APP0 = 0xe0;
const APP1 = 0xe1;
const APP2 = 0xe2;
const APP13 = 0xed;
const APP14 = 0xee;
const COM = 0xfe;
const FRAMES = new Set([0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf]);
const DAC = 0xcc;
const DHP = 0xde;
/** Lines, restarts and expansion: tables of one fixed length (B.2.4.4, B.2.5, B.3.3). */
const FIXED_BYTES = new Map([
  [0xdc, 2],
  [0xdd, 2],
  [0xdf, 1],
]);
const TABLES = new Set([DQT, DHT, DAC, DHP, ...FIXED_BYTES.keys()]);
const PROFILE = 'ICC_PROFILE\0';
/** What a segment holds beside its mark, its number and how many there are. */
const PROFILE_BYTES = 65_533 - PROFILE.length - 2;
const MOST_PROFILE_SEGMENTS = 255;

/**
 * The same coded picture without Exif, XMP, IPTC, comments, thumbnails, further pictures and anything behind its end.
 * Kept: the tables and scans, JFIF without its thumbnail, a rebuilt colour profile, Adobe's colour transform. Nothing is
 * decoded. Throws HeldBack BROKEN when a segment does not fit or the picture has no end, BOMB for too many pixels or
 * segments.
 * Source: ITU-T T.81 annex B; JFIF 1.02; ICC.1 annex B.4; CIPA DC-007 (several pictures); ISO/IEC 10918-6 (Adobe).
 */
export function cleanJpeg(content: Buffer): WorkingCopy {
  if (content.readUInt16BE(0) !== (0xff00 | SOI)) throw broken('no start of picture');
  const removed = new Set<RemovedCode>();
  const kept: Buffer[] = [content.subarray(0, 2)];
  let turnedBy: TurnedBy = 0;
  let frames = 0;
  let scans = 0;
  let at = 2;
  const profile: Buffer[] = [];
  let profileAt = 0;
  const count = countOf('segments');
  for (;;) {
    count();
    const marker = markerAt(content, at);
    at = marker.end;
    if (marker.code === EOI) break;
    const length = content.readUInt16BE(at);
    if (length < 2) throw broken('a segment without a length');
    const body = part(content, at + 2, length - 2);
    at += length;
    if (FRAMES.has(marker.code)) {
      checkFrame(body);
      frames += 1;
    } else if (marker.code === SOS) {
      if (frames === 0 || body.length !== 4 + 2 * body.readUInt8(0)) throw broken('a scan without a frame');
      scans += 1;
      const end = endOfScan(content, at);
      kept.push(segment(SOS, body), content.subarray(at, end));
      at = end;
      continue;
    } else if (TABLES.has(marker.code)) {
      checkTable(marker.code, body);
    } else if (marker.code === APP2 && startsWith(body, PROFILE)) {
      if (profile.push(body) === 1) profileAt = kept.length;
      continue;
    } else {
      const application = keptApplicationData(marker.code, body, removed);
      if (marker.code === APP1 && startsWith(body, 'Exif\0')) turnedBy = readExif(body.subarray(6)).turnedBy;
      if (application) kept.push(segment(marker.code, application));
      continue;
    }
    kept.push(segment(marker.code, body));
  }
  if (scans === 0) throw broken('no picture inside');
  if (at < content.length) removed.add('TRAILING');
  kept.push(Buffer.of(0xff, EOI));
  kept.splice(profileAt, 0, ...(profile.length > 0 ? profileSegments(profile, removed) : []));
  return { content: Buffer.concat(kept), removed, turnedBy };
}

/** A marker may have any number of fill bytes in front (B.1.1.2); they are not kept. */
function markerAt(content: Buffer, from: number): { code: number; end: number } {
  let at = from;
  if (content.readUInt8(at) !== 0xff) throw broken('no marker where one must be');
  while (content.readUInt8(at) === 0xff) at += 1;
  return { code: content.readUInt8(at), end: at + 1 };
}

/** Where the next marker stands; stuffed zeros and restarts belong to the scan. */
function endOfScan(content: Buffer, from: number): number {
  for (let at = content.indexOf(0xff, from); at >= 0; at = content.indexOf(0xff, at + 1)) {
    const next = content[at + 1];
    if (next === undefined) break;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  throw broken('a scan without an end');
}

/** The profile in all its segments put together (ICC.1, B.4), rebuilt and written anew; none where it cannot be read. */
function profileSegments(bodies: readonly Buffer[], removed: Set<RemovedCode>): Buffer[] {
  const inOrder = bodies.every(
    (body, index) => body[PROFILE.length] === index + 1 && body[PROFILE.length + 1] === bodies.length,
  );
  const whole = Buffer.concat(bodies.map((body) => body.subarray(PROFILE.length + 2)));
  const profile = cleanProfile(inOrder ? whole : Buffer.alloc(0), removed);
  const count = profile ? Math.ceil(profile.length / PROFILE_BYTES) : 0;
  if (!profile || count > MOST_PROFILE_SEGMENTS) return [];
  return Array.from({ length: count }, (_, index) =>
    segment(
      APP2,
      Buffer.concat([
        Buffer.from(PROFILE, 'latin1'),
        Buffer.of(index + 1, count),
        profile.subarray(index * PROFILE_BYTES, (index + 1) * PROFILE_BYTES),
      ]),
    ),
  );
}

function checkFrame(body: Buffer): void {
  if (body.length !== 6 + 3 * body.readUInt8(5)) throw broken('a frame of another length');
  checkPixels(body.readUInt16BE(3), body.readUInt16BE(1));
}

/** Tables that are exactly as long as they say hide nothing. */
function checkTable(code: number, body: Buffer): void {
  let at = 0;
  if (code === DQT) while (at < body.length) at += body.readUInt8(at) >> 4 ? 129 : 65;
  else if (code === DHT)
    while (at < body.length) at += 17 + part(body, at + 1, 16).reduce((sum, count) => sum + count, 0);
  else if (code === DAC) at = arithmeticBytes(body);
  else if (code === DHP) at = 6 + 3 * body.readUInt8(5);
  else at = FIXED_BYTES.get(code)!;
  if (at !== body.length) throw broken('a table of another length');
}

/** Pairs of a table's name and its value (B.2.4.3): at most four for each of the two classes. */
function arithmeticBytes(body: Buffer): number {
  for (let at = 0; at < body.length; at += 2) if (body[at]! & 0xec) throw broken('a table of another class');
  return body.length <= 16 ? 2 * Math.ceil(body.length / 2) : 0;
}

function keptApplicationData(code: number, body: Buffer, removed: Set<RemovedCode>): Buffer | null {
  if (code === APP0 && startsWith(body, 'JFIF\0') && body.length >= 14) {
    if (body[12] || body[13] || body.length > 14) removed.add('THUMBNAIL');
    return Buffer.concat([body.subarray(0, 12), Buffer.of(0, 0)]);
  }
  if (code === APP14 && startsWith(body, 'Adobe') && body.length >= 12) return body.subarray(0, 12);
  if (code === APP0 && startsWith(body, 'JFXX\0')) removed.add('THUMBNAIL');
  else if (code === APP1 && startsWith(body, 'Exif\0')) {
    removed.add('EXIF');
    if (readExif(body.subarray(6)).hasThumbnail) removed.add('THUMBNAIL');
  } else if (code === APP1) removed.add('XMP');
  else if (code === APP2 && startsWith(body, 'MPF\0')) removed.add('OTHER-PICTURES');
  else if (code === APP13) removed.add('IPTC');
  else if (code === COM) removed.add('COMMENT');
  else if (code >= APP0 && code <= 0xef) removed.add('CUSTOM-DATA');
  else throw broken(`marker ${code.toString(16)} has no meaning`);
  return null;
}

function startsWith(body: Buffer, letters: string): boolean {
  return body.subarray(0, letters.length).toString('latin1') === letters;
}

function segment(code: number, body: Buffer): Buffer {
  const head = Buffer.of(0xff, code, 0, 0);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}
