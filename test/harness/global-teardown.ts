export default async function globalTeardown(): Promise<void> {
  for (const database of globalThis.redressMigrated) await database.drop();
  await globalThis.redressPostgres?.stop();
}
