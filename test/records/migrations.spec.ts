import { isDeepStrictEqual } from 'node:util';
import { DataSource, TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';
import { writeOptions } from '../../src/records/data-sources';
import { migrate, takeBackMigration } from '../../src/records/migrate';
import { LanguagesOfTheQueue1797000000000 } from '../../src/records/migrations/2026-12-10-1-languages-of-the-queue';
import { SearchedGroups1797100000000 } from '../../src/records/migrations/2026-12-11-1-searched-groups';
import { DaysOfProposals1797600100000 } from '../../src/records/migrations/2026-12-16-2-days-of-proposals';
import { LaterInTheQueue1797600000000 } from '../../src/records/migrations/2026-12-16-1-later-in-the-queue';
import { MIGRATIONS } from '../../src/records/migration-list';
import { createTestDatabase, engines, type TestDatabase } from '../harness/database';
import { fillTables, inCommon, readTables, schemaOf, tableNames, type Rows } from './filled-tables';
import { settingsFor } from './open-records';

type Migration = new () => MigrationInterface;

/** Not one of ours: shows that the properties below also see a later migration, and one that rebuilds a parent table. */
class LaterColumn1999999999999 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('parties', new TableColumn({ name: 'later', type: 'text', isNullable: true }));
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('parties', 'later');
  }
}

class HalfDone1999999999999 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('parties', new TableColumn({ name: 'later', type: 'text', isNullable: true }));
    throw new Error('fails half way');
  }
  async down(): Promise<void> {}
}

/** They change what stands in rows, and no table. */
const MOVES_ROWS_ALONE = [LanguagesOfTheQueue1797000000000.name, LaterInTheQueue1797600000000.name];

/** Tables that say how far an index has read: a migration that wants it read again sets them back. */
const READ_AGAIN: Record<string, string> = { [SearchedGroups1797100000000.name]: 'searched_cases' };

