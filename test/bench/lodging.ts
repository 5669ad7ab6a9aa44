import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { Client } from 'pg';
import { createTestDatabase } from '../harness/database';
import { startPostgresServer } from '../harness/postgres-server';
import { figure, quantile, type Figure } from './figures';
import { KeepAlive } from './keep-alive';
import { ServerProcess } from './server-process';

const ROUNDS = 5;
const CONCURRENCIES = [1, 8, 32] as const;
const ROUND_IN_MS = 800;
const WARM_UP_IN_MS = 1500;
const FLUSHES = 200;
/** Part of the bare server's rate. */
const LEAST_RATIO = 0.4;

/** About 600 characters, as somebody writes them into the form. */
const NARRATIVE =
  'I have worked as a courier for four years. On the second of June my account was closed at night, without a word before. The letter says that a system found my face did not match my picture, but I had only cut my beard. ' +
  'I asked three times that a person looks at it. Each time the same answer came after a few seconds. Since then I have no income, my rent is two months late, and the depot tells me that nobody there can change what the system decided. ' +
  'I want a person to look at my pictures, to open my account again, and to be paid for the weeks that I lost. Nothing else has helped so far.';

interface Side {
  name: string;
  server: ServerProcess;
  lodged: number;
  /** How many entries have no place in the log yet; the bare server has no log. */
  waiting?: () => Promise<number>;
}

const COUNT_WAITING = 'SELECT count(*) AS "count" FROM "waiting_entries"';

/** Lodging over HTTP, durable, beside a bare server; every round asks each server in turn, the order changing. */
export async function measureLodging(): Promise<Figure[]> {
  const folders = ['bare', 'redress'].map((name) => mkdtempSync(join(tmpdir(), `redress-bench-${name}-`)));
  const postgres = await startPostgresServer();
  process.env.TEST_DATABASE_URL = postgres.url;
  const database = await createTestDatabase('postgres');
  const servers: ServerProcess[] = [];
  const start = async (...args: Parameters<typeof ServerProcess.start>) => {
    const server = await ServerProcess.start(...args);
    servers.push(server);
    return server;
  };
  try {
    const bare: Side = { name: 'bare', server: await start('bare', { dataDir: folders[0]! }), lodged: 0 };
    const sqlite: Side = {
      name: 'SQLite',
      server: await start('built', { dataDir: folders[1]! }),
      lodged: 0,
      waiting: () => waitingOnSqlite(folders[1]!),
    };
    const place = { dataDir: database.dataDir, databaseUrl: database.url };
    const onPostgres: Side = {
      name: 'PostgreSQL',
      server: await start('built', place),
      lodged: 0,
      waiting: () => waitingOnPostgres(database.url),
    };
    for (const side of [bare, sqlite, onPostgres]) await lodgeFor(side, 8, WARM_UP_IN_MS);
    return await rounds(bare, sqlite, onPostgres);
  } finally {
    for (const server of servers) await server.end();
    await database.drop();
    await postgres.stop();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  }
}

