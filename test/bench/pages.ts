import { setTimeout as delay } from 'node:timers/promises';
import { CaseworkModule } from '../../src/casework/casework.module';
import { OFFICER_COOKIE } from '../../src/people/cookies';
import { benchFolder, inBenchHouse } from './bench-house';
import { figure, quantile, type Figure } from './figures';
import { KeepAlive } from './keep-alive';
import { fillCases, type ManyCases } from './many-cases';
import { ServerProcess } from './server-process';

const ROUNDS = 5;
const ASKED_IN_ONE_ROUND = 40;
const SIZES = [1000, 100_000] as const;
/** The median at the large size, in parts of the one at the small size of the same round. */
const MOST_GROWTH = 1.5;
/** Cases that a page of the queue lists. */
const LISTED = 25;
const AT_REST_IN_MS = 1500;

const PAGES: { name: string; path: (cases: ManyCases, n: number) => string }[] = [
  { name: 'queue page', path: () => '/desk' },
  { name: 'queue page, newest first', path: () => '/desk?sort=lodged' },
  { name: 'queue page, my cases', path: () => '/desk?assignee=me' },
  { name: 'queue page, one code', path: () => '/desk?reprisal=LOW' },
  { name: 'queue page, two codes', path: () => '/desk?reprisal=LOW&language=en' },
  {
    name: 'case page',
    path: ({ references }, n) => `/desk/cases/${references[n % references.length]}`,
  },
];

interface Desk {
  size: number;
  cases: ManyCases;
  server: ServerProcess;
}

/** The pages of a signed-in officer, one at a time, with few and with many cases; every round asks both servers for each page. */
export async function measurePages(): Promise<Figure[]> {
  const folders = SIZES.map((size) => benchFolder(`pages-${size}`));
  const desks: Desk[] = [];
  try {
    for (const [i, size] of SIZES.entries()) {
      const { dataDir } = folders[i]!;
      const cases = await inBenchHouse(CaseworkModule, (house) => fillCases(house, size), dataDir);
      desks.push({ size, cases, server: await ServerProcess.start('built', { dataDir }) });
    }
    for (const desk of desks)
      for (const { path } of PAGES) await ask(desk, (n) => path(desk.cases, n), ASKED_IN_ONE_ROUND);
    await delay(AT_REST_IN_MS);
    return await rounds(desks);
  } finally {
    for (const { server } of desks) await server.end();
    folders.forEach((folder) => folder.remove());
  }
}

async function rounds(desks: Desk[]): Promise<Figure[]> {
  const medians = new Map<string, number[]>();
  const slowest = new Map<string, number[]>();
  const note = (to: Map<string, number[]>, key: string, value: number) =>
    to.set(key, [...(to.get(key) ?? []), value]);
  for (let round = 0; round < ROUNDS; round++)
    for (const { name, path } of PAGES)
      for (const desk of round % 2 === 0 ? desks : [...desks].reverse()) {
        const took = await ask(desk, (n) => path(desk.cases, n), ASKED_IN_ONE_ROUND);
        note(medians, `${name} ${desk.size}`, quantile(took, 0.5));
        note(slowest, `${name} ${desk.size}`, quantile(took, 0.95));
      }
  const [small, large] = SIZES;
  return PAGES.flatMap(({ name }) => [
    ...SIZES.flatMap((size) => [
      figure(`${name}, ${size} cases: median`, 'ms', medians.get(`${name} ${size}`)!),
      figure(`${name}, ${size} cases: 95 of 100`, 'ms', slowest.get(`${name} ${size}`)!),
    ]),
    figure(
      `${name}: ${large} to ${small} cases`,
      'ratio',
      medians.get(`${name} ${large}`)!.map((took, round) => took / medians.get(`${name} ${small}`)![round]!),
      { atMost: MOST_GROWTH },
    ),
  ]);
}

/** Milliseconds of each answer. */
async function ask({ server, cases }: Desk, path: (n: number) => string, count: number): Promise<number[]> {
  const connection = await KeepAlive.open(server.port);
  const headers = { Cookie: `${OFFICER_COOKIE}=${cases.officerToken}` };
  const took: number[] = [];
  for (let n = 0; n < count; n++) {
    const started = performance.now();
    const answer = await connection.ask({ method: 'GET', path: path(n), headers });
    took.push(performance.now() - started);
    const isWhole = path(n).includes('/cases/') || answer.body.split('href="/desk/cases/').length > LISTED;
    if (answer.status !== 200 || !isWhole)
      throw new Error(`${path(n)} answered ${answer.status}, not as asked:\n${answer.body}`);
  }
  connection.close();
  return took;
}
