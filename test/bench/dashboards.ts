import { type INestApplicationContext, Module } from '@nestjs/common';
import { CaseworkModule } from '../../src/casework/casework.module';
import { FindPatterns } from '../../src/casework/patterns/find-patterns';
import { InsightModule } from '../../src/insight/insight.module';
import { ReadAgeing } from '../../src/insight/ageing';
import { ReadClockUse } from '../../src/insight/clock-use';
import { ReadDwell } from '../../src/insight/dwell';
import { ReadOwnWork } from '../../src/insight/own-work';
import { ReadTeamLoad } from '../../src/insight/team-load';
import type { Visitor } from '../../src/people/visitor';
import { benchFolder, inBenchHouse } from './bench-house';
import { figure, quantile, type Figure } from './figures';
import { fillCases } from './many-cases';

const ROUNDS = 5;
const ASKED_IN_ONE_ROUND = 5;
const SIZES = [1000, 100_000] as const;
/** They count every open case, of which a large desk has more: so a page is slower there, and this is what nobody minds. */
const MOST_IN_MS = 1000;

@Module({ imports: [CaseworkModule, InsightModule] })
class CaseworkAndInsight {}

type Reading = (house: INestApplicationContext, visitor: Visitor) => Promise<unknown>;

const READINGS: readonly [name: string, read: Reading][] = [
  ['own work', (house, visitor) => house.get(ReadOwnWork, { strict: false }).run(visitor, [])],
  ['age of open cases', (house, visitor) => house.get(ReadAgeing, { strict: false }).run(visitor)],
  ['clocks', (house, visitor) => house.get(ReadClockUse, { strict: false }).run(visitor)],
  ['dwell of a year', (house, visitor) => house.get(ReadDwell, { strict: false }).run(visitor)],
  ['load of the team', (house, visitor) => house.get(ReadTeamLoad, { strict: false }).run(visitor)],
  ['looking for patterns', (house) => house.get(FindPatterns, { strict: false }).run()],
];

/** What stands behind the dashboards of a triage lead, with few and with many cases. */
export async function measureDashboards(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const size of SIZES) {
    const folder = benchFolder(`dashboards-${size}`);
    try {
      figures.push(...(await inBenchHouse(CaseworkAndInsight, (house) => measureIn(house, size), folder)));
    } finally {
      folder.remove();
    }
  }
  return figures;
}

async function measureIn(house: INestApplicationContext, size: number): Promise<Figure[]> {
  const { officerId } = await fillCases(house, size);
  const visitor: Visitor = {
    kind: 'officer',
    personId: officerId,
    roles: ['INT', 'TRI'],
    unitHash: null,
    sessionHash: '',
  };
  const medians = new Map<string, number[]>(READINGS.map(([name]) => [name, []]));
  for (let round = 0; round < ROUNDS; round++)
    for (const [name, read] of READINGS) {
      const took: number[] = [];
      for (let n = 0; n < ASKED_IN_ONE_ROUND; n++) {
        const started = performance.now();
        await read(house, visitor);
        took.push(performance.now() - started);
      }
      medians.get(name)!.push(quantile(took, 0.5));
    }
  return READINGS.map(([name]) =>
    figure(`dashboards, ${size} cases: ${name}`, 'ms', medians.get(name)!, { atMost: MOST_IN_MS }),
  );
}