async function rounds(bare: Side, sqlite: Side, postgres: Side): Promise<Figure[]> {
  const rates = new Map<string, number[]>();
  const note = (name: string, value: number) => rates.set(name, [...(rates.get(name) ?? []), value]);
  for (let round = 0; round < ROUNDS; round++)
    for (const concurrency of CONCURRENCIES) {
      const deeds = [
        async () => note(`bare ${concurrency}`, await lodgeFor(bare, concurrency, ROUND_IN_MS)),
        async () => note(`SQLite ${concurrency}`, await lodgeFor(sqlite, concurrency, ROUND_IN_MS)),
        async () => note(`PostgreSQL ${concurrency}`, await lodgeFor(postgres, concurrency, ROUND_IN_MS)),
        async () => note(`key ${concurrency}`, await lodgeFor(sqlite, concurrency, ROUND_IN_MS, true)),
      ];
      if (round % 2 === 1) deeds.reverse();
      for (const deed of deeds) await deed();
    }
  const disk = Array.from({ length: ROUNDS }, () => flushInMs());
  const ratio = (a: string, b: string) => rates.get(a)!.map((rate, round) => rate / rates.get(b)![round]!);
  const ofDisk = figure('lodging: what both wait for, one fsync of this disk', 'ms', disk);
  const ofServers = CONCURRENCIES.flatMap((n) => [
    figure(`lodging, ${n} at once: bare server`, '/s', rates.get(`bare ${n}`)!),
    figure(`lodging, ${n} at once: Redress`, '/s', rates.get(`SQLite ${n}`)!),
    figure(`lodging, ${n} at once: Redress to bare`, 'ratio', ratio(`SQLite ${n}`, `bare ${n}`), {
      atLeast: LEAST_RATIO,
    }),
    figure(`lodging, ${n} at once: Redress, with Idempotency-Key`, '/s', rates.get(`key ${n}`)!),
    figure(
      `lodging, ${n} at once: Redress on PostgreSQL (its fsync off)`,
      '/s',
      rates.get(`PostgreSQL ${n}`)!,
    ),
  ]);
  return [ofDisk, ...ofServers];
}

/**
 * How long this disk takes to keep 4 kB for good, the median of some. Both servers wait for it once a lodging, and one connection waits
 * for nothing else: the faster the disk, the smaller the part of the bare server’s rate that is left.
 */
function flushInMs(): number {
  const folder = mkdtempSync(join(tmpdir(), 'redress-bench-disk-'));
  const file = openSync(join(folder, 'page'), 'w');
  const page = Buffer.alloc(4096, 1);
  const took = Array.from({ length: FLUSHES }, () => {
    writeSync(file, page, 0, page.length, 0);
    const started = performance.now();
    fsyncSync(file);
    return performance.now() - started;
  });
  closeSync(file);
  rmSync(folder, { recursive: true });
  return quantile(took, 0.5);
}

/** Lodges from `concurrency` connections for this long; returns the rate a second. Waits first until the log is built. */
async function lodgeFor(
  side: Side,
  concurrency: number,
  durationInMs: number,
  withKey = false,
): Promise<number> {
  const connections = await Promise.all(
    Array.from({ length: concurrency }, () => KeepAlive.open(side.server.port)),
  );
  const started = performance.now();
  const before = side.lodged;
  await Promise.all(
    connections.map(async (connection) => {
      while (performance.now() - started < durationInMs) {
        side.lodged += 1;
        const n = side.lodged;
        const answer = await connection.ask({
          method: 'POST',
          path: '/api/v1/complaints',
          headers: {
            'Content-Type': 'application/json',
            ...(withKey ? { 'Idempotency-Key': `bench-${process.pid}-${n}` } : {}),
          },
          body: JSON.stringify({ narrative: `${NARRATIVE} (${n})` }),
        });
        if (answer.status !== 201)
          throw new Error(`${side.name} answered ${answer.status} instead of 201: ${answer.body}`);
      }
    }),
  );
  const rate = ((side.lodged - before) * 1000) / (performance.now() - started);
  connections.forEach((connection) => connection.close());
  await untilLogIsBuilt(side);
  return rate;
}

/** The log is built behind the histories; whoever is measured next must not have to share the machine with that. */
async function untilLogIsBuilt({ name, waiting }: Side): Promise<void> {
  for (let waitedInMs = 0; ; waitedInMs += 50) {
    const count = (await waiting?.()) ?? 0;
    if (count === 0) return;
    if (waitedInMs > 60_000)
      throw new Error(`The log of ${name} is not built after a minute; ${count} entries wait for a place.`);
    await delay(50);
  }
}

async function waitingOnSqlite(dataDir: string): Promise<number> {
  const database = new Database(join(dataDir, 'redress.sqlite'), { readonly: true });
  try {
    return (database.prepare(COUNT_WAITING).get() as { count: number }).count;
  } finally {
    database.close();
  }
}

async function waitingOnPostgres(connectionString: string): Promise<number> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query<{ count: string }>(COUNT_WAITING);
    return Number(rows[0]!.count);
  } finally {
    await client.end();
  }
}
