import sharp from 'sharp';
import { clean } from '../../../src/vault/cleaning/clean';
import { box, fullBox, u16, u32, withPosition } from './boxes';
import { noise, picture, pixels, withMetadata, XMP } from './pictures';
import { AUTHOR, PLACE, SECRET, tracesIn } from './traces';

async function cleaned(content: Buffer): Promise<{ content: Buffer; removed: string[]; turnedBy: number }> {
  const result = await clean(content, 'image/heic');
  if (result.kind === 'held') throw new Error(`held: ${result.why}`);
  return result;
}

interface Part {
  id: number;
  type: string;
  data: Buffer;
  protectedBy?: number;
}
const GRID = Buffer.from('0000000100200010', 'hex');
const coded = (start: number): Buffer => noise(400).subarray(start, start + 64);
const PARTS: Part[] = [
  { id: 2, type: 'hvc1', data: coded(0) },
  { id: 3, type: 'hvc1', data: coded(64) },
  { id: 4, type: 'Exif', data: Buffer.from(`\0\0\0\0II*\0${PLACE}`) },
  { id: 5, type: 'mime', data: Buffer.from(XMP) },
  { id: 6, type: 'hvc1', data: coded(128) },
  { id: 7, type: 'hvc1', data: coded(192) },
  { id: 8, type: 'hvc1', data: coded(256) },
];
const KEPT = [2, 3, 7];

/** A picture of two tiles with transparency, a thumbnail, a depth map, Exif and XMP, as phones write it. */
function heic(parts = PARTS, extra: Buffer[] = []): { content: Buffer; at: Map<number, number> } {
  const at = new Map<number, number>();
  const content = withPosition((position) => {
    let next = position + 8 + SECRET.length;
    for (const { id, data } of parts) {
      at.set(id, next);
      next += data.length;
    }
    const infe = ({ id, type, protectedBy }: Part): Buffer =>
      fullBox(
        'infe',
        2,
        0,
        u16(id, protectedBy ?? 0),
        type,
        `${AUTHOR}\0`,
        type === 'mime' ? 'application/rdf+xml\0' : '',
      );
    const iloc = fullBox(
      'iloc',
      1,
      0,
      Buffer.of(0x44, 0x00),
      u16(parts.length + 1),
      u16(1, 1, 0, 1),
      u32(0, GRID.length),
      ...parts.map(({ id, data }) => Buffer.concat([u16(id, 0, 0, 1), u32(at.get(id)!, data.length)])),
    );
    const reference = (type: string, from: number, ...to: number[]): Buffer =>
      box(type, u16(from, to.length, ...to));
    const auxiliary = (urn: string): Buffer => fullBox('auxC', 0, 0, `${urn}\0`);
    const ipco = box(
      'ipco',
      fullBox('ispe', 0, 0, u32(32, 16)),
      box('hvcC', noise(20)),
      fullBox('udes', 0, 0, `en\0${SECRET}\0\0\0`),
      auxiliary('urn:mpeg:hevc:2015:auxid:1'),
      auxiliary('urn:mpeg:hevc:2015:auxid:2'),
      box('irot', Buffer.of(1)),
    );
    const associations = [
      [1, 0x81, 3, 0x86],
      [2, 1, 0x82],
      [3, 1, 0x82],
      [6, 1, 0x82],
      [7, 1, 0x82, 4],
      [8, 1, 0x82, 5],
    ].map(([id, ...properties]) => Buffer.concat([u16(id!), Buffer.of(properties.length, ...properties)]));
    return [
      box('ftyp', 'heic', u32(0), 'mif1heic'),
      fullBox(
        'meta',
        0,
        0,
        fullBox('hdlr', 0, 0, u32(0), 'pict', Buffer.alloc(12), `${SECRET}\0`),
        fullBox('pitm', 0, 0, u16(1)),
        iloc,
        fullBox(
          'iinf',
          0,
          0,
          u16(parts.length + 1),
          ...[{ id: 1, type: 'grid', data: GRID }, ...parts].map(infe),
        ),
        fullBox(
          'iref',
          0,
          0,
          reference('dimg', 1, 2, 3),
          reference('cdsc', 4, 1),
          reference('cdsc', 5, 1),
          reference('thmb', 6, 1),
          reference('auxl', 7, 1),
          reference('auxl', 8, 1),
        ),
        box('iprp', ipco, fullBox('ipma', 0, 0, u32(associations.length), ...associations)),
        box('idat', GRID, SECRET),
      ),
      ...extra,
      box('mdat', SECRET, ...parts.map(({ data }) => data)),
    ];
  });
  return { content, at };
}

