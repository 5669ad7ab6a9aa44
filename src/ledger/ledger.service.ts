import type { EntityManager } from 'typeorm';
import { Entry } from '../records/entities/entry';
import { CaseChange } from './case-change';
import { NO_PREVIOUS } from './entry';
import type { SigningKey } from './signing-key';

/** The history of every case: one hash chain per case, written inside the change it tells of. */
export class Ledger {
  constructor(private readonly key: SigningKey) {}

  /** Opens the history of a case for one entry. A new case has none before. */
  async open(
    db: EntityManager,
    { caseId, ledgerId, isNew }: { caseId: string; ledgerId: string; isNew?: boolean },
  ): Promise<CaseChange> {
    const last = isNew
      ? null
      : await db.findOne(Entry, {
          where: { ledgerId },
          order: { n: 'DESC' },
          select: { ledgerId: true, n: true, leafHash: true },
        });
    return new CaseChange(db, { caseId, ledgerId }, last ?? { n: 0, leafHash: NO_PREVIOUS });
  }

  /**
   * Signed note that proves a complaint was lodged: a promise that its first entry is, and stays, in the history. Each file that came
   * with it has a line: its number and the SHA-256 of the original, as the entry has them.
   */
  statement(reference: string, leafHash: string, files: readonly string[] = []): string {
    const leaf = Buffer.from(leafHash, 'hex').toString('base64');
    const lines = files.map((sha256, index) => `file ${index + 1} sha256 ${sha256}\n`).join('');
    return this.key.note(`redress lodging statement v1\n${this.key.origin}\n${reference}\n${leaf}\n${lines}`);
  }

  /** Signed note that proves what was erased: one line for each case, the leaf hash of its entry last. Readable without this house. */
  disposalCertificate(lines: readonly string[]): string {
    return this.key.note(`redress disposal certificate v1\n${this.key.origin}\n${lines.join('\n')}\n`);
  }

  /** Public half of the key, for whoever checks statements and checkpoints. */
  get verifierKey(): string {
    return this.key.verifierKey;
  }
}
