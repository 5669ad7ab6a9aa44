import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

const id = (name: string) => ({ name, type: 'varchar', length: '36' });

/** Who wants an e-mail when something is new in their case. */
export class Alerts1797700940000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'alerts',
        columns: [
          { ...id('id'), isPrimary: true },
          id('caseId'),
          id('partyId'),
          { name: 'addressSealed', type: 'text' },
          { name: 'status', type: 'varchar', length: '16' },
          { name: 'seenRevision', type: 'integer' },
          { name: 'sentOn', type: 'varchar', length: '10', isNullable: true },
        ],
        foreignKeys: [
          { columnNames: ['caseId'], referencedTableName: 'cases', referencedColumnNames: ['id'] },
        ],
        uniques: [{ columnNames: ['partyId'] }],
        indices: [{ columnNames: ['caseId'] }],
        withoutRowid: true,
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('alerts');
  }
}
