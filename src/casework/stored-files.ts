import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Log } from '../platform/log';
import { Refusal } from '../platform/refusal';
import type { Evidence } from '../records/entities/evidence';
import { Transactions } from '../records/transactions';
import type { FileFault } from '../rules/evidence-handling';
import { SealBroken } from '../vault/sealed-stream';
import { EvidenceStore } from '../vault/store/evidence-store';
import { Vault, type CaseKey } from '../vault/vault';
import { findCase } from './case-file';
import { ChangeCase } from './change-case';
import { faultsOf, type FileKind } from './custody';
import { unsealed, workingId } from './examine-file';

/** One of the two files of a row of evidence, as the store has it. */
export interface StoredFile {
  /** In the store. */
  id: string;
  caseId: string;
  /** Number of the evidence in its case. */
  n: number;
  kind: FileKind;
  sha256: string;
}

export function originalOf({ id, caseId, n, sha256 }: Evidence): StoredFile {
  return { id, caseId, n, kind: 'ORIGINAL', sha256 };
}

/** Of a row that was cleaned. */
export function workingCopyOf({ id, caseId, n, workingSha256 }: Evidence): StoredFile {
  return { id: workingId(id), caseId, n, kind: 'WORKING', sha256: workingSha256! };
}

/** Reads files of a case back, and reports those that are missing or no longer what was stored. */
@Injectable()
export class StoredFiles {
  constructor(
    private readonly transactions: Transactions,
    private readonly changeCase: ChangeCase,
    private readonly vault: Vault,
    private readonly store: EvidenceStore,
    private readonly log: Log,
  ) {}

  /**
   * Reads the file once to its end, in constant memory, before anybody is given a byte of it. Refuses one that is missing or was
   * changed, and reports that.
   */
  async prove(file: StoredFile, key: CaseKey): Promise<void> {
    const fault = await this.faultOf(file, key);
    if (!fault) return;
    await this.report(file, fault);
    const { sentence, key: forHer } = REFUSALS[fault];
    throw new Refusal('conflict', sentence, [{ name: 'evidence', field: 'file', sentence: forHer }]);
  }

  async read({ id }: StoredFile, key: CaseKey): Promise<Readable> {
    return unsealed(await this.store.read(id), this.vault.unsealStream(key, id));
  }

  isThere({ id }: StoredFile): Promise<boolean> {
    return this.store.has(id);
  }

  /** Says it in the log each time, and in the history of the case once. Nothing is said of a case that was erased. */
  async report({ id, caseId, n, kind }: StoredFile, fault: FileFault): Promise<void> {
    const key = { id: caseId };
    const isKnown = await this.transactions.read(async (db) => {
      const { ledgerId } = await findCase(db, key);
      return (await faultsOf(db, ledgerId, [n])).get(n)?.[kind] === fault;
    });
    if (!isKnown)
      await this.changeCase.run(
        key,
        undefined,
        () => ({ role: 'SYS', personId: null }),
        async () => ({
          act: 'report-file-fault',
          facts: { evidence: n, file: kind, fault },
          result: undefined,
        }),
      );
    this.log.error('a stored file is not as it was stored', undefined, { file: id, kind, fault });
  }

  private async faultOf(file: StoredFile, key: CaseKey): Promise<FileFault | null> {
    const hash = createHash('sha256');
    try {
      for await (const chunk of (await this.read(file, key)) as AsyncIterable<Buffer>) hash.update(chunk);
    } catch (error) {
      if (error instanceof SealBroken) return 'ALTERED';
      if (error instanceof Refusal && error.kind === 'not-found') return 'MISSING';
      if (error instanceof Refusal) throw error;
      throw Object.assign(
        new Refusal('unavailable', 'This file cannot be read at the moment. Try again in a few minutes.'),
        { cause: error },
      );
    }
    return hash.digest('hex') === file.sha256 ? null : 'ALTERED';
  }
}

/** For staff in English, and in the language of the complainant's side by its key. */
const REFUSALS: Record<FileFault, { sentence: string; key: string }> = {
  MISSING: {
    sentence:
      'This file is no longer in the store. It is reported in the history of the case; whoever runs this server has to put it back from a backup.',
    key: 'error.evidence.missing',
  },
  ALTERED: {
    sentence:
      'What lies in the store is no longer the file that was stored, so nobody is given it. It is reported in the history of the case; whoever runs this server has to put it back from a backup.',
    key: 'error.evidence.altered',
  },
};
