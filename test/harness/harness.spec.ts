import { DataSource } from 'typeorm';
import { axe, launchBrowser, openPage } from './browser';
import { openRecords } from '../records/open-records';
import { createMigratedDatabase, createTestDatabase, engines } from './database';

describe.each(engines())('the harness on %s', (engine) => {
  it('gives each file a database of its own', async () => {
    const database = await createTestDatabase(engine);
    const source = await new DataSource(
      engine === 'sqlite'
        ? { type: 'better-sqlite3', database: `${database.dataDir}/x.sqlite` }
        : { type: 'postgres', url: database.url },
    ).initialize();
    expect(await source.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await source.destroy();
    await database.drop();
  });

  it('copies a migrated database that is like one migrated here, and belongs to one file too', async () => {
    const found: unknown[] = [];
    for (const create of [createMigratedDatabase, createTestDatabase, createMigratedDatabase]) {
      const database = await create(engine);
      const records = await openRecords(database);
      const { write } = records;
      const runner = write.createQueryRunner();
      const tables = await runner.getTables(write.entityMetadatas.map(({ tableName }) => tableName));
      await runner.release();
      const columns = tables.map((table) => `${table.name} ${table.columns.length}`).sort();
      found.push([await write.query('SELECT "name" FROM "migrations" ORDER BY "timestamp"'), columns]);
      await write.query('DELETE FROM "migrations"');
      await records.close();
      await database.drop();
    }
    expect(found[0]).toEqual(found[1]);
    expect(found[2]).toEqual(found[1]);
  });
});

describe('the browser of the harness', () => {
  it('shows a page without script and finds what a screen reader would miss', async () => {
    const browser = await launchBrowser();
    const page = await openPage(browser);
    await page.goto(
      `data:text/html;charset=utf-8,${encodeURIComponent(
        '<html lang="ar" dir="rtl"><title>شكوى</title><main><h1>شكوى</h1><img src="data:,"></main><script>document.title = "script"</script></html>',
      )}`,
    );
    expect(await page.title()).toBe('شكوى');
    expect(await axe(page)).toEqual([expect.stringMatching(/^image-alt: /)]);
  });
});
