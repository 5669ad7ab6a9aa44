import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Accounts } from '../people/accounts';
import type { Visitor } from '../people/visitor';
import { Refusal } from '../platform/refusal';
import { Answers } from '../records/entities/answers';
import { Evidence } from '../records/entities/evidence';
import { Transactions } from '../records/transactions';
import { Vault } from '../vault/vault';
import { findForHistory, refuseErased } from './case-file';
import { evidenceViews } from './correspondence';
import { custodyOf } from './custody';
import { named, pseudonymous, refsOf } from './history';
import { Openings } from './openings';
import { OpenWords } from './open-words';
import { Sight } from '../people/sight';
import { originalOf, StoredFiles, workingCopyOf } from './stored-files';
import type { CustodyView } from './record-views';

/** The chain of custody of one file: who sent it, what became of it, who opened it when and why. Read from the history alone. */
@Injectable()
export class ReadCustody {
  constructor(
    private readonly transactions: Transactions,
    private readonly vault: Vault,
    private readonly accounts: Accounts,
    private readonly sight: Sight,
    private readonly openings: Openings,
    private readonly storedFiles: StoredFiles,
  ) {}

  /** For case staff with names and reasons; for auditors under pseudonyms and without what people wrote. */
  async of(
    visitor: Visitor,
    name: { reference: string } | { ledgerId: string },
    n: number,
  ): Promise<CustodyView> {
    const readers = this.sight.readersOfHistory(visitor);
    await this.openings.ofHistory(visitor, name, readers);
    const { row, forStaff, ...read } = await this.transactions.read(async (db) => {
      const { found: ofCase, forStaff } = await findForHistory(db, name, readers);
      refuseErased(ofCase);
      const { id, ledgerId } = ofCase;
      const found = Number.isInteger(n) ? await db.findOneBy(Evidence, { caseId: id, n }) : null;
      if (!found) throw new Refusal('not-found', 'This case has no such file.');
      const words = await OpenWords.of(this.vault, db, id);
      const all = await custodyOf(db, ledgerId);
      const [view] = evidenceViews([found], words, all);
      const names = forStaff ? await this.accounts.names(db, refsOf(all)) : null;
      const lines = names ? named(all, names) : pseudonymous(all);
      const reasons = forStaff ? await reasonsIn(db, id, words) : new Map<number, string>();
      return { row: found, forStaff, view: view!, lines, reasons };
    });
    const { describes: _, fileName, ...view } = read.view;
    return {
      ...view,
      fileName: forStaff ? fileName : null,
      workingSha256: row.workingSha256,
      originalIsThere: await this.storedFiles.isThere(originalOf(row)),
      workingCopyIsThere: row.workingSha256 ? await this.storedFiles.isThere(workingCopyOf(row)) : null,
      lines: read.lines
        .filter(({ facts }) => facts.evidence === n)
        .map((line) => ({ ...line, reason: read.reasons.get(line.n) ?? null })),
    };
  }
}

/** By number of the entry: answers are kept under the revision that their entry made. */
async function reasonsIn(db: EntityManager, caseId: string, words: OpenWords): Promise<Map<number, string>> {
  const rows = await db.findBy(Answers, { caseId, step: 'open-original' });
  return new Map(
    rows.map(({ id, revision, answersSealed }) => {
      const said = JSON.parse(words.text('answers', 'answersSealed', id, answersSealed)) as {
        reasons: string;
      };
      return [revision, said.reasons];
    }),
  );
}
