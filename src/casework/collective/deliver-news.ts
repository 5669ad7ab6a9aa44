import { Injectable } from '@nestjs/common';
import { MoreThan, Not } from 'typeorm';
import { newId } from '../../platform/ids';
import { Refusal } from '../../platform/refusal';
import { Case } from '../../records/entities/case';
import { MemberNews } from '../../records/entities/member-news';
import { Membership } from '../../records/entities/membership';
import { Message } from '../../records/entities/message';
import { Notice } from '../../records/entities/notice';
import { Transactions } from '../../records/transactions';
import type { RoleCode } from '../../rules/roles';
import type { State } from '../../rules/states';
import { ChangeCase } from '../change-case';
import { OpenWords } from '../open-words';
import type { CaseContext, Deed } from '../step-context';
import { standingMembership } from './members';
import { wordedAs } from '../wordings/worded-letters';

const MOST_AT_ONCE = 200;
const BY_ITSELF = { role: 'SYS', personId: null } as const;
const HOLDERS = ['RH', 'REP'];

/** Puts what was written to all members into the case of each of them, sealed there under its own key. */
@Injectable()
export class DeliverNews {
  constructor(
    private readonly transactions: Transactions,
    private readonly changeCase: ChangeCase,
  ) {}

  /**
   * Brings every message to whoever is a member and has not got it, a case a change; returns in how many cases. Killed, it goes on where it
   * ended, and run twice at once it brings nothing twice. Who left meanwhile gets nothing more; a case that goes on without the person
   * gets nothing. One that cannot be brought keeps no other back; the first fault is thrown at the end.
   */
  async run(): Promise<number> {
    let delivered = 0;
    const faults: unknown[] = [];
    for (let after = ''; ;) {
      const waiting = await this.waitingAfter(after);
      for (const { caseId } of waiting)
        try {
          if (await this.bringTo(caseId)) delivered += 1;
        } catch (error) {
          faults.push(error);
        }
      if (waiting.length < MOST_AT_ONCE) break;
      after = waiting.at(-1)!.id;
    }
    if (faults.length > 0) throw faults[0];
    return delivered;
  }

  private waitingAfter(after: string): Promise<{ id: string; caseId: string }[]> {
    return this.transactions.read((db) =>
      db
        .createQueryBuilder()
        .from(
          (news) =>
            news
              .select('n.caseId', 'groupId')
              .addSelect('MAX(n.n)', 'newest')
              .from(MemberNews, 'n')
              .groupBy('n.caseId'),
          'w',
        )
        .innerJoin(Membership, 'm', 'm.groupCaseId = w."groupId" AND m.newsUpTo < w."newest"')
        .innerJoin(Case, 'g', 'g.id = m.groupCaseId AND g.erasedOn IS NULL')
        .innerJoin(Case, 'c', 'c.id = m.caseId AND c.erasedOn IS NULL')
        .select('m.id', 'id')
        .addSelect('m.caseId', 'caseId')
        .where('m.endedOn IS NULL')
        .andWhere('c.state <> :alone', { alone: 'own-initiative' satisfies State })
        .andWhere('m.id > :after', { after })
        .orderBy('m.id')
        .limit(MOST_AT_ONCE)
        .getRawMany<{ id: string; caseId: string }>(),
    );
  }

  /** False where there is nothing to bring any more. */
  private async bringTo(id: string): Promise<boolean> {
    try {
      await this.changeCase.run(
        { id },
        undefined,
        () => BY_ITSELF,
        (context) => this.bring(context),
      );
      return true;
    } catch (error) {
      if (error instanceof Refusal && !error.isOfServer) return false;
      throw error;
    }
  }

  private async bring(context: CaseContext): Promise<Deed<null>> {
    const { db, file, caseId, today } = context;
    const standing = standingMembership(file);
    const state = file.case.state as State;
    const news =
      standing && state !== 'own-initiative'
        ? await db.find(MemberNews, {
            where: { caseId: standing.groupCaseId, n: MoreThan(standing.newsUpTo), textSealed: Not('') },
            order: { n: 'ASC' },
          })
        : [];
    if (!standing || news.length === 0)
      throw new Refusal('conflict', 'There is nothing to bring into this case any more.');
    const words = await OpenWords.of(context.vault, db, standing.groupCaseId);
    let n = await db.countBy(Message, { caseId });
    for (const row of news) {
      const id = newId();
      const text = words.text('member_news', 'textSealed', row.id, row.textSealed);
      await context.insert(Message, {
        id,
        caseId,
        n: (n += 1),
        fromRole: HOLDERS.includes(row.fromRole) ? ('LEAD' satisfies RoleCode) : row.fromRole,
        personId: row.personId,
        writtenOn: today,
        language: row.language,
        textSealed: context.seal('messages', 'textSealed', id, text),
      });
    }
    await context.update(Membership, standing.id, { newsUpTo: news.at(-1)!.n });
    await context.insert(Notice, {
      id: newId(),
      caseId,
      letter: 'message',
      language: file.case.language,
      revision: file.case.revision + 1,
      queuedOn: today,
      status: 'QUEUED',
      ...(await wordedAs(context.db, 'message', file.case.language)),
    });
    return { act: 'bring-news', facts: { news: news.length }, result: null };
  }
}
