import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { houseDeedsOf } from '../../ledger/house-history';
import { Log } from '../../platform/log';
import { Refusal } from '../../platform/refusal';
import type { DisposalBatch } from '../../records/entities/disposal-batch';

/** Leaf hashes, hex, of the two entries of the house that a batch stands on. */
export interface Agreed {
  proposed: string;
  agreed: string;
}

/** Whether two people agreed to a batch is what the history of the house says; a row can be changed from outside. */
@Injectable()
export class Agreement {
  constructor(private readonly log: Log) {}

  /**
   * The entries in which one person proposed this batch of so many cases and another agreed to it. Refuses a batch whose row says
   * anything else than they do, and says so in the log.
   */
  async of(db: EntityManager, batch: DisposalBatch, cases: number): Promise<Agreed> {
    const { id, schedule, proposedBy, settledBy, settledByRole } = batch;
    const deeds = (await houseDeedsOf(db, id)).filter(({ facts }) => facts.schedule === schedule);
    const [proposals, agreements] = ['propose-disposal', 'agree-to-disposal'].map((act) =>
      deeds.filter((deed) => deed.act === act),
    ) as [typeof deeds, typeof deeds];
    const [proposal, agreement] = [proposals[0], agreements[0]];
    if (
      proposals.length === 1 &&
      agreements.length === 1 &&
      proposal?.by.ref === proposedBy &&
      proposal.facts.cases === cases &&
      agreement?.by.ref === settledBy &&
      agreement.by.role === settledByRole &&
      proposedBy !== settledBy
    )
      return { proposed: proposal.leafHash, agreed: agreement.leafHash };
    this.log.error('a disposal is not as two people agreed to it; its row was changed', undefined, {
      batch: id,
    });
    throw new Refusal(
      'conflict',
      'The history of the house does not say that two people agreed to this batch as it is stored now. Nothing is erased or signed. Run verify, and find out who can write to the database.',
    );
  }
}
