import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

const text = (name: string, length: string, more: object = {}) => ({
  name,
  type: 'varchar',
  length,
  ...more,
});
const number = (name: string) => ({ name, type: 'integer' });

const taken = (): Table =>
  new Table({
    name: 'taken_mails',
    withoutRowid: true,
    columns: [text('mailHash', '64', { isPrimary: true }), text('seenOn', '10')],
  });

const answers = (): Table =>
  new Table({
    name: 'mail_answers',
    withoutRowid: true,
    columns: [
      text('caseId', '36', { isPrimary: true }),
      text('status', '16'),
      number('tries'),
      text('mailIdHash', '64', { isUnique: true, isNullable: true }),
      text('changedOn', '10'),
    ],
    foreignKeys: [{ columnNames: ['caseId'], referencedTableName: 'cases', referencedColumnNames: ['id'] }],
  });

const visits = (): Table =>
  new Table({
    name: 'mailbox_visits',
    columns: [
      text('id', '16', { isPrimary: true }),
      text('readOn', '10'),
      number('left'),
      number('notTaken'),
    ],
  });

/** Complaints that come by e-mail: which mails were taken, what became of the answers, how the mailbox looked, and messages that came so. */
export class ComplaintsByMail1795996810000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [table, column] of [
      [taken(), 'seenOn'],
      [answers(), 'status'],
    ] as const) {
      await runner.createTable(table);
      await runner.createIndex(table, new TableIndex({ columnNames: [column] }));
    }
    await runner.createTable(visits());
    // A plain statement: TypeORM would copy the whole table on SQLite.
    await runner.query('ALTER TABLE "messages" ADD COLUMN "cameBy" varchar(16)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "messages" DROP COLUMN "cameBy"');
    for (const name of ['mailbox_visits', 'mail_answers', 'taken_mails']) await runner.dropTable(name);
  }
}
