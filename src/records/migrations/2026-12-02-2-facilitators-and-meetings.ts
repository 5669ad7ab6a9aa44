import { Table, type MigrationInterface, type QueryRunner, type TableColumnOptions } from 'typeorm';

const isNullable = true;
const code = (name: string) => ({ name, type: 'varchar', length: '64' });
const day = (name: string, more: object = {}) => ({ name, type: 'varchar', length: '10', ...more });
const sealed = (name: string, more: object = {}) => ({ name, type: 'text', ...more });

const ofCase = (name: string, columns: TableColumnOptions[]) =>
  new Table({
    name,
    columns: [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'caseId', type: 'varchar', length: '36' },
      { name: 'n', type: 'integer' },
      ...columns,
    ],
    foreignKeys: [{ columnNames: ['caseId'], referencedTableName: 'cases', referencedColumnNames: ['id'] }],
    uniques: [{ columnNames: ['caseId', 'n'] }],
  });

/** Whom both sides accept to lead the dialogue; interviews and sessions. */
export class FacilitatorsAndMeetings1796310000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      ofCase('facilitators', [
        sealed('whoSealed'),
        sealed('neutralSealed'),
        code('byRole'),
        day('proposedOn'),
        code('person'),
        day('personOn', { isNullable }),
        sealed('personSaidSealed', { isNullable }),
        code('unit'),
        day('unitOn', { isNullable }),
        sealed('unitSaidSealed', { isNullable }),
      ]),
    );
    await runner.createTable(
      ofCase('meetings', [
        code('kind'),
        code('withWhom'),
        code('byRole'),
        day('plannedFor'),
        sealed('detailsSealed'),
        code('status'),
        day('heldOn', { isNullable }),
        { name: 'accompanied', type: 'boolean', isNullable },
        { name: 'transcript', type: 'integer', isNullable },
        sealed('noteSealed', { isNullable }),
      ]),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('meetings');
    await runner.dropTable('facilitators');
  }
}
