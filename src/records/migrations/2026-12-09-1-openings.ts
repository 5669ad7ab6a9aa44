import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

const id = (name: string) => ({ name, type: 'varchar', length: '36' });
const code = (name: string) => ({ name, type: 'varchar', length: '64' });
const parent = (name: string, referencedTableName: string) => ({
  columnNames: [name],
  referencedTableName,
  referencedColumnNames: ['id'],
});

/** Who was last shown which case, and when. */
export class Openings1796910000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'openings',
        columns: [
          { ...id('id'), isPrimary: true },
          id('caseId'),
          id('personId'),
          code('act'),
          code('role'),
          { name: 'openedAt', type: 'varchar', length: '24' },
        ],
        foreignKeys: [parent('caseId', 'cases'), parent('personId', 'people')],
        uniques: [{ columnNames: ['caseId', 'personId', 'act'] }],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('openings');
  }
}
