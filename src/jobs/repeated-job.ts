import type { OnApplicationShutdown } from '@nestjs/common';

/** Something that is done at the start, then at an interval in milliseconds. */
export abstract class RepeatedJob implements OnApplicationShutdown {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<unknown> = Promise.resolve();
  private isWaiting = false;

  protected constructor(private readonly everyMs: number) {}

  /** One run. It never throws: a failure is logged, and the next run tries again. */
  abstract run(): Promise<void>;

  start(): void {
    this.timer ??= setInterval(() => this.next(), this.everyMs).unref();
    this.next();
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
    await this.running;
  }

  /** A run that takes longer than the time between two is followed by one, not by a queue of them; once stopped, by none. */
  private next(): void {
    if (this.isWaiting) return;
    this.isWaiting = true;
    this.running = this.running.then(() => {
      this.isWaiting = false;
      return this.timer ? this.run() : undefined;
    });
  }
}
