import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { SendCheckIns } from '../casework/safety/send-check-ins';
import { Log } from '../platform/log';

const EVERY_IN_MS = 3_600_000;

/** At the start, then every hour: asks whoever wanted to be asked today whether they are safe. */
@Injectable()
export class CheckInsJob implements OnApplicationShutdown {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly sendCheckIns: SendCheckIns,
    private readonly log: Log,
  ) {}

  start(): void {
    this.timer ??= setInterval(() => this.next(), EVERY_IN_MS).unref();
    this.next();
  }

  /** A failure is logged and tried again the next hour. */
  async run(): Promise<void> {
    try {
      await this.sendCheckIns.run();
    } catch (error) {
      this.log.warn('check-ins will be asked again in an hour', {
        reason: error instanceof Error ? error.name : 'unknown',
      });
    }
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    await this.running;
  }

  private next(): void {
    this.running = this.running.then(() => this.run());
  }
}
