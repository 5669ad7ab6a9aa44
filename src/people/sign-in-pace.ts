import { setTimeout as delay } from 'node:timers/promises';
import type { Time } from '../platform/time';

const FREE_ATTEMPTS = 5;
const MOST_COUNTED = 12;
const FORGIVEN_EVERY_MS = 60_000;
const FIRST_PAUSE_IN_MS = 250;
const LONGEST_PAUSE_IN_MS = 2_000;
const MOST_ACCOUNTS = 10_000;

/**
 * Slows down whoever tries many passwords on one account: a bucket of five attempts that refills by one a minute, and past
 * it a pause of at most two seconds. Never a lock-out, so that a stranger cannot keep the right person out. In memory only.
 */
export class SignInPace {
  private readonly attempts = new Map<string, { count: number; at: number }>();

  /** `pause` waits that many milliseconds. */
  constructor(
    private readonly time: Time,
    private readonly pause: (ms: number) => Promise<unknown> = delay,
  ) {}

  /** Counts an attempt and waits when there were too many. Called before the password is looked at. */
  async beforeAttempt(account: string): Promise<void> {
    const at = this.time.now().getTime();
    const before = this.attempts.get(account);
    const forgiven = before ? Math.floor(Math.max(0, at - before.at) / FORGIVEN_EVERY_MS) : 0;
    const earlier = before ? Math.max(0, before.count - forgiven) : 0;
    this.attempts.delete(account);
    this.attempts.set(account, { count: Math.min(earlier + 1, MOST_COUNTED), at });
    if (this.attempts.size > MOST_ACCOUNTS) this.attempts.delete(this.attempts.keys().next().value as string);
    if (earlier < FREE_ATTEMPTS) return;
    await this.pause(Math.min(FIRST_PAUSE_IN_MS * 2 ** (earlier - FREE_ATTEMPTS), LONGEST_PAUSE_IN_MS));
  }

  /** The right password came: nothing is held against this account any more. */
  afterSuccess(account: string): void {
    this.attempts.delete(account);
  }
}