describe('a HEIC picture', () => {
  it('keeps the coded bytes of its tiles and transparency where they are, and nothing else', async () => {
    const { content, at } = heic();
    expect(tracesIn(content)).toEqual([AUTHOR, PLACE, SECRET]);
    const copy = await cleaned(content);
    for (const { id, data } of PARTS) {
      const there = copy.content.subarray(at.get(id), at.get(id)! + data.length);
      const expected = KEPT.includes(id) ? data : Buffer.alloc(there.length);
      expect([id, there.equals(expected)]).toEqual([id, true]);
    }
    expect(tracesIn(copy.content)).toEqual([]);
    expect(copy.content.includes(GRID)).toBe(true);
    for (const gone of ['Exif', 'mime', 'thmb', 'cdsc', 'udes', 'rdf+xml', 'auxid:2'])
      expect([gone, copy.content.includes(gone)]).toEqual([gone, false]);
    for (const there of ['irot', 'ispe', 'hvcC', 'auxid:1', 'dimg', 'auxl'])
      expect([there, copy.content.includes(there)]).toEqual([there, true]);
    expect(copy.removed).toEqual(['CUSTOM-DATA', 'EXIF', 'OTHER-PICTURES', 'THUMBNAIL', 'XMP']);
  });

  it('cleaned twice gives the same bytes', async () => {
    const once = (await cleaned(heic().content)).content;
    expect((await cleaned(once)).content.equals(once)).toBe(true);
  });

  it('loses boxes of makers and what stands behind its end, and moves nothing', async () => {
    const extra = [box('uuid', noise(16), SECRET), box('mpvd', SECRET)];
    const { content, at } = heic(PARTS, extra);
    const copy = await cleaned(Buffer.concat([content, Buffer.from(SECRET)]));
    expect(copy.removed).toContain('TRAILING');
    expect(tracesIn(copy.content)).toEqual([]);
    expect(copy.content.subarray(at.get(2), at.get(2)! + 64).equals(PARTS[0]!.data)).toBe(true);
  });

  it('is held back when it is cut off, protected, or a sequence', async () => {
    const { content } = heic();
    const locked = heic([{ ...PARTS[0]!, protectedBy: 1 }, ...PARTS.slice(1)]).content;
    const sequence = heic(PARTS, [box('moov')]).content;
    const huge = Buffer.from(content);
    huge.writeUInt32BE(0xffff_ffff, huge.indexOf('ispe') + 8);
    for (const [name, file, why] of [
      ['cut off', content.subarray(0, -200), 'BROKEN'],
      ['without tiles', heic(PARTS.slice(1)).content, 'BROKEN'],
      ['protected', locked, 'ENCRYPTED'],
      ['sequence', sequence, 'NO-CLEANER'],
      ['coded as JPEG', heic([{ ...PARTS[0]!, type: 'jpeg' }, ...PARTS.slice(1)]).content, 'NO-CLEANER'],
      ['huge', huge, 'BOMB'],
    ] as const)
      expect([name, await clean(file, 'image/heic')]).toEqual([name, { kind: 'held', why }]);
  });
});

describe('an AVIF picture', () => {
  it.each([
    [
      'of colours',
      () =>
        withMetadata(picture(3, 64, 48))
          .avif({ effort: 0 })
          .toBuffer(),
    ],
    [
      'with transparency',
      () =>
        withMetadata(picture(4, 64, 48))
          .avif({ effort: 0 })
          .toBuffer(),
    ],
  ])('%s keeps every pixel and no trace', async (_, make) => {
    const original = await make();
    expect(tracesIn(original)).toEqual([AUTHOR, PLACE, SECRET]);
    const copy = await cleaned(original);
    expect((await pixels(copy.content)).data.equals((await pixels(original)).data)).toBe(true);
    expect(tracesIn(copy.content)).toEqual([]);
    expect(copy.removed).toEqual(['COLOUR-PROFILE', 'EXIF', 'XMP']);
    const after = await sharp(copy.content).metadata();
    expect([after.exif, after.xmp, after.icc !== undefined]).toEqual([undefined, undefined, true]);
    expect((await cleaned(copy.content)).content.equals(copy.content)).toBe(true);
  });
});
