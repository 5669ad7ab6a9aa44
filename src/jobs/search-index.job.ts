import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { IndexCases } from '../casework/search/index-cases';
import { errorCode } from '../platform/error-code';
import { Log } from '../platform/log';

const EVERY_IN_MS = 5000;
/** A backlog is worked off in a twentieth of the time: lodging comes first. */
const REST_PER_WORK = 19;

/** Makes what was written findable, some seconds behind the log. Several processes may run it: they do the same. */
@Injectable()
export class SearchIndexJob implements OnApplicationShutdown {
  private readonly end = new AbortController();
  private running: Promise<void> | null = null;

  constructor(
    private readonly indexCases: IndexCases,
    private readonly log: Log,
  ) {}

  start(): void {
    this.running ??= this.goOn();
  }

  /** Reads the next entries of the log and says how many they were. A failure is logged and tried again at the next turn. */
  async run(): Promise<number> {
    try {
      return await this.indexCases.follow();
    } catch (error) {
      this.log.warn('what was written will be made findable later', {
        reason: errorCode(error),
      });
      return 0;
    }
  }

  async onApplicationShutdown(): Promise<void> {
    this.end.abort();
    await this.running;
  }

  private async goOn(): Promise<void> {
    while (!this.end.signal.aborted) {
      const started = performance.now();
      const read = await this.run();
      const rest = read === 0 ? EVERY_IN_MS : (performance.now() - started) * REST_PER_WORK;
      await delay(Math.max(rest, 1000), undefined, { ref: false, signal: this.end.signal }).catch(() => null);
    }
  }
}
