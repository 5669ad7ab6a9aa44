import { Injectable } from '@nestjs/common';
import { TellMerged } from '../casework/triage/tell-merged';
import { errorCode } from '../platform/error-code';
import { Log } from '../platform/log';
import { RepeatedJob } from './repeated-job';

const EVERY_IN_MS = 60_000;

/** At the start, then once a minute: writes to people whose case is looked at in another one when something was decided there. */
@Injectable()
export class MergedNewsJob extends RepeatedJob {
  constructor(
    private readonly tellMerged: TellMerged,
    private readonly log: Log,
  ) {
    super(EVERY_IN_MS);
  }

  /** A failure is logged and tried again with the next run. */
  async run(): Promise<void> {
    try {
      await this.tellMerged.run();
    } catch (error) {
      this.log.warn('what came of a joined case will be told with the next run', {
        reason: errorCode(error),
      });
    }
  }
}
