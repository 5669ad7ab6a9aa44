import { DataSource } from 'typeorm';
import { axe, launchBrowser, openPage } from './browser';
import { createTestDatabase, engines } from './database';

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
