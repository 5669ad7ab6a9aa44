/** An instant as fixed-width ISO-8601 UTC text, `2026-11-24T08:00:00.000Z`: sorts as text on both engines. */
export type Instant = string;

/** A calendar day, `2026-11-24`. What a rightsholder does is only ever recorded by day. */
export type Day = string;

/** How far the clocks of several servers may be apart, and one be put right, with nothing ending because of it. */
const CLOCKS_APART_MS = 3_600_000;

/** The only source of "now". Tests pass a fake through the constructor of what they build. */
export abstract class Time {
  abstract now(): Date;

  /** This instant, in UTC, to the millisecond. */
  instant(): Instant {
    return this.now().toISOString();
  }

  /** Today, in UTC. */
  today(): Day {
    return dayOf(this.instant());
  }

  /**
   * Whether what ends at `end` and lasts `longestMs` at most goes on. What has more time left than that was begun by a clock that ran
   * ahead and was put right since: it would stay open for as long as that clock was ahead.
   */
  isBeforeEnd(end: Instant, longestMs: number): boolean {
    const leftMs = Date.parse(end) - this.now().getTime();
    return leftMs > 0 && leftMs <= longestMs + CLOCKS_APART_MS;
  }

  /** The furthest instant at which something can end that lasts so long and goes on now, as `isBeforeEnd` has it. */
  furthestEnd(longestMs: number): Instant {
    return new Date(this.now().getTime() + longestMs + CLOCKS_APART_MS).toISOString();
  }
}

/** The day of an instant. What tells of both takes one reading: two may lie on both sides of midnight. */
export function dayOf(instant: Instant): Day {
  return instant.slice(0, 10);
}

export class SystemTime extends Time {
  now(): Date {
    return new Date();
  }
}
