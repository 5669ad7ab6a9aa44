import { deflateSync } from 'node:zlib';
import { PDFName } from 'pdf-lib';
import sharp from 'sharp';
import { clean } from '../../../src/vault/cleaning/clean';
import { rebuildProfile } from '../../../src/vault/cleaning/icc';
import type { MediaType } from '../../../src/vault/cleaning/media-type';
import { box, fullBox, u32, withPosition } from './boxes';
import { pdf } from './documents';
import { insertChunks, insertSegments, noise, picture, riffChunk, segment } from './pictures';
import { profileOf, profileWith, staged, tagsOf, telling } from './profiles';
import { AUTHOR, PLACE, SECRET, tracesIn } from './traces';

const NO_PROFILE = Buffer.concat([Buffer.from(`PK\x03\x04${AUTHOR} ${PLACE} ${SECRET}`), noise(200)]);

async function cleaned(content: Buffer, type: MediaType): Promise<{ content: Buffer; removed: string[] }> {
  const result = await clean(content, type);
  if (result.kind === 'held') throw new Error(`held: ${result.why}`);
  return result;
}

/** What a viewer that minds profiles shows. */
function colours(content: Buffer): Promise<Buffer> {
  return sharp(content).toColourspace('srgb').raw().toBuffer();
}

/** A JPEG with a profile in as many segments as it needs. */
async function jpeg(profile: Buffer, size = 60_000): Promise<Buffer> {
  const count = Math.ceil(profile.length / size);
  const segments = Array.from({ length: count }, (_, index) =>
    segment(
      0xe2,
      'ICC_PROFILE\0',
      Buffer.of(index + 1, count),
      profile.subarray(index * size, (index + 1) * size),
    ),
  );
  return insertSegments(await picture().jpeg().toBuffer(), ...segments);
}

async function png(profile: Buffer): Promise<Buffer> {
  const data = Buffer.concat([Buffer.from('Display\0\0'), deflateSync(profile)]);
  return insertChunks(await picture().png().toBuffer(), { type: 'iCCP', data });
}

async function webp(profile: Buffer): Promise<Buffer> {
  const plain = await picture().withIccProfile('p3').webp().toBuffer();
  const at = plain.indexOf('ICCP');
  const length = 8 + plain.readUInt32LE(at + 4) + (plain.readUInt32LE(at + 4) % 2);
  const content = Buffer.concat([
    plain.subarray(0, at),
    riffChunk('ICCP', profile),
    plain.subarray(at + length),
  ]);
  content.writeUInt32LE(content.length - 8, 4);
  return content;
}

/** One picture whose bytes nobody decodes, with a profile among its properties. */
async function heic(profile: Buffer): Promise<Buffer> {
  const data = noise(64);
  return withPosition((position) => [
    box('ftyp', 'heic', u32(0), 'mif1heic'),
    fullBox(
      'meta',
      0,
      0,
      fullBox('hdlr', 0, 0, u32(0), 'pict', Buffer.alloc(12), '\0'),
      fullBox('pitm', 0, 0, Buffer.of(0, 1)),
      fullBox('iloc', 0, 0, Buffer.of(0x44, 0, 0, 1, 0, 1, 0, 0, 0, 1), u32(position + 8, data.length)),
      fullBox('iinf', 0, 0, Buffer.of(0, 1), fullBox('infe', 2, 0, Buffer.of(0, 1, 0, 0), 'hvc1', '\0')),
      box(
        'iprp',
        box('ipco', fullBox('ispe', 0, 0, u32(8, 8)), box('hvcC', noise(20)), box('colr', 'prof', profile)),
        fullBox('ipma', 0, 0, u32(1), Buffer.of(0, 1, 3, 1, 0x82, 3)),
      ),
    ),
    box('mdat', data),
  ]);
}

const CARRIERS: [string, MediaType, (profile: Buffer) => Promise<Buffer>, decodes: boolean][] = [
  ['JPEG', 'image/jpeg', jpeg, true],
  ['JPEG, in many segments', 'image/jpeg', (profile) => jpeg(profile, 300), true],
  ['PNG', 'image/png', png, true],
  ['WebP', 'image/webp', webp, true],
  ['HEIC', 'image/heic', heic, false],
];

