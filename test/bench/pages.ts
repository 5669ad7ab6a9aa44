import { setTimeout as delay } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { CaseworkModule } from '../../src/casework/casework.module';
import { OFFICER_COOKIE } from '../../src/people/cookies';
import { startPostgresServer } from '../harness/postgres-server';
import { benchFolder, inBenchHouse, type BenchPlace } from './bench-house';
import { figure, quantile, type Figure } from './figures';
import { KeepAlive } from './keep-alive';
import { fillCases, GROUP_OF_SOME, type ManyCases } from './many-cases';
import { ServerProcess } from './server-process';

const ROUNDS = 5;
const ASKED_IN_ONE_ROUND = 40;
/** What more cases are compared with. */
export const FEW = 1000;
const MANY = 100_000;
/** The median at the large size, in parts of the one at the small size of the same round. */
const MOST_GROWTH = 1.5;
/** Cases that a page of the queue lists. */
const LISTED = 25;
const AT_REST_IN_MS = 1500;

interface PageAsked {
  name: string;
  path: (desk: Desk, n: number) => string;
  /** Left out for a page of a case. */
  listsAtLeast?: number;
}

const PAGES: PageAsked[] = [
  { name: 'queue page', path: () => '/desk', listsAtLeast: LISTED },
  { name: 'queue page, the third one', path: ({ third }) => third, listsAtLeast: LISTED },
  { name: 'queue page, newest first', path: () => '/desk?sort=lodged', listsAtLeast: LISTED },
  { name: 'queue page, my cases', path: () => '/desk?assignee=me', listsAtLeast: LISTED },
  { name: 'queue page, cases of nobody', path: () => '/desk?assignee=nobody', listsAtLeast: LISTED },
  { name: 'queue page, late by law', path: () => '/desk?due=legally-late', listsAtLeast: LISTED },
  { name: 'queue page, one code', path: () => '/desk?reprisal=LOW', listsAtLeast: LISTED },
  { name: 'queue page, one group', path: () => `/desk?group=${GROUP_OF_SOME}`, listsAtLeast: LISTED },
  { name: 'queue page, two codes', path: () => '/desk?reprisal=LOW&language=en', listsAtLeast: LISTED },
  {
    name: 'case page',
    path: ({ cases: { references } }, n) => `/desk/cases/${references[n % references.length]}`,
  },
];

interface Desk {
  size: number;
  cases: ManyCases;
  server: ServerProcess;
  /** Address of the third page of the queue. */
  third: string;
}

/** The pages of a signed-in officer, one at a time, with few and with many cases; every round asks both servers for each page. */
export async function measurePages({ cases = MANY } = {}): Promise<Figure[]> {
  return measure('', [FEW, cases], () => undefined);
}

/** The same on a PostgreSQL of its own, without waiting for disks, which pages only read. */
export async function measurePagesOnPostgres({ cases = MANY } = {}): Promise<Figure[]> {
  const postgres = await startPostgresServer();
  const client = new Client({ connectionString: postgres.url });
  await client.connect();
  try {
    return await measure('PostgreSQL: ', [FEW, cases], async (name) => {
      await client.query(`CREATE DATABASE "${name}"`);
      return new URL(`/${name}`, postgres.url).href;
    });
  } finally {
    await client.end();
    await postgres.stop();
  }
}

async function measure(
  prefix: string,
  sizes: readonly [few: number, many: number],
  newDatabase: (name: string) => string | undefined | Promise<string | undefined>,
): Promise<Figure[]> {
  const folders = sizes.map((size) => benchFolder(`pages-${size}`));
  const desks: Desk[] = [];
  try {
    for (const [i, size] of sizes.entries()) {
      const place = { dataDir: folders[i]!.dataDir, databaseUrl: await newDatabase(`pages_${size}`) };
      const cases = await filled(place, size);
      desks.push({ size, cases, server: await ServerProcess.start('built', place), third: '/desk' });
    }
    for (const desk of desks)
      for (let page = 1; page < 3; page++) desk.third = await following(desk, desk.third);
    for (const desk of desks) for (const page of PAGES) await ask(desk, page, ASKED_IN_ONE_ROUND);
    await delay(AT_REST_IN_MS);
    return (await rounds(desks)).map((each) => ({ ...each, name: prefix + each.name }));
  } finally {
    for (const { server } of desks) await server.end();
    folders.forEach((folder) => folder.remove());
  }
}

async function filled(place: BenchPlace, size: number): Promise<ManyCases> {
  const cases = await inBenchHouse(
    CaseworkModule,
    async (house) => {
      if (!place.databaseUrl) await hurry(house);
      return fillCases(house, size, { searchable: true });
    },
    place,
  );
  if (!place.databaseUrl) return cases;
  const client = new Client({ connectionString: place.databaseUrl });
  await client.connect();
  // What autovacuum does within minutes.
  await client.query('VACUUM ANALYZE');
  await client.end();
  return cases;
}

/** Rows that are lost with a power cut are made again; with the memory of a server, a million would take twice as long. */
async function hurry(house: INestApplicationContext): Promise<void> {
  const source = house.get<DataSource>(getDataSourceToken(), { strict: false });
  for (const pragma of ['synchronous = OFF', 'cache_size = -1000000', 'wal_autocheckpoint = 200000'])
    await source.query(`PRAGMA ${pragma}`);
}

/** Where the link to the next page leads. */
async function following({ server, cases }: Desk, path: string): Promise<string> {
  const connection = await KeepAlive.open(server.port);
  const { body } = await connection.ask({ method: 'GET', path, headers: cookieOf(cases) });
  connection.close();
  const href = /href="([^"]+)" rel="next"/.exec(body)?.[1];
  if (!href) throw new Error(`${path} leads to no next page:\n${body}`);
  return href.replaceAll('&amp;', '&');
}

async function rounds(desks: Desk[]): Promise<Figure[]> {
  const medians = new Map<string, number[]>();
  const slowest = new Map<string, number[]>();
  const note = (to: Map<string, number[]>, key: string, value: number) =>
    to.set(key, [...(to.get(key) ?? []), value]);
  for (let round = 0; round < ROUNDS; round++)
    for (const page of PAGES)
      for (const desk of round % 2 === 0 ? desks : [...desks].reverse()) {
        const took = await ask(desk, page, ASKED_IN_ONE_ROUND);
        note(medians, `${page.name} ${desk.size}`, quantile(took, 0.5));
        note(slowest, `${page.name} ${desk.size}`, quantile(took, 0.95));
      }
  const [small, large] = desks.map(({ size }) => size) as [number, number];
  return PAGES.flatMap(({ name }) => [
    ...[small, large].flatMap((size) => [
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
async function ask(desk: Desk, { path, listsAtLeast }: PageAsked, count: number): Promise<number[]> {
  const connection = await KeepAlive.open(desk.server.port);
  const headers = cookieOf(desk.cases);
  const took: number[] = [];
  for (let n = 0; n < count; n++) {
    const started = performance.now();
    const answer = await connection.ask({ method: 'GET', path: path(desk, n), headers });
    took.push(performance.now() - started);
    const listed = answer.body.split('href="/desk/cases/').length - 1;
    if (answer.status !== 200 || (listsAtLeast !== undefined && listed < listsAtLeast))
      throw new Error(`${path(desk, n)} answered ${answer.status}, not as asked:\n${answer.body}`);
  }
  connection.close();
  return took;
}

function cookieOf({ officerToken }: ManyCases): Record<string, string> {
  return { Cookie: `${OFFICER_COOKIE}=${officerToken}` };
}
