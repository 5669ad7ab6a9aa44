import { Table, TableColumn, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

const id = (name: string, more: object = {}) => ({ name, type: 'varchar', length: '36', ...more });
const code = (name: string, more: object = {}) => ({ name, type: 'varchar', length: '64', ...more });
const day = (name: string, more: object = {}) => ({ name, type: 'varchar', length: '10', ...more });
const instant = (name: string) => ({ name, type: 'varchar', length: '24' });
const isNullable = true;

const references = (column: string, table: string) => ({
  columnNames: [column],
  referencedTableName: table,
  referencedColumnNames: ['id'],
});

const exclusions = (): Table =>
  new Table({
    name: 'exclusions',
    columns: [
      id('id', { isPrimary: true }),
      id('caseId'),
      { name: 'n', type: 'integer' },
      code('ground'),
      id('personId', { isNullable }),
      code('unitHash', { isNullable }),
      { name: 'unitSealed', type: 'text', isNullable },
      id('excludedBy', { isNullable }),
      day('excludedOn'),
      day('endedOn', { isNullable }),
    ],
    foreignKeys: [
      references('caseId', 'cases'),
      references('personId', 'people'),
      references('excludedBy', 'people'),
    ],
    uniques: [{ columnNames: ['caseId', 'n'] }],
  });

const breakGlass = (): Table =>
  new Table({
    name: 'break_glass',
    columns: [
      id('id', { isPrimary: true }),
      id('caseId'),
      { name: 'n', type: 'integer' },
      id('personId'),
      code('role'),
      { name: 'reasonSealed', type: 'text' },
      instant('openedAt'),
      instant('until'),
      id('reviewedBy', { isNullable }),
      day('reviewedOn', { isNullable }),
      { name: 'wasNeeded', type: 'boolean', isNullable },
    ],
    foreignKeys: [
      references('caseId', 'cases'),
      references('personId', 'people'),
      references('reviewedBy', 'people'),
    ],
    uniques: [{ columnNames: ['caseId', 'n'] }],
  });

const INDEXES: Record<string, string[][]> = {
  exclusions: [['caseId', 'endedOn']],
  break_glass: [
    ['personId', 'until'],
    ['reviewedOn', 'openedAt'],
  ],
};

/** Who is kept out of a case, who opened one in an emergency, and what somebody is told before saying whether they have a conflict. */
export class NeedToKnow1795824000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of [exclusions(), breakGlass()]) {
      await runner.createTable(table);
      for (const columnNames of INDEXES[table.name]!)
        await runner.createIndex(table, new TableIndex({ columnNames }));
    }
    await runner.addColumn(
      'assignments',
      new TableColumn({ name: 'concernsSealed', type: 'text', isNullable }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('assignments', 'concernsSealed');
    await runner.dropTable('break_glass');
    await runner.dropTable('exclusions');
  }
}
