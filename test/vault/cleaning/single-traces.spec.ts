import sharp from 'sharp';
import type { MediaType } from '../../../src/vault/cleaning/media-type';
import { box, fullBox, u16, u32 } from './boxes';
import { cleanedTwice } from './cleaned-twice';
import { insertChunks, insertSegments, picture, riffChunk, segment, XMP, zText } from './pictures';
import { apeTag, flac, flacFrames, id3v1, id3v2, lyrics3, m4a, mp3Frames, wav } from './recordings';
import { AUTHOR, PLACE, SECRET, TRACES, tracesIn } from './traces';

const told = `${AUTHOR} ${PLACE} ${SECRET}`;
const bytes = Buffer.from(told);

/** Each trace alone, so that none goes only because of another: what was planted, and under which code it went. */
function alone(
  name: string,
  type: MediaType,
  each: Record<string, readonly [content: Buffer | (() => Promise<Buffer>), code: string]>,
): void {
  it.each(Object.entries(each))(`of ${name} is gone: %s`, async (_, [made, code]) => {
    const content = typeof made === 'function' ? await made() : made;
    expect(tracesIn(content, TRACES).length).toBeGreaterThan(0);
    const copy = await cleanedTwice(content, type);
    expect([tracesIn(copy.content), copy.removed]).toEqual([[], [code]]);
  });
}

