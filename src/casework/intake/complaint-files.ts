import type { CaseChange } from '../../ledger/case-change';
import { Evidence } from '../../records/entities/evidence';
import type { CaseKey as SealingKey, Vault } from '../../vault/vault';
import type { Examined } from '../examine-file';
import type { Received } from '../receive-file';

/** A file that lies sealed in the store, under the key of the case that is to be, and was looked at. */
export interface ComplaintFile extends Received {
  id: string;
  fileName: string;
  describes: string | null;
  examined: Examined;
}

/** A file that came with a complaint, as the receipt lists it. */
export interface ComplaintFileView extends Received {
  n: number;
  fileName: string;
  describes: string | null;
  /** A code of `EVIDENCE_HANDLING`. */
  handling: string;
}

/** What makes files these files, for telling a repeated request from another one. */
export function fingerprintOf(
  files: readonly Pick<ComplaintFile, 'sha256' | 'fileName' | 'describes'>[],
): string {
  return JSON.stringify(files.map(({ sha256, fileName, describes }) => [sha256, fileName, describes]));
}

/** Files that come with a complaint, or all at once later, in the change that keeps them: they become evidence, numbered after `before`. */
export class ComplaintFiles {
  constructor(
    private readonly vault: Vault,
    private readonly key: SealingKey,
    private readonly files: readonly ComplaintFile[],
    private readonly before = 0,
  ) {}

  get fingerprint(): string {
    return fingerprintOf(this.files);
  }

  /** Writes their rows into the change; what is sealed there is added to `sealed`. */
  async insertInto(
    change: Pick<CaseChange, 'insert'>,
    sealed: { name: string; commitment: string }[],
    { fromRole, addedOn, caseId }: Pick<Evidence, 'fromRole' | 'addedOn' | 'caseId'>,
  ): Promise<void> {
    for (const [index, { id, sizeInBytes, sha256, fileName, describes, examined }] of this.files.entries()) {
      const seal = (column: string, text: string) => {
        const result = this.vault.seal(this.key, { table: 'evidence', column, id }, text);
        sealed.push({ name: `evidence.${column}`, commitment: result.commitment });
        return result.sealed;
      };
      await change.insert(Evidence, {
        id,
        caseId,
        n: this.before + index + 1,
        fromRole,
        addedOn,
        fileNameSealed: seal('fileNameSealed', fileName),
        describesSealed: describes && seal('describesSealed', describes),
        sizeInBytes,
        sha256,
        ...examined.row,
      });
    }
  }

  /** What the entry of the history says of them, under the names of an added file, a list each. */
  facts(): { sha256: string[] } & Record<string, unknown[]> {
    const { files } = this;
    return {
      evidence: files.map((_, index) => this.before + index + 1),
      sha256: files.map(({ sha256 }) => sha256),
      sizeInBytes: files.map(({ sizeInBytes }) => sizeInBytes),
      scan: files.map(({ examined }) => examined.scan),
      handling: files.map(({ examined }) => examined.row.handling),
      workingSha256: files.map(({ examined }) => examined.row.workingSha256),
    };
  }

  views(): ComplaintFileView[] {
    return this.files.map(({ fileName, describes, sizeInBytes, sha256, examined }, index) => ({
      n: this.before + index + 1,
      fileName,
      describes,
      sizeInBytes,
      sha256,
      handling: examined.row.handling!,
    }));
  }
}
