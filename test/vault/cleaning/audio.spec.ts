import { clean } from '../../../src/vault/cleaning/clean';
import { mediaTypeOf, type MediaType } from '../../../src/vault/cleaning/media-type';
import { box, fullBox, u32 } from './boxes';
import { noise, riff, riffChunk } from './pictures';
import {
  flac,
  flacFrames,
  id3v1,
  id3v2,
  m4a,
  mp3,
  mp3Frames,
  oggPage,
  opus,
  SAMPLES,
  SOUND,
  vorbis,
  VORBIS_SETUP,
  wav,
} from './recordings';
import { AUTHOR, PLACE, SECRET, tracesIn } from './traces';

async function cleaned(content: Buffer, type: MediaType): Promise<{ content: Buffer; removed: string[] }> {
  const result = await clean(content, type);
  if (result.kind === 'held') throw new Error(`held: ${result.why}`);
  return result;
}

const recordings: [string, MediaType, Buffer][] = [
  ['MP3', 'audio/mpeg', mp3()],
  ['WAV', 'audio/wav', wav()],
  ['FLAC', 'audio/flac', flac()],
  ['Opus', 'audio/ogg', opus()],
  ['Vorbis', 'audio/ogg', vorbis()],
  ['M4A', 'audio/mp4', m4a().content],
  ['M4A with wide positions', 'audio/mp4', m4a({ wide: true }).content],
];

describe('a recording', () => {
  it.each(recordings)(
    '%s is known by its content, loses every trace, and comes out the same twice',
    async (_, type, content) => {
      expect(await mediaTypeOf(content)).toBe(type);
      expect(tracesIn(content)).toEqual([AUTHOR, PLACE, SECRET]);
      const copy = await cleaned(content, type);
      expect(tracesIn(copy.content)).toEqual([]);
      expect(await mediaTypeOf(copy.content)).toBe(type);
      const again = await cleaned(copy.content, type);
      expect([again.content.equals(copy.content), again.removed]).toEqual([true, []]);
    },
  );

  it.each(recordings)('%s is held back when it is only a beginning', async (_, type, content) => {
    expect(await clean(content.subarray(0, 60), type)).toEqual({ kind: 'held', why: 'BROKEN' });
    expect(await clean(noise(300), type)).toEqual({ kind: 'held', why: 'BROKEN' });
  });
});

describe('an MP3 recording', () => {
  it('is nothing but its frames', async () => {
    expect((await cleaned(mp3(), 'audio/mpeg')).content.equals(mp3Frames())).toBe(true);
  });

  it('loses what stands between frames and what is cut off at the end', async () => {
    const content = Buffer.concat([
      mp3Frames(3),
      Buffer.from(SECRET),
      mp3Frames(3),
      mp3Frames(1).subarray(0, 200),
    ]);
    const copy = await cleaned(content, 'audio/mpeg');
    expect(copy.content.equals(Buffer.concat([mp3Frames(3), mp3Frames(3)]))).toBe(true);
    expect(copy.removed).toEqual(['TRAILING']);
  });
});

describe('what looks like a frame of MP3', () => {
  it('is none when no other stands beside it', async () => {
    const alone = Buffer.concat([mp3Frames(1), Buffer.from(SECRET)]);
    const content = Buffer.concat([alone, mp3Frames(3), Buffer.from('x'), alone, mp3Frames(2)]);
    const copy = await cleaned(content, 'audio/mpeg');
    expect(copy.content.equals(Buffer.concat([mp3Frames(3), mp3Frames(2)]))).toBe(true);
  });
});

describe('a WAV recording', () => {
  it('keeps format and samples, byte for byte', async () => {
    const { content, removed } = await cleaned(wav(), 'audio/wav');
    expect(content.length).toBe(12 + 8 + 16 + 8 + SAMPLES.length);
    expect(content.subarray(44).equals(SAMPLES)).toBe(true);
    expect(
      content.subarray(20, 36).equals(
        wav()
          .subarray(wav().indexOf('fmt ') + 8)
          .subarray(0, 16),
      ),
    ).toBe(true);
    expect(removed).toEqual(['TAGS']);
  });

  it('keeps all samples when the file says it is shorter than they are', async () => {
    const content = (await cleaned(wav(), 'audio/wav')).content;
    const modest = Buffer.from(content);
    modest.writeUInt32LE(content.length - 40, 4);
    expect((await cleaned(modest, 'audio/wav')).content.equals(content)).toBe(true);
  });

  it('is held back when it has samples twice or none', async () => {
    for (const content of [wav(riffChunk('data', noise(4))), riff('WAVE', riffChunk('data', noise(4)))])
      expect(await clean(content, 'audio/wav')).toEqual({ kind: 'held', why: 'BROKEN' });
  });
});

