import { Injectable } from '@nestjs/common';
import { appendToHouse } from '../../ledger/house-history';
import type { Officer } from '../../people/visitor';
import { Time } from '../../platform/time';
import { Transactions } from '../../records/transactions';
import { actorOf } from '../case-visitor';
import { EXPORTED_AT_MOST, fileOf, type ExportFormat } from '../queue/export-queue';
import type { QueueRow } from '../queue/views';
import { factsOf, SearchCases } from './search-cases';
import type { SearchQuestion } from './views';

const CASES_IN_ONE_PAGE = 100;

/** What a search found as a file, like the queue. Each export is an entry in the history of the house, before anybody has it. */
@Injectable()
export class ExportSearch {
  constructor(
    private readonly searchCases: SearchCases,
    private readonly transactions: Transactions,
    private readonly time: Time,
  ) {}

  /** The list from its beginning, at most 1,000 cases. The words are in neither its name nor its content. */
  async run(
    question: Pick<SearchQuestion, 'words' | 'filter'>,
    visitor: Officer,
    format: ExportFormat,
  ): Promise<{ name: string; content: string }> {
    const cases = await this.all(question, visitor);
    const { role, personId } = actorOf(visitor);
    await this.transactions.change((db) =>
      appendToHouse(db, {
        act: 'export-search',
        by: { role, ref: personId },
        at: this.time.instant(),
        facts: { format, ...factsOf(question), shown: cases.length },
      }),
    );
    return { name: `found-${this.time.today()}.${format}`, content: await fileOf(cases, format) };
  }

  private async all(
    question: Pick<SearchQuestion, 'words' | 'filter'>,
    visitor: Officer,
  ): Promise<QueueRow[]> {
    const cases: QueueRow[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await this.searchCases.look(visitor, { ...question, cursor, limit: CASES_IN_ONE_PAGE });
      cases.push(...page.cases);
      if (page.next === null || cases.length >= EXPORTED_AT_MOST) return cases.slice(0, EXPORTED_AT_MOST);
      cursor = page.next;
    }
  }
}
