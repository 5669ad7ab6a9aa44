import { boxesIn, type Box, type Range } from './boxes';
import { fourLetters, part, u64 } from './bytes';
import { broken, countOf, HeldBack } from './cleaned';

// The tables of items in a HEIF file: ISO/IEC 14496-12, 8.11; ISO/IEC 23008-12, 9. All readers throw HeldBack BROKEN when
// a table is cut off or of an unknown form, BOMB when it is far too long; readItems also ENCRYPTED for a protected item.

/** One entry of the item table: a picture, a tile, Exif, XMP … */
export interface Item {
  id: number;
  type: string;
  contentType: string;
  /** Version, flags, id, protection and type as they stand, up to the name. */
  head: Buffer;
}

export interface Location {
  raw: Buffer;
  /** 0: positions in the file; 1: positions in the box idat. */
  inIdat: boolean;
  ranges: Range[];
}

export interface Reference {
  type: string;
  from: number;
  to: number[];
}

export interface Associations {
  /** Numbers of properties from 1, in the order in which they apply. */
  properties: { index: number; essential: boolean }[];
}

export function readItems(content: Buffer, iinf: Box): Map<number, Item> {
  const counted = content.readUInt8(iinf.body) === 0 ? 2 : 4;
  const items = new Map<number, Item>();
  for (const { type, body, end } of boxesIn(content, iinf.body + 4 + counted, iinf.end)) {
    const version = content.readUInt8(body);
    if (type !== 'infe' || version < 2) throw broken('an item of an unknown form');
    const wide = version === 2 ? 2 : 4;
    const id = content.readUIntBE(body + 4, wide);
    if (content.readUInt16BE(body + 4 + wide) !== 0) throw new HeldBack('ENCRYPTED', 'a protected item');
    const named = body + 10 + wide;
    if (named > end || items.has(id)) throw broken('an item twice or cut off');
    const texts = content.toString('latin1', named, end).split('\0', 2);
    const head = content.subarray(body, named);
    items.set(id, { id, type: fourLetters(content, named - 4), contentType: texts[1] ?? '', head });
  }
  return items;
}

export function readPrimary(content: Buffer, pitm: Box): number {
  return content.readUIntBE(pitm.body + 4, content.readUInt8(pitm.body) === 0 ? 2 : 4);
}

/** `head` is what stands in front of the count; the count and the ids have `wide` bytes. */
export function readLocations(
  content: Buffer,
  iloc: Box,
): { head: Buffer; wide: number; locations: Map<number, Location> } {
  const { body, end } = iloc;
  const version = content.readUInt8(body);
  if (version > 2) throw broken('locations of an unknown form');
  const wide = version < 2 ? 2 : 4;
  const sizes = content.readUInt16BE(body + 4);
  const [offsetSize, lengthSize, baseSize] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15];
  const indexSize = version === 0 ? 0 : sizes & 15;
  if (
    lengthSize === 0 ||
    [offsetSize, lengthSize, baseSize, indexSize].some((size) => ![0, 4, 8].includes(size))
  )
    throw broken('locations with numbers of an unknown size');
  let at = body + 6;
  const number = (size: number): number => {
    at += size;
    if (at > end) throw broken('locations are cut off');
    if (size === 0) return 0;
    return size === 8 ? u64(content, at - 8) : content.readUIntBE(at - size, size);
  };
  const locations = new Map<number, Location>();
  const count = countOf('pieces of pictures');
  for (let left = number(wide); left > 0; left -= 1) {
    const start = at;
    const id = number(wide);
    const method = version === 0 ? 0 : number(2) & 15;
    if (method > 1 || number(2) !== 0 || locations.has(id))
      throw broken('an item that lies elsewhere or twice');
    const base = number(baseSize);
    const ranges: Range[] = [];
    for (let extents = number(2); extents > 0; extents -= 1) {
      count();
      number(indexSize);
      const from = base + number(offsetSize);
      ranges.push({ from, to: from + number(lengthSize) });
    }
    locations.set(id, { raw: content.subarray(start, at), inIdat: method === 1, ranges });
  }
  return { head: content.subarray(body, body + 6), wide, locations };
}

export function readReferences(content: Buffer, iref: Box): Reference[] {
  const wide = content.readUInt8(iref.body) === 0 ? 2 : 4;
  const each = countOf('references');
  return boxesIn(content, iref.body + 4, iref.end).map(({ type, body, end }) => {
    const count = content.readUInt16BE(body + wide);
    each(count);
    const ids = part(content.subarray(0, end), body + wide + 2, count * wide);
    const to = Array.from({ length: count }, (_, index) => ids.readUIntBE(index * wide, wide));
    return { type, from: content.readUIntBE(body, wide), to };
  });
}

/** Adds what one box ipma says to `found`. */
export function readAssociations(content: Buffer, ipma: Box, found: Map<number, Associations>): void {
  const { body, end } = ipma;
  const wide = content.readUInt8(body) === 0 ? 2 : 4;
  const size = content.readUInt8(body + 3) & 1 ? 2 : 1;
  const each = countOf('properties');
  let at = body + 8;
  for (let left = content.readUInt32BE(body + 4); left > 0; left -= 1) {
    const id = content.readUIntBE(at, wide);
    const count = content.readUInt8(at + wide);
    each(count + 1);
    at += wide + 1;
    if (at + count * size > end || found.has(id)) throw broken('properties are cut off or told twice');
    const properties = Array.from({ length: count }, (_, index) => {
      const value = content.readUIntBE(at + index * size, size);
      const essential = size === 2 ? 0x8000 : 0x80;
      return { index: value & (essential - 1), essential: (value & essential) !== 0 };
    });
    found.set(id, { properties });
    at += count * size;
  }
}
