import { Table, TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';

const CONSENTS = new Table({
  name: 'consents',
  columns: [
    { name: 'id', type: 'varchar', length: '36', isPrimary: true },
    { name: 'caseId', type: 'varchar', length: '36' },
    { name: 'n', type: 'integer' },
    { name: 'code', type: 'varchar', length: '64' },
    { name: 'given', type: 'boolean' },
    { name: 'version', type: 'integer' },
    { name: 'language', type: 'varchar', length: '35' },
    { name: 'scopeSealed', type: 'text', isNullable: true },
    { name: 'decidedOn', type: 'varchar', length: '10' },
    { name: 'endedOn', type: 'varchar', length: '10', isNullable: true },
    { name: 'byRole', type: 'varchar', length: '64' },
    { name: 'personId', type: 'varchar', length: '36', isNullable: true },
  ],
  foreignKeys: [
    { columnNames: ['caseId'], referencedTableName: 'cases', referencedColumnNames: ['id'] },
    { columnNames: ['personId'], referencedTableName: 'people', referencedColumnNames: ['id'] },
  ],
  uniques: [{ columnNames: ['caseId', 'n'] }],
});

/** What people agree to, decision by decision; and the name that somebody leaves beside their contact. */
export class ConsentsAndNames1795478410000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(CONSENTS);
    await runner.addColumn(
      'parties',
      new TableColumn({ name: 'nameSealed', type: 'text', isNullable: true }),
    );
  }

  /** Cases and contacts stay; names and decisions are forgotten. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('parties', 'nameSealed');
    await runner.dropTable('consents');
  }
}
