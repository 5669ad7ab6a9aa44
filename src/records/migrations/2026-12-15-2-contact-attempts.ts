import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

const code = (name: string) => ({ name, type: 'varchar', length: '64' });
const yesNo = (name: string) => ({ name, type: 'boolean' });

/**
 * Attempts to reach the person, each with its day and way. What was written before had neither: it stays among what was said in the case, and
 * counts no more.
 */
export class ContactAttempts1797500100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'contact_attempts',
        columns: [
          { name: 'id', type: 'varchar', length: '36', isPrimary: true },
          { name: 'caseId', type: 'varchar', length: '36' },
          { name: 'n', type: 'integer' },
          { name: 'revision', type: 'integer' },
          { name: 'triedOn', type: 'varchar', length: '10' },
          code('channel'),
          yesNo('isSafe'),
          yesNo('isOnlyWay'),
          code('result'),
          code('byRole'),
        ],
        foreignKeys: [
          { columnNames: ['caseId'], referencedTableName: 'cases', referencedColumnNames: ['id'] },
        ],
        uniques: [{ columnNames: ['caseId', 'n'] }],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('contact_attempts');
  }
}