describe('a FLAC recording', () => {
  it('keeps stream information, seek table and frames', async () => {
    const { content, removed } = await cleaned(Buffer.concat([id3v2(), flac(), id3v1()]), 'audio/flac');
    expect(content.length).toBe(4 + 4 + 34 + 4 + 18 + flacFrames().length);
    expect(content.subarray(-flacFrames().length).equals(flacFrames())).toBe(true);
    expect(content.subarray(4, 42).equals(flac().subarray(4, 42))).toBe(true);
    expect(removed).toEqual(['CUSTOM-DATA', 'OTHER-PICTURES', 'TAGS']);
  });

  it('is held back when something stands behind its frames or one is damaged', async () => {
    const damaged = flacFrames();
    damaged[60]! ^= 1;
    for (const frames of [
      Buffer.concat([flacFrames(), Buffer.from(SECRET)]),
      damaged,
      flacFrames().subarray(0, -1),
    ])
      expect(await clean(flac(frames), 'audio/flac')).toEqual({ kind: 'held', why: 'BROKEN' });
  });
});

describe('an Ogg recording', () => {
  it.each([
    ['Opus', opus()],
    ['Vorbis', vorbis()],
  ])('%s keeps the packets of sound and their positions, its pages counted anew', async (_, original) => {
    const { content } = await cleaned(original, 'audio/ogg');
    const [before, after] = [pages(original), pages(content)];
    for (const packet of SOUND) expect(content.includes(packet)).toBe(true);
    expect(after.map(({ sequence }) => sequence)).toEqual(after.map((_page, index) => index));
    expect(after.at(-1)).toMatchObject({ granule: before.at(-1)!.granule, flags: 4 });
    expect(after[0]!.body.equals(before[0]!.body)).toBe(true);
  });

  it('keeps the setup of Vorbis byte for byte', async () => {
    expect((await cleaned(vorbis(), 'audio/ogg')).content.includes(VORBIS_SETUP)).toBe(true);
  });

  it('is held back with a wrong checksum or several streams, and loses what stands behind', async () => {
    const wrong = opus();
    wrong[wrong.length - 1]! ^= 1;
    expect(await clean(wrong, 'audio/ogg')).toEqual({ kind: 'held', why: 'BROKEN' });
    expect(await clean(Buffer.concat([opus(), vorbis()]), 'audio/ogg')).toEqual({
      kind: 'held',
      why: 'NO-CLEANER',
    });
    const [head] = pages(opus());
    const mixed = [
      oggPage(2, 0, 0, [head!.body]),
      oggPage(0, 0, 1, [Buffer.from('OpusTags\0\0\0\0\0\0\0\0'), noise(9)]),
    ];
    expect(await clean(Buffer.concat(mixed), 'audio/ogg')).toEqual({ kind: 'held', why: 'BROKEN' });
    const behind = await cleaned(Buffer.concat([opus(), Buffer.from(SECRET)]), 'audio/ogg');
    expect(behind.removed).toEqual(['TAGS', 'TRAILING']);
  });
});

describe('an M4A recording', () => {
  it('keeps its samples where they are and moves nothing', async () => {
    const { content, at } = m4a();
    const copy = await cleaned(content, 'audio/mp4');
    expect(copy.content.length).toBe(content.length);
    expect(copy.content.subarray(at, at + 400).equals(Buffer.concat(SOUND.slice(0, 2)))).toBe(true);
    expect(copy.content.subarray(at + 400).equals(Buffer.alloc(PLACE.length))).toBe(true);
    for (const gone of ['udta', 'uuid', 'ilst', 'text'])
      expect([gone, copy.content.includes(gone)]).toEqual([gone, false]);
    expect(copy.content.includes(u32(3_900_000_000))).toBe(false);
    const table = content.subarray(content.indexOf('stbl'), content.indexOf('stbl') + 150);
    expect(copy.content.includes(table)).toBe(true);
    expect(copy.removed).toEqual(['CUSTOM-DATA', 'OTHER-PICTURES', 'TAGS', 'TIME']);
  });

  it('is held back when it is protected, in fragments, of another coding, or its sound lies elsewhere', async () => {
    const elsewhere = m4a().content;
    elsewhere[elsewhere.indexOf('url ') + 7] = 0;
    for (const [content, why] of [
      [m4a({ coding: 'enca' }).content, 'ENCRYPTED'],
      [m4a({ coding: 'xyzw' }).content, 'NO-CLEANER'],
      [Buffer.concat([m4a().content, box('moof', fullBox('mfhd', 0, 0, u32(1)))]), 'NO-CLEANER'],
      [elsewhere, 'ACTIVE-CONTENT'],
      [m4a({ kind: 'meta' }).content, 'BROKEN'],
      [m4a().content.subarray(0, -60), 'BROKEN'],
    ] as const)
      expect(await clean(content, 'audio/mp4')).toEqual({ kind: 'held', why });
  });
});

function pages(content: Buffer): { flags: number; granule: number; sequence: number; body: Buffer }[] {
  const found = [];
  for (let at = 0; at < content.length;) {
    const segments = content.subarray(at + 27, at + 27 + content[at + 26]!);
    const from = at + 27 + segments.length;
    const end = from + segments.reduce((sum, size) => sum + size, 0);
    found.push({
      flags: content[at + 5]!,
      granule: content.readInt32LE(at + 6),
      sequence: content.readUInt32LE(at + 18),
      body: content.subarray(from, end),
    });
    at = end;
  }
  return found;
}
