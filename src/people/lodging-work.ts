// Source: proof of work as in Hashcash (A. Back, 2002), with a challenge of ours; abuse resistance without third parties or logs.
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Paced } from './lodging-pace';
import { networkOf, type Origin } from './network-of';

const PERIOD_MS = 300_000;
const MOST_SOLVED = 10_000;
/** What was issued, its seal, and the number that was found. */
const SOLUTION = /^([\w-]{22})\.([\w-]{43})\.(\d{1,12})$/;

/** What a browser is to calculate: a number that makes the SHA-256 of `<first part of the challenge>.<number>` begin with `bits` zeros. */
export interface Puzzle {
  challenge: string;
  bits: number;
}

/**
 * Lets a browser calculate where a network has to wait. A challenge holds nothing but a random number and its HMAC, under a key in memory
 * that changes every five minutes and over the network and the deed; so it works for at most ten minutes, here alone, once. What was
 * solved is remembered as long, up to a bound: behind it nothing is taken, and everybody waits. Nothing is stored or logged.
 */
export class LodgingWork {
  private readonly key = randomBytes(32);
  private period = 0;
  private readonly since: number;
  private solved: Set<string> = new Set();
  private before: Set<string> = new Set();

  /** `bits` of work, 0 for none; `trusted` are the proxies whose word about an address is taken; `now` counts milliseconds. */
  constructor(
    private readonly bits = 0,
    private readonly trusted: readonly string[] = [],
    private readonly now: () => number = () => performance.now(),
  ) {
    this.since = now();
  }

  /** A new puzzle for this network and deed; null where none is offered. */
  offer(origin: Origin, what: Paced): Puzzle | null {
    if (this.bits === 0) return null;
    const random = randomBytes(16).toString('base64url');
    return { challenge: `${random}.${this.sealOf(random, origin, what, this.turn())}`, bits: this.bits };
  }

  /** Whether this solves a puzzle that was offered to this network for this deed, for the first time. Anything else is no solution. */
  takes(origin: Origin, what: Paced, solution: string): boolean {
    const [, random, seal, number] = SOLUTION.exec(solution) ?? [];
    if (this.bits === 0 || !random || !seal || !number) return false;
    const period = this.turn();
    const isOurs = [period, period - 1].some((each) =>
      timingSafeEqual(Buffer.from(seal), Buffer.from(this.sealOf(random, origin, what, each))),
    );
    if (!isOurs || zerosOf(`${random}.${number}`) < this.bits) return false;
    if (this.solved.has(random) || this.before.has(random) || this.solved.size >= MOST_SOLVED) return false;
    this.solved.add(random);
    return true;
  }

  /** The period of now; what was solved two periods ago cannot come again. */
  private turn(): number {
    const period = Math.floor((this.now() - this.since) / PERIOD_MS);
    if (period === this.period) return period;
    this.before = period === this.period + 1 ? this.solved : new Set();
    this.solved = new Set();
    this.period = period;
    return period;
  }

  private sealOf(random: string, origin: Origin, what: Paced, period: number): string {
    const network = networkOf(origin, this.trusted);
    return createHmac('sha256', this.key)
      .update(`${period} ${what} ${random} ${network}`)
      .digest('base64url');
  }
}

/** How many zeros the SHA-256 of a text begins with. */
function zerosOf(text: string): number {
  const hash = createHash('sha256').update(text).digest();
  const at = hash.findIndex((byte) => byte !== 0);
  return at < 0 ? 8 * hash.length : 8 * at + Math.clz32(hash[at]!) - 24;
}
