import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

const isNullable = true;
const id = (name: string, more: object = {}) => ({ name, type: 'varchar', length: '36', ...more });
const code = (name: string) => ({ name, type: 'varchar', length: '64' });
const day = (name: string, more: object = {}) => ({ name, type: 'varchar', length: '10', ...more });
const parent = (name: string, referencedTableName: string) => ({
  columnNames: [name],
  referencedTableName,
  referencedColumnNames: ['id'],
});

/** What the person said by telephone, by letter or in person and staff wrote down. */
export class Dictations1797500000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'dictations',
        columns: [
          id('id', { isPrimary: true }),
          id('caseId'),
          { name: 'n', type: 'integer' },
          { name: 'revision', type: 'integer' },
          code('step'),
          code('saidBy'),
          day('saidOn'),
          code('saidThrough'),
          code('knownBy'),
          code('byRole'),
          id('personId'),
          id('agreedBy', { isNullable }),
          day('writtenOn'),
          day('objectUntil'),
          day('objectedOn', { isNullable }),
          { name: 'holds', type: 'boolean', isNullable },
          day('answeredOn', { isNullable }),
        ],
        foreignKeys: [parent('caseId', 'cases'), parent('personId', 'people'), parent('agreedBy', 'people')],
        uniques: [{ columnNames: ['caseId', 'n'] }, { columnNames: ['caseId', 'revision'] }],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('dictations');
  }
}
