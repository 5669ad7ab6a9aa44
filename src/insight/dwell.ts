import { Injectable } from '@nestjs/common';
import { onlySeen, Sight } from '../people/sight';
import type { Visitor } from '../people/visitor';
import { Refusal, type UnmetNeed } from '../platform/refusal';
import { Time, type Day } from '../platform/time';
import { CaseStay } from '../records/entities/case-stay';
import { Transactions } from '../records/transactions';
import { addDays, isDay } from '../rules/days';
import { spreadOf } from '../rules/figures';
import { STATE_CODES } from '../rules/states';
import type { Dwell } from './dashboard-views';
import { DWELL_DEFINITIONS } from './definitions';
import { narrowed } from './read-statistics';

/** Where nobody names a period: a year until today. */
const DAYS_OF_A_YEAR = 365;

/** How long cases stay in each state; reads only. */
@Injectable()
export class ReadDwell {
  constructor(
    private readonly transactions: Transactions,
    private readonly sight: Sight,
    private readonly time: Time,
  ) {}

  /** The period as it was typed; what is left out is the year until today. Refuses what is no day, and a period that ends before it begins. */
  async run(visitor: Visitor, typed: { from?: unknown; to?: unknown } = {}): Promise<Dwell> {
    const reader = this.sight.readerOf(visitor);
    const today = this.time.today();
    const { from, to } = this.period(typed, today);
    const rows = await this.transactions.read((db) => {
      const query = db
        .createQueryBuilder(CaseStay, 'y')
        .select('y.state', 'state')
        .addSelect('y.days', 'value')
        .addSelect('COUNT(*)', 'count')
        .where('y.until >= :from AND y.until <= :to', { from, to })
        .groupBy('y.state')
        .addGroupBy('y.days');
      return onlySeen(narrowed(query, 'y.caseId', null), 'y.caseId', reader).getRawMany<{
        state: string;
        value: number;
        count: number | string;
      }>();
    });
    return {
      asOf: today,
      definitions: DWELL_DEFINITIONS,
      from,
      to,
      states: STATE_CODES.flatMap((state) => {
        const tally = rows
          .filter((row) => row.state === state)
          .map(({ value, count }) => ({ value, count: Number(count) }));
        return tally.length > 0 ? [{ state, ...spreadOf(tally) }] : [];
      }),
    };
  }

  /** The period that is shown where what was typed is none. */
  period(typed: { from?: unknown; to?: unknown }, today: Day = this.time.today()): { from: Day; to: Day } {
    const needs: UnmetNeed[] = [];
    const read = (field: 'from' | 'to', otherwise: Day): Day => {
      const value = typed[field];
      if (value === undefined || value === '') return otherwise;
      if (typeof value === 'string' && isDay(value)) return value;
      needs.push({
        name: 'answer',
        field,
        sentence: 'Write the day as year, month and day, for example 2026-11-24.',
      });
      return otherwise;
    };
    const to = read('to', today);
    const from = read('from', addDays(to, -DAYS_OF_A_YEAR));
    if (needs.length === 0 && from > to)
      needs.push({ name: 'answer', field: 'from', sentence: 'The period ends before it begins.' });
    if (needs.length > 0) throw new Refusal('invalid', 'This period cannot be read.', needs);
    return { from, to };
  }
}
