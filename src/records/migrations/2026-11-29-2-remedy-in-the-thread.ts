import { Table, TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';

const COLUMNS = [
  { table: 'remedy_actions', name: 'agreed', type: 'boolean', isNullable: true },
  { table: 'remedy_actions', name: 'wishSealed', type: 'text', isNullable: true },
  { table: 'remedy_actions', name: 'verificationCommentSealed', type: 'text', isNullable: true },
  { table: 'messages', name: 'aboutOffer', type: 'integer', isNullable: true },
];

const surveyAnswers = (): Table =>
  new Table({
    name: 'survey_answers',
    columns: [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'caseId', type: 'varchar', length: '36' },
      { name: 'closedOn', type: 'varchar', length: '10' },
      { name: 'givenOn', type: 'varchar', length: '10' },
      { name: 'times', type: 'integer' },
      { name: 'easy', type: 'integer', isNullable: true },
      { name: 'respect', type: 'integer', isNullable: true },
      { name: 'informed', type: 'integer', isNullable: true },
      { name: 'fair', type: 'integer', isNullable: true },
      { name: 'commentSealed', type: 'text', isNullable: true },
    ],
    foreignKeys: [{ columnNames: ['caseId'], referencedTableName: 'cases', referencedColumnNames: ['id'] }],
    uniques: [{ columnNames: ['caseId', 'closedOn'] }],
  });

/** What the complainant says of each action of an offer, messages about an offer, and how the process and its outcome are rated. */
export class RemedyInTheThread1795910402000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const { table, ...column } of COLUMNS) await runner.addColumn(table, new TableColumn(column));
    await runner.createTable(surveyAnswers());
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('survey_answers');
    for (const { table, name } of [...COLUMNS].reverse()) await runner.dropColumn(table, name);
  }
}
