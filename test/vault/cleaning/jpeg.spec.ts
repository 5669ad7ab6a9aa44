import sharp from 'sharp';
import { clean } from '../../../src/vault/cleaning/clean';
import { rebuildProfile } from '../../../src/vault/cleaning/icc';
import { u32 } from './boxes';
import { insertSegments, noise, picture, pixels, segment, withMetadata } from './pictures';
import { AUTHOR, PLACE, SECRET, tracesIn } from './traces';

async function cleaned(content: Buffer): Promise<{ content: Buffer; removed: string[]; turnedBy: number }> {
  const result = await clean(content, 'image/jpeg');
  if (result.kind === 'held') throw new Error(`held: ${result.why}`);
  return result;
}

const variants: [string, () => Promise<Buffer>][] = [
  ['baseline', () => withMetadata(picture()).jpeg().toBuffer()],
  ['progressive', () => withMetadata(picture()).jpeg({ progressive: true }).toBuffer()],
  ['grey', () => withMetadata(picture(1)).jpeg().toBuffer()],
  ['4:4:4', () => withMetadata(picture()).jpeg({ chromaSubsampling: '4:4:4' }).toBuffer()],
  [
    'CMYK with the marker of Adobe',
    () =>
      picture()
        .toColourspace('cmyk')
        .withExif({ IFD0: { Artist: AUTHOR, Copyright: SECRET, ImageDescription: PLACE } })
        .jpeg()
        .toBuffer(),
  ],
];

describe('a JPEG picture', () => {
  it.each(variants)('%s keeps every pixel and no trace', async (_, make) => {
    const original = await make();
    expect(tracesIn(original)).toEqual([AUTHOR, PLACE, SECRET]);
    const copy = await cleaned(original);
    const [before, after] = [await pixels(original), await pixels(copy.content)];
    expect(after.info).toMatchObject({ width: before.info.width, height: before.info.height });
    expect(after.data.equals(before.data)).toBe(true);
    expect(tracesIn(copy.content)).toEqual([]);
    expect((await sharp(copy.content).metadata()).exif).toBeUndefined();
    expect((await cleaned(copy.content)).content.equals(copy.content)).toBe(true);
    expect((await cleaned(copy.content)).removed).toEqual([]);
  });

  it('keeps what its colour profile says of colours, and the marker of Adobe byte for byte', async () => {
    const original = await withMetadata(picture()).jpeg().toBuffer();
    const [before, after] = [
      await sharp(original).metadata(),
      await sharp((await cleaned(original)).content).metadata(),
    ];
    expect(before.icc).toBeDefined();
    expect(after.icc?.equals(rebuildProfile(before.icc!)!)).toBe(true);
    const cmyk = (await cleaned(await picture().toColourspace('cmyk').jpeg().toBuffer())).content;
    expect(cmyk.includes('Adobe')).toBe(true);
  });

  it.each([
    [1, 0],
    [3, 180],
    [6, 90],
    [8, 270],
  ])('held as %i has to be turned by %i degrees', async (orientation, turnedBy) => {
    const original = await withMetadata(picture(), orientation).jpeg().toBuffer();
    const copy = await cleaned(original);
    expect(copy.turnedBy).toBe(turnedBy);
    const upright = await sharp(original).autoOrient().raw().toBuffer();
    expect((await sharp(copy.content).rotate(turnedBy).raw().toBuffer()).equals(upright)).toBe(true);
  });

  it('loses each kind of segment that is not needed, and says which', async () => {
    const plain = (await cleaned(await picture().jpeg().toBuffer())).content;
    const kinds: [string, Buffer][] = [
      ['COMMENT', segment(0xfe, SECRET)],
      ['IPTC', segment(0xed, 'Photoshop 3.0\0', SECRET)],
      ['XMP', segment(0xe1, 'http://ns.adobe.com/xap/1.0/\0', SECRET)],
      ['EXIF', segment(0xe1, 'Exif\0\0', SECRET)],
      ['THUMBNAIL', segment(0xe0, 'JFXX\0\x10', SECRET)],
      ['OTHER-PICTURES', segment(0xe2, 'MPF\0', SECRET)],
      ['CUSTOM-DATA', segment(0xe5, SECRET)],
    ];
    for (const [code, extra] of kinds) {
      const copy = await cleaned(insertSegments(plain, extra));
      expect([code, copy.removed, copy.content.equals(plain)]).toEqual([code, [code], true]);
    }
    const behind = await cleaned(Buffer.concat([plain, Buffer.from(`PK\x03\x04${SECRET}`)]));
    expect([behind.removed, behind.content.equals(plain)]).toEqual([['TRAILING'], true]);
  });

  it('keeps tables of fixed length that are as long as they say', async () => {
    const plain = (await cleaned(await picture().jpeg().toBuffer())).content;
    const restarts = insertSegments(plain, segment(0xdd, '\0\0'));
    const copy = await cleaned(restarts);
    expect([copy.removed, copy.content.equals(restarts)]).toEqual([[], true]);
  });

  it('loses the thumbnail in its JFIF header and what hides behind the marker of Adobe', async () => {
    const jfif = segment(0xe0, 'JFIF\0\x01\x02\0\0\x01\0\x01\x02\x02', noise(12));
    const adobe = segment(0xee, 'Adobe\0\x64\0\0\0\0\x01', SECRET);
    const copy = await cleaned(insertSegments(await picture().jpeg().toBuffer(), jfif, adobe));
    expect(copy.removed).toEqual(['THUMBNAIL']);
    expect(copy.content.includes(noise(12))).toBe(false);
    expect(tracesIn(copy.content)).toEqual([]);
  });

  it('loses the thumbnail inside its Exif data and says so', async () => {
    const thumbnail = noise(64);
    const directory = (next: number): Buffer => Buffer.concat([Buffer.of(0, 0), u32(next)]);
    const tiff = Buffer.concat([Buffer.from('MM\0*'), u32(8), directory(14), directory(0), thumbnail]);
    const copy = await cleaned(
      insertSegments(await picture().jpeg().toBuffer(), segment(0xe1, 'Exif\0\0', tiff)),
    );
    expect(copy.removed).toEqual(['EXIF', 'THUMBNAIL']);
    expect(copy.content.includes(thumbnail)).toBe(false);
  });

  it('is held back when it is broken or would unfold too far', async () => {
    const jpeg = await picture().jpeg().toBuffer();
    const huge = Buffer.from(jpeg);
    const frame = huge.indexOf(Buffer.of(0xff, 0xc0));
    huge.writeUInt32BE(0xffff_ffff, frame + 5);
    for (const [content, why] of [
      [jpeg.subarray(0, -2), 'BROKEN'],
      [jpeg.subarray(2), 'BROKEN'],
      [insertSegments(jpeg, segment(0xdb, Buffer.concat([Buffer.alloc(65), Buffer.from(SECRET)]))), 'BROKEN'],
      [Buffer.concat([jpeg.subarray(0, 2), Buffer.of(0xff, 0xd9)]), 'BROKEN'],
      ...[0xcc, 0xdc, 0xdd, 0xde, 0xdf].map(
        (code) => [insertSegments(jpeg, segment(code, '\0\0', SECRET)), 'BROKEN'] as const,
      ),
      [huge, 'BOMB'],
    ] as const)
      expect(await clean(content, 'image/jpeg')).toEqual({ kind: 'held', why });
  });
});
