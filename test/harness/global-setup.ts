import { engines } from './database';
import { startPostgresServer, type PostgresServer } from './postgres-server';

declare global {
  var redressPostgres: PostgresServer | undefined;
}

export default async function globalSetup(): Promise<void> {
  if (process.env.TEST_DATABASE_URL || !engines().includes('postgres')) return;
  globalThis.redressPostgres = await startPostgresServer();
  process.env.TEST_DATABASE_URL = globalThis.redressPostgres.url;
}
