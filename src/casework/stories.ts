import { Injectable } from '@nestjs/common';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { findAltered } from '../ledger/find-altered';
import { Log } from '../platform/log';
import { Refusal } from '../platform/refusal';
import { Case } from '../records/entities/case';
import { Consent } from '../records/entities/consent';
import { Party } from '../records/entities/party';
import { Story } from '../records/entities/story';
import { Transactions } from '../records/transactions';
import type { StepAnswers } from '../rules/needs/facts';
import { said } from '../rules/needs/readings';
import { Vault } from '../vault/vault';
import { openProposal, type CaseFile } from './case-file';
import { OpenWords } from './open-words';
import type { PublicStories, StoryView } from './closure/views';

const STORIES_ON_A_PAGE = 20;

/** What, beside the case itself, says whether its story may be shown. */
const SHOWN_BY = [Consent, Party, Story];

/** What the public reads: told cases of today, in no order of time, and nothing of a case but the text. */
@Injectable()
export class Stories {
  constructor(
    private readonly transactions: Transactions,
    private readonly vault: Vault,
    private readonly log: Log,
  ) {}

  /** One page, from 1; what was changed behind our back is left out and told in the log. Refuses what is no number of a page. */
  async page(asked: unknown = '1'): Promise<PublicStories> {
    if (typeof asked !== 'string' || !/^[1-9]\d{0,4}$/.test(asked))
      throw new Refusal('invalid', 'There is no such page of stories.', [
        { name: 'page', field: 'page', sentence: 'Give the number of a page, from 1.' },
      ]);
    const page = Number(asked);
    const found = await this.transactions.read((db) =>
      shown(db)
        .orderBy('s.id')
        .offset((page - 1) * STORIES_ON_A_PAGE)
        .limit(STORIES_ON_A_PAGE + 1)
        .getMany(),
    );
    const rows = found.slice(0, STORIES_ON_A_PAGE);
    const altered = await this.transactions.read((db) =>
      findAltered(
        db,
        SHOWN_BY,
        rows.map(({ caseId }) => caseId),
      ),
    );
    const stories: PublicStories['stories'] = [];
    for (const row of rows) {
      const text = altered.has(row.caseId) ? null : await this.textOf(row);
      if (text !== null) stories.push({ language: row.language, text });
      else
        this.log.error(
          'a story is not shown: its case is not as its history tells it; run verify',
          undefined,
          {
            caseId: row.caseId,
          },
        );
    }
    return { stories, next: found.length > STORIES_ON_A_PAGE ? page + 1 : null };
  }

  /** Null where it does not open: one damaged row must not keep the others from being read. */
  private async textOf({ id, caseId, textSealed }: Story): Promise<string | null> {
    try {
      const words = await this.transactions.read((db) => OpenWords.of(this.vault, db, caseId));
      return words.text('stories', 'textSealed', id, textSealed);
    } catch (error) {
      if (error instanceof Refusal && error.isOfServer) throw error;
      return null;
    }
  }
}

/** Numbers of the stories of one case that the public can read now. */
export async function shownNumbers(db: EntityManager, caseId: string): Promise<Set<number>> {
  const rows = await shown(db).andWhere('s.caseId = :caseId', { caseId }).getMany();
  if (rows.length > 0 && (await findAltered(db, SHOWN_BY, [caseId])).size > 0) return new Set();
  return new Set(rows.map(({ n }) => n));
}

/**
 * The stories of a case as the person and staff see them: each that was ever shown, and the one that waits for a second person, which
 * nobody else can read yet.
 */
export async function storyViews(db: EntityManager, file: CaseFile, words: OpenWords): Promise<StoryView[]> {
  const waiting = openProposal(file, 'publish-story');
  if (file.stories.length === 0 && !waiting) return [];
  const now = await shownNumbers(db, file.case.id);
  const views: StoryView[] = file.stories.map(({ id, n, language, textSealed, publishedOn }) => ({
    status: now.has(n) ? 'SHOWN' : 'TAKEN_DOWN',
    language,
    text: words.text('stories', 'textSealed', id, textSealed),
    publishedOn,
  }));
  if (!waiting) return views;
  const sealed = words.text('proposals', 'answersSealed', waiting.id, waiting.answersSealed);
  const answers = JSON.parse(sealed) as StepAnswers;
  return [
    ...views,
    {
      status: 'PROPOSED',
      language: said(answers, 'storyLanguage'),
      text: said(answers, 'storyText'),
      publishedOn: null,
    },
  ];
}

/**
 * Looked at anew with every request, so that a no takes a story down at once: the decision it rests on stands, somebody holds a receipt
 * and can take it back, the case is closed and not erased, and nobody fears revenge.
 */
function shown(db: EntityManager): SelectQueryBuilder<Story> {
  const query = db.createQueryBuilder(Story, 's').innerJoin(Case, 'c', 'c.id = s.caseId');
  const exists = (entity: new () => object, alias: string, condition: string) =>
    `EXISTS ${query.subQuery().select('1').from(entity, alias).where(condition).getQuery()}`;
  return query
    .where('s.endedOn IS NULL AND c.erasedOn IS NULL')
    .andWhere("c.state = 'closed' AND (c.reprisalLevel IS NULL OR c.reprisalLevel IN ('LOW', 'MEDIUM'))")
    .andWhere(
      exists(
        Consent,
        'k',
        "k.caseId = s.caseId AND k.n = s.consentN AND k.code = 'CN-STORY' AND k.given = :given AND k.endedOn IS NULL",
      ),
      { given: true },
    )
    .andWhere(
      exists(Party, 'p', 'p.caseId = s.caseId AND p.receiptHash IS NOT NULL AND p.oneTimeUntil IS NULL'),
    );
}
