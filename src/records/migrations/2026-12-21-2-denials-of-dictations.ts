import type { MigrationInterface, QueryRunner } from 'typeorm';

const COLUMNS: readonly [name: string, type: string][] = [
  ['saidBy', 'varchar(64)'],
  ['mandateNumber', 'integer'],
  ['deniedOn', 'varchar(10)'],
  ['denialAnsweredOn', 'varchar(10)'],
];

/** Whose word waits for a second person, and that the person says that they never said it. */
export class DenialsOfDictations1797700700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // One statement each: TypeORM would copy the whole table on SQLite.
    for (const [name, type] of COLUMNS)
      await runner.query(`ALTER TABLE "proposals" ADD COLUMN "${name}" ${type}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [name] of COLUMNS.toReversed())
      await runner.query(`ALTER TABLE "proposals" DROP COLUMN "${name}"`);
  }
}
