import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { protectRows, unprotectRows } from '../dialect';

const id = (name: string) => ({ name, type: 'varchar', length: '36' });
const byPerson = (column: string) => ({
  columnNames: [column],
  referencedTableName: 'people',
  referencedColumnNames: ['id'],
});

/** Versions of the process that a house published, which nobody changes any more, and what is drafted for the next one. */
export class Policies1797700910000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'policies',
        columns: [
          { ...id('id'), isPrimary: true },
          { name: 'n', type: 'integer' },
          { name: 'version', type: 'varchar', length: '64' },
          { name: 'amendments', type: 'text' },
          { name: 'publishedAt', type: 'varchar', length: '24' },
          { name: 'draftedBy', type: 'text' },
          id('publishedBy'),
        ],
        foreignKeys: [byPerson('publishedBy')],
        uniques: [{ columnNames: ['n'] }, { columnNames: ['version'] }],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'policy_drafts',
        columns: [
          { ...id('id'), isPrimary: true },
          { name: 'n', type: 'integer' },
          { name: 'status', type: 'varchar', length: '64' },
          { name: 'revision', type: 'integer' },
          { name: 'amendments', type: 'text' },
          { name: 'draftedBy', type: 'text' },
          { name: 'changedAt', type: 'varchar', length: '24' },
          { ...id('settledBy'), isNullable: true },
        ],
        foreignKeys: [byPerson('settledBy')],
        uniques: [{ columnNames: ['n'] }],
      }),
    );
    await protectRows(runner, ['policies']);
  }

  async down(runner: QueryRunner): Promise<void> {
    await unprotectRows(runner, ['policies']);
    await runner.dropTable('policy_drafts');
    await runner.dropTable('policies');
  }
}
