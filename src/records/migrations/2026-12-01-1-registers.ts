import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

const isNullable = true;
const id = { name: 'id', type: 'varchar', length: '36', isPrimary: true };
const code = (name: string, more: object = {}) => ({ name, type: 'varchar', length: '64', ...more });
const day = (name: string, more: object = {}) => ({ name, type: 'varchar', length: '10', ...more });
const integer = (name: string, more: object = {}) => ({ name, type: 'integer', ...more });
const text = (name: string, more: object = {}) => ({ name, type: 'text', ...more });
const yesNo = (name: string) => ({ name, type: 'boolean', isNullable });
const numbered = (column: string, referencedTableName: string) => ({
  columnNames: [column],
  referencedTableName,
  referencedColumnNames: ['number'],
});

/** The registers beside the cases: AI systems with what happened to them, and the companies that they come from. */
export class Registers1796200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'vendors',
        columns: [
          id,
          integer('number', { isUnique: true }),
          integer('revision'),
          text('companyName'),
          text('country', { isNullable }),
          code('leverage', { isNullable }),
          text('leverageActions', { isNullable }),
          text('remarks', { isNullable }),
          day('retiredOn', { isNullable }),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'ai_systems',
        columns: [
          id,
          integer('number', { isUnique: true }),
          integer('revision'),
          text('systemName'),
          text('purpose'),
          code('useDomain'),
          code('lifecycleStage'),
          integer('vendorNumber', { isNullable }),
          integer('providerNumber', { isNullable }),
          integer('importerNumber', { isNullable }),
          code('stateNexus', { isNullable }),
          text('stateBody', { isNullable }),
          text('stateCountry', { isNullable }),
          yesNo('stateOrderConflict'),
          yesNo('decidesOnPeople'),
          yesNo('usedAtWork'),
          integer('logMonths', { isNullable }),
          text('logPlace', { isNullable }),
          text('remarks', { isNullable }),
          day('retiredOn', { isNullable }),
        ],
        foreignKeys: ['vendorNumber', 'providerNumber', 'importerNumber'].map((column) =>
          numbered(column, 'vendors'),
        ),
        indices: ['vendorNumber', 'providerNumber', 'importerNumber'].map((column) => ({
          columnNames: [column],
        })),
      }),
    );
    await runner.createTable(
      new Table({
        name: 'system_records',
        columns: [
          id,
          integer('systemNumber'),
          integer('n'),
          code('recordKind'),
          day('happenedOn'),
          text('recordTitle'),
          text('recordText', { isNullable }),
          text('clauses', { isNullable }),
          { name: 'recordedBy', type: 'varchar', length: '36' },
          day('recordedOn'),
          day('struckOn', { isNullable }),
          text('strikeReason', { isNullable }),
        ],
        foreignKeys: [
          numbered('systemNumber', 'ai_systems'),
          { columnNames: ['recordedBy'], referencedTableName: 'people', referencedColumnNames: ['id'] },
        ],
        uniques: [{ columnNames: ['systemNumber', 'n'] }],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['system_records', 'ai_systems', 'vendors']) await runner.dropTable(table);
  }
}
