import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

const isNullable = true;
const code = (name: string) => ({ name, type: 'varchar', length: '64' });
const id = (name: string) => ({ name, type: 'varchar', length: '36' });
const day = (name: string, more: object = {}) => ({ name, type: 'varchar', length: '10', ...more });
const cases = (name: string) => ({
  columnNames: [name],
  referencedTableName: 'cases',
  referencedColumnNames: ['id'],
});

/** Which case is looked at in which other one, and what it needs to go back. */
export class Mergers1796401000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const table = new Table({
      name: 'mergers',
      columns: [
        { ...id('id'), isPrimary: true },
        id('caseId'),
        { name: 'n', type: 'integer' },
        id('intoCaseId'),
        code('stateBefore'),
        { name: 'clocks', type: 'text' },
        day('mergedOn'),
        day('endedOn', { isNullable }),
        { ...code('toldState'), isNullable },
      ],
      foreignKeys: [cases('caseId'), cases('intoCaseId')],
      uniques: [{ columnNames: ['caseId', 'n'] }],
    });
    await runner.createTable(table);
    await runner.createIndex(table, new TableIndex({ columnNames: ['intoCaseId', 'id'] }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('mergers');
  }
}
