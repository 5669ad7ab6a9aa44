import { Table, TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';

const isNullable = true;
const id = (name: string, more: object = {}) => ({ name, type: 'varchar', length: '36', ...more });
const code = (name: string, more: object = {}) => ({ name, type: 'varchar', length: '64', ...more });
const day = (name: string, more: object = {}) => ({ name, type: 'varchar', length: '10', ...more });
const sealed = (name: string, more: object = {}) => ({ name, type: 'text', ...more });

/** What the inquiry asks for and gets; how sure a finding had to be, and what it says of records that are missing. */
export class EvidenceRequests1796300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'evidence_requests',
        columns: [
          id('id', { isPrimary: true }),
          id('caseId'),
          { name: 'n', type: 'integer' },
          code('askedOf'),
          sealed('whomSealed'),
          sealed('textSealed'),
          { name: 'allegation', type: 'integer', isNullable },
          code('byRole'),
          id('askedBy'),
          day('askedOn'),
          day('dueOn'),
          code('status'),
          day('settledOn', { isNullable }),
          sealed('replySealed', { isNullable }),
          code('refusalGround', { isNullable }),
          code('records', { isNullable }),
        ],
        foreignKeys: [
          { columnNames: ['caseId'], referencedTableName: 'cases', referencedColumnNames: ['id'] },
          { columnNames: ['askedBy'], referencedTableName: 'people', referencedColumnNames: ['id'] },
        ],
        uniques: [{ columnNames: ['caseId', 'n'] }],
      }),
    );
    await runner.addColumn('allegations', new TableColumn(code('standardOfProof', { isNullable })));
    await runner.addColumn('allegations', new TableColumn(sealed('missingRecordsSealed', { isNullable })));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('allegations', 'missingRecordsSealed');
    await runner.dropColumn('allegations', 'standardOfProof');
    await runner.dropTable('evidence_requests');
  }
}
