import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

const isNullable = true;
const code = (name: string) => ({ name, type: 'varchar', length: '64' });
const id = (name: string) => ({ name, type: 'varchar', length: '36' });
const day = (name: string, more: object = {}) => ({ name, type: 'varchar', length: '10', ...more });

/** The plan that protects people of a case from reprisal, and the day on which the risk of it is looked at again. */
export class Protection1796400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // One statement: TypeORM would copy the whole table on SQLite.
    await runner.query('ALTER TABLE "cases" ADD COLUMN "reprisalReviewOn" varchar(10)');
    await runner.createTable(
      new Table({
        name: 'protection_measures',
        columns: [
          { ...id('id'), isPrimary: true },
          id('caseId'),
          { name: 'n', type: 'integer' },
          code('measure'),
          code('protects'),
          code('status'),
          { name: 'wished', type: 'boolean', isNullable },
          id('ownerId'),
          day('plannedOn'),
          day('begunOn', { isNullable }),
          day('reviewedOn', { isNullable }),
          day('reviewOn'),
          day('endedOn', { isNullable }),
        ],
        foreignKeys: [
          { columnNames: ['caseId'], referencedTableName: 'cases', referencedColumnNames: ['id'] },
          { columnNames: ['ownerId'], referencedTableName: 'people', referencedColumnNames: ['id'] },
        ],
        uniques: [{ columnNames: ['caseId', 'n'] }],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('protection_measures');
    await runner.query('ALTER TABLE "cases" DROP COLUMN "reprisalReviewOn"');
  }
}
