import { Injectable } from '@nestjs/common';
import { AnswerMails } from '../casework/intake/mail/answer-mails';
import { ReadMailbox } from '../casework/intake/mail/read-mailbox';
import { errorCode } from '../platform/error-code';
import { Log } from '../platform/log';
import { RepeatedJob } from './repeated-job';

const EVERY_IN_MS = 3 * 60_000;

/** At the start, then every three minutes: takes in what came by e-mail, and answers some of those who wait. Where no mailbox is set, does nothing. */
@Injectable()
export class MailIntakeJob extends RepeatedJob {
  constructor(
    private readonly readMailbox: ReadMailbox,
    private readonly answerMails: AnswerMails,
    private readonly log: Log,
  ) {
    super(EVERY_IN_MS);
  }

  /** A failure is logged and tried again in the next round; what waits in the mailbox waits there. */
  async run(): Promise<void> {
    await this.attempt('the mailbox could not be read, and will be tried again', () =>
      this.readMailbox.run(),
    );
    await this.attempt('answers by e-mail will be tried again', () => this.answerMails.run());
  }

  private async attempt(event: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.log.warn(event, { reason: errorCode(error) });
    }
  }
}
