import { Injectable } from '@nestjs/common';
import { Refusal, type UnmetNeed } from '../../platform/refusal';
import { Case } from '../../records/entities/case';
import { Transactions } from '../../records/transactions';
import type { ComplaintForm } from './complaint-form';
import type { EnclosedFiles } from './enclosed-files';
import { Lodge, type Lodged, type LodgedBy } from './lodge';

/** Lodges a complaint together with its files: in one change, and what the case does not take over is removed from the store. */
@Injectable()
export class LodgeWithFiles {
  constructor(
    private readonly transactions: Transactions,
    private readonly lodge: Lodge,
  ) {}

  /**
   * As `Lodge.run`, for a form that brought files. `needs` is what is wrong with its answers: refused together with what is wrong with
   * its files, so that everything is told at once.
   */
  async run(
    { form, needs }: { form: ComplaintForm; needs: UnmetNeed[] },
    files: EnclosedFiles,
    by: LodgedBy,
    idempotencyKey?: string,
  ): Promise<Lodged> {
    try {
      if (needs.length > 0 || files.faults.length > 0) throw refused([...needs, ...files.faults]);
      if (files.isEmpty) return await this.lodge.run(form, by, idempotencyKey);
      const repeat = idempotencyKey && (await this.lodge.answerOf(idempotencyKey, form, files.fingerprint));
      if (repeat) return repeat;
      await files.examine();
      const { caseId, key } = files;
      return await this.lodge.run(form, by, idempotencyKey, { caseId, key, files: files.toLodge() });
    } finally {
      if (!files.isEmpty) await this.discardUnlessLodged(files);
    }
  }

  /** A commit whose answer was lost may have happened: files go only when the database says that they have no case. */
  async discardUnlessLodged(files: EnclosedFiles): Promise<void> {
    const isLodged = await this.transactions
      .read((db) => db.existsBy(Case, { id: files.caseId }))
      .catch(() => true);
    if (!isLodged) await files.discard();
  }
}

function refused(needs: UnmetNeed[]): Refusal {
  return new Refusal(
    'invalid',
    'Some answers or files cannot be taken as they are. Nothing was stored.',
    needs,
  );
}
