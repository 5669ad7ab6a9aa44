import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the body to which a case was passed on says of it. */
export class AnswersToReferrals1797700500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // One statement: TypeORM would copy the whole table on SQLite.
    await runner.query('ALTER TABLE "cases" ADD COLUMN "referralAnswer" varchar(64)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "cases" DROP COLUMN "referralAnswer"');
  }
}
