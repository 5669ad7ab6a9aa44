import { inflateRawSync, inflateSync } from 'node:zlib';
import { broken, HeldBack } from './cleaned';

/** What one file may unfold to while it is cleaned, in bytes. */
export interface UnfoldingLimits {
  /** All pieces together. */
  inAll: number;
  /** How many times its own length a piece may become; short texts fold very small without being a trap. */
  times: number;
  timesCountFrom: number;
}

const LIMITS: UnfoldingLimits = { inAll: 100_000_000, times: 200, timesCountFrom: 100_000 };

/** Unfolds the pieces of one file, counts what comes of them, and stops in the middle of a piece that becomes too much. */
export class Unfolding {
  readonly limits: UnfoldingLimits;
  /** Unfolded up to now; never above the limit for all. */
  bytes = 0;

  constructor(limits: Partial<UnfoldingLimits> = {}) {
    this.limits = { ...LIMITS, ...limits };
  }

  /** Throws HeldBack BOMB where a piece says of itself that it becomes too much. */
  check(packedBytes: number, unfoldedBytes: number): void {
    if (unfoldedBytes > this.most(packedBytes)) throw new HeldBack('BOMB', 'a piece of a file');
  }

  /**
   * What a deflated piece becomes, `wrapped` with the header and checksum of zlib (RFC 1950) or without (RFC 1951), and at
   * most `most` bytes. Throws HeldBack BOMB as soon as it is more, BROKEN when it is damaged.
   */
  inflate(packed: Buffer, wrapped: boolean, most = Infinity): Buffer {
    const maxOutputLength = Math.max(1, Math.min(most, this.most(packed.length)));
    try {
      const bytes = (wrapped ? inflateSync : inflateRawSync)(packed, { maxOutputLength });
      this.bytes += bytes.length;
      return bytes;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
        throw new HeldBack('BOMB', 'a piece of a file');
      throw broken('a compressed stream is damaged');
    }
  }

  private most(packedBytes: number): number {
    const { inAll, times, timesCountFrom } = this.limits;
    return Math.min(inAll - this.bytes, Math.max(timesCountFrom, packedBytes * times));
  }
}
