import { Injectable } from '@nestjs/common';
import { appendToHouse } from '../../ledger/house-history';
import type { Officer } from '../../people/visitor';
import { Time } from '../../platform/time';
import { Transactions } from '../../records/transactions';
import { actorOf } from '../case-visitor';
import { csvOf } from '../csv';
import type { QueueFilter, QueueRow } from './views';
import { narrowedBy } from './queue-filter';
import { ReadQueue } from './read-queue';

export const EXPORT_FORMATS = ['csv', 'json'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Whoever needs more narrows the list, or asks the API page by page. */
export const EXPORTED_AT_MOST = 1000;
const CASES_IN_ONE_PAGE = 100;

const COLUMNS = [
  'reference',
  'state',
  'tier',
  'language',
  'channel',
  'lodgedOn',
  'nextDueOn',
  'overdue',
  'lateToldTo',
  'alertSince',
  'erasedOn',
  'dueKind',
  'dueCode',
  'dueByLaw',
  'legallyLate',
  'workers',
  'flags',
] as const satisfies readonly (keyof ExportedRow)[];

type ExportedRow = QueueRow & { dueKind: string | null; dueCode: string | null; dueByLaw: boolean | null };

/** The queue as a file: what its lists show and nothing that anybody wrote. Each export is an entry in the history of the house, before anybody has it. */
@Injectable()
export class ExportQueue {
  constructor(
    private readonly readQueue: ReadQueue,
    private readonly transactions: Transactions,
    private readonly time: Time,
  ) {}

  /** The list from its beginning, at most 1,000 cases. No cell of the CSV is taken for a formula. */
  async run(
    filter: QueueFilter,
    visitor: Officer,
    format: ExportFormat,
  ): Promise<{ name: string; content: string }> {
    const cases = await this.all(filter, visitor);
    const { role, personId } = actorOf(visitor);
    await this.transactions.change((db) =>
      appendToHouse(db, {
        act: 'export-queue',
        by: { role, ref: personId },
        at: this.time.instant(),
        facts: { format, filter: narrowedBy(filter), shown: cases.length },
      }),
    );
    return { name: `queue-${this.time.today()}.${format}`, content: await fileOf(cases, format) };
  }

  private async all(filter: QueueFilter, visitor: Officer): Promise<QueueRow[]> {
    const cases: QueueRow[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await this.readQueue.look({ ...filter, cursor, limit: CASES_IN_ONE_PAGE }, visitor);
      cases.push(...page.cases);
      if (page.next === null || cases.length >= EXPORTED_AT_MOST) return cases.slice(0, EXPORTED_AT_MOST);
      cursor = page.next;
    }
  }
}

/** Rows of the queue as a file of this format. */
export async function fileOf(cases: readonly QueueRow[], format: ExportFormat): Promise<string> {
  const rows = cases.map(({ due, ...row }) => {
    const { kind = null, code = null, isLaw = null } = due ?? {};
    const all = { ...row, due, dueKind: kind, dueCode: code, dueByLaw: isLaw };
    return Object.fromEntries(COLUMNS.map((column) => [column, all[column]]));
  });
  return format === 'json' ? `${JSON.stringify(rows, null, 2)}\n` : csvOf(COLUMNS, rows);
}
