import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

const tasks = (): Table =>
  new Table({
    name: 'team_tasks',
    columns: [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'caseId', type: 'varchar', length: '36' },
      { name: 'n', type: 'integer' },
      { name: 'textSealed', type: 'text' },
      { name: 'ownerId', type: 'varchar', length: '36' },
      { name: 'ownerRole', type: 'varchar', length: '64' },
      { name: 'addedOn', type: 'varchar', length: '10' },
      { name: 'dueOn', type: 'varchar', length: '10' },
      { name: 'status', type: 'varchar', length: '64' },
      { name: 'settledOn', type: 'varchar', length: '10', isNullable: true },
    ],
    foreignKeys: [
      { columnNames: ['caseId'], referencedTableName: 'cases', referencedColumnNames: ['id'] },
      { columnNames: ['ownerId'], referencedTableName: 'people', referencedColumnNames: ['id'] },
    ],
    uniques: [{ columnNames: ['caseId', 'n'] }],
    indices: [{ columnNames: ['ownerId', 'status'] }],
  });

/** Tasks that teams of cases give themselves. */
export class TasksOfTeams1797600200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(tasks());
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('team_tasks');
  }
}
