import { setTimeout as delay } from 'node:timers/promises';
import { Refusal } from '../platform/refusal';

const FREE_MISSES = 4;
const FIRST_PAUSE_IN_MS = 1_000;
const LONGEST_PAUSE_IN_MS = 30_000;
const FORGET_AFTER_IN_MS = 30 * 60_000;
const MOST_WAITING = 10;
const MOST_ACCOUNTS = 10_000;

/**
 * Keeps somebody who has a password from trying codes until one fits: those of one account are looked at one after the other, and
 * after four wrong ones each waits longer, up to half a minute: trying for a whole day finds one in a hundred. In memory only.
 */
export class CodePace {
  private readonly accounts = new Map<
    string,
    { misses: number; lastAt: number; waiting: number; turn: Promise<unknown> }
  >();

  /** `pause` waits that many milliseconds. */
  constructor(private readonly pause: (ms: number) => Promise<unknown> = delay) {}

  /** Runs the look at a code when it is its turn; a refusal counts as a miss. Refuses when too many wait already. */
  async inTurn<T>(personId: string, look: () => Promise<T>): Promise<T> {
    const account = this.accountOf(personId);
    if (account.waiting >= MOST_WAITING)
      throw new Refusal(
        'too-many',
        'Too many codes are being tried for this account. Wait a minute and try again.',
      );
    account.waiting += 1;
    const before = account.turn;
    const mine = (async () => {
      await before;
      if (account.misses >= FREE_MISSES) await this.pause(pauseAfter(account.misses));
      try {
        const found = await look();
        account.misses = 0;
        return found;
      } catch (error) {
        if (error instanceof Refusal && !error.isOfServer) account.misses += 1;
        throw error;
      } finally {
        account.waiting -= 1;
        account.lastAt = performance.now();
      }
    })();
    account.turn = mine.catch(() => undefined);
    return mine;
  }

  private accountOf(personId: string) {
    const now = performance.now();
    const known = this.accounts.get(personId);
    if (known && (known.waiting > 0 || now - known.lastAt < FORGET_AFTER_IN_MS)) return known;
    const account = { misses: 0, lastAt: now, waiting: 0, turn: Promise.resolve() as Promise<unknown> };
    this.accounts.delete(personId);
    const oldest = this.accounts.entries().next().value;
    if (this.accounts.size >= MOST_ACCOUNTS && oldest && oldest[1].waiting === 0)
      this.accounts.delete(oldest[0]);
    this.accounts.set(personId, account);
    return account;
  }
}

function pauseAfter(misses: number): number {
  return Math.min(FIRST_PAUSE_IN_MS * 2 ** Math.min(misses - FREE_MISSES, 10), LONGEST_PAUSE_IN_MS);
}
