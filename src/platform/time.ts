/** An instant as fixed-width ISO-8601 UTC text, `2026-11-24T08:00:00.000Z`: sorts as text on both engines. */
export type Instant = string;

/** A calendar day, `2026-11-24`. What a rightsholder does is only ever recorded by day. */
export type Day = string;

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
