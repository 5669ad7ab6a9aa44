import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { clean } from '../../../src/vault/cleaning/clean';
import { rebuildProfile } from '../../../src/vault/cleaning/icc';
import {
  insertChunks,
  noise,
  picture,
  pixels,
  png,
  pngChunks,
  withMetadata,
  XMP,
  zText,
  type PngChunk,
} from './pictures';
import { AUTHOR, PLACE, SECRET, tracesIn } from './traces';

async function cleaned(content: Buffer): Promise<{ content: Buffer; removed: string[]; turnedBy: number }> {
  const result = await clean(content, 'image/png');
  if (result.kind === 'held') throw new Error(`held: ${result.why}`);
  return result;
}

const ushort = (): Buffer => noise(20 * 10 * 3 * 2);
const variants: [string, () => Promise<Buffer>][] = [
  ['of true colour', () => picture().png().toBuffer()],
  ['with transparency', () => picture(4).png().toBuffer()],
  ['grey', () => picture(1).png().toBuffer()],
  ['with a palette', () => picture(3, 16, 16).png({ palette: true, colours: 16 }).toBuffer()],
  ['with a palette and transparency', () => picture(4, 16, 16).png({ palette: true }).toBuffer()],
  ['interlaced', () => picture().png({ progressive: true }).toBuffer()],
  ['narrow and interlaced', () => picture(3, 1, 3).png({ progressive: true }).toBuffer()],
  [
    'of 16 bits',
    () =>
      sharp(new Uint16Array(ushort().buffer, ushort().byteOffset, 600), {
        raw: { width: 20, height: 10, channels: 3 },
      })
        .toColourspace('rgb16')
        .png()
        .toBuffer(),
  ],
];

const planted: PngChunk[] = [
  zText('Author', AUTHOR),
  { type: 'iTXt', data: Buffer.from(`XML:com.adobe.xmp\0\0\0\0\0${XMP}`) },
  { type: 'tEXt', data: Buffer.from(`Comment\0${PLACE}`) },
  { type: 'tIME', data: Buffer.from('07ea0b18151f00', 'hex') },
  { type: 'prVt', data: Buffer.from(SECRET) },
];

/** Two frames: the still picture and one of the same size. */
function animated(still: Buffer): Buffer {
  const [ihdr, ...others] = pngChunks(still);
  const [width, height] = [ihdr!.data.readUInt32BE(0), ihdr!.data.readUInt32BE(4)];
  const control = (sequence: number): PngChunk => {
    const data = Buffer.alloc(26);
    [sequence, width, height].forEach((value, index) => data.writeUInt32BE(value, index * 4));
    return { type: 'fcTL', data };
  };
  const idat = others.filter(({ type }) => type === 'IDAT');
  const frame = Buffer.concat([Buffer.of(0, 0, 0, 2), ...idat.map(({ data }) => data)]);
  const acTL = { type: 'acTL', data: Buffer.from('0000000200000000', 'hex') };
  return png([ihdr!, acTL, control(0), ...idat, control(1), { type: 'fdAT', data: frame }, others.at(-1)!]);
}

