import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

const isNullable = true;
const id = (name: string, more: object = {}) => ({ name, type: 'varchar', length: '36', ...more });
const code = (name: string, more: object = {}) => ({ name, type: 'varchar', length: '64', ...more });
const day = (name: string, more: object = {}) => ({ name, type: 'varchar', length: '10', ...more });
const sealed = (name: string) => ({ name, type: 'text', isNullable });
const integer = (name: string, more: object = {}) => ({ name, type: 'integer', ...more });

/** Who speaks for the person, on what ground, for what and how long. */
export class Mandates1796033000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'mandates',
        columns: [
          id('id', { isPrimary: true }),
          id('caseId'),
          integer('n'),
          id('partyId'),
          code('basis', { isNullable }),
          { name: 'covers', type: 'text' },
          day('since', { isNullable }),
          day('until', { isNullable }),
          integer('proof', { isNullable }),
          sealed('limitsSealed'),
          code('byRole'),
          day('recordedOn'),
          code('status'),
          code('confirmedBy', { isNullable }),
          day('confirmedOn', { isNullable }),
          code('endedBy', { isNullable }),
          day('endedOn', { isNullable }),
          sealed('reasonsSealed'),
        ],
        foreignKeys: [
          { columnNames: ['caseId'], referencedTableName: 'cases', referencedColumnNames: ['id'] },
        ],
        uniques: [{ columnNames: ['caseId', 'n'] }],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('mandates');
  }
}
