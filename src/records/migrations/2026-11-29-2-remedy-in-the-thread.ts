import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

const COLUMNS: readonly [table: string, name: string, type: string][] = [
  ['remedy_actions', 'agreed', 'boolean'],
  ['remedy_actions', 'wishSealed', 'text'],
  ['remedy_actions', 'verificationCommentSealed', 'text'],
  ['cases', 'alertSince', 'varchar(10)'],
  ['messages', 'aboutOffer', 'integer'],
];

const ALERTS = { columnNames: ['alertSince', 'id'], where: '"alertSince" IS NOT NULL' };

const alertIndex = ({ dataSource }: QueryRunner): TableIndex =>
  new TableIndex({
    ...ALERTS,
    name: dataSource.namingStrategy.indexName('cases', ALERTS.columnNames, ALERTS.where),
  });

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

const checkIns = (): Table =>
  new Table({
    name: 'check_ins',
    columns: [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'caseId', type: 'varchar', length: '36' },
      { name: 'n', type: 'integer' },
      { name: 'everyDays', type: 'integer' },
      { name: 'dueOn', type: 'varchar', length: '10' },
      { name: 'status', type: 'varchar', length: '64' },
      { name: 'askedOn', type: 'varchar', length: '10', isNullable: true },
      { name: 'answer', type: 'varchar', length: '64', isNullable: true },
      { name: 'answeredOn', type: 'varchar', length: '10', isNullable: true },
    ],
    foreignKeys: [{ columnNames: ['caseId'], referencedTableName: 'cases', referencedColumnNames: ['id'] }],
    uniques: [{ columnNames: ['caseId', 'n'] }],
  });

/**
 * What the complainant says of each action of an offer, messages about an offer, how the process and its outcome are
 * rated, check-ins, and which cases a protection officer looks at first.
 */
export class RemedyInTheThread1795910402000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // One statement each: TypeORM would copy the whole table on SQLite.
    for (const [table, name, type] of COLUMNS)
      await runner.query(`ALTER TABLE "${table}" ADD COLUMN "${name}" ${type}`);
    await runner.createIndex('cases', alertIndex(runner));
    await runner.createTable(surveyAnswers());
    const table = checkIns();
    await runner.createTable(table);
    await runner.createIndex(table, new TableIndex({ columnNames: ['status', 'dueOn'] }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('check_ins');
    await runner.dropTable('survey_answers');
    await runner.dropIndex('cases', alertIndex(runner));
    for (const [table, name] of [...COLUMNS].reverse())
      await runner.query(`ALTER TABLE "${table}" DROP COLUMN "${name}"`);
  }
}
