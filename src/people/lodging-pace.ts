import { createHmac, randomBytes } from 'node:crypto';
import { networkOf, type Origin } from './network-of';

/** A whole office, shelter or onion service may stand behind one network, so the buckets are deep. */
const AT_ONCE = 20;
const ONE_MORE_EVERY_MS = 30_000;
const KEY_CHANGES_EVERY_MS = 3_600_000;
const MOST_BUCKETS = 10_000;

/** What is counted, each on its own. */
export type Paced = 'begin' | 'lodge';

interface Bucket {
  left: number;
  at: number;
}

/**
 * Keeps one network from filling the house with drafts and complaints: a bucket for each, of which one drop comes back every half minute.
 * Nobody is refused for good, only told how long to wait. Networks are known by a keyed hash in memory, under a key that changes every hour
 * and takes all buckets with it: nothing is stored or logged.
 */
export class LodgingPace {
  private key = randomBytes(32);
  private keySince: number;
  private readonly buckets = new Map<string, Bucket>();

  /** `trusted` are the proxies whose word about an address is taken; `now` counts milliseconds. */
  constructor(
    private readonly trusted: readonly string[] = [],
    private readonly now: () => number = () => performance.now(),
  ) {
    this.keySince = now();
  }

  /** Takes a drop and returns 0, or how many seconds to wait for the next one. */
  secondsToWait(origin: Origin, what: Paced): number {
    const now = this.now();
    this.changeKey(now);
    const who = this.hashOf(`${what} ${networkOf(origin, this.trusted)}`);
    const before = this.buckets.get(who) ?? { left: AT_ONCE, at: now };
    const left = Math.min(AT_ONCE, before.left + (now - before.at) / ONE_MORE_EVERY_MS);
    const isEmpty = left < 1;
    this.buckets.delete(who);
    if (this.buckets.size >= MOST_BUCKETS) this.buckets.delete(this.buckets.keys().next().value!);
    this.buckets.set(who, { left: isEmpty ? left : left - 1, at: now });
    return isEmpty ? Math.ceil(((1 - left) * ONE_MORE_EVERY_MS) / 1000) : 0;
  }

  private changeKey(now: number): void {
    if (now - this.keySince < KEY_CHANGES_EVERY_MS) return;
    this.key = randomBytes(32);
    this.keySince = now;
    this.buckets.clear();
  }

  private hashOf(text: string): string {
    return createHmac('sha256', this.key).update(text).digest('base64');
  }
}
