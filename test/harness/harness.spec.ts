import { DataSource } from 'typeorm';
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
