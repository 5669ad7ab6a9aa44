import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

const stories = (): Table =>
  new Table({
    name: 'stories',
    columns: [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'caseId', type: 'varchar', length: '36' },
      { name: 'n', type: 'integer' },
      { name: 'language', type: 'varchar', length: '64' },
      { name: 'textSealed', type: 'text' },
      { name: 'consentN', type: 'integer' },
      { name: 'publishedOn', type: 'varchar', length: '10' },
      { name: 'endedOn', type: 'varchar', length: '10', isNullable: true },
    ],
    foreignKeys: [{ columnNames: ['caseId'], referencedTableName: 'cases', referencedColumnNames: ['id'] }],
    uniques: [{ columnNames: ['caseId', 'n'] }],
  });

/** Stories that the public may read. */
export class Stories1795564900000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(stories());
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('stories');
  }
}
