import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { Refusal } from './refusal';

/** Lets heavy work be done one after the other, so that much of it at once costs no more memory than one, and no more wait than so many. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();
  private count = 0;

  /** `most`: how many are in line, being done, or kept at once; `sentence`: what the next one is told. */
  constructor(
    private readonly most: number,
    private readonly sentence: string,
  ) {}

  /**
   * Does the work when it is its turn. What was made keeps its place until `kept` settles, if that is given, while others are being made.
   * Refuses with `unavailable` where too many are there.
   */
  async take<T>(work: () => Promise<T>, kept?: (made: T) => Promise<unknown>): Promise<T> {
    if (this.count >= this.most) throw this.busy();
    this.count += 1;
    const leave = () => void (this.count -= 1);
    const done = this.last.then(work);
    this.last = done.catch(() => undefined);
    const over = kept ? done.then((made) => kept(made)) : done;
    over.then(leave, leave);
    return done;
  }

  busy(): Refusal {
    return new Refusal('unavailable', this.sentence);
  }
}

/** Settles when this was read to its end or broke off; whoever takes longer to read it than `most` milliseconds gets no more of it. */
export async function untilRead(content: Readable, most: number): Promise<void> {
  await finished(content, { signal: AbortSignal.timeout(most) }).catch(() => content.destroy());
}
