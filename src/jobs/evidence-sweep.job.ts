import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Log } from '../platform/log';
import { Time } from '../platform/time';
import { EvidenceStore } from '../vault/store/evidence-store';
import { FolderStore } from '../vault/store/folder-store';

const EVERY_IN_MS = 24 * 3_600_000;

/** Takes away what uploads left in the evidence folder that a kill or a power cut ended: at the start, then once a day. */
@Injectable()
export class EvidenceSweepJob implements OnApplicationShutdown {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly store: EvidenceStore,
    private readonly time: Time,
    private readonly log: Log,
  ) {}

  start(): void {
    this.timer ??= setInterval(() => this.next(), EVERY_IN_MS).unref();
    this.next();
  }

  /** Says how many were taken away. An S3 server sweeps by a rule of its own. A failure is logged and tried again the next day. */
  async run(): Promise<number> {
    if (!(this.store instanceof FolderStore)) return 0;
    try {
      return await this.store.sweep(this.time.now());
    } catch (error) {
      this.log.warn('the evidence folder could not be swept', {
        reason: error instanceof Error ? error.name : 'unknown',
      });
      return 0;
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
