import { fourLetters, part } from './bytes';
import { broken, countOf } from './cleaned';

export interface Chunk {
  type: string;
  data: Buffer;
}

/**
 * The chunks of a RIFF file, as views, and whether something stands behind the last one. A last chunk may be longer than
 * the file's own size says, as some recorders write it.
 * Throws HeldBack BROKEN when the form differs or a chunk does not fit. Source: Multimedia Programming Interface and
 * Data Specifications 1.0 (IBM, Microsoft, 1991), chapter 2.
 */
export function readRiff(content: Buffer, form: string): { chunks: Chunk[]; trailing: boolean } {
  if (fourLetters(content, 0) !== 'RIFF' || fourLetters(content, 8) !== form) throw broken(`no RIFF ${form}`);
  const size = content.readUInt32LE(4);
  // The padding of the last chunk is missing in some files.
  if (8 + size - (size % 2) > content.length) throw broken('a file shorter than it says');
  const { chunks, end } = readChunks(content, 12, Math.min(8 + size, content.length));
  return { chunks, trailing: end < content.length };
}

/** The chunks that begin in `from` to `to`, and where the last one ends: four letters, size, data, padding to even. */
export function readChunks(bytes: Buffer, from: number, to: number): { chunks: Chunk[]; end: number } {
  const chunks: Chunk[] = [];
  const count = countOf('chunks');
  let at = from;
  while (at < to) {
    count();
    const size = bytes.readUInt32LE(at + 4);
    chunks.push({ type: fourLetters(bytes, at), data: part(bytes, at + 8, size) });
    at += 8 + size + (size % 2);
  }
  return { chunks, end: at };
}

export function writeChunks(chunks: readonly Chunk[]): Buffer {
  return Buffer.concat(
    chunks.flatMap(({ type, data }) => {
      const head = Buffer.alloc(8, type, 'latin1');
      head.writeUInt32LE(data.length, 4);
      return [head, data, Buffer.alloc(data.length % 2)];
    }),
  );
}

export function writeRiff(form: string, chunks: readonly Chunk[]): Buffer {
  const body = writeChunks(chunks);
  const head = Buffer.alloc(12, `RIFF0000${form}`, 'latin1');
  head.writeUInt32LE(4 + body.length, 4);
  return Buffer.concat([head, body]);
}
