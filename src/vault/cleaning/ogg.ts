import { fourLetters, part } from './bytes';
import { broken, HeldBack, type RemovedCode, type WorkingCopy } from './cleaned';

const CONTINUED = 1;
const BEGINS = 2;
const MOST_SEGMENTS = 255;

interface Page {
  flags: number;
  raw: Buffer;
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
 * Throws HeldBack BROKEN on a wrong checksum or a page that does not fit, NO-CLEANER for several streams in one file.
 * Source: RFC 3533 (Ogg); RFC 7845 (Opus), 3 and 5; Vorbis I specification, 4.2, 5.
 */
export function cleanOgg(content: Buffer): WorkingCopy {
  const removed = new Set<RemovedCode>();
  const { pages, end } = readPages(content);
  if (end < content.length) removed.add('TRAILING');
  if (!(pages[0]!.flags & BEGINS)) throw broken('no begin of a stream');
  const codec = CODECS.find(({ magic }) => pages[0]!.body.toString('latin1', 0, magic.length) === magic);
  const serial = pages[0]!.raw.readUInt32LE(14);
  const others = pages.slice(1).some(({ flags, raw }) => flags & BEGINS || raw.readUInt32LE(14) !== serial);
  if (!codec || others) throw new HeldBack('NO-CLEANER', 'other or several streams');
  const { packets, used } = readPackets(pages, codec.packets);
  if (!packets[1]!.equals(codec.comment)) removed.add('TAGS');
  if (packets[0]!.length >= MOST_SEGMENTS) throw broken('a first packet of another length');
  const headers = [packets[0]!, codec.comment, ...packets.slice(2)];
  const kept = [
    pageOf(BEGINS, serial, [headers[0]!]),
    ...headerPages(serial, headers.slice(1)),
    ...pages.slice(used).map(({ raw }) => Buffer.from(raw)),
  ];
  for (const [index, page] of kept.entries()) {
    page.writeUInt32LE(index, 18);
    page.writeUInt32LE(checksum(page), 22);
  }
  return { content: Buffer.concat(kept), removed, turnedBy: 0 };
}

function readPages(content: Buffer): { pages: Page[]; end: number } {
  const pages: Page[] = [];
  let at = 0;
  while (content.toString('latin1', at, at + 4) === 'OggS') {
    const lacing = part(content, at + 27, content.readUInt8(at + 26));
    const length = lacing.reduce((sum, size) => sum + size, 0);
    const body = part(content, at + 27 + lacing.length, length);
    const raw = part(content, at, 27 + lacing.length + length);
    if (content[at + 4] !== 0 || checksum(raw) !== raw.readUInt32LE(22))
      throw broken('a page with a wrong checksum');
    pages.push({ flags: content.readUInt8(at + 5), raw, lacing, body });
    at += raw.length;
  }
  if (pages.length === 0) throw broken(`no Ogg but ${fourLetters(content, 0)}`);
  return { pages, end: at };
}

/** The first packets, and how many pages they fill: sound begins on a page of its own. */
function readPackets(pages: readonly Page[], count: number): { packets: Buffer[]; used: number } {
  const packets: Buffer[] = [];
  let open: Buffer[] = [];
  for (const [index, { flags, lacing, body }] of pages.entries()) {
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