describe('a single trace in a recording', () => {
  const footer = Buffer.concat([id3v2(), Buffer.from('3DI'), id3v2().subarray(3, 10)]);
  footer[5]! |= 0x10;
  const enhanced = Buffer.alloc(227);
  enhanced.write(`TAG+${SECRET}`);
  const lyricsOfOld = Buffer.from(`LYRICSBEGIN${SECRET}LYRICSEND`);
  alone('MP3', 'audio/mpeg', {
    ID3v1: [Buffer.concat([mp3Frames(), id3v1()]), 'TAGS'],
    'ID3v1, enhanced': [Buffer.concat([mp3Frames(), enhanced, id3v1()]), 'TAGS'],
    'ID3v2 in front': [Buffer.concat([id3v2(), mp3Frames()]), 'TAGS'],
    'ID3v2 in front, twice': [Buffer.concat([id3v2(), id3v2(), mp3Frames()]), 'TAGS'],
    'ID3v2 between frames': [Buffer.concat([mp3Frames(2), id3v2(), mp3Frames(2)]), 'TRAILING'],
    'ID3v2 with a footer, behind': [Buffer.concat([mp3Frames(), footer]), 'TAGS'],
    APE: [Buffer.concat([mp3Frames(), apeTag()]), 'TAGS'],
    'APE without a header': [Buffer.concat([mp3Frames(), apeTag().subarray(32)]), 'TAGS'],
    'APE in front of ID3v1': [Buffer.concat([mp3Frames(), apeTag(), id3v1()]), 'TAGS'],
    Lyrics3: [Buffer.concat([mp3Frames(), lyrics3()]), 'TAGS'],
    'Lyrics3, first version': [Buffer.concat([mp3Frames(), lyricsOfOld]), 'TAGS'],
    'what no tag is': [Buffer.concat([mp3Frames(), bytes]), 'TRAILING'],
  });

  const info = (id: string): Buffer => Buffer.concat([Buffer.from('INFO'), riffChunk(id, bytes)]);
  const plain = (): Promise<Buffer> => cleanedTwice(wav(), 'audio/wav').then(({ content }) => content);
  const withChunk = (type: string, data: Buffer) => async (): Promise<Buffer> => {
    const content = Buffer.concat([await plain(), riffChunk(type, data)]);
    content.writeUInt32LE(content.length - 8, 4);
    return content;
  };
  alone('WAV', 'audio/wav', {
    ...Object.fromEntries(
      ['IART', 'INAM', 'ICMT', 'ICRD', 'ISFT'].map((id) => [
        `LIST INFO ${id}`,
        [withChunk('LIST', info(id)), 'TAGS'] as const,
      ]),
    ),
    ...Object.fromEntries(
      ['bext', 'iXML', 'cart', 'axml', 'id3 ', '_PMX'].map((type) => [
        type,
        [withChunk(type, bytes), 'TAGS'] as const,
      ]),
    ),
    'a chunk nobody knows': [withChunk('zzzz', bytes), 'CUSTOM-DATA'],
    'more than the number of samples': [withChunk('fact', Buffer.concat([u32(1), bytes])), 'CUSTOM-DATA'],
    'what stands behind': [async () => Buffer.concat([await plain(), bytes]), 'TRAILING'],
  });

  const block = (type: number, last = true): Buffer =>
    Buffer.concat([Buffer.of((last ? 0x80 : 0) | type, 0, 0, bytes.length), bytes]);
  const stream = Buffer.concat([Buffer.from('fLaC'), flac().subarray(4, 42)]);
  const sound = flacFrames();
  alone('FLAC', 'audio/flac', {
    'application data': [Buffer.concat([stream, block(2), sound]), 'CUSTOM-DATA'],
    comments: [Buffer.concat([stream, block(4), sound]), 'TAGS'],
    'a cue sheet': [Buffer.concat([stream, block(5), sound]), 'TAGS'],
    'a picture': [Buffer.concat([stream, block(6), sound]), 'OTHER-PICTURES'],
    ID3v2: [Buffer.concat([id3v2(), lastBlock(stream), sound]), 'TAGS'],
  });
  it.each([1, 7, 126])('of FLAC is gone: a block of type %i', async (type) => {
    const copy = await cleanedTwice(Buffer.concat([stream, block(type), sound]), 'audio/flac');
    expect(tracesIn(copy.content)).toEqual([]);
  });

  it('of M4A is gone: each box that tells, alone, wherever it stands', async () => {
    const clean = (await cleanedTwice(m4a().content, 'audio/mp4')).content;
    for (const type of ['udta', 'meta', 'free', 'skip', 'uuid', 'wide', 'pdin', 'Xtra']) {
      const copy = await cleanedTwice(Buffer.concat([clean, box(type, Buffer.alloc(16), told)]), 'audio/mp4');
      expect([type, tracesIn(copy.content)]).toEqual([type, []]);
    }
  });

  it('of M4A is gone: when it was made and changed, in all three places', async () => {
    const original = m4a().content;
    const copy = (await cleanedTwice(original, 'audio/mp4')).content;
    for (const type of ['mvhd', 'tkhd', 'mdhd']) {
      const at = original.indexOf(type) + 8;
      expect([type, original.subarray(at, at + 8).equals(Buffer.alloc(8))]).toEqual([type, false]);
      expect([type, copy.subarray(at, at + 8).equals(Buffer.alloc(8))]).toEqual([type, true]);
    }
  });

  function lastBlock(head: Buffer): Buffer {
    const only = Buffer.from(head);
    only[4]! |= 0x80;
    return only;
  }
});

