import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Why a review of a pattern was decided is only ever kept sealed: the column for it in the clear was always empty. */
export class NoColumnOfReasons1797300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // One statement: TypeORM would copy the whole table on SQLite.
    await runner.query('ALTER TABLE "pattern_reviews" DROP COLUMN "decisionReasons"');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "pattern_reviews" ADD COLUMN "decisionReasons" text');
  }
}
