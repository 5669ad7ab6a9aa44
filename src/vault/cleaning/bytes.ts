import { createInflate } from 'node:zlib';
import { broken, HeldBack } from './cleaned';

/** `length` bytes from `from`, as a view. Throws HeldBack BROKEN where subarray would silently give fewer. */
export function part(bytes: Buffer, from: number, length: number): Buffer {
  if (!(from >= 0 && length >= 0 && from + length <= bytes.length))
    throw broken(`${length} bytes are missing at ${from}`);
  return bytes.subarray(from, from + length);
}

/** Four letters at `at`, as chunks and boxes are named. */
export function fourLetters(bytes: Buffer, at: number): string {
  return part(bytes, at, 4).toString('latin1');
}

/** A 64-bit number as a safe integer. Throws HeldBack BROKEN when it is none. */
export function u64(bytes: Buffer, at: number): number {
  const value = bytes.readBigUInt64BE(at);
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw broken('a size that no file has');
  return Number(value);
}

/**
 * Unfolds a zlib stream (RFC 1950) without keeping it, to see that it is whole and as long as promised.
 * Throws HeldBack BROKEN when it is damaged, of another length, or has bytes behind its end.
 */
export async function checkInflated(parts: Buffer[], sizeInBytes: number): Promise<void> {
  const inflate = createInflate({ chunkSize: 65_536 });
  const given = parts.reduce((sum, { length }) => sum + length, 0);
  let unfolded = 0;
  await new Promise<void>((resolve, reject) => {
    inflate.on('data', (chunk: Buffer) => {
      unfolded += chunk.length;
      if (unfolded > sizeInBytes) inflate.destroy(broken('more picture than its header says'));
    });
    inflate.on('end', resolve);
    inflate.on('error', (error) =>
      reject(error instanceof HeldBack ? error : broken('a compressed stream is damaged')),
    );
    for (const bytes of parts) inflate.write(bytes);
    inflate.end();
  });
  if (unfolded !== sizeInBytes) throw broken('less picture than its header says');
  if (inflate.bytesWritten !== given) throw broken('data hidden behind a compressed stream');
}