describe.each(engines())('migrations on %s', (engine) => {
  let database: TestDatabase;
  let source: DataSource;

  const upTo = async (list: Migration[]): Promise<void> => {
    if (source?.isInitialized) await source.destroy();
    source = new DataSource({ ...writeOptions(settingsFor(database)), migrations: list });
    await source.initialize();
    await migrate(source);
  };

  beforeEach(async () => {
    database = await createTestDatabase(engine);
  });
  afterEach(async () => {
    await source.destroy();
    await database.drop();
  });

  it('brings an empty database to a head that equals the entities', async () => {
    await upTo(MIGRATIONS);
    const difference = await source.driver.createSchemaBuilder().log();
    expect(difference.upQueries.map(({ query }) => query)).toEqual([]);
    expect(await tableNames(source)).toEqual(source.entityMetadatas.map(({ tableName }) => tableName).sort());
  });

  it('refuses to change the history at its head', async () => {
    await upTo(MIGRATIONS);
    await fillTables(source);
    for (const table of ['entries', 'log_leaves', 'log_checkpoints']) {
      const before = await source.query(`SELECT * FROM "${table}"`);
      const column = source.entityMetadatas.find(({ tableName }) => tableName === table)?.columns[0]
        ?.databaseName;
      const deeds = [`UPDATE "${table}" SET "${column}" = "${column}"`, `DELETE FROM "${table}"`];
      if (engine === 'postgres') deeds.push(`TRUNCATE "${table}"`);
      else deeds.push(`INSERT OR REPLACE INTO "${table}" SELECT * FROM "${table}"`);
      for (const deed of deeds) await expect(source.query(deed)).rejects.toThrow(/never changed or deleted/);
      expect(await source.query(`SELECT * FROM "${table}"`)).toEqual(before);
    }
  });

  it('leaves filled tables as they are when it runs once more', async () => {
    await upTo(MIGRATIONS);
    const rows = await fillTables(source);
    await upTo(MIGRATIONS);
    expect(await readTables(source)).toEqual(rows);
  });

  it('goes back from filled tables to nothing and up again to the same schema, empty', async () => {
    await upTo(MIGRATIONS);
    const head = await schemaOf(source);
    await fillTables(source);
    for (const _ of MIGRATIONS) await takeBackMigration(source);
    expect(await schemaOf(source)).toEqual([]);
    await migrate(source);
    expect(await schemaOf(source)).toEqual(head);
    expect(Object.values(await readTables(source)).flat()).toEqual([]);
  });

  it('stores nothing of a migration that fails half way', async () => {
    await upTo(MIGRATIONS);
    const head = await schemaOf(source);
    await expect(upTo([...MIGRATIONS, HalfDone1999999999999])).rejects.toThrow('fails half way');
    expect(await schemaOf(source)).toEqual(head);
    await upTo([...MIGRATIONS, LaterColumn1999999999999]);
    expect((await schemaOf(source)).join()).toContain('later');
  });

  it('refuses a database that a newer version has changed, and leaves it as it is', async () => {
    await upTo([...MIGRATIONS, LaterColumn1999999999999]);
    const head = await schemaOf(source);
    await expect(upTo(MIGRATIONS)).rejects.toThrow(
      /^This database is newer than this version of Redress, .*LaterColumn1999999999999.* Start the version/,
    );
    expect(await schemaOf(source)).toEqual(head);
    await upTo([...MIGRATIONS, LaterColumn1999999999999]);
  });

  it('lets cases be found under their language whatever its region, and gives the tag back', async () => {
    const until = MIGRATIONS.indexOf(LanguagesOfTheQueue1797000000000);
    const facets = async () =>
      (await source.query<{ facet: string }[]>('SELECT "facet" FROM "queue_places"')).map(
        ({ facet }) => facet,
      );
    await upTo(MIGRATIONS.slice(0, until));
    await fillTables(source);
    await source.query(`UPDATE "queue_places" SET "facet" = 'language:fa-AF'`);
    await source.query(`UPDATE "cases" SET "language" = 'fa-AF'`);
    await upTo(MIGRATIONS.slice(0, until + 1));
    expect(await facets()).toEqual(['language:fa', 'language:fa']);
    await takeBackMigration(source);
    expect(await facets()).toEqual(['language:fa-AF', 'language:fa-AF']);
  });

  it('puts cases that have ended behind what is due, and takes them back', async () => {
    const until = MIGRATIONS.indexOf(LaterInTheQueue1797600000000);
    const lanes = async () =>
      (await source.query<{ lane: number }[]>('SELECT "lane" FROM "queue_places" ORDER BY "lane"')).map(
        ({ lane }) => lane,
      );
    await upTo(MIGRATIONS.slice(0, until));
    await fillTables(source);
    const [first, second] = await source.query<{ caseId: string }[]>('SELECT "caseId" FROM "queue_places"');
    await source.query(`UPDATE "cases" SET "state" = 'closed', "alertSince" = NULL`);
    await source.query(`UPDATE "queue_places" SET "lane" = 1 WHERE "caseId" = '${first!.caseId}'`);
    await source.query(
      `UPDATE "queue_places" SET "lane" = 2, "dueOn" = '9999-12-31' WHERE "caseId" = '${second!.caseId}'`,
    );
    await upTo(MIGRATIONS.slice(0, until + 1));
    expect(await lanes()).toEqual([2, 3]);
    await takeBackMigration(source);
    expect(await lanes()).toEqual([1, 2]);
    await source.query(`UPDATE "cases" SET "alertSince" = '2026-12-01'`);
    await upTo(MIGRATIONS.slice(0, until + 1));
    expect(await lanes()).toEqual([1, 3]);
  });

  it('lets cases be found in which a proposal waits for a second person', async () => {
    const until = MIGRATIONS.indexOf(DaysOfProposals1797600100000);
    const waiting = () =>
      source.query<object[]>(
        `SELECT "caseId", "lane", "urgency", "dueOn", "legalDueOn" FROM "queue_places" WHERE "facet" = 'flag:AWAITS_SECOND'`,
      );
    await upTo(MIGRATIONS.slice(0, until));
    await fillTables(source);
    const [one] = await source.query<{ caseId: string }[]>('SELECT "caseId" FROM "proposals"');
    const ofOne = `"caseId" = '${one!.caseId}'`;
    await source.query(`UPDATE "proposals" SET "status" = 'OPEN' WHERE ${ofOne}`);
    await source.query(`UPDATE "queue_places" SET "facet" = 'all' WHERE ${ofOne}`);
    const [all] = await source.query<Record<string, unknown>[]>(
      `SELECT "caseId", "lane", "urgency", "dueOn" FROM "queue_places" WHERE ${ofOne}`,
    );
    await upTo(MIGRATIONS.slice(0, until + 1));
    expect(await waiting()).toEqual([{ ...all, legalDueOn: null }]);
    await takeBackMigration(source);
    expect(await waiting()).toEqual([]);
  });

  const lists: [string, Migration[]][] = [...MIGRATIONS, LaterColumn1999999999999].map((migration, n) => [
    migration.name,
    [...MIGRATIONS, LaterColumn1999999999999].slice(0, n + 1),
  ]);

  describe.each(lists)('%s', (name, list) => {
    const before = list.slice(0, -1);

    it('goes up, down and is where it was', async () => {
      await upTo(before);
      const schema = await schemaOf(source);
      await upTo(list);
      expect(isDeepStrictEqual(await schemaOf(source), schema)).toBe(MOVES_ROWS_ALONE.includes(name));
      await takeBackMigration(source);
      expect(await schemaOf(source)).toEqual(schema);
    });

    it('keeps the rows that were there when it goes up', async () => {
      await upTo(before);
      const rows = await fillTables(source);
      await upTo(list);
      const { [READ_AGAIN[name] ?? '']: _, ...others } = rows;
      expectKept(others, await readTables(source));
    });

    it('keeps the rows that have a place when it goes down', async () => {
      await upTo(list);
      const rows = await fillTables(source);
      expect(Object.values(rows).every((table) => table.length === 2)).toBe(true);
      await takeBackMigration(source);
      expect(await tableNames(source)).toEqual(await tablesOf(before));
      expectKept(rows, await readTables(source));
    });

    async function tablesOf(shorter: Migration[]): Promise<string[]> {
      const other = await createTestDatabase(engine);
      const alone = new DataSource({ ...writeOptions(settingsFor(other)), migrations: shorter });
      await alone.initialize();
      await migrate(alone);
      const names = await tableNames(alone);
      await alone.destroy();
      await other.drop();
      return names;
    }
  });
});

function expectKept(before: Rows, after: Rows): void {
  expect(inCommon(after, before)).toEqual(inCommon(before, after));
}
