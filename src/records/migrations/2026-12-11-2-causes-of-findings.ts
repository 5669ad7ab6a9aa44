import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Why what an allegation says came to be, found with it. */
export class CausesOfFindings1797100100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // One statement: TypeORM would copy the whole table on SQLite.
    await runner.query('ALTER TABLE "allegations" ADD COLUMN "rootCauses" text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "allegations" DROP COLUMN "rootCauses"');
  }
}
