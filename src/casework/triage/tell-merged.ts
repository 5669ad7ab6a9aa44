import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { newId } from '../../platform/ids';
import { Refusal } from '../../platform/refusal';
import { Settings } from '../../platform/settings';
import { Answers } from '../../records/entities/answers';
import { Case } from '../../records/entities/case';
import { Merger } from '../../records/entities/merger';
import { Notice } from '../../records/entities/notice';
import { Transactions } from '../../records/transactions';
import { calendarOf } from '../../rules/calendars';
import { STATES, type State } from '../../rules/states';
import { stateAfter, stepsLeadingTo } from '../../rules/workflow';
import { ChangeCase } from '../change-case';
import { settleEnding } from '../closure/closure-effects';
import { ClockKeeper } from '../keep-clocks';
import { queueLetter } from '../letters';
import { keepReprisalReview } from '../safety/protection';
import type { CaseContext, Deed } from '../step-context';
import { MERGER_EFFECTS } from './merger-effects';
import { endedUndecided, goesOnIn, standingMerger, stateBeforeMerger } from './mergers';
import { wordedAs } from '../wordings/worded-letters';

const MOST_AT_ONCE = 200;
const BY_ITSELF = { role: 'SYS', personId: null } as const;

/** What comes of a case: whoever lodged one that is looked at in it hears that it has come so far, or goes its own way again. */
const OUTCOMES: readonly State[] = [
  'remedy-proposed',
  'implementation',
  'closed',
  'declined',
  'referred',
  'withdrawn',
];

/** Steps that lead to an outcome, or change what it is. */
const OUTCOME_STEPS = stepsLeadingTo(OUTCOMES);

/** What has to be done of a case: to tell its person of this outcome, or to end the merger, since none will come. */
type News = { told: string; isOver: boolean } | 'undecided';

/** Writes to the people whose case is looked at in another one when something was decided there. */
@Injectable()
export class TellMerged {
  constructor(
    private readonly transactions: Transactions,
    private readonly changeCase: ChangeCase,
    private readonly settings: Settings,
  ) {}

  /**
   * Writes to everybody who was not told yet of the outcome that the other case has, a case a change; where that one ended and nothing was
   * decided on the matter, the merger ends, and the case goes on where it was. Returns in how many cases. Killed, it goes on where it ended,
   * and run twice at once it tells nobody twice. One that cannot be told keeps no other back; the first fault is thrown at the end.
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
        .andWhere(
          (query) =>
            `(m.toldState IS NULL OR i.closureCode = 'CR-MERGED' OR m.toldState <> i.state || ' ' || ${query
              .subQuery()
              .select('MAX(a.revision)')
              .from(Answers, 'a')
              .where('a.caseId = i.id')
              .andWhere('a.step IN (:...steps)')
              .getQuery()})`,
          { steps: OUTCOME_STEPS },
        )
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
      if (error instanceof Refusal && !error.isOfServer) return false;
      throw error;
    }
  }

  private async write(context: CaseContext): Promise<Deed<null>> {
    const { file, caseId, today } = context;
    const news = await newsFor(context.db, caseId);
    const standing = standingMerger(file);
    if (!news || !standing)
      throw new Refusal('conflict', 'There is nothing to tell the person of this case any more.');
    if (news === 'undecided') return this.undo(context);
    const id = newId();
    await context.update(Merger, standing.id, { toldState: news.told });
    if (news.isOver && STATES[file.case.state as State].ended) context.patch.reprisalReviewOn = null;
    await context.insert(Notice, {
      id,
      caseId,
      letter: 'merged-news',
      language: file.case.language,
      revision: file.case.revision + 1,
      queuedOn: today,
      status: 'QUEUED',
      ...(await wordedAs(context.db, 'merged-news', file.case.language)),
    });
    return { act: 'tell-merged', facts: {}, result: null };
  }

  /** What two people do by the step of that name, done because nobody could have agreed to leave the case without an answer. */
  private async undo(context: CaseContext): Promise<Deed<null>> {
    const row = context.file.policy.row('undo-merge');
    const step = context.asStep(row, {});
    const clocks = new ClockKeeper(step, calendarOf(this.settings.country).code);
    const to = stateAfter(row, context.file.case.state as State, stateBeforeMerger(context.file));
    await MERGER_EFFECTS['undo-merge']!(step, clocks);
    await settleEnding(step, clocks, to);
    keepReprisalReview(step, to);
    await clocks.follow(row, to);
    await queueLetter(step);
    return { act: row.step, to, facts: {}, result: null };
  }
}

/** What came of the case in which this one is looked at, where the person was not told of it. */
async function newsFor(db: EntityManager, caseId: string): Promise<News | null> {
  const standing = standingMerger({ mergers: await db.findBy(Merger, { caseId }) });
  if (!standing) return null;
  const into = await goesOnIn(db, standing);
  if (!OUTCOMES.includes(into.state as State)) return null;
  if (endedUndecided(into)) {
    // One that was joined on in its turn goes on by itself then, and this one with it. Whoever asked for a review or withdrew has chosen.
    const { state, closureCode } = await db.findOneByOrFail(Case, { id: caseId });
    const isWaiting = state === 'closed' && closureCode === 'CR-MERGED';
    return isWaiting && into.id === standing.intoCaseId ? 'undecided' : null;
  }
  const decided = await db.maximum(Answers, 'revision', { caseId: into.id, step: In(OUTCOME_STEPS) });
  const told = `${into.state} ${decided}`;
  return told === standing.toldState ? null : { told, isOver: STATES[into.state as State].ended };
}
