import { createHmac, randomBytes } from 'node:crypto';
import type { Time } from '../../../platform/time';
import { MAILS_FROM_ONE_ADDRESS_A_DAY } from '../../../rules/mail-answers';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MOST_SENDERS = 10_000;

/**
 * How much one address gets and gives, in memory alone: one answer an hour, and so many complaints a day. Addresses are known by a keyed
 * hash under a key of each day, which takes everything with it: nothing is stored or logged.
 */
export class SenderPace {
  private key = randomBytes(32);
  private keySince: number;
  private readonly answeredAt = new Map<string, number>();
  private readonly taken = new Map<string, number>();

  constructor(private readonly time: Time) {
    this.keySince = time.now().getTime();
  }

  /** Whether it got no answer for an hour; from now on it did. */
  mayAnswer(address: string): boolean {
    const who = this.hashOf(address);
    const now = this.time.now().getTime();
    if (Math.abs(now - (this.answeredAt.get(who) ?? -Infinity)) < HOUR_MS) return false;
    keep(this.answeredAt, who, now);
    return true;
  }

  /** Whether one more complaint from it is taken today. */
  mayTake(address: string): boolean {
    return (this.taken.get(this.hashOf(address)) ?? 0) < MAILS_FROM_ONE_ADDRESS_A_DAY;
  }

  /** Counts one that was taken. */
  took(address: string): void {
    const who = this.hashOf(address);
    keep(this.taken, who, (this.taken.get(who) ?? 0) + 1);
  }

  private hashOf(address: string): string {
    const now = this.time.now().getTime();
    // Also where the clock was put back by days: counts of a day would otherwise hold until it has come again.
    if (Math.abs(now - this.keySince) >= DAY_MS) {
      this.key = randomBytes(32);
      this.keySince = now;
      this.answeredAt.clear();
      this.taken.clear();
    }
    return createHmac('sha256', this.key).update(address.toLowerCase()).digest('base64');
  }
}

function keep(map: Map<string, number>, who: string, value: number): void {
  map.delete(who);
  if (map.size >= MOST_SENDERS) map.delete(map.keys().next().value!);
  map.set(who, value);
}
