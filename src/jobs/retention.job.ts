import { Injectable } from '@nestjs/common';
import { CarryOut } from '../casework/erasure/carry-out';
import { Disposals } from '../casework/erasure/disposals';
import { Drafts } from '../casework/intake/drafts';
import { Lodge } from '../casework/intake/lodge';
import { errorCode } from '../platform/error-code';
import { Log } from '../platform/log';
import { RepeatedJob } from './repeated-job';

const EVERY_IN_MS = 24 * 3_600_000;

/**
 * At the start, then once a day: goes on with what two people agreed to and a kill interrupted, forgets answers that no repeated key
 * gets any more and drafts that were left alone, and says how many cases are due. It never decides to erase anything of a case.
 */
@Injectable()
export class RetentionJob extends RepeatedJob {
  constructor(
    private readonly carryOut: CarryOut,
    private readonly disposals: Disposals,
    private readonly lodge: Lodge,
    private readonly drafts: Drafts,
    private readonly log: Log,
  ) {
    super(EVERY_IN_MS);
  }

  /** A failure is logged and tried again the next day. */
  async run(): Promise<void> {
    try {
      await this.lodge.forgetAnswers();
      await this.drafts.forgetOld();
      const resumed = await this.carryOut.resume();
      const due = await this.disposals.countDue();
      this.log.info('cases due for erasure, which two people have to agree to', { ...due, resumed });
    } catch (error) {
      this.log.warn('retention will be looked at again tomorrow', {
        reason: errorCode(error),
      });
    }
  }
}
