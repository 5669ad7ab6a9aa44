import { box, fullBox, u16, u32, withPosition } from './boxes';
import { noise, riff, riffChunk } from './pictures';
import { AUTHOR, PLACE, SECRET } from './traces';

const syncSafe = (value: number): Buffer => Buffer.of(0, 0, value >> 7, value & 127);
const u32le = (value: number): Buffer => u32(value).swap32();

/** MPEG 1 layer III, 128 kbit/s, 44.1 kHz: 417 bytes a frame. */
export function mp3Frames(count = 5): Buffer {
  return Buffer.concat(
    Array.from({ length: count }, (_, index) =>
      Buffer.concat([Buffer.from('fffb9044', 'hex'), noise(413).map((byte) => (byte ^ index) & 0x7f)]),
    ),
  );
}

export function id3v2(): Buffer {
  const text = Buffer.from(`\0${AUTHOR} ${PLACE}`);
  const frame = Buffer.concat([Buffer.from('TPE1'), syncSafe(text.length), Buffer.alloc(2), text]);
  return Buffer.concat([Buffer.from('ID3\x04\0\0'), syncSafe(frame.length), frame]);
}

export function id3v1(): Buffer {
  const tag = Buffer.alloc(128);
  tag.write(`TAG${SECRET}`);
  return tag;
}

export function apeTag(): Buffer {
  const value = Buffer.from(AUTHOR);
  const item = Buffer.concat([u32le(value.length), u32le(0), Buffer.from('Artist\0'), value]);
  const mark = (flags: number): Buffer =>
    Buffer.concat([
      Buffer.from('APETAGEX'),
      u32le(2000),
      u32le(item.length + 32),
      u32le(1),
      u32(flags).swap32(),
      Buffer.alloc(8),
    ]);
  return Buffer.concat([mark(0xa000_0000), item, mark(0x8000_0000)]);
}

export function lyrics3(): Buffer {
  const body = `LYRICSBEGININD00002${'10'}LYR${String(SECRET.length).padStart(5, '0')}${SECRET}`;
  return Buffer.from(`${body}${String(body.length).padStart(6, '0')}LYRICS200`);
}

export function mp3(): Buffer {
  return Buffer.concat([id3v2(), mp3Frames(), apeTag(), lyrics3(), id3v1()]);
}

export const SAMPLES = noise(500);

export function wav(...extra: Buffer[]): Buffer {
  const format = Buffer.from('0100010044ac000088580100020010 00'.replace(' ', ''), 'hex');
  const info = Buffer.from(`INFOIART\x18\0\0\0${AUTHOR.padEnd(24, '\0')}`, 'latin1');
  return riff(
    'WAVE',
    riffChunk('bext', Buffer.from(PLACE)),
    riffChunk('fmt ', format),
    riffChunk('LIST', info),
    riffChunk('data', SAMPLES),
    riffChunk('_PMX', Buffer.from(SECRET)),
    ...extra,
  );
}

/** Bit by bit, not by table, so as not to repeat what is tested. */
function crc(bytes: Buffer, bits: number, polynomial: number): number {
  let sum = 0n;
  const top = 1n << BigInt(bits);
  for (const byte of bytes) {
    sum ^= BigInt(byte) << BigInt(bits - 8);
    for (let bit = 0; bit < 8; bit += 1) {
      sum <<= 1n;
      if (sum & top) sum ^= top | BigInt(polynomial);
    }
  }
  return Number(sum);
}

/** Frames of 16 samples, stored as they are (RFC 9639, 9.2.3). */
export function flacFrames(count = 4): Buffer {
  return Buffer.concat(
    Array.from({ length: count }, (_, index) => {
      const head = Buffer.of(0xff, 0xf8, 0x60, 0x08, index, 15);
      const body = Buffer.concat([
        head,
        Buffer.of(crc(head, 8, 0x07), 0x02),
        noise(32).map((byte) => byte ^ index),
      ]);
      return Buffer.concat([body, u16(crc(body, 16, 0x8005))]);
    }),
  );
}

export function flac(frames = flacFrames()): Buffer {
  const block = (type: number, data: Buffer): Buffer =>
    Buffer.concat([Buffer.of(type, 0, data.length >> 8, data.length & 255), data]);
  const comment = Buffer.from(`ARTIST=${AUTHOR}`);
  return Buffer.concat([
    Buffer.from('fLaC'),
    block(
      0,
      Buffer.concat([
        u16(16, 16),
        Buffer.from('00000000000000ac4400f000000040'.slice(0, 28), 'hex'),
        Buffer.alloc(16),
      ]),
    ),
    block(4, Buffer.concat([u32le(0), u32le(1), u32le(comment.length), comment])),
    block(3, noise(18)),
    block(2, Buffer.from(`appl${PLACE}`)),
    block(0x80 | 6, Buffer.concat([u32(3), noise(20), Buffer.from(SECRET)])),
    frames,
  ]);
}

