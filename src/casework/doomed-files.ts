import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { errorCode } from '../platform/error-code';
import { Log } from '../platform/log';
import { DoomedFile } from '../records/entities/doomed-file';
import { Transactions } from '../records/transactions';
import { EvidenceStore } from '../vault/store/evidence-store';

const AT_ONCE = 200;

/** Takes files out of the store whose key is destroyed. */
@Injectable()
export class DoomedFiles {
  constructor(
    private readonly transactions: Transactions,
    private readonly store: EvidenceStore,
    private readonly log: Log,
  ) {}

  /** What fails is logged and tried daily. */
  async remove(): Promise<void> {
    for (let last = ''; ;) {
      const doomed = await this.transactions.read((db) =>
        db.find(DoomedFile, { where: { id: MoreThan(last) }, order: { id: 'ASC' }, take: AT_ONCE }),
      );
      if (doomed.length === 0) return;
      for (const { id } of doomed) await this.removeOne(id);
      last = doomed.at(-1)!.id;
    }
  }

  private async removeOne(id: string): Promise<void> {
    try {
      await this.store.remove(id);
      await this.transactions.change((db) => db.delete(DoomedFile, { id }));
    } catch (error) {
      this.log.warn('a file whose key is gone is removed later', {
        reason: errorCode(error),
      });
    }
  }
}
