import { Injectable } from '@nestjs/common';
import { SendCheckIns } from '../casework/safety/send-check-ins';
import { errorCode } from '../platform/error-code';
import { Log } from '../platform/log';
import { RepeatedJob } from './repeated-job';

const EVERY_IN_MS = 3_600_000;

/** At the start, then every hour: asks whoever wanted to be asked today whether they are safe. */
@Injectable()
export class CheckInsJob extends RepeatedJob {
  constructor(
    private readonly sendCheckIns: SendCheckIns,
    private readonly log: Log,
  ) {
    super(EVERY_IN_MS);
  }

  /** A failure is logged and tried again the next hour. */
  async run(): Promise<void> {
    try {
      await this.sendCheckIns.run();
    } catch (error) {
      this.log.warn('check-ins will be asked again in an hour', {
        reason: errorCode(error),
      });
    }
  }
}
