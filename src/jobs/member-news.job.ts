import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { DeliverNews } from '../casework/collective/deliver-news';
import { Log } from '../platform/log';

const EVERY_IN_MS = 15_000;

/** At the start, then four times a minute: brings what was written to all members of a collective complaint into their cases. */
@Injectable()
export class MemberNewsJob implements OnApplicationShutdown {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<unknown> = Promise.resolve();
  private isWaiting = false;

  constructor(
    private readonly deliverNews: DeliverNews,
    private readonly log: Log,
  ) {}

  start(): void {
    this.timer ??= setInterval(() => this.next(), EVERY_IN_MS).unref();
    this.next();
  }

  /** A failure is logged and tried again with the next run. */
  async run(): Promise<void> {
    try {
      await this.deliverNews.run();
    } catch (error) {
      this.log.warn('messages to members will be brought with the next run', {
        reason: error instanceof Error ? error.name : 'unknown',
      });
    }
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    await this.running;
  }

  /** A run that takes longer than the time between two is followed by one, not by a queue of them. */
  private next(): void {
    if (this.isWaiting) return;
    this.isWaiting = true;
    this.running = this.running.then(() => {
      this.isWaiting = false;
      return this.run();
    });
  }
}
