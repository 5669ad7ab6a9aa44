import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

const id = (name: string, more: object = {}) => ({ name, type: 'varchar', length: '36', ...more });

/** What staff write for each other in a case, apart from what they write to the person. */
export class InternalNotes1796036000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'internal_notes',
        columns: [
          id('id', { isPrimary: true }),
          id('caseId'),
          { name: 'n', type: 'integer' },
          { name: 'byRole', type: 'varchar', length: '64' },
          id('personId'),
          { name: 'writtenOn', type: 'varchar', length: '10' },
          { name: 'textSealed', type: 'text' },
        ],
        foreignKeys: [
          { columnNames: ['caseId'], referencedTableName: 'cases', referencedColumnNames: ['id'] },
          { columnNames: ['personId'], referencedTableName: 'people', referencedColumnNames: ['id'] },
        ],
        uniques: [{ columnNames: ['caseId', 'n'] }],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('internal_notes');
  }
}
