import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { disposalListDigest } from '../../ledger/disposal-list';
import { houseDeedsOf } from '../../ledger/house-history';
import { Log } from '../../platform/log';
import { Refusal } from '../../platform/refusal';
import type { DisposalBatch } from '../../records/entities/disposal-batch';
import type { DisposalItem } from '../../records/entities/disposal-item';

/** Leaf hashes, hex, of the two entries of the house that a batch stands on. */
export interface Agreed {
  proposed: string;
  agreed: string;
}

/** What was proposed and whether two people agreed to it is what the history of the house says; rows can be changed from outside. */
@Injectable()
export class Agreement {
  constructor(private readonly log: Log) {}

  /**
   * The entry in which one person proposed this batch of exactly these cases. Refuses a batch whose rows say anything else than it does,
   * and says so in the log.
   */
  async proposal(
    db: EntityManager,
    batch: DisposalBatch,
    items: readonly DisposalItem[],
  ): Promise<{ leafHash: string }> {
    const [proposal, ...others] = await this.deeds(db, batch, 'propose-disposal');
    if (proposal?.by.ref === batch.proposedBy && others.length === 0) {
      if (proposal.facts.list === disposalListDigest(batch.schedule, items)) return proposal;
      throw this.changed(
        batch,
        'The list of cases of this batch is not the one that was proposed: it was changed in the database since. Nothing is erased or signed. Refuse this batch, run verify, find out who can write to the database, and propose it anew.',
      );
    }
    throw this.changed(
      batch,
      'The history of the house does not say that somebody proposed this batch as it is stored now. Nothing is erased or signed. Run verify, and find out who can write to the database.',
    );
  }

  /** The entries in which one person proposed this batch of exactly these cases and another agreed to it; refuses as `proposal` does. */
  async of(db: EntityManager, batch: DisposalBatch, items: readonly DisposalItem[]): Promise<Agreed> {
    const { proposedBy, settledBy, settledByRole } = batch;
    const [agreement, ...others] = await this.deeds(db, batch, 'agree-to-disposal');
    if (
      others.length > 0 ||
      agreement?.by.ref !== settledBy ||
      agreement.by.role !== settledByRole ||
      proposedBy === settledBy
    )
      throw this.changed(
        batch,
        'The history of the house does not say that two people agreed to this batch as it is stored now. Nothing is erased or signed. Run verify, and find out who can write to the database.',
      );
    const proposal = await this.proposal(db, batch, items);
    return { proposed: proposal.leafHash, agreed: agreement.leafHash };
  }

  private async deeds(db: EntityManager, { id, schedule }: DisposalBatch, act: string) {
    const deeds = await houseDeedsOf(db, 'batch', id);
    return deeds.filter((deed) => deed.act === act && deed.facts.schedule === schedule);
  }

  private changed({ id }: DisposalBatch, sentence: string): Refusal {
    this.log.error(
      'a disposal is not as the history of the house tells it; its rows were changed',
      undefined,
      {
        batch: id,
      },
    );
    return new Refusal('conflict', sentence);
  }
}
