import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

const id = (name: string, more: object = {}) => ({ name, type: 'varchar', length: '36', ...more });
const code = (name: string, more: object = {}) => ({ name, type: 'varchar', length: '64', ...more });
const day = (name: string, more: object = {}) => ({ name, type: 'varchar', length: '10', ...more });
const MAYBE = { isNullable: true };
const OF_CASE_AND_PERSON = [
  { columnNames: ['caseId'], referencedTableName: 'cases', referencedColumnNames: ['id'] },
  { columnNames: ['personId'], referencedTableName: 'people', referencedColumnNames: ['id'] },
];

/** Masked versions of texts, which file is the masked copy of which, and what was put together to be passed on. */
export class RedactionsAndPackets1797700900000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'redactions',
        columns: [
          id('id', { isPrimary: true }),
          id('caseId'),
          { name: 'n', type: 'integer' },
          code('ofKind'),
          { name: 'ofNumber', type: 'integer' },
          { name: 'marks', type: 'integer' },
          { name: 'textSealed', type: 'text' },
          code('byRole'),
          id('personId'),
          day('madeOn'),
        ],
        foreignKeys: OF_CASE_AND_PERSON,
        uniques: [{ columnNames: ['caseId', 'n'] }],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'packets',
        columns: [
          id('id', { isPrimary: true }),
          id('caseId'),
          { name: 'n', type: 'integer' },
          { name: 'parts', type: 'text' },
          { name: 'documentSealed', type: 'text', ...MAYBE },
          { name: 'reasonsSealed', type: 'text', ...MAYBE },
          code('byRole'),
          id('personId'),
          day('madeOn'),
          code('passedWith', MAYBE),
          day('passedOn', MAYBE),
          code('restsOn', MAYBE),
          { name: 'downloads', type: 'integer' },
        ],
        foreignKeys: OF_CASE_AND_PERSON,
        uniques: [{ columnNames: ['caseId', 'n'] }],
      }),
    );
    // A statement: TypeORM would copy the whole table on SQLite.
    await runner.query('ALTER TABLE "evidence" ADD COLUMN "maskedFrom" integer');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "evidence" DROP COLUMN "maskedFrom"');
    await runner.dropTable('packets');
    await runner.dropTable('redactions');
  }
}
