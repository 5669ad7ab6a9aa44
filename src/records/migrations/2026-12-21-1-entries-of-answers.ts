import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which entry of the history answered a question. */
export class EntriesOfAnswers1797700600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // One statement: TypeORM would copy the whole table on SQLite.
    await runner.query('ALTER TABLE "questions" ADD COLUMN "answeredRevision" integer');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "questions" DROP COLUMN "answeredRevision"');
  }
}
