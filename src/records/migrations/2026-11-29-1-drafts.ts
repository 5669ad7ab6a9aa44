import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

const text = (name: string, length: string, more: object = {}) => ({
  name,
  type: 'varchar',
  length,
  ...more,
});
const isNullable = true;

const drafts = (): Table =>
  new Table({
    name: 'drafts',
    columns: [
      text('id', '36', { isPrimary: true }),
      text('tokenHash', '64', { isUnique: true }),
      text('codeHash', '64', { isUnique: true, isNullable }),
      { name: 'revision', type: 'integer' },
      text('changedOn', '10'),
      { name: 'answersSealed', type: 'text' },
    ],
  });

const files = (): Table =>
  new Table({
    name: 'draft_files',
    columns: [
      text('id', '36', { isPrimary: true }),
      text('draftId', '36'),
      { name: 'n', type: 'integer' },
      { name: 'fileNameSealed', type: 'text' },
      { name: 'describesSealed', type: 'text', isNullable },
      text('mediaType', '128'),
      { name: 'sizeInBytes', type: 'integer' },
      text('sha256', '64'),
      text('scan', '16'),
      text('handling', '16'),
      text('heldReason', '16', { isNullable }),
      { name: 'removed', type: 'text', isNullable },
      { name: 'turnedBy', type: 'integer', isNullable },
      { name: 'workingSizeInBytes', type: 'integer', isNullable },
      text('workingSha256', '64', { isNullable }),
    ],
    foreignKeys: [{ columnNames: ['draftId'], referencedTableName: 'drafts', referencedColumnNames: ['id'] }],
    uniques: [{ columnNames: ['draftId', 'n'] }],
  });

const CASE_COLUMNS: readonly [name: string, type: string][] = [
  ['keepOutSealed', 'text'],
  ['systemUnknown', 'boolean'],
];

/** Complaints that are not lodged yet; whom a complainant wants kept out, and that she does not know which system it was. */
export class Drafts1795910410000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const table = drafts();
    await runner.createTable(table);
    await runner.createIndex(table, new TableIndex({ columnNames: ['changedOn'] }));
    await runner.createTable(files());
    // Plain statements: TypeORM would copy the whole table on SQLite.
    for (const [name, type] of CASE_COLUMNS)
      await runner.query(`ALTER TABLE "cases" ADD COLUMN "${name}" ${type}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [name] of [...CASE_COLUMNS].reverse())
      await runner.query(`ALTER TABLE "cases" DROP COLUMN "${name}"`);
    await runner.dropTable('draft_files');
    await runner.dropTable('drafts');
  }
}
