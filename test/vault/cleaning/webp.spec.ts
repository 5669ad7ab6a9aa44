import sharp from 'sharp';
import { clean } from '../../../src/vault/cleaning/clean';
import { rebuildProfile } from '../../../src/vault/cleaning/icc';
import { noise, picture, pixels, riff, riffChunk, withMetadata } from './pictures';
import { AUTHOR, PLACE, SECRET, tracesIn } from './traces';

async function cleaned(content: Buffer): Promise<{ content: Buffer; removed: string[]; turnedBy: number }> {
  const result = await clean(content, 'image/webp');
  if (result.kind === 'held') throw new Error(`held: ${result.why}`);
  return result;
}

const frames = sharp(noise(16 * 48 * 4), { raw: { width: 16, height: 48, channels: 4, pageHeight: 16 } });
const variants: [string, () => Promise<Buffer>][] = [
  ['lossy', () => withMetadata(picture()).webp().toBuffer()],
  ['lossless', () => withMetadata(picture()).webp({ lossless: true }).toBuffer()],
  ['with transparency', () => withMetadata(picture(4)).webp().toBuffer()],
  [
    'animated',
    () =>
      withMetadata(frames.clone())
        .webp({ loop: 3, delay: [50, 60, 70] })
        .toBuffer(),
  ],
];

describe('a WebP picture', () => {
  it.each(variants)('%s keeps every pixel and no trace', async (_, make) => {
    const original = await make();
    expect(tracesIn(original)).toEqual([AUTHOR, PLACE, SECRET]);
    const copy = await cleaned(original);
    expect((await pixels(copy.content)).data.equals((await pixels(original)).data)).toBe(true);
    expect(tracesIn(copy.content)).toEqual([]);
    expect(copy.removed).toEqual(['COLOUR-PROFILE', 'EXIF', 'XMP']);
    expect(copy.turnedBy).toBe(90);
    const [before, after] = [await sharp(original).metadata(), await sharp(copy.content).metadata()];
    expect([
      after.icc?.equals(rebuildProfile(before.icc!)!),
      after.pages,
      after.delay,
      after.loop,
      after.exif,
      after.xmp,
    ]).toEqual([true, before.pages, before.delay, before.loop, undefined, undefined]);
    expect((await cleaned(copy.content)).content.equals(copy.content)).toBe(true);
  });

  it('tells in its header what is still there, and its true size', async () => {
    const copy = (await cleaned(await withMetadata(picture()).webp().toBuffer())).content;
    expect(copy.readUInt32LE(4)).toBe(copy.length - 8);
    expect(copy[20]! & 0b1100).toBe(0);
  });

  it('loses unknown chunks, those in frames too, and what stands behind its end', async () => {
    const original = (await cleaned(await frames.clone().webp().toBuffer())).content;
    const body = original.subarray(12);
    const at = original.indexOf('ANMF');
    const frame = original.subarray(at + 8, at + 8 + original.readUInt32LE(at + 4));
    const planted = riffChunk('ANMF', Buffer.concat([frame, riffChunk('UNKN', Buffer.from(SECRET))]));
    const rest = original.subarray(at + 8 + frame.length + (frame.length % 2));
    const inside = await cleaned(riff('WEBP', original.subarray(12, at), planted, rest));
    expect([inside.removed, inside.content.equals(original)]).toEqual([['CUSTOM-DATA'], true]);
    const beside = await cleaned(riff('WEBP', body, riffChunk('SECR', Buffer.from(SECRET))));
    expect([beside.removed, beside.content.equals(original)]).toEqual([['CUSTOM-DATA'], true]);
    const behind = await cleaned(Buffer.concat([original, Buffer.from(SECRET)]));
    expect([behind.removed, behind.content.equals(original)]).toEqual([['TRAILING'], true]);
  });

  it('is held back when a chunk does not fit or there is no picture', async () => {
    const webp = await picture().webp().toBuffer();
    for (const content of [webp.subarray(0, -10), riff('WEBP'), riff('WEBP', riffChunk('EXIF', noise(8)))])
      expect(await clean(content, 'image/webp')).toEqual({ kind: 'held', why: 'BROKEN' });
  });
});
