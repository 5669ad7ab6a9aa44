import { fourLetters, u64 } from './bytes';
import { broken, countOf } from './cleaned';

/** A box of the ISO base media file format; positions in bytes from the start of the file. */
export interface Box {
  type: string;
  start: number;
  /** Where its header ends. */
  body: number;
  end: number;
}

/**
 * The boxes that fill `from` to `to`, without their children. Size 0 means up to `to`.
 * Throws HeldBack BROKEN when one does not fit, BOMB for far too many. Source: ISO/IEC 14496-12, 4.2.
 */
export function boxesIn(content: Buffer, from: number, to: number): Box[] {
  const boxes: Box[] = [];
  const count = countOf('boxes');
  for (let at = from; at < to; at = boxes.at(-1)!.end) {
    count();
    boxes.push(boxAt(content, at, to));
  }
  return boxes;
}

/** Far more than cameras and recorders write. */
const MOST_TOP_BOXES = 200;

/**
 * Like boxesIn for a whole file, but tells where it stopped making sense instead of throwing.
 * Throws HeldBack BROKEN only for more boxes than any device writes.
 */
export function topBoxes(content: Buffer): { boxes: Box[]; end: number } {
  const boxes: Box[] = [];
  let end = 0;
  while (end + 8 <= content.length) {
    try {
      boxes.push(boxAt(content, end, content.length));
    } catch {
      break; // whatever stands here is no box; nothing that is kept may lie in it
    }
    end = boxes.at(-1)!.end;
    if (boxes.length > MOST_TOP_BOXES) throw broken('a file in too many pieces');
  }
  return { boxes, end };
}

function boxAt(content: Buffer, start: number, limit: number): Box {
  if (start + 8 > limit) throw broken('a box is cut off');
  let size = content.readUInt32BE(start);
  const type = fourLetters(content, start + 4);
  let body = start + 8;
  if (size === 1) {
    size = u64(content, body);
    body += 8;
  } else if (size === 0) size = limit - start;
  if (type === 'uuid') body += 16;
  if (start + size < body || start + size > limit) throw broken(`box ${type} does not fit`);
  return { type, start, body, end: start + size };
}

/** Turns a box into free space of the same length that holds only zeros, so that nothing else moves. */
export function freeBox(out: Buffer, { start, end }: { start: number; end: number }): void {
  const wide = end - start > 0xffff_ffff;
  out.fill(0, start, end);
  out.writeUInt32BE(wide ? 1 : end - start, start);
  out.write('free', start + 4, 'latin1');
  if (wide) out.writeBigUInt64BE(BigInt(end - start), start + 8);
}

/** A new box around its content. */
export function box(type: string, ...content: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(8, `0000${type}`, 'latin1');
  head.writeUInt32BE(8 + content.reduce((sum, { length }) => sum + length, 0), 0);
  return Buffer.concat([head, ...content]);
}

/** Bytes of a file that stay. */
export interface Range {
  from: number;
  to: number;
}

/**
 * Overwrites with zeros what lies in `area` and in none of the ranges; says whether anything but zeros was there.
 * Ranges may overlap.
 */
export function zeroOutside(out: Buffer, area: Range, ranges: readonly Range[]): boolean {
  const inside = ranges
    .filter(({ from, to }) => to > area.from && from < area.to)
    .sort((a, b) => a.from - b.from);
  let at = area.from;
  let found = false;
  for (const { from, to } of [...inside, { from: area.to, to: area.to }]) {
    if (from > at) {
      found ||= out.subarray(at, from).some((byte) => byte !== 0);
      out.fill(0, at, from);
    }
    at = Math.max(at, to);
  }
  return found;
}
