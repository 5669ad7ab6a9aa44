import { openRecords } from '../records/open-records';
import { engines, prepareMigrated, type TestDatabase } from './database';
import { startPostgresServer, type PostgresServer } from './postgres-server';

declare global {
  var redressPostgres: PostgresServer | undefined;
  var redressMigrated: TestDatabase[];
}

export default async function globalSetup(): Promise<void> {
  if (!process.env.TEST_DATABASE_URL && engines().includes('postgres')) {
    globalThis.redressPostgres = await startPostgresServer();
    process.env.TEST_DATABASE_URL = globalThis.redressPostgres.url;
  }
  globalThis.redressMigrated = [];
  for (const engine of engines())
    globalThis.redressMigrated.push(
      await prepareMigrated(engine, async (database) => (await openRecords(database)).close()),
    );
}
