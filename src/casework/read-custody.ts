import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { Accounts } from '../people/accounts';
import type { Visitor } from '../people/visitor';
import { Refusal } from '../platform/refusal';
import { Answers } from '../records/entities/answers';
import { Evidence } from '../records/entities/evidence';
import { Transactions } from '../records/transactions';
import { Vault } from '../vault/vault';
import { findForHistory, refuseErased } from './case-file';
import { evidenceViews } from './correspondence';
import { custodyIn, custodyOf, custodyOfFile } from './custody';
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

  /** The newest lines, or those before one: for case staff with names and reasons; for auditors under pseudonyms and without what people wrote. */
  async of(
    visitor: Visitor,
    name: { reference: string } | { ledgerId: string },
    n: number,
    before?: number,
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
      const [view] = await evidenceViews(db, ledgerId, [found], words);
      const here = { row: found, forStaff, view: view! };
      // The pseudonym of somebody is the same for every file, so that it takes all of them to give them.
      if (!forStaff) {
        const all = pseudonymous(await custodyOf(db, ledgerId));
        return { ...here, page: custodyIn(all, n, before), reasons: new Map<number, string>() };
      }
      const page = await custodyOfFile(db, ledgerId, n, before);
      const lines = named(page.lines, await this.accounts.names(db, refsOf(page.lines)));
      return { ...here, page: { ...page, lines }, reasons: await reasonsIn(db, id, lines, words) };
    });
    const { describes: _, fileName, ...view } = read.view;
    return {
      ...view,
      fileName: forStaff ? fileName : null,
      workingSha256: row.workingSha256,
      originalIsThere: await this.storedFiles.isThere(originalOf(row)),
      workingCopyIsThere: row.workingSha256 ? await this.storedFiles.isThere(workingCopyOf(row)) : null,
      earlierLines: read.page.before,
      lines: read.page.lines.map((line) => ({ ...line, reason: read.reasons.get(line.n) ?? null })),
    };
  }
}

/** By number of the entry: answers are kept under the revision that their entry made. */
async function reasonsIn(
  db: EntityManager,
  caseId: string,
  lines: readonly { n: number; act: string }[],
  words: OpenWords,
): Promise<Map<number, string>> {
  const revisions = lines.filter(({ act }) => act === 'open-original').map(({ n }) => n);
  const rows = await db.findBy(Answers, { caseId, step: 'open-original', revision: In(revisions) });
  return new Map(
    rows.map(({ id, revision, answersSealed }) => {
      const said = JSON.parse(words.text('answers', 'answersSealed', id, answersSealed)) as {
        reasons: string;
      };
      return [revision, said.reasons];
    }),
  );
}
