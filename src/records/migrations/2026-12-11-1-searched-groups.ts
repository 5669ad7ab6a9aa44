import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

/** By what the queue finds cases of a group. The house fills it by itself: it reads the cases once more of which groups are noted. */
export class SearchedGroups1797100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'searched_groups',
        columns: [
          { name: 'groupHash', type: 'varchar', length: '12', isPrimary: true },
          { name: 'caseId', type: 'varchar', length: '36', isPrimary: true },
        ],
        foreignKeys: [
          { columnNames: ['caseId'], referencedTableName: 'cases', referencedColumnNames: ['id'] },
        ],
        indices: [{ columnNames: ['caseId'] }],
        withoutRowid: true,
      }),
    );
    await runner.query(
      `UPDATE "searched_cases" SET "revision" = 0 WHERE "caseId" IN (SELECT "id" FROM "cases" WHERE "groupsSealed" IS NOT NULL)`,
    );
    await runner.query(`UPDATE "search_progress" SET "next" = 0 WHERE "name" = 'FOLLOW'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('searched_groups');
  }
}
