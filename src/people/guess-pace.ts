import { createHmac, randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Refusal } from '../platform/refusal';
import { networkOf, type Origin } from './network-of';

const FORGET_AFTER_IN_MS = 10 * 60_000;
const LONGEST_WAIT_IN_MS = 2000;
const MOST_GUESSERS = 10_000;

/**
 * Wrong receipts slow only whoever guesses, and never the right one. Guessers are known by a keyed hash of their network that lives
 * in memory and whose key changes at each start: nothing is stored or logged.
 */
export class GuessPace {
  private readonly key = randomBytes(32);
  private readonly misses = new Map<string, { count: number; lastAt: number }>();

  /** `trusted` are the proxies whose word about an address is taken; `pause` waits that many milliseconds. */
  constructor(
    private readonly trusted: readonly string[] = [],
    private readonly pause: (ms: number) => Promise<unknown> = delay,
  ) {}

  /** Runs the look-up at once; only its failure is answered late, the later the more there were before. */
  async slowingMisses<T>(origin: Origin, lookUp: () => Promise<T>): Promise<T> {
    try {
      return await lookUp();
    } catch (error) {
      // Nobody guesses wrong while the server cannot look.
      if (error instanceof Refusal && error.isOfServer) throw error;
      await this.pause(this.waitAfterMiss(networkOf(origin, this.trusted)));
      throw error;
    }
  }

  private waitAfterMiss(network: string): number {
    const who = createHmac('sha256', this.key).update(network).digest('base64');
    const now = performance.now();
    const before = this.misses.get(who);
    const count = before && now - before.lastAt < FORGET_AFTER_IN_MS ? before.count + 1 : 1;
    this.misses.delete(who);
    if (this.misses.size >= MOST_GUESSERS) this.misses.delete(this.misses.keys().next().value!);
    this.misses.set(who, { count, lastAt: now });
    return count <= 5 ? 0 : Math.min(LONGEST_WAIT_IN_MS, 50 * 2 ** Math.min(count - 5, 10));
  }
}
