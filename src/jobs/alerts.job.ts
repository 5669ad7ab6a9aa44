import { Injectable } from '@nestjs/common';
import { SendAlerts } from '../casework/alerts/send-alerts';
import { errorCode } from '../platform/error-code';
import { Log } from '../platform/log';
import { RepeatedJob } from './repeated-job';

const EVERY_IN_MS = 5 * 60_000;

/** At the start, then every five minutes: tells whoever wanted it that there is something new. */
@Injectable()
export class AlertsJob extends RepeatedJob {
  constructor(
    private readonly sendAlerts: SendAlerts,
    private readonly log: Log,
  ) {
    super(EVERY_IN_MS);
  }

  /** A failure is logged and tried again in the next round. */
  async run(): Promise<void> {
    try {
      await this.sendAlerts.run();
    } catch (error) {
      this.log.warn('alerts will be tried again', { reason: errorCode(error) });
    }
  }
}
