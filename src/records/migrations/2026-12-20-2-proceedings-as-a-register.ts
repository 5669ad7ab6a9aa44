import { TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

const TABLE = 'parallel_proceedings';
const COLUMNS: readonly [name: string, type: string][] = [
  ['country', 'varchar(64)'],
  ['filedBy', 'varchar(64)'],
  ['stayRequested', 'boolean'],
  ['orders', 'text'],
  ['orderedOn', 'varchar(10)'],
  ['orderSealed', 'text'],
  ['toldOn', 'varchar(10)'],
  ['outcome', 'varchar(64)'],
];

/** Where other proceedings run, who brought them there, what they ordered and how they ended; found by the day of their note. */
export class ProceedingsAsARegister1797700400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [name, type] of COLUMNS)
      await runner.query(`ALTER TABLE "${TABLE}" ADD COLUMN "${name}" ${type}`);
    await runner.createIndex(TABLE, new TableIndex({ columnNames: ['recordedOn', 'id'] }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex(TABLE, new TableIndex({ columnNames: ['recordedOn', 'id'] }));
    for (const [name] of COLUMNS.toReversed())
      await runner.query(`ALTER TABLE "${TABLE}" DROP COLUMN "${name}"`);
  }
}
