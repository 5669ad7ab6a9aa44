import { Table, TableColumn, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

const id = (name: string, more: object = {}) => ({ name, type: 'varchar', length: '36', ...more });
const code = (name: string) => ({ name, type: 'varchar', length: '64' });
const day = (name: string, more: object = {}) => ({ name, type: 'varchar', length: '10', ...more });
const isNullable = true;

const references = (column: string, table: string) => ({
  columnNames: [column],
  referencedTableName: table,
  referencedColumnNames: ['id'],
});

const guests = (): Table =>
  new Table({
    name: 'guests',
    columns: [
      id('id', { isPrimary: true }),
      id('caseId'),
      { name: 'n', type: 'integer' },
      code('role'),
      day('until'),
      { name: 'seesFiles', type: 'boolean' },
      { name: 'concernsSealed', type: 'text', isNullable },
      id('invitedBy'),
      day('invitedOn'),
      id('personId', { isNullable }),
      { name: 'readAt', type: 'varchar', length: '24', isNullable },
      id('endedBy', { isNullable }),
      day('endedOn', { isNullable }),
    ],
    foreignKeys: [
      references('caseId', 'cases'),
      references('invitedBy', 'people'),
      references('personId', 'people'),
      references('endedBy', 'people'),
    ],
    uniques: [{ columnNames: ['caseId', 'n'] }],
  });

const GUEST_COLUMNS = [
  id('guestCaseId', { isNullable }),
  day('guestUntil', { isNullable }),
  { name: 'guestSeesFiles', type: 'boolean', isNullable },
];

/** Guests from outside: whom a case was opened to, and accounts and links that are bound to one case until a day. */
export class Guests1795826000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const table = guests();
    await runner.createTable(table);
    await runner.createIndex(table, new TableIndex({ columnNames: ['personId'] }));
    for (const name of ['people', 'invitations'])
      for (const column of GUEST_COLUMNS) await runner.addColumn(name, new TableColumn(column));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of ['invitations', 'people'])
      for (const column of [...GUEST_COLUMNS].reverse()) await runner.dropColumn(name, column.name);
    await runner.dropTable('guests');
  }
}
