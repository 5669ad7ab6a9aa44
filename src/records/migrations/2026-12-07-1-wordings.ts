import { Table, TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';

const isNullable = true;
const id = (name: string, more: object = {}) => ({ name, type: 'varchar', length: '36', ...more });
const code = (name: string) => ({ name, type: 'varchar', length: '64' });
const WORDING = { name: 'wording', type: 'integer', isNullable };

/** Words of the organisation for letters and text blocks, in versions; with each letter, the version that it was worded in. */
export class Wordings1796710000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'wordings',
        columns: [
          id('id', { isPrimary: true }),
          code('kind'),
          code('name'),
          code('language'),
          { name: 'n', type: 'integer' },
          code('status'),
          { name: 'revision', type: 'integer' },
          { name: 'subject', type: 'text', isNullable },
          { name: 'body', type: 'text', isNullable },
          { name: 'draftedBy', type: 'text' },
          { name: 'changedAt', type: 'varchar', length: '24' },
          id('settledBy', { isNullable }),
        ],
        foreignKeys: [
          { columnNames: ['settledBy'], referencedTableName: 'people', referencedColumnNames: ['id'] },
        ],
        uniques: [{ columnNames: ['kind', 'name', 'language', 'n'] }],
      }),
    );
    await runner.addColumn('notices', new TableColumn(WORDING));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('notices', WORDING.name);
    await runner.dropTable('wordings');
  }
}
