import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { GlobalLog } from '../ledger/log';
import { errorCode } from '../platform/error-code';
import { Log } from '../platform/log';

const EVERY_IN_MS = 1000;

/** Gives committed entries their place in the global log, a second behind them. Several processes may run it: one wins, the others try again. */
@Injectable()
export class LogIntegrationJob implements OnApplicationShutdown {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly globalLog: GlobalLog,
    private readonly log: Log,
  ) {}

  start(): void {
    this.timer ??= setInterval(() => {
      this.running = this.running.then(() => this.run());
    }, EVERY_IN_MS).unref();
  }

  /** Integrates until nothing waits. A failure is logged and tried again at the next tick. */
  async run(): Promise<void> {
    try {
      while ((await this.globalLog.integrate()) > 0);
    } catch (error) {
      this.log.warn('log integration will be tried again', {
        reason: errorCode(error),
      });
    }
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    await this.running;
  }
}
