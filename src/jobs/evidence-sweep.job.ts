import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { SweepFiles, type Swept } from '../casework/sweep-files';
import { errorCode } from '../platform/error-code';
import { Log } from '../platform/log';
import { Time } from '../platform/time';

const EVERY_IN_MS = 24 * 3_600_000;

/** Takes away what uploads left that a kill or a power cut ended, and reports files that are gone: at the start, then once a day. */
@Injectable()
export class EvidenceSweepJob implements OnApplicationShutdown {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly sweepFiles: SweepFiles,
    private readonly time: Time,
    private readonly log: Log,
  ) {}

  start(): void {
    this.timer ??= setInterval(() => this.next(), EVERY_IN_MS).unref();
    this.next();
  }

  /** A failure is logged and tried again the next day. */
  async run(): Promise<Swept> {
    try {
      const swept = await this.sweepFiles.run(this.time.now());
      if (swept.missing > 0) this.log.error('stored files are missing', undefined, { ...swept });
      return swept;
    } catch (error) {
      this.log.warn('the evidence store could not be swept', {
        reason: errorCode(error),
      });
      return { removed: 0, missing: 0 };
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
