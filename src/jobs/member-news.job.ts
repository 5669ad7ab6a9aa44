import { Injectable } from '@nestjs/common';
import { DeliverNews } from '../casework/collective/deliver-news';
import { errorCode } from '../platform/error-code';
import { Log } from '../platform/log';
import { RepeatedJob } from './repeated-job';

const EVERY_IN_MS = 15_000;

/** At the start, then four times a minute: brings what was written to all members of a collective complaint into their cases. */
@Injectable()
export class MemberNewsJob extends RepeatedJob {
  constructor(
    private readonly deliverNews: DeliverNews,
    private readonly log: Log,
  ) {
    super(EVERY_IN_MS);
  }

  /** A failure is logged and tried again with the next run. */
  async run(): Promise<void> {
    try {
      await this.deliverNews.run();
    } catch (error) {
      this.log.warn('messages to members will be brought with the next run', {
        reason: errorCode(error),
      });
    }
  }
}
