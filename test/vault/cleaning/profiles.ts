import sharp from 'sharp';
import { u16, u32 } from './boxes';
import { picture } from './pictures';
import { AUTHOR, PLACE, SECRET } from './traces';

/** The profile that sharp writes into a picture. */
export async function profileOf(name: 'p3' | 'srgb' | 'cmyk'): Promise<Buffer> {
  const space = name === 'cmyk' ? 'cmyk' : 'srgb';
  const jpeg = await picture().toColourspace(space).withIccProfile(name).jpeg().toBuffer();
  return (await sharp(jpeg).metadata()).icc!;
}

export type Tag = [type: string, data: Buffer];

export function tagsOf(profile: Buffer): Tag[] {
  return Array.from({ length: profile.readUInt32BE(128) }, (_, index) => {
    const at = 132 + index * 12;
    const from = profile.readUInt32BE(at + 4);
    return [
      profile.toString('latin1', at, at + 4),
      profile.subarray(from, from + profile.readUInt32BE(at + 8)),
    ];
  });
}

const aligned = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);

export function profileWith(header: Buffer, tags: readonly Tag[], gap = Buffer.alloc(0)): Buffer {
  const parts = [aligned(gap), ...tags.map(([, data]) => aligned(data))];
  let at = 132 + tags.length * 12 + parts[0]!.length;
  const table: Buffer[] = [];
  for (const [index, [type, data]] of tags.entries()) {
    table.push(Buffer.from(type, 'latin1'), u32(at, data.length));
    at += parts[index + 1]!.length;
  }
  const all = Buffer.concat([header.subarray(0, 128), u32(tags.length), ...table, ...parts]);
  all.writeUInt32BE(all.length, 0);
  return all;
}

/** The same colours, and all that a monitor, a camera and a program say of themselves, and more behind every element. */
export function telling(profile: Buffer): Buffer {
  const header = Buffer.from(profile.subarray(0, 128));
  header.write('appl', 4, 'latin1');
  [2026, 11, 24, 23, 14, 7].forEach((value, index) => header.writeUInt16BE(value, 24 + index * 2));
  header.write('MAKEMODL', 48, 'latin1');
  header.write('JANE', 80, 'latin1');
  header.write(SECRET, 100, 'latin1');
  const text = (words: string): Buffer => Buffer.from(`text\0\0\0\0${words}\0`);
  const longer = tagsOf(profile).map(([type, data]): Tag => [
    type,
    Buffer.concat([data, Buffer.from(SECRET)]),
  ]);
  return profileWith(
    header,
    [
      ...longer.filter(([type]) => type !== 'desc'),
      ['desc', text(`Display of ${AUTHOR}`)],
      ['dmnd', text(AUTHOR)],
      ['mmod', Buffer.from(`mmod\0\0\0\0${PLACE}`)],
      ['calt', Buffer.concat([Buffer.from('dtim\0\0\0\0'), u16(2026, 11, 24, 23, 14, 7)])],
      ['vcgt', Buffer.from(`vcgt\0\0\0\0${SECRET}`)],
      ['zzzz', Buffer.from(`PK\x03\x04${SECRET}`)],
    ],
    Buffer.from(SECRET),
  );
}

/** A matrix, curves and a table in stages, with gaps between them (ICC.1, 10.12). */
export function staged(): Buffer {
  const curve = (): Buffer => Buffer.concat([Buffer.from('para\0\0\0\0'), u16(0, 0), u32(0x1_0000)]);
  const three = Buffer.concat([curve(), curve(), curve()]);
  const gap = Buffer.from(SECRET.padEnd(28));
  const grid = Buffer.concat([
    Buffer.of(2, 2, 2),
    Buffer.from(SECRET).subarray(0, 13),
    Buffer.of(1),
    Buffer.from('abc'),
  ]);
  const cells = Buffer.alloc(24, 7);
  const matrix = Buffer.alloc(48, 1);
  const at = [32 + 28];
  for (const length of [three.length, 48, three.length, 44]) at.push(at.at(-1)! + length + 28);
  return Buffer.concat([
    Buffer.from('mAB '),
    Buffer.from('WXYZ'),
    Buffer.of(3, 3, 90, 91),
    u32(at[0]!, at[1]!, at[2]!, at[3]!, at[4]!),
    gap,
    three,
    gap,
    matrix,
    gap,
    three,
    gap,
    grid,
    cells,
    gap,
    three,
  ]);
}