export function oggPage(
  flags: number,
  granule: number,
  sequence: number,
  packets: readonly Buffer[],
  closes = true,
): Buffer {
  const lacing = packets.flatMap((packet, index) => [
    ...Array<number>(Math.floor(packet.length / 255)).fill(255),
    ...(closes || index < packets.length - 1 ? [packet.length % 255] : []),
  ]);
  const head = Buffer.alloc(27);
  head.write('OggS');
  head.writeUInt8(flags, 5);
  head.writeInt32LE(granule, 6);
  head.writeUInt32LE(0xabcd, 14);
  head.writeUInt32LE(sequence, 18);
  head.writeUInt8(lacing.length, 26);
  const page = Buffer.concat([head, Buffer.from(lacing), ...packets]);
  page.writeUInt32LE(crc(page, 32, 0x04c1_1db7), 22);
  return page;
}

const tags = (): Buffer => {
  const texts = [
    `ARTIST=${AUTHOR}`,
    `LOCATION=${PLACE}`,
    `METADATA_BLOCK_PICTURE=${SECRET}${'A'.repeat(600)}`,
  ];
  return Buffer.concat([
    u32le(4),
    Buffer.from('test'),
    u32le(3),
    ...texts.flatMap((text) => [u32le(text.length), Buffer.from(text)]),
  ]);
};

export const SOUND = [noise(100), noise(300), noise(510)];

export function opus(): Buffer {
  const head = Buffer.concat([Buffer.from('OpusHead\x01\x01'), Buffer.from('380180bb0000000000', 'hex')]);
  const comment = Buffer.concat([Buffer.from('OpusTags'), tags()]);
  return Buffer.concat([
    oggPage(2, 0, 0, [head]),
    oggPage(0, -1, 1, [comment.subarray(0, 510)], false),
    oggPage(1, 0, 2, [comment.subarray(510)]),
    oggPage(0, 960, 3, SOUND.slice(0, 2)),
    oggPage(4, 1920, 4, SOUND.slice(2)),
  ]);
}

export const VORBIS_SETUP = Buffer.concat([Buffer.from('\x05vorbis', 'latin1'), noise(1200)]);

export function vorbis(): Buffer {
  const head = Buffer.concat([Buffer.from('\x01vorbis', 'latin1'), noise(23)]);
  const comment = Buffer.concat([Buffer.from('\x03vorbis', 'latin1'), tags(), Buffer.of(1)]);
  return Buffer.concat([
    oggPage(2, 0, 0, [head]),
    oggPage(0, 0, 1, [comment, VORBIS_SETUP]),
    oggPage(4, 960, 2, SOUND),
  ]);
}

/** One track of sound, one of chapter titles, tags, times and names. `kind` is that of the first track. */
export function m4a({ kind = 'soun', coding = 'mp4a', wide = false } = {}): { content: Buffer; at: number } {
  let at = 0;
  const content = withPosition((position) => {
    at = position + 8 + SECRET.length;
    const track = (handler: string, entry: Buffer, from: number, sizes: number[]): Buffer =>
      box(
        'trak',
        fullBox('tkhd', 0, 7, u32(3_900_000_000, 3_900_000_000), Buffer.alloc(72)),
        box(
          'mdia',
          fullBox('mdhd', 0, 0, u32(3_900_000_000, 3_900_000_000, 44_100, 1024), Buffer.alloc(4)),
          fullBox('hdlr', 0, 0, u32(0), handler, Buffer.alloc(12), `${AUTHOR}\0`),
          box(
            'minf',
            fullBox('smhd', 0, 0, u32(0)),
            box('dinf', fullBox('dref', 0, 0, u32(1), fullBox('url ', 0, 1))),
            box(
              'stbl',
              fullBox('stsd', 0, 0, u32(1), entry),
              fullBox('stts', 0, 0, u32(1, sizes.length, 1024)),
              fullBox('stsc', 0, 0, u32(1, 1, sizes.length, 1)),
              fullBox('stsz', 0, 0, u32(0, sizes.length, ...sizes)),
              wide ? fullBox('co64', 0, 0, u32(1, 0, from)) : fullBox('stco', 0, 0, u32(1, from)),
            ),
          ),
        ),
        box('udta', box('name', SECRET)),
      );
    const sound = box(coding, Buffer.alloc(6), u16(1), Buffer.alloc(20), fullBox('esds', 0, 0, noise(12)));
    const chapters = box('text', Buffer.alloc(6), u16(1), Buffer.alloc(43));
    const moov = box(
      'moov',
      fullBox('mvhd', 0, 0, u32(3_900_000_000, 3_900_000_000, 1000, 1000), Buffer.alloc(80)),
      track(kind, sound, at, [100, 300]),
      track('text', chapters, at + 400, [PLACE.length]),
      box('udta', fullBox('meta', 0, 0, box('ilst', box('\xa9ART', box('data', u32(1, 0), AUTHOR))))),
    );
    return [
      box('ftyp', 'M4A ', u32(0), 'M4A mp42isom'),
      moov,
      box('uuid', noise(16), SECRET),
      box('mdat', SECRET, ...SOUND.slice(0, 2), PLACE),
    ];
  });
  return { content, at };
}