describe('a colour profile', () => {
  it.each(['p3', 'srgb', 'cmyk'] as const)('like %s is rebuilt from its colours alone', async (name) => {
    const profile = await profileOf(name);
    const rebuilt = rebuildProfile(telling(profile))!;
    expect(rebuilt.equals(rebuildProfile(profile)!)).toBe(true);
    expect(rebuildProfile(rebuilt)!.equals(rebuilt)).toBe(true);
    expect(tracesIn(telling(profile))).toEqual([AUTHOR, PLACE, SECRET]);
    expect(tracesIn(rebuilt)).toEqual([]);
    const defining = /^([rgb]XYZ|[rgbk]TRC|wtpt|bkpt|chad|A2B\d|B2A\d|cicp)$/;
    const before = tagsOf(profile).filter(([type]) => defining.test(type));
    const after = new Map(tagsOf(rebuilt));
    expect([...after.keys()].sort()).toEqual([...before.map(([type]) => type), 'desc', 'cprt'].sort());
    for (const [type, data] of before) {
      const same = Buffer.from(data).fill(0, 4, 8);
      expect([type, after.get(type)!.subarray(0, same.length).equals(same)]).toEqual([type, true]);
    }
  });

  it('keeps no byte of its header but version, kind, colours and intent', async () => {
    const profile = await profileOf('p3');
    const rebuilt = rebuildProfile(telling(profile))!;
    const kept = Buffer.from(rebuilt.subarray(0, 128));
    expect(kept.subarray(12, 24).equals(profile.subarray(12, 24))).toBe(true);
    expect(kept.toString('latin1', 36, 40)).toBe('acsp');
    for (const [from, to] of [
      [0, 4],
      [8, 10],
      [12, 24],
      [36, 40],
      [64, 80],
    ])
      kept.fill(0, from, to);
    expect(kept.equals(Buffer.alloc(128))).toBe(true);
  });

  it('in stages loses what stands between them', async () => {
    const profile = await profileOf('cmyk');
    const rgb = Buffer.from(profile.subarray(0, 128));
    rgb.write('RGB ', 16, 'latin1');
    rgb[8] = 4;
    const told = profileWith(rgb, [['A2B0', staged()]]);
    expect(tracesIn(told, [SECRET])).toEqual([SECRET]);
    const rebuilt = rebuildProfile(told)!;
    expect(tracesIn(rebuilt, [SECRET, 'WXYZ', SECRET.slice(0, 13)])).toEqual([]);
    const [, stages] = tagsOf(rebuilt).find(([type]) => type === 'A2B0')!;
    expect(stages.length).toBe(32 + 3 * 48 + 48 + 44);
    expect(rebuildProfile(rebuilt)!.equals(rebuilt)).toBe(true);
  });

  it('that is none, is cut off, or says nothing of colours is not rebuilt', async () => {
    const profile = await profileOf('p3');
    const without = tagsOf(profile).filter(([type]) => type !== 'gXYZ');
    const odd = tagsOf(profile).map(([type, data]): [string, Buffer] => [
      type,
      type === 'rTRC' ? Buffer.from('text\0\0\0\0abcdefgh') : data,
    ]);
    for (const wrong of [
      Buffer.alloc(0),
      NO_PROFILE,
      profile.subarray(0, 300),
      profileWith(profile, without),
      profileWith(profile, odd),
      Buffer.from(profile).fill('link', 12, 16),
    ])
      expect(rebuildProfile(wrong)).toBeNull();
  });
});

describe.each(CARRIERS)('a colour profile in a picture: %s', (_, type, make, decodes) => {
  it('loses all it tells of devices, and pictures look the same', async () => {
    const profile = await profileOf('p3');
    const original = await make(telling(profile));
    expect(tracesIn(original).length).toBeGreaterThan(0);
    const copy = await cleaned(original, type);
    expect([tracesIn(copy.content), copy.removed]).toEqual([[], ['COLOUR-PROFILE']]);
    const again = await cleaned(copy.content, type);
    expect([again.content.equals(copy.content), again.removed]).toEqual([true, []]);
    expect(tracesIn(copy.content, ['acsp'])).toEqual(['acsp']);
    if (!decodes) return;
    const shown = await colours(original);
    expect((await colours(copy.content)).equals(shown)).toBe(true);
    // The profile is heeded: without it the same picture looks different.
    expect((await colours((await cleaned(await make(NO_PROFILE), type)).content)).equals(shown)).toBe(false);
  });

  it('goes when it cannot be read, and that is told', async () => {
    const copy = await cleaned(await make(NO_PROFILE), type);
    expect([tracesIn(copy.content), copy.removed]).toEqual([[], ['COLOUR-PROFILE']]);
    for (const gone of ['ICC_PROFILE', 'iCCP', 'ICCP', 'colr'])
      expect([gone, copy.content.includes(gone)]).toEqual([gone, false]);
    expect((await cleaned(copy.content, type)).removed).toEqual([]);
    if (decodes) expect((await sharp(copy.content).metadata()).icc).toBeUndefined();
  });
});

describe('a colour profile in a PDF', () => {
  const withProfile = (profile: Buffer): Promise<Buffer> =>
    pdf({
      extend: (document) => {
        const { context, catalog } = document;
        const stream = context.register(context.flateStream(profile, { N: 3 }));
        const spaces = context.obj({ C: ['ICCBased', stream] });
        document.getPage(0).node.Resources()!.set(PDFName.of('ColorSpace'), spaces);
        const intent = { Type: 'OutputIntent', S: 'GTS_PDFA1', DestOutputProfile: stream };
        catalog.set(PDFName.of('OutputIntents'), context.obj([intent]));
      },
    });

  it('loses all it tells of devices', async () => {
    const profile = await profileOf('srgb');
    const original = await withProfile(telling(profile));
    const copy = await cleaned(original, 'application/pdf');
    expect(tracesIn(copy.content)).toEqual([]);
    expect(copy.removed).toContain('COLOUR-PROFILE');
    expect(copy.content.includes(deflateSync(rebuildProfile(profile)!))).toBe(true);
    const again = await cleaned(copy.content, 'application/pdf');
    expect([again.content.equals(copy.content), again.removed]).toEqual([true, []]);
  });

  it('goes when it cannot be read, and colours of the device stand in its place', async () => {
    const copy = await cleaned(await withProfile(NO_PROFILE), 'application/pdf');
    const text = copy.content.toString('latin1');
    expect([tracesIn(copy.content), copy.removed.includes('COLOUR-PROFILE')]).toEqual([[], true]);
    expect(text).toContain('/C [/DeviceRGB]');
    expect(text).not.toMatch(/ICCBased|DestOutputProfile/);
  });
});
