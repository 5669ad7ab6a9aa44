import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether the texts of an answer tell what somebody needs to take part; of what was said before, nobody looked. */
export class NeedsToldInAnswers1797700800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // One statement: TypeORM would copy the whole table on SQLite.
    await runner.query('ALTER TABLE "answers" ADD COLUMN "tellsNeeds" boolean');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "answers" DROP COLUMN "tellsNeeds"');
  }
}
