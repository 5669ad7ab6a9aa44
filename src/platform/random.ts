import { randomFillSync } from 'node:crypto';

const POOL_BYTES = 8192;
const pool = Buffer.alloc(POOL_BYTES);
let used = POOL_BYTES;

/**
 * Fresh bytes of the system's secure generator. Small ones are drawn many at a time, because each draw costs more than all the bytes of
 * one lodging; what was handed out is wiped from the pool.
 */
export function randomBytes(count: number): Buffer {
  if (count > POOL_BYTES / 16) return randomFillSync(Buffer.alloc(count));
  if (used + count > POOL_BYTES) {
    randomFillSync(pool);
    used = 0;
  }
  const bytes = Buffer.from(pool.subarray(used, used + count));
  pool.fill(0, used, used + count);
  used += count;
  return bytes;
}

/** A random whole number from 0 to `limit` - 1, each equally likely; `limit` is at most 2^24, and beyond it this throws. */
export function randomBelow(limit: number): number {
  if (!(limit >= 1 && limit <= 2 ** 24))
    throw new RangeError(`Nothing can be drawn below ${limit}: give a limit from 1 to 2^24.`);
  const fair = 2 ** 24 - (2 ** 24 % limit);
  for (;;) {
    const drawn = randomBytes(3).readUIntBE(0, 3);
    if (drawn < fair) return drawn % limit;
  }
}
