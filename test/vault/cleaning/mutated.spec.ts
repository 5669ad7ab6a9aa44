import { clean, CLEANERS } from '../../../src/vault/cleaning/clean';
import { HeldBack } from '../../../src/vault/cleaning/cleaned';
import type { MediaType } from '../../../src/vault/cleaning/media-type';
import { cleanedTwice } from './cleaned-twice';
import { leaveTraces, pdf } from './documents';
import { picture, withMetadata } from './pictures';
import { apeTag, flac, id3v1, lyrics3, m4a, mp3, mp3Frames, opus, vorbis } from './recordings';
import { SECRET, tracesIn } from './traces';

const small = () => withMetadata(picture(3, 9, 7));
/** pdf-lib gives random names to what it embeds; the same seed shall always damage the same byte. */
async function samePdf(): Promise<Buffer> {
  const random = jest.spyOn(Math, 'random').mockReturnValue(0.5);
  const content = await pdf({ useObjectStreams: false, extend: leaveTraces });
  random.mockRestore();
  return content;
}

/** Where no damage to a byte can make sound or picture of what was metadata. */
const samples: [string, MediaType, () => Promise<Buffer>][] = [
  ['JPEG', 'image/jpeg', () => small().jpeg().toBuffer()],
  ['PNG', 'image/png', () => small().png().toBuffer()],
  ['WebP', 'image/webp', () => small().webp().toBuffer()],
  ['PDF', 'application/pdf', samePdf],
  ['MP3', 'audio/mpeg', async () => mp3()],
  ['FLAC', 'audio/flac', async () => flac()],
  ['Opus', 'audio/ogg', async () => opus()],
  ['Vorbis', 'audio/ogg', async () => vorbis()],
];
const RUNS = 400;

/** Always the same numbers for the same seed (xorshift). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

function mutated(content: Buffer, next: (below: number) => number): Buffer {
  const bytes = Buffer.from(content);
  for (let left = 1 + next(3); left > 0; left -= 1) {
    const at = next(bytes.length - 4);
    const kind = next(3);
    if (kind === 0) bytes[at] = next(256);
    else if (kind === 1) bytes[at]! ^= 1 << next(8);
    else bytes.writeUInt32BE([0, 16, 65_536, 0x7fff_ffff, 0xffff_ffff][next(5)]!, at);
  }
  return bytes;
}

describe('a file with damaged bytes', () => {
  it.each(samples)('of %s is cleaned of every trace or held back', async (_, type, make) => {
    const content = await make();
    const outcomes = { cleaned: 0, held: 0 };
    for (let seed = 1; seed <= RUNS; seed += 1) {
      const bad = mutated(content, numbers(seed * 7_919));
      try {
        const copy = await CLEANERS[type]!(bad);
        expect([seed, tracesIn(copy.content)]).toEqual([seed, []]);
        outcomes.cleaned += 1;
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (!(error instanceof HeldBack) && !code?.startsWith('ERR_')) throw error;
        outcomes.held += 1;
      }
    }
    expect(outcomes.cleaned + outcomes.held).toBe(RUNS);
  });

  const holds = async (content: Buffer, type: MediaType, why: string): Promise<void> =>
    expect(await clean(content, type)).toEqual({ kind: 'held', why });
  const replaced = (content: Buffer, from: string, to: string): Buffer => {
    const text = content.toString('latin1');
    expect(text).toContain(from);
    return Buffer.from(text.replace(from, to), 'latin1');
  };

  it('of PDF is held back when a photo is told to be none, or is coded in a way nobody knows', async () => {
    const plain = await pdf({ useObjectStreams: false });
    await holds(replaced(plain, '/DCTDecode', '/DCT      '), 'application/pdf', 'NO-CLEANER');
    await holds(replaced(plain, '/Filter /DCTDecode', '/Filtor /DCTDecode'), 'application/pdf', 'BROKEN');
  });

  it('of PDF is held back when a stream has no end of its own and would take others with it', async () => {
    const plain = await pdf({ useObjectStreams: false, extend: leaveTraces });
    await holds(replaced(plain, 'endstream', 'endstrxxm'), 'application/pdf', 'BROKEN');
  });

  it('of PDF loses who wrote a remark of no kind, and an address under another key', async () => {
    const plain = await pdf({ useObjectStreams: false, extend: leaveTraces });
    for (const [from, to] of [
      ['/Subtype /Text', '/Subtype /Txet'],
      ['/Rect [ 1 2 3 4 ]', '/Rekt [ 1 2 3 4 ]'],
      ['/URI (', '/URA ('],
    ] as const)
      expect(tracesIn((await cleanedTwice(replaced(plain, from, to), 'application/pdf')).content)).toEqual(
        [],
      );
  });

  it.each([
    ['ID3v1', id3v1()],
    ['APE', apeTag()],
    ['Lyrics3', lyrics3()],
  ])('of MP3 has no %s in the place of the rest of its last frame', async (_, tag) => {
    const cut = mp3Frames(4).subarray(0, -tag.length);
    const copy = await cleanedTwice(Buffer.concat([cut, tag]), 'audio/mpeg');
    expect(tracesIn(copy.content)).toEqual([]);
    const longer = await cleanedTwice(Buffer.concat([cut, tag, Buffer.alloc(9, 'x')]), 'audio/mpeg');
    expect(tracesIn(longer.content)).toEqual([]);
  });

  it('of MP3 loses no frame to a tag that says it is longer', async () => {
    const copy = await cleanedTwice(Buffer.concat([mp3Frames(), apeTag().subarray(32)]), 'audio/mpeg');
    expect(copy.content.equals(mp3Frames())).toBe(true);
  });

  it.each(['mvhd', 'tkhd', 'mdhd', 'smhd', 'stts', 'stsc', 'stsz', 'stco'])(
    'of M4A has nothing behind the end of its box %s',
    async (type) => {
      const plain = (await cleanedTwice(m4a().content, 'audio/mp4')).content;
      const at = plain.indexOf(type) - 4;
      const size = plain.readUInt32BE(at);
      const hidden = Buffer.from(SECRET.padEnd(32));
      const longer = Buffer.concat([plain.subarray(0, at + size), hidden, plain.subarray(at + size)]);
      for (const outer of ['moov', 'trak', 'mdia', 'minf', 'stbl']) {
        const place = longer.indexOf(outer) - 4;
        const end = place + longer.readUInt32BE(place);
        if (place < at && end > at) longer.writeUInt32BE(end - place + hidden.length, place);
      }
      longer.writeUInt32BE(size + hidden.length, at);
      const position = longer.indexOf('stco') + 12;
      longer.writeUInt32BE(longer.readUInt32BE(position) + hidden.length, position);
      expect(tracesIn(longer)).toEqual([SECRET]);
      const copy = await cleanedTwice(longer, 'audio/mp4');
      expect([tracesIn(copy.content), copy.removed]).toEqual([[], ['CUSTOM-DATA']]);
    },
  );
});
