import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';

export type Engine = 'sqlite' | 'postgres';

const ENGINES: readonly Engine[] = ['sqlite', 'postgres'];

/** The engines every test of something stored runs on; `TEST_ENGINES=sqlite` narrows it while working. */
export function engines(): Engine[] {
  const named = process.env.TEST_ENGINES;
  if (!named) return [...ENGINES];
  const unknown = named.split(',').filter((name) => !ENGINES.includes(name as Engine));
  if (unknown.length > 0)
    throw new Error(
      `TEST_ENGINES names ${unknown.join(', ')}. Name ${ENGINES.join(' or ')}, or leave it empty for both.`,
    );
  return named.split(',') as Engine[];
}

export interface TestDatabase {
  engine: Engine;
  /** Empty for SQLite, which lies in `dataDir`. */
  url: string;
  /** A fresh folder: database (SQLite), keys, evidence. */
  dataDir: string;
  drop(): Promise<void>;
}

/** A database of its own for one test file, empty; tests migrate it themselves. */
export function createTestDatabase(engine: Engine): Promise<TestDatabase> {
  return createFrom(engine);
}

/**
 * The same, for tests of something else than migrations: a copy of one that all migrations made before the first test. Where a run makes
 * none, it is empty; whoever opens it migrates.
 */
export function createMigratedDatabase(engine: Engine): Promise<TestDatabase> {
  return createFrom(engine, process.env[MIGRATED[engine]]);
}

/** Under which name tests find the database of each engine that is copied: its folder, or its name on the server. */
const MIGRATED = { sqlite: 'TEST_MIGRATED_FOLDER', postgres: 'TEST_MIGRATED_DATABASE' };

/** Makes the database that `createMigratedDatabase` copies, by `migrate`; nothing may be connected to it afterwards. */
export async function prepareMigrated(
  engine: Engine,
  migrate: (database: TestDatabase) => Promise<void>,
): Promise<TestDatabase> {
  const database = await createTestDatabase(engine);
  await migrate(database);
  process.env[MIGRATED[engine]] = database.url ? new URL(database.url).pathname.slice(1) : database.dataDir;
  return database;
}

async function createFrom(engine: Engine, place?: string): Promise<TestDatabase> {
  const dataDir = mkdtempSync(join(tmpdir(), 'redress-test-'));
  const removeFolder = () => rmSync(dataDir, { recursive: true, force: true });
  if (engine === 'sqlite') {
    if (place) cpSync(place, dataDir, { recursive: true });
    return { engine, url: '', dataDir, drop: async () => removeFolder() };
  }
  const server = process.env.TEST_DATABASE_URL;
  if (!server) throw new Error('No PostgreSQL for tests: run them through jest, or set TEST_DATABASE_URL.');
  const name = `redress_${randomBytes(8).toString('hex')}`;
  await onServer(server, `CREATE DATABASE ${name}${place ? ` TEMPLATE ${place}` : ''}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    engine,
    url: url.href,
    dataDir,
    drop: async () => {
      await onServer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      removeFolder();
    },
  };
}

async function onServer(connectionString: string, sql: string): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
