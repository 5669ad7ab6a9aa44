import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { IndexCases } from '../casework/search/index-cases';
import { errorCode } from '../platform/error-code';
import { Log } from '../platform/log';

const EVERY_IN_MS = 5000;
const LEAST_REST_IN_MS = 1000;

/**
 * How long it rests after it read so many entries of the log. A backlog is worked off in a fifth of the time where the server has little
 * else to do, and in a fiftieth while requests keep it busy (more than half of the time): lodging comes first.
 */
export function restInMs(read: number, workedInMs: number, busy: number): number {
  if (read === 0) return EVERY_IN_MS;
  return Math.max(LEAST_REST_IN_MS, workedInMs * (busy > 0.5 ? 49 : 4));
}

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
    for (let busy = 0; !this.end.signal.aborted;) {
      const started = performance.now();
      const read = await this.run();
      const rest = restInMs(read, performance.now() - started, busy);
      const rested = performance.eventLoopUtilization();
      await delay(rest, undefined, { ref: false, signal: this.end.signal }).catch(() => null);
      busy = performance.eventLoopUtilization(rested).utilization;
    }
  }
}
