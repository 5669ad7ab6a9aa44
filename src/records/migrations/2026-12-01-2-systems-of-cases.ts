import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

const isNullable = true;
const code = (name: string, more: object = {}) => ({ name, type: 'varchar', length: '64', ...more });
const day = (name: string, more: object = {}) => ({ name, type: 'varchar', length: '10', ...more });
const sealed = (name: string, more: object = {}) => ({ name, type: 'text', ...more });

/** A table of which each row belongs to a case and to a system of the register. */
const ofCaseAndSystem = (name: string, columns: object[], more: object = {}) =>
  new Table({
    name,
    columns: [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'caseId', type: 'varchar', length: '36' },
      { name: 'n', type: 'integer' },
      { name: 'systemNumber', type: 'integer' },
      ...(columns as { name: string; type: string }[]),
    ],
    foreignKeys: [
      { columnNames: ['caseId'], referencedTableName: 'cases', referencedColumnNames: ['id'] },
      {
        columnNames: ['systemNumber'],
        referencedTableName: 'ai_systems',
        referencedColumnNames: ['number'],
      },
    ],
    uniques: [{ columnNames: ['caseId', 'n'] }],
    ...more,
  });

/** Which systems a case is about, requests to keep their logs, and the notices that a deployer owes (AI Act Art. 26(5)). */
export class SystemsOfCases1796200100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      ofCaseAndSystem('case_systems', [code('byRole'), day('namedOn'), day('unnamedOn', { isNullable })], {
        indices: [{ columnNames: ['systemNumber', 'caseId'] }],
      }),
    );
    await runner.createTable(
      ofCaseAndSystem('preservation_requests', [
        code('logHolder'),
        sealed('logsSealed'),
        code('byRole'),
        day('askedOn'),
        day('dueOn'),
        code('answer', { isNullable }),
        day('answeredOn', { isNullable }),
        sealed('replySealed', { isNullable }),
      ]),
    );
    await runner.createTable(
      ofCaseAndSystem('article26_notices', [
        code('ground'),
        code('addressee'),
        day('since'),
        day('dueOn'),
        code('byRole'),
        code('outcome', { isNullable }),
        day('toldOn', { isNullable }),
        day('settledOn', { isNullable }),
        sealed('wordsSealed', { isNullable }),
      ]),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['article26_notices', 'preservation_requests', 'case_systems'])
      await runner.dropTable(table);
  }
}
