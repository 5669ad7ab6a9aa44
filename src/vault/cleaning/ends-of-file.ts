import { Transform, type TransformCallback } from 'node:stream';

/** How many bytes of either end `largeMediaTypeOf` wants. A zip ends within its longest comment; a recording's tags come first. */
export const HEAD_BYTES = 1_048_576;
export const TAIL_BYTES = 65_557;

/** Lets a file pass and remembers its first and last bytes, as many as `largeMediaTypeOf` wants. */
export class EndsOfFile extends Transform {
  private readonly first: Buffer[] = [];
  private firstBytes = 0;
  private last: Buffer = Buffer.alloc(0);

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    if (this.firstBytes < HEAD_BYTES) {
      const kept = chunk.subarray(0, HEAD_BYTES - this.firstBytes);
      this.first.push(kept);
      this.firstBytes += kept.length;
    }
    this.last = Buffer.concat([this.last, chunk].slice(chunk.length >= TAIL_BYTES ? 1 : 0)).subarray(
      -TAIL_BYTES,
    );
    done(null, chunk);
  }

  /** A copy, to be given away. */
  head(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(Buffer.concat(this.first));
  }

  tail(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.last);
  }
}
