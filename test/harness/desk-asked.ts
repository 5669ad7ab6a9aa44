import { FindPatterns } from '../../src/casework/patterns/find-patterns';
import { PatternReviews } from '../../src/casework/patterns/pattern-reviews';
import { ReadQueue } from '../../src/casework/queue/read-queue';
import type { QueueFilter } from '../../src/casework/queue/views';
import { ReadCase } from '../../src/casework/read-case';
import { Systems } from '../../src/casework/registers/systems';
import { ReadAgeing } from '../../src/insight/ageing';
import { ReadClockUse } from '../../src/insight/clock-use';
import { ReadDwell } from '../../src/insight/dwell';
import { ReadOwnWork } from '../../src/insight/own-work';
import { ReadTeamLoad } from '../../src/insight/team-load';
import { Accounts } from '../../src/people/accounts';
import { Sight } from '../../src/people/sight';
import type { Visitor } from '../../src/people/visitor';
import { Transactions } from '../../src/records/transactions';
import type { House } from './house';
import { Walk } from './walk';

export const FILTERS: [name: string, filter: QueueFilter][] = [
  ['the queue', {}],
  ['of one severity', { tier: 'SEVERE' }],
  ['of two codes', { tier: 'SEVERE', flag: 'DELAY' }],
  ['of a stage', { stage: 'triage' }],
  ['of a system', { system: 1 }],
  ['of a vendor', { vendor: 1 }],
  ['of a group', { group: 'AG-WORKER' }],
  ['of nobody', { assignee: 'nobody' }],
  ['late by law', { due: 'legally-late' }],
  ['by due day', { sort: 'due' }],
  ['newest first', { sort: 'lodged' }],
  ['closed', { state: 'closed' }],
];

const SYSTEM = {
  systemName: 'Scorer',
  purpose: 'It rates.',
  useDomain: 'DOM-SVC-BEN',
  lifecycleStage: 'LC-OPER',
};

export type Asked = [name: string, work: () => Promise<unknown>];

/** What the pages of the desk ask, by whoever reads them. */
export async function everythingAsked(house: House, walk: Walk): Promise<Asked[]> {
  const { staff } = walk;
  const readers: [string, Visitor][] = [
    ['triage lead', staff.TRI],
    ['investigator', staff.INV],
    ['intake officer', staff.INT],
  ];
  const queue = house.get(ReadQueue);
  await walk.by('TRI', 'write-internal-note', { internalNote: 'One more.' });
  await Walk.lodge(house, staff);
  return [
    ...readers.flatMap(([who, visitor]) =>
      FILTERS.map(([name, filter]): Asked => [`${who}: ${name}`, () => queue.page(filter, visitor)]),
    ),
    ['triage lead: of a person', () => queue.page({ assignee: staff.INV.personId }, staff.TRI)],
    [
      'triage lead: the next page',
      async () => queue.page({ cursor: (await queue.page({ limit: 1 }, staff.TRI)).next! }, staff.TRI),
    ],
    ['investigator: a case', () => house.get(ReadCase).forStaff(walk.reference, staff.INV)],
  ];
}

/** What the dashboards ask, by the same readers. */
export async function dashboardsAsked(house: House, walk: Walk): Promise<Asked[]> {
  const { staff } = walk;
  const readers: [string, Visitor][] = [
    ['triage lead', staff.TRI],
    ['investigator', staff.INV],
    ['intake officer', staff.INT],
  ];
  const parties = [house.get(Transactions), house.get(Sight), house.time] as const;
  const systemNumber = await house.get(Systems).add(staff.TRI, SYSTEM);
  await walk.by('TRI', 'name-system', { systemNumber });
  await walk.by('TRI', 'record-proceeding', { proceedingType: 'PP-DPA', proceedingCourse: 'CONTINUE' });
  await house.get(FindPatterns).run();
  const [transactions, sight, time] = parties;
  const load = new ReadTeamLoad(transactions, house.get(Accounts), sight, time);
  return [
    ...readers.flatMap(([who, visitor]): Asked[] => [
      [`${who}: the own work`, () => new ReadOwnWork(...parties).run(visitor, [])],
      [`${who}: how old cases are`, () => new ReadAgeing(...parties).run(visitor)],
      [`${who}: the clocks`, () => new ReadClockUse(...parties).run(visitor)],
      [`${who}: how long cases stay`, () => new ReadDwell(...parties).run(visitor)],
      [`${who}: reviews of patterns`, () => house.get(PatternReviews).list(visitor)],
    ]),
    ['triage lead: the load of the team', () => load.run(staff.TRI)],
  ];
}
