import { Injectable } from '@nestjs/common';
import { Accounts } from '../../people/accounts';
import { onlySeen, Sight } from '../../people/sight';
import type { Visitor } from '../../people/visitor';
import { Assignment } from '../../records/entities/assignment';
import { Case } from '../../records/entities/case';
import { Transactions } from '../../records/transactions';
import { Vault } from '../../vault/vault';
import { nameOf } from '../case-objects';
import { OpenWords } from '../open-words';
import type { AskedView } from './views';

/** Cases that a member of staff is asked to work on, before they see anything of them. */
@Injectable()
export class ReadAsked {
  constructor(
    private readonly transactions: Transactions,
    private readonly accounts: Accounts,
    private readonly vault: Vault,
    private readonly sight: Sight,
  ) {}

  /** Oldest case first. Answered by the steps `declare-no-conflict` and `recuse`. */
  async list(visitor: Visitor): Promise<AskedView[]> {
    const reader = { ...this.sight.readerOf(visitor), alsoAsked: true };
    return this.transactions.read(async (db) => {
      const asked = await db.findBy(Assignment, {
        personId: reader.personId,
        conflictDeclared: 'ASKED',
      });
      const open = asked.filter(({ endedOn }) => endedOn === null);
      const caseIds = [...new Set(open.map(({ caseId }) => caseId))];
      if (caseIds.length === 0) return [];
      const query = db.createQueryBuilder(Case, 'c').whereInIds(caseIds).andWhere('c.erasedOn IS NULL');
      const cases = await onlySeen(query, 'c.id', reader).orderBy('c.lodgedOn').addOrderBy('c.id').getMany();
      const names = await this.accounts.names(
        db,
        open.flatMap(({ assignedBy }) => assignedBy ?? []),
      );
      const views: AskedView[] = [];
      for (const { id, reference, revision } of cases) {
        const words = await OpenWords.of(this.vault, db, id);
        const own = open.filter(({ caseId }) => caseId === id);
        const { assignedBy } = own[0]!;
        const concerns = own.flatMap(
          (row) => words.maybe('assignments', 'concernsSealed', row.id, row.concernsSealed) ?? [],
        );
        views.push({
          reference,
          revision,
          roles: own.map(({ role }) => role),
          askedBy: assignedBy && nameOf(names, assignedBy),
          concerns: concerns.join('\n') || null,
        });
      }
      return views;
    });
  }

  /** The case of a guest, once they may see it. */
  async ownOfGuest(visitor: Visitor): Promise<string | null> {
    if (visitor.kind !== 'officer' || !visitor.guest) return null;
    const reader = this.sight.readerOf(visitor);
    const { caseId } = visitor.guest;
    return this.transactions.read(async (db) => {
      const query = db.createQueryBuilder(Case, 'c').where({ id: caseId });
      return (await onlySeen(query, 'c.id', reader).getOne())?.reference ?? null;
    });
  }
}
