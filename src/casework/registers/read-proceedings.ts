import { Injectable } from '@nestjs/common';
import { onlySeen, Sight } from '../../people/sight';
import type { Visitor } from '../../people/visitor';
import type { UnmetNeed } from '../../platform/refusal';
import type { Day } from '../../platform/time';
import { Case } from '../../records/entities/case';
import { ParallelProceeding } from '../../records/entities/parallel-proceeding';
import { Transactions } from '../../records/transactions';
import { COUNTRY_CODES } from '../../rules/countries';
import { PARALLEL_PROCEEDING_CODES, PROCEEDING_ORDER_CODES } from '../../rules/parallel-proceedings';

/** So many are listed; whoever needs others narrows the list. */
export const MOST_PROCEEDINGS = 500;

/** How the register can be narrowed: each by its choices, of which one is chosen or none. */
export const PROCEEDING_FILTERS = {
  type: PARALLEL_PROCEEDING_CODES,
  country: COUNTRY_CODES,
  status: ['running', 'ended'],
  order: ['any', ...PROCEEDING_ORDER_CODES],
  told: ['yes', 'no'],
} as const satisfies Record<string, readonly string[]>;
export type ProceedingFilterName = keyof typeof PROCEEDING_FILTERS;
export const PROCEEDING_FILTER_NAMES = Object.keys(PROCEEDING_FILTERS) as ProceedingFilterName[];
export type ProceedingFilter = Partial<Record<ProceedingFilterName, string>>;

/** A proceeding beside a case, as far as codes and days tell: where it runs, its reference and its words are read in the case. */
export interface ProceedingRow {
  reference: string;
  n: number;
  type: string;
  country: string | null;
  filedBy: string | null;
  begunOn: Day | null;
  recordedOn: Day;
  course: string;
  stayRequested: boolean | null;
  orders: string[];
  orderedOn: Day | null;
  toldOn: Day | null;
  endedOn: Day | null;
  outcome: string | null;
}

export interface ProceedingList {
  /** Of all that fit, listed or not. */
  count: number;
  /** The last noted first, at most `MOST_PROCEEDINGS`. */
  proceedings: ProceedingRow[];
}

/** The register of parallel proceedings across the cases that a visitor may see; reads only. */
@Injectable()
export class ReadProceedings {
  constructor(
    private readonly transactions: Transactions,
    private readonly sight: Sight,
  ) {}

  list(visitor: Visitor, { type, country, status, order, told }: ProceedingFilter): Promise<ProceedingList> {
    const reader = this.sight.readerOf(visitor);
    return this.transactions.read(async (db) => {
      const query = db
        .createQueryBuilder(ParallelProceeding, 'pp')
        .innerJoin(Case, 'c', 'c.id = pp.caseId')
        .addSelect('c.reference', 'reference');
      if (type) query.andWhere('pp.type = :type', { type });
      if (country) query.andWhere('pp.country = :country', { country });
      if (status) query.andWhere(`pp.endedOn IS ${status === 'ended' ? 'NOT ' : ''}NULL`);
      if (order === 'any') query.andWhere('pp.orderedOn IS NOT NULL');
      else if (order) query.andWhere('pp.orders LIKE :order', { order: `%"${order}"%` });
      if (told) query.andWhere(`pp.toldOn IS ${told === 'yes' ? 'NOT ' : ''}NULL`);
      const count = await onlySeen(query, 'pp.caseId', reader).getCount();
      const { entities, raw } = await query
        .orderBy('pp.recordedOn', 'DESC')
        .addOrderBy('pp.id', 'DESC')
        .limit(MOST_PROCEEDINGS)
        .getRawAndEntities<{ reference: string }>();
      return { count, proceedings: entities.map((row, index) => rowOf(row, raw[index]!.reference)) };
    });
  }
}

/** What of a query string can be read, and everything that cannot. */
export function readProceedingFilter(query: Readonly<Record<string, unknown>>): {
  filter: ProceedingFilter;
  faults: UnmetNeed[];
} {
  const filter: ProceedingFilter = {};
  const faults: UnmetNeed[] = [];
  for (const [name, value] of Object.entries(query)) {
    if (value === '' || value === undefined) continue;
    const choices = PROCEEDING_FILTER_NAMES.find((each) => each === name);
    const isChoice = choices && (PROCEEDING_FILTERS[choices] as readonly unknown[]).includes(value);
    if (isChoice) filter[choices] = value as string;
    else
      faults.push({
        name: 'filter',
        field: name.slice(0, 64),
        sentence: 'The list is not narrowed by this.',
      });
  }
  return { filter, faults };
}

function rowOf(row: ParallelProceeding, reference: string): ProceedingRow {
  const { n, type, country, filedBy, begunOn, recordedOn, course, stayRequested, orders } = row;
  const { orderedOn, toldOn, endedOn, outcome } = row;
  const where = { reference, n, type, country, filedBy, begunOn, recordedOn, course, stayRequested };
  return { ...where, orders: orders ?? [], orderedOn, toldOn, endedOn, outcome };
}
