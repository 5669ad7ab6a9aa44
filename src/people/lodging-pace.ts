import { createHmac, randomBytes } from 'node:crypto';
import { networkOf, type Origin } from './network-of';

/** A whole office, shelter or onion service may stand behind one network, so the buckets are deep. */
const AT_ONCE = 20;
const ONE_MORE_EVERY_MS = 30_000;
const KEY_CHANGES_EVERY_MS = 3_600_000;
const MOST_BUCKETS = 10_000;

/** What is counted, each on its own. */
export type Paced = 'begin' | 'lodge';

/** `ms` is the time that came back and was not spent yet, in whole milliseconds: a drop costs `ONE_MORE_EVERY_MS` of it. */
interface Bucket {
  ms: number;
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
    private readonly now: () => number = () => Math.round(performance.now()),
  ) {
    this.keySince = now();
  }

  /** Takes a drop and returns 0, or how many seconds to wait for the next one. */
  secondsToWait(origin: Origin, what: Paced): number {
    const now = this.now();
    this.changeKey(now);
    const who = this.hashOf(`${what} ${networkOf(origin, this.trusted)}`);
    const full = AT_ONCE * ONE_MORE_EVERY_MS;
    const before = this.buckets.get(who) ?? { ms: full, at: now };
    const ms = Math.min(full, before.ms + now - before.at);
    const missing = Math.max(0, ONE_MORE_EVERY_MS - ms);
    this.buckets.delete(who);
    if (this.buckets.size >= MOST_BUCKETS) this.buckets.delete(this.buckets.keys().next().value!);
    this.buckets.set(who, { ms: missing > 0 ? ms : ms - ONE_MORE_EVERY_MS, at: now });
    return Math.ceil(missing / 1000);
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
