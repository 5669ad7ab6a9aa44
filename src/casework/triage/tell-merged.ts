import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../../platform/ids';
import { Refusal } from '../../platform/refusal';
import { Case } from '../../records/entities/case';
import { Merger } from '../../records/entities/merger';
import { Notice } from '../../records/entities/notice';
import { Transactions } from '../../records/transactions';
import type { State } from '../../rules/states';
import { ChangeCase } from '../change-case';
import type { CaseContext, Deed } from '../step-context';
import { goesOnIn, standingMerger } from './mergers';

const MOST_AT_ONCE = 200;
const BY_ITSELF = { role: 'SYS', personId: null } as const;

/** What comes of a case: whoever lodged one that is looked at in it hears that it has come so far. */
const OUTCOMES: readonly State[] = [
  'remedy-proposed',
  'implementation',
  'closed',
  'declined',
  'referred',
  'withdrawn',
];

/** Writes to the people whose case is looked at in another one when something was decided there. */
@Injectable()
export class TellMerged {
  constructor(
    private readonly transactions: Transactions,
    private readonly changeCase: ChangeCase,
  ) {}

  /**
   * Writes to everybody who was not told yet of the state in which the other case is, a case a change; returns in how many cases. Killed, it
   * goes on where it ended, and run twice at once it tells nobody twice. One that cannot be told keeps no other back; the first fault is
   * thrown at the end.
   */
  async run(): Promise<number> {
    let told = 0;
    const faults: unknown[] = [];
    for (let after = ''; ;) {
      const waiting = await this.waitingAfter(after);
      for (const { caseId } of waiting)
        try {
          if (await this.tell(caseId)) told += 1;
        } catch (error) {
          faults.push(error);
        }
      if (waiting.length < MOST_AT_ONCE) break;
      after = waiting.at(-1)!.id;
    }
    if (faults.length > 0) throw faults[0];
    return told;
  }

  private waitingAfter(after: string): Promise<{ id: string; caseId: string }[]> {
    return this.transactions.read((db) =>
      db
        .createQueryBuilder(Merger, 'm')
        .innerJoin(Case, 'c', 'c.id = m.caseId AND c.erasedOn IS NULL')
        .innerJoin(Case, 'i', 'i.id = m.intoCaseId')
        .select('m.id', 'id')
        .addSelect('m.caseId', 'caseId')
        .where('m.endedOn IS NULL')
        .andWhere('i.state IN (:...outcomes)', { outcomes: OUTCOMES })
        .andWhere('(m.toldState IS NULL OR m.toldState <> i.state)')
        .andWhere('m.id > :after', { after })
        .orderBy('m.id')
        .limit(MOST_AT_ONCE)
        .getRawMany<{ id: string; caseId: string }>(),
    );
  }

  /** False where there is nothing to tell any more. */
  private async tell(id: string): Promise<boolean> {
    if (!(await this.transactions.read((db) => newsFor(db, id)))) return false;
    try {
      await this.changeCase.run(
        { id },
        undefined,
        () => BY_ITSELF,
        (context) => this.write(context),
      );
      return true;
    } catch (error) {
      if (error instanceof Refusal) return false;
      throw error;
    }
  }

  private async write(context: CaseContext): Promise<Deed<null>> {
    const { file, caseId, today } = context;
    const news = await newsFor(context.db, caseId);
    const standing = standingMerger(file);
    if (!news || !standing)
      throw new Refusal('conflict', 'There is nothing to tell the person of this case any more.');
    const id = newId();
    await context.update(Merger, standing.id, { toldState: news.state });
    await context.insert(Notice, {
      id,
      caseId,
      letter: 'merged-news',
      language: file.case.language,
      revision: file.case.revision + 1,
      queuedOn: today,
      status: 'QUEUED',
      paramsSealed: context.seal('notices', 'paramsSealed', id, JSON.stringify({ joinedTo: news.reference })),
    });
    return { act: 'tell-merged', facts: {}, result: null };
  }
}

/** The case in which this one is looked at, where something came of it that the person was not told. */
async function newsFor(db: EntityManager, caseId: string): Promise<Case | null> {
  const standing = standingMerger({ mergers: await db.findBy(Merger, { caseId }) });
  if (!standing) return null;
  const into = await goesOnIn(db, standing);
  const isNews = OUTCOMES.includes(into.state as State) && into.state !== standing.toldState;
  return isNews ? into : null;
}
