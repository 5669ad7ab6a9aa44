import { Injectable } from '@nestjs/common';
import { FindPatterns } from '../casework/patterns/find-patterns';
import { errorCode } from '../platform/error-code';
import { Log } from '../platform/log';
import { RepeatedJob } from './repeated-job';

const EVERY_IN_MS = 24 * 3_600_000;

/** At the start, then once a day: begins a review of each pattern that has none. */
@Injectable()
export class PatternsJob extends RepeatedJob {
  constructor(
    private readonly findPatterns: FindPatterns,
    private readonly log: Log,
  ) {
    super(EVERY_IN_MS);
  }

  /** A failure is logged and tried again the next day. */
  async run(): Promise<void> {
    try {
      await this.findPatterns.run();
    } catch (error) {
      this.log.warn('patterns will be looked for again tomorrow', {
        reason: errorCode(error),
      });
    }
  }
}
