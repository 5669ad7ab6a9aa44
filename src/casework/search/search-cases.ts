import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { appendToHouse } from '../../ledger/house-history';
import type { Visitor } from '../../people/visitor';
import { Refusal } from '../../platform/refusal';
import { Time } from '../../platform/time';
import { Case } from '../../records/entities/case';
import { Transactions } from '../../records/transactions';
import { searchedWords } from '../../rules/searchable-words';
import { SEARCH_PLACE, SearchIndex, type Narrowing } from '../../vault/search-index';
import { actorOf } from '../case-visitor';
import { IndexCases } from './index-cases';
import { isStorableText } from '../intake/complaint-form';
import { onlySeen, Sight, type Reader } from '../../people/sight';
import { narrowedBy } from '../queue/queue-filter';
import { QUEUE_COLUMNS, QueueRows } from '../queue/queue-rows';
import { COUNTED_AT_MOST, ReadQueue } from '../queue/read-queue';
import type { QueueFilter } from '../queue/views';
import type { SearchPage, SearchQuestion } from './views';

export const SEARCH_MAX_LENGTH = 200;
const WORDS_AT_MOST = 20;
const DEFAULT_LIMIT = 25;
const LIMIT_AT_MOST = 100;

/**
 * Finds cases by words of their texts: newest first, or narrowed and in order as the queue. Every search is an entry in the history of the house, and nobody gets a result before
 * it is stored: who searched, for how many words, how many cases were shown. The words themselves are kept nowhere.
 */
@Injectable()
export class SearchCases {
  constructor(
    private readonly transactions: Transactions,
    private readonly index: SearchIndex,
    private readonly indexCases: IndexCases,
    private readonly readQueue: ReadQueue,
    private readonly rows: QueueRows,
    private readonly sight: Sight,
    private readonly time: Time,
  ) {}

  /** One page for a member of the case staff; nothing that a complainant wrote is in it. */
  async run(visitor: Visitor, question: SearchQuestion): Promise<SearchPage> {
    const page = await this.look(visitor, question);
    const { role, personId } = actorOf(visitor);
    const facts = { ...factsOf(question), shown: page.cases.length, goesOn: isGiven(question.cursor) };
    await this.transactions.change((db) =>
      appendToHouse(db, {
        act: 'search-cases',
        by: { role, ref: personId },
        at: this.time.instant(),
        facts,
      }),
    );
    return page;
  }

  /** The same for those who write their own entry. */
  async look(visitor: Visitor, question: SearchQuestion): Promise<SearchPage> {
    const reader = this.sight.readerOf(visitor);
    const words = wordsOf(question.words);
    const limit = Math.min(Math.max(question.limit ?? DEFAULT_LIMIT, 1), LIMIT_AT_MOST);
    const cursor = question.filter ? cursorOf(question.cursor) : placeOf(question.cursor);
    const notYetSearched = await this.indexCases.catchUp();
    const page = question.filter
      ? await this.inQueue(visitor, words, { ...question.filter, cursor, limit })
      : await this.newest(reader, words, cursor, limit);
    return { ...page, notYetSearched };
  }

  /** As the queue lists them: narrowed by its filter and in its order, open cases unless a state is named. */
  private async inQueue(visitor: Visitor, words: Set<string>, filter: QueueFilter): Promise<Found> {
    const hashes = await this.transactions.read((db) =>
      this.index.rarestFirst(db, this.index.hashesOf(words)),
    );
    const { cases, next, count } = await this.readQueue.look(filter, visitor, hashes);
    return { cases, next, count };
  }

  private async newest(
    reader: Reader,
    words: Set<string>,
    after: string | undefined,
    limit: number,
  ): Promise<Found> {
    const narrow: Narrowing = (query, caseId) => onlySeen(query, caseId, reader);
    return this.transactions.read(async (db) => {
      const most = after === undefined ? COUNTED_AT_MOST + 1 : limit + 1;
      const found = await this.index.find(db, words, { after, most, narrow });
      const caseIds = found.slice(0, limit).map(({ caseId }) => caseId);
      const rows = await db
        .createQueryBuilder(Case, 'c')
        .select(QUEUE_COLUMNS.map((column) => `c.${column}`))
        .where({ id: In(caseIds) })
        .getMany();
      const byId = new Map(rows.map((row) => [row.id, row]));
      const today = this.time.today();
      return {
        cases: await this.rows.of(
          db,
          caseIds.flatMap((id) => byId.get(id) ?? []),
          today,
        ),
        next: found.length > limit ? found[limit - 1]!.place : null,
        count:
          after === undefined
            ? {
                cases: Math.min(found.length, COUNTED_AT_MOST),
                isMore: found.length > COUNTED_AT_MOST,
              }
            : null,
      };
    });
  }
}

type Found = Omit<SearchPage, 'notYetSearched'>;

/** What an entry says of a search: of the words how many they were, and nothing else. */
export function factsOf({ words, filter }: SearchQuestion): Record<string, unknown> {
  return { words: wordsOf(words).size, ...(filter ? { filter: narrowedBy(filter) } : {}) };
}

function isGiven(cursor: unknown): boolean {
  return cursor !== undefined && cursor !== null && cursor !== '';
}

/** Whatever the queue gave; it refuses what is none of its own. */
function cursorOf(cursor: unknown): string | undefined {
  if (!isGiven(cursor)) return undefined;
  return typeof cursor === 'string' ? cursor : placeOf(cursor);
}

function wordsOf(typed: unknown): Set<string> {
  if (typeof typed !== 'string') throw refused('words', 'Send the words as text.');
  if (typed.length > SEARCH_MAX_LENGTH)
    throw refused('words', `Shorten this to ${SEARCH_MAX_LENGTH} characters.`);
  if (!isStorableText(typed))
    throw refused('words', 'This text holds characters that no text of a case can hold; retype it.');
  const words = searchedWords(typed);
  if (words.size === 0) throw refused('words', 'Write at least one word of two letters or more.');
  if (words.size > WORDS_AT_MOST)
    throw refused('words', `Search for at most ${WORDS_AT_MOST} words at a time.`);
  return words;
}

function placeOf(cursor: unknown): string | undefined {
  if (!isGiven(cursor)) return undefined;
  if (typeof cursor === 'string' && SEARCH_PLACE.test(cursor)) return cursor;
  throw refused('cursor', 'Leave the cursor out, or send the one of the page before.');
}

function refused(field: string, sentence: string): Refusal {
  return new Refusal('invalid', 'Nothing was searched.', [{ name: 'answer', field, sentence }]);
}
