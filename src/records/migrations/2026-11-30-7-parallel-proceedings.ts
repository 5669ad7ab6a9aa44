import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

const isNullable = true;
const code = (name: string) => ({ name, type: 'varchar', length: '64' });
const day = (name: string, more: object = {}) => ({ name, type: 'varchar', length: '10', ...more });
const sealed = (name: string) => ({ name, type: 'text', isNullable });

/** Other routes that the person takes, and what the case does meanwhile. */
export class ParallelProceedings1796037000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'parallel_proceedings',
        columns: [
          { name: 'id', type: 'varchar', length: '36', isPrimary: true },
          { name: 'caseId', type: 'varchar', length: '36' },
          { name: 'n', type: 'integer' },
          code('type'),
          code('course'),
          sealed('bodySealed'),
          sealed('referenceSealed'),
          day('begunOn', { isNullable }),
          code('byRole'),
          day('recordedOn'),
          day('endedOn', { isNullable }),
          sealed('resultSealed'),
        ],
        foreignKeys: [
          { columnNames: ['caseId'], referencedTableName: 'cases', referencedColumnNames: ['id'] },
        ],
        uniques: [{ columnNames: ['caseId', 'n'] }],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('parallel_proceedings');
  }
}
