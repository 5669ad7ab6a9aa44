import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Refusal } from '../platform/refusal';
import { DataKey } from '../records/entities/data-key';
import { DraftFile } from '../records/entities/draft-file';
import { Evidence } from '../records/entities/evidence';
import { Transactions } from '../records/transactions';
import { EvidenceStore } from '../vault/store/evidence-store';
import { FolderStore } from '../vault/store/folder-store';
import { originalOf, StoredFiles, workingCopyOf, type StoredFile } from './stored-files';

/** At least a day, longer than any upload takes: a younger file may wait for its row, and of a file the store keeps only the day, as noon. */
const WAITS_FOR_ITS_ROW_MS = 36 * 3_600_000;
const AT_ONCE = 200;
const UUID_LENGTH = 36;

export interface Swept {
  /** Files that were taken away because no row knows them, drafts included. */
  removed: number;
  /** Files that a row knows and the store does not have. */
  missing: number;
}

/** Brings store and rows together again after a kill, a power cut or a hand from outside. Works beside a running server. */
@Injectable()
export class SweepFiles {
  constructor(
    private readonly transactions: Transactions,
    private readonly store: EvidenceStore,
    private readonly storedFiles: StoredFiles,
  ) {}

  async run(now: Date): Promise<Swept> {
    const drafts = this.store instanceof FolderStore ? await this.store.sweep(now) : 0;
    return { removed: drafts + (await this.removeStrays(now)), missing: await this.reportMissing() };
  }

  /** Files a day old without a row: what an upload left that was killed between store and commit. */
  private async removeStrays(now: Date): Promise<number> {
    let removed = 0;
    let batch: string[] = [];
    const sweepBatch = async () => {
      for (const id of await this.withoutRow(batch)) {
        await this.store.remove(id);
        removed += 1;
      }
      batch = [];
    };
    for await (const id of this.store.storedBefore(new Date(now.getTime() - WAITS_FOR_ITS_ROW_MS)))
      if (batch.push(id) === AT_ONCE) await sweepBatch();
    await sweepBatch();
    return removed;
  }

  private async withoutRow(ids: string[]): Promise<string[]> {
    if (ids.length === 0) return [];
    const rowOf = (id: string) => id.slice(0, UUID_LENGTH);
    const ofThese = { where: { id: In(ids.map(rowOf)) }, select: { id: true } as const };
    // Drafts first: what is lodged between the two look-ups is found by the second.
    const known = new Set<string>();
    for (const entity of [DraftFile, Evidence])
      for (const { id } of await this.transactions.read((db) =>
        db.find<DraftFile | Evidence>(entity, ofThese),
      ))
        known.add(id);
    return ids.filter((id) => !known.has(rowOf(id)));
  }

  private async reportMissing(): Promise<number> {
    let missing = 0;
    for (let after = ''; ;) {
      const rows = await this.rowsAfter(after);
      for (const row of rows)
        for (const file of [originalOf(row), ...(row.workingSha256 ? [workingCopyOf(row)] : [])])
          if (!(await this.storedFiles.isThere(file)) && (await this.wasReported(file))) missing += 1;
      if (rows.length < AT_ONCE) return missing;
      after = rows.at(-1)!.id;
    }
  }

  /** False when the case was erased meanwhile, and its files with it. */
  private async wasReported(file: StoredFile): Promise<boolean> {
    try {
      await this.storedFiles.report(file, 'MISSING');
      return true;
    } catch (error) {
      if (error instanceof Refusal && error.kind === 'gone') return false;
      throw error;
    }
  }

  /** Of cases that still have their key: what belonged to an erased one is gone on purpose. */
  private rowsAfter(after: string): Promise<Evidence[]> {
    return this.transactions.read((db) =>
      db
        .createQueryBuilder(Evidence, 'e')
        .innerJoin(DataKey, 'k', 'k.ownerId = e.caseId')
        .where('e.id > :after', { after })
        .orderBy('e.id')
        .limit(AT_ONCE)
        .getMany(),
    );
  }
}
