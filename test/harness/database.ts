import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
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
export async function createTestDatabase(engine: Engine): Promise<TestDatabase> {
  const dataDir = mkdtempSync(join(tmpdir(), 'redress-test-'));
  const removeFolder = () => rmSync(dataDir, { recursive: true, force: true });
  if (engine === 'sqlite') return { engine, url: '', dataDir, drop: async () => removeFolder() };
  const server = process.env.TEST_DATABASE_URL;
  if (!server) throw new Error('No PostgreSQL for tests: run them through jest, or set TEST_DATABASE_URL.');
  const name = `redress_${randomBytes(8).toString('hex')}`;
  await onServer(server, `CREATE DATABASE ${name}`);
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