describe('a single trace in a picture', () => {
  const jpeg = async (): Promise<Buffer> =>
    (await cleanedTwice(await picture().jpeg().toBuffer(), 'image/jpeg')).content;
  /** One directory with a maker's own data, and one with a place. */
  const exif = (): Buffer => {
    const entry = (tag: number, type: number, count: number, value: number): Buffer =>
      Buffer.concat([u16(tag, type), u32(count, value)]);
    return Buffer.concat([
      Buffer.from('MM\0*'),
      u32(8),
      u16(1),
      entry(0x8769, 4, 1, 26),
      u32(0),
      u16(1),
      entry(0x927c, 7, bytes.length, 44),
      u32(0),
      bytes,
    ]);
  };
  const second = async (): Promise<Buffer> => insertSegments(await jpeg(), segment(0xfe, told));
  alone('JPEG', 'image/jpeg', {
    'data of a maker': [async () => insertSegments(await jpeg(), segment(0xe1, 'Exif\0\0', exif())), 'EXIF'],
    XMP: [
      async () => insertSegments(await jpeg(), segment(0xe1, 'http://ns.adobe.com/xap/1.0/\0', XMP)),
      'XMP',
    ],
    'XMP, extended': [
      async () => insertSegments(await jpeg(), segment(0xe1, 'http://ns.adobe.com/xmp/extension/\0', told)),
      'XMP',
    ],
    IPTC: [async () => insertSegments(await jpeg(), segment(0xed, 'Photoshop 3.0\0', told)), 'IPTC'],
    'a second picture behind the end': [
      async () => Buffer.concat([await jpeg(), await second()]),
      'TRAILING',
    ],
    'a film behind the end': [
      async () => Buffer.concat([await jpeg(), box('ftyp', 'mp42', u32(0)), box('mdat', told)]),
      'TRAILING',
    ],
    ...Object.fromEntries(
      [0xe0, 0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xea, 0xeb, 0xec, 0xee, 0xef].map((code) => [
        `segment ${code.toString(16)}`,
        [async () => insertSegments(await jpeg(), segment(code, told)), 'CUSTOM-DATA'] as const,
      ]),
    ),
  });

  const png = async (): Promise<Buffer> =>
    (await cleanedTwice(await picture().png().toBuffer(), 'image/png')).content;
  const chunk = (type: string, data: Buffer | string) => async (): Promise<Buffer> =>
    insertChunks(await png(), { type, data: Buffer.from(data as string) });
  alone('PNG', 'image/png', {
    text: [chunk('tEXt', `Author\0${told}`), 'COMMENT'],
    'text, folded': [async () => insertChunks(await png(), zText('Comment', told)), 'COMMENT'],
    'text, international': [chunk('iTXt', `Author\0\0\0\0\0${told}`), 'COMMENT'],
    XMP: [chunk('iTXt', `XML:com.adobe.xmp\0\0\0\0\0${XMP}`), 'XMP'],
    Exif: [chunk('eXIf', exif()), 'EXIF'],
    'a time': [chunk('tIME', bytes), 'TIME'],
    'a colour profile that is none': [chunk('iCCP', `${AUTHOR}\0\0${told}`), 'COLOUR-PROFILE'],
    'a palette with a name': [chunk('sPLT', `${AUTHOR}\0\x08`), 'CUSTOM-DATA'],
    'content credentials': [chunk('caBX', bytes), 'CUSTOM-DATA'],
    'what stands behind': [async () => Buffer.concat([await png(), bytes]), 'TRAILING'],
  });

  const webp = async (): Promise<Buffer> =>
    (await cleanedTwice(await picture().withIccProfile('p3').webp().toBuffer(), 'image/webp')).content;
  const withChunk = (type: string) => async (): Promise<Buffer> => {
    const content = Buffer.concat([await webp(), riffChunk(type, bytes)]);
    content.writeUInt32LE(content.length - 8, 4);
    return content;
  };
  alone('WebP', 'image/webp', {
    Exif: [withChunk('EXIF'), 'EXIF'],
    XMP: [withChunk('XMP '), 'XMP'],
    'a chunk nobody knows': [withChunk('C2PA'), 'CUSTOM-DATA'],
    'what stands behind': [async () => Buffer.concat([await webp(), bytes]), 'TRAILING'],
  });

  it('of AVIF is gone: a box beside the picture, of whatever kind', async () => {
    const plain = (await cleanedTwice(await picture(3, 16, 16).avif({ effort: 0 }).toBuffer(), 'image/avif'))
      .content;
    for (const type of ['uuid', 'free', 'skip', 'jumb', 'mpvd', 'xml '])
      for (const content of [
        Buffer.concat([plain, fullBox(type, 0, 0, Buffer.alloc(16), told)]),
        Buffer.concat([plain, bytes]),
      ]) {
        const copy = await cleanedTwice(content, 'image/avif');
        expect([type, tracesIn(copy.content)]).toEqual([type, []]);
        expect((await sharp(copy.content).raw().toBuffer()).equals(await sharp(plain).raw().toBuffer())).toBe(
          true,
        );
      }
  });
});
