import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

const lateReports = (): Table =>
  new Table({
    name: 'late_reports',
    columns: [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'caseId', type: 'varchar', length: '36' },
      { name: 'n', type: 'integer' },
      { name: 'about', type: 'text' },
      { name: 'role', type: 'varchar', length: '64' },
      { name: 'reportedOn', type: 'varchar', length: '10' },
      { name: 'answerDueOn', type: 'varchar', length: '10' },
      { name: 'status', type: 'varchar', length: '64' },
      { name: 'settledOn', type: 'varchar', length: '10', isNullable: true },
    ],
    foreignKeys: [{ columnNames: ['caseId'], referencedTableName: 'cases', referencedColumnNames: ['id'] }],
    uniques: [{ columnNames: ['caseId', 'n'] }],
  });

const TOLD = { columnNames: ['lateToldTo', 'id'], where: '"lateToldTo" IS NOT NULL' };
const toldIndex = ({ dataSource }: QueryRunner): TableIndex =>
  new TableIndex({
    ...TOLD,
    name: dataSource.namingStrategy.indexName('cases', TOLD.columnNames, TOLD.where),
  });

/** Reports that something is late, which rung of the ladder a case waits for, and notices to those who work here. */
export class LateReports1795910430000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(lateReports());
    // One statement each: TypeORM would copy the whole table on SQLite.
    await runner.query('ALTER TABLE "cases" ADD COLUMN "lateToldTo" varchar(64)');
    await runner.createIndex('cases', toldIndex(runner));
    await runner.query('ALTER TABLE "notices" ADD COLUMN "forRole" varchar(64)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "notices" DROP COLUMN "forRole"');
    await runner.dropIndex('cases', toldIndex(runner));
    await runner.query('ALTER TABLE "cases" DROP COLUMN "lateToldTo"');
    await runner.dropTable('late_reports');
  }
}