describe('a PNG picture', () => {
  it.each(variants)('%s keeps every pixel and no trace', async (_, make) => {
    const plain = await make();
    const original = insertChunks(plain, ...planted);
    expect(tracesIn(original)).toEqual([AUTHOR, PLACE, SECRET]);
    const copy = await cleaned(original);
    const [before, after] = [await pixels(original), await pixels(copy.content)];
    expect(after.data.equals(before.data)).toBe(true);
    expect((await sharp(copy.content).metadata()).depth).toBe((await sharp(original).metadata()).depth);
    expect(tracesIn(copy.content)).toEqual([]);
    expect(copy.removed).toEqual(['COMMENT', 'CUSTOM-DATA', 'TIME', 'XMP']);
    expect((await cleaned(copy.content)).content.equals(copy.content)).toBe(true);
  });

  it('loses what programs write, keeps what its profile says of colours and says how it was held', async () => {
    const original = await withMetadata(picture(), 8).png().toBuffer();
    expect(tracesIn(original)).toEqual([AUTHOR, PLACE, SECRET]);
    const copy = await cleaned(original);
    expect(tracesIn(copy.content)).toEqual([]);
    expect(copy.turnedBy).toBe(270);
    const [before, after] = [await sharp(original).metadata(), await sharp(copy.content).metadata()];
    expect(after.icc?.equals(rebuildProfile(before.icc!)!)).toBe(true);
    expect((await pixels(copy.content)).data.equals((await pixels(original)).data)).toBe(true);
  });

  it('does not keep the name of its colour profile', async () => {
    const profile = (await sharp(await withMetadata(picture()).png().toBuffer()).metadata()).icc!;
    const iccp = { type: 'iCCP', data: Buffer.concat([Buffer.from(`${SECRET}\0\0`), deflateSync(profile)]) };
    const copy = await cleaned(insertChunks(await picture().png().toBuffer(), iccp));
    expect(tracesIn(copy.content)).toEqual([]);
    expect((await sharp(copy.content).metadata()).icc?.equals(rebuildProfile(profile)!)).toBe(true);
  });

  it.each([
    ['a list of colours', { type: 'sPLT', data: Buffer.from(`${SECRET}\0\x08`) }],
    ['how often colours are used', { type: 'hIST', data: Buffer.from(SECRET) }],
    ['the same twice', { type: 'pHYs', data: Buffer.alloc(9, 1) }],
  ])('loses %s, which changes no pixel', async (_, chunk) => {
    const plain = (await cleaned(await picture().png().toBuffer())).content;
    const once = (await cleaned(insertChunks(plain, chunk))).content;
    expect((await pixels(once)).data.equals((await pixels(plain)).data)).toBe(true);
    const copy = await cleaned(insertChunks(once, chunk, chunk));
    expect([copy.removed, copy.content.equals(once)]).toEqual([['CUSTOM-DATA'], true]);
  });

  it('keeps the frames of an animation byte for byte', async () => {
    const original = animated(await picture().png().toBuffer());
    const copy = await cleaned(insertChunks(original, ...planted));
    expect(copy.content.equals(original)).toBe(true);
  });

  it('loses what stands behind its end', async () => {
    const plain = await picture().png().toBuffer();
    const copy = await cleaned(Buffer.concat([plain, Buffer.from(SECRET)]));
    expect(copy.removed).toContain('TRAILING');
    expect(tracesIn(copy.content)).toEqual([]);
  });

  it('is held back when a byte, a length or the order is wrong, or something hides in its data', async () => {
    const plain = await picture().png().toBuffer();
    const [ihdr, ...others] = pngChunks(plain);
    const idat = others.find(({ type }) => type === 'IDAT')!;
    const end = others.at(-1)!;
    const bomb = { type: 'IHDR', data: Buffer.concat([Buffer.alloc(8, 0x7f), ihdr!.data.subarray(8)]) };
    const hidden = { type: 'IDAT', data: Buffer.concat([idat.data, Buffer.from(SECRET)]) };
    const longer = { type: 'IDAT', data: deflateSync(noise(33 * 21 * 3 + 21 + 1)) };
    for (const [name, content, why] of [
      ['checksum', Buffer.from(plain).fill(0, plain.length - 20, plain.length - 16), 'BROKEN'],
      ['no end', plain.subarray(0, -12), 'BROKEN'],
      ['unknown critical chunk', insertChunks(plain, { type: 'SECr', data: Buffer.alloc(3) }), 'BROKEN'],
      ['hidden behind', png([ihdr!, hidden, end]), 'BROKEN'],
      ['hidden in a chunk', png([ihdr!, idat, { type: 'IDAT', data: Buffer.from(SECRET) }, end]), 'BROKEN'],
      ['more picture', png([ihdr!, longer, end]), 'BROKEN'],
      ['no picture', png([ihdr!, end]), 'BROKEN'],
      [
        'a gamma of another length',
        insertChunks(plain, { type: 'gAMA', data: Buffer.from('abc') }),
        'BROKEN',
      ],
      ['a header twice', png([ihdr!, ihdr!, idat, end]), 'BROKEN'],
      ['bomb', png([bomb, idat, end]), 'BOMB'],
    ] as const)
      expect([name, await clean(content, 'image/png')]).toEqual([name, { kind: 'held', why }]);
  });
});
