import { Injectable } from '@nestjs/common';
import { Sight } from '../people/sight';
import type { Visitor } from '../people/visitor';
import { Time, type Day } from '../platform/time';
import { Transactions } from '../records/transactions';
import { daysBetween } from '../rules/days';
import { AGE_BAND_CODES, ageBandOf, spreadOf, type AgeBand } from '../rules/figures';
import { STAGES } from '../rules/states';
import type { Ageing } from './dashboard-views';
import { AGEING_DEFINITIONS } from './definitions';
import { openCases, stageOf } from './open-cases';

/** How old open cases are, by stage; reads only. */
@Injectable()
export class ReadAgeing {
  constructor(
    private readonly transactions: Transactions,
    private readonly sight: Sight,
    private readonly time: Time,
  ) {}

  async run(visitor: Visitor): Promise<Ageing> {
    const reader = this.sight.readerOf(visitor);
    const today = this.time.today();
    // One row for all cases of a state and a day: days are counted here, which each engine would do in its own way.
    const rows = await this.transactions.read((db) =>
      openCases(db, reader)
        .select('c.state', 'state')
        .addSelect('c.lodgedOn', 'lodgedOn')
        .addSelect('COUNT(*)', 'count')
        .groupBy('c.state')
        .addGroupBy('c.lodgedOn')
        .getRawMany<{ state: string; lodgedOn: Day; count: number | string }>(),
    );
    const aged = rows.map(({ state, lodgedOn, count }) => ({
      stage: stageOf(state),
      value: daysBetween(lodgedOn, today),
      count: Number(count),
    }));
    return {
      asOf: today,
      definitions: AGEING_DEFINITIONS,
      stages: STAGES.map((stage) => {
        const ofStage = aged.filter((row) => row.stage === stage);
        const bands = Object.fromEntries(AGE_BAND_CODES.map((code) => [code, 0])) as Record<AgeBand, number>;
        for (const { value, count } of ofStage) bands[ageBandOf(value)] += count;
        return { stage, ...spreadOf(ofStage), bands };
      }),
      all: spreadOf(aged),
    };
  }
}
