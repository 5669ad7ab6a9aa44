import { fourLetters, part } from './bytes';
import { broken, countOf, HeldBack, MOST_FRAMES, type RemovedCode, type WorkingCopy } from './cleaned';

const CONTINUED = 1;
const BEGINS = 2;
const MOST_SEGMENTS = 255;

interface Page {
  flags: number;
  serial: number;
  end: number;
  lacing: Buffer;
  body: Buffer;
}

/** What stands in the header packets of each codec: how many there are, and the comment packet without a comment. */
const CODECS = [
  { magic: 'OpusHead', packets: 2, comment: Buffer.from('OpusTags\0\0\0\0\0\0\0\0', 'latin1') },
  { magic: '\x01vorbis', packets: 3, comment: Buffer.from('\x03vorbis\0\0\0\0\0\0\0\0\x01', 'latin1') },
];

/**
 * The same packets of sound with an empty comment header; pages are counted anew and get new checksums.
 * Throws HeldBack BOMB for far too many pages, BROKEN on a wrong checksum or a page that does not fit, NO-CLEANER for several streams in one file.
 * Source: RFC 3533 (Ogg); RFC 7845 (Opus), 3 and 5; Vorbis I specification, 4.2, 5.
 */
export function cleanOgg(content: Buffer): WorkingCopy {
  const removed = new Set<RemovedCode>();
  const first = pageAt(content, 0);
  const codec = CODECS.find(({ magic }) => first.body.toString('latin1', 0, magic.length) === magic);
  const { starts, end, streams } = readPages(content);
  if (end < content.length) removed.add('TRAILING');
  if (!(first.flags & BEGINS)) throw broken('no begin of a stream');
  if (!codec || streams > 1) throw new HeldBack('NO-CLEANER', 'other or several streams');
  const { packets, used } = readPackets(content, starts, codec.packets);
  if (!packets[1]!.equals(codec.comment)) removed.add('TAGS');
  if (packets[0]!.length >= MOST_SEGMENTS) throw broken('a first packet of another length');
  const headers = [
    pageOf(BEGINS, first.serial, [packets[0]!]),
    ...headerPages(first.serial, [codec.comment, ...packets.slice(2)]),
  ];
  const out = Buffer.concat([...headers, content.subarray(starts[used] ?? end, end)]);
  let index = 0;
  for (let at = 0; at < out.length; index += 1) {
    const page = out.subarray(at, pageAt(out, at).end);
    page.writeUInt32LE(index, 18);
    page.writeUInt32LE(checksum(page), 22);
    at += page.length;
  }
  return { content: out, removed, turnedBy: 0 };
}

function pageAt(content: Buffer, at: number): Page {
  if (fourLetters(content, at) !== 'OggS') throw broken('no Ogg page');
  const lacing = part(content, at + 27, content.readUInt8(at + 26));
  let length = 0;
  for (const size of lacing) length += size;
  const body = part(content, at + 27 + lacing.length, length);
  return {
    flags: content.readUInt8(at + 5),
    serial: content.readUInt32LE(at + 14),
    end: at + 27 + lacing.length + length,
    lacing,
    body,
  };
}

/** Where pages begin, where the last one ends, and how many streams begin on them or have a serial of their own. */
function readPages(content: Buffer): { starts: number[]; end: number; streams: number } {
  const count = countOf('pages', MOST_FRAMES);
  const starts: number[] = [];
  const serials = new Set<number>();
  let begins = 0;
  let at = 0;
  while (content.toString('latin1', at, at + 4) === 'OggS') {
    count();
    const { flags, serial, end } = pageAt(content, at);
    if (content[at + 4] !== 0 || checksum(content.subarray(at, end)) !== content.readUInt32LE(at + 22))
      throw broken('a page with a wrong checksum');
    if (flags & BEGINS) begins += 1;
    serials.add(serial);
    starts.push(at);
    at = end;
  }
  return { starts, end: at, streams: Math.max(begins, serials.size) };
}

/** The first packets, and how many pages they fill: sound begins on a page of its own. */
function readPackets(
  content: Buffer,
  starts: readonly number[],
  count: number,
): { packets: Buffer[]; used: number } {
  const packets: Buffer[] = [];
  let open: Buffer[] = [];
  for (const [index, start] of starts.entries()) {
    const { flags, lacing, body } = pageAt(content, start);
    if (((flags & CONTINUED) !== 0) !== open.length > 0)
      throw broken('a packet in pieces that do not belong together');
    let at = 0;
    for (const size of lacing) {
      if (packets.length === count) throw broken('sound on a page of headers');
      open.push(body.subarray(at, at + size));
      at += size;
      if (size === MOST_SEGMENTS) continue;
      packets.push(Buffer.concat(open));
      open = [];
    }
    if (packets.length === count) return { packets, used: index + 1 };
  }
  throw broken('headers are missing');
}

/** Packets on as few pages as they need; none of these ends a packet of sound, so all count from zero. */
function headerPages(serial: number, packets: readonly Buffer[]): Buffer[] {
  const pieces = packets.flatMap((packet) =>
    Array.from({ length: Math.floor(packet.length / MOST_SEGMENTS) + 1 }, (_, index) =>
      packet.subarray(index * MOST_SEGMENTS, (index + 1) * MOST_SEGMENTS),
    ),
  );
  const pages: Buffer[] = [];
  for (let at = 0; at < pieces.length; at += MOST_SEGMENTS) {
    const continues = at > 0 && pieces[at - 1]!.length === MOST_SEGMENTS;
    pages.push(pageOf(continues ? CONTINUED : 0, serial, pieces.slice(at, at + MOST_SEGMENTS)));
  }
  return pages;
}

function pageOf(flags: number, serial: number, pieces: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(27);
  head.write('OggS', 'latin1');
  head.writeUInt8(flags, 5);
  head.writeUInt32LE(serial, 14);
  head.writeUInt8(pieces.length, 26);
  const page = Buffer.concat([head, Buffer.from(pieces.map(({ length }) => length)), ...pieces]);
  // A page on which no packet ends says so with -1.
  if (pieces.every(({ length }) => length === MOST_SEGMENTS)) page.fill(0xff, 6, 14);
  return page;
}

/** CRC-32 with polynomial 04c11db7, not reflected, its own field taken as zero (RFC 3533, 6). */
function checksum(page: Buffer): number {
  let sum = 0;
  for (let at = 0; at < page.length; at += 1) {
    const byte = at >= 22 && at < 26 ? 0 : page[at]!;
    sum = (sum << 8) ^ CRC[(sum >>> 24) ^ byte]!;
  }
  return sum >>> 0;
}

const CRC = Array.from({ length: 256 }, (_, byte) => {
  let sum = byte << 24;
  for (let bit = 0; bit < 8; bit += 1) sum = sum < 0 ? (sum << 1) ^ 0x04c1_1db7 : sum << 1;
  return sum;
});
