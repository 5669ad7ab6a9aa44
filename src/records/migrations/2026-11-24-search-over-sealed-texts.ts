import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

/** What search finds sealed texts by. Empty at first: the house fills it by itself from the beginning of the log. */
export class SearchOverSealedTexts1795478440000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'searched_cases',
        columns: [
          { name: 'caseId', type: 'varchar', length: '36', isPrimary: true },
          { name: 'place', type: 'varchar', length: '16' },
          { name: 'revision', type: 'integer' },
        ],
        foreignKeys: [
          { columnNames: ['caseId'], referencedTableName: 'cases', referencedColumnNames: ['id'] },
        ],
        uniques: [{ columnNames: ['place'] }],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'search_words',
        columns: [
          { name: 'wordHash', type: 'varchar', length: '12', isPrimary: true },
          { name: 'place', type: 'varchar', length: '16', isPrimary: true },
        ],
        withoutRowid: true,
        indices: [{ columnNames: ['place'] }],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'search_progress',
        columns: [
          { name: 'name', type: 'varchar', length: '16', isPrimary: true },
          { name: 'next', type: 'integer' },
          { name: 'until', type: 'integer', isNullable: true },
        ],
      }),
    );
  }

  /** Takes the index away; it can be made anew from the texts. */
  async down(runner: QueryRunner): Promise<void> {
    for (const name of ['search_progress', 'search_words', 'searched_cases']) await runner.dropTable(name);
  }
}
