import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When somebody last looked whether the harm came back. */
export class LooksDuringMonitoring1797700300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // One statement: TypeORM would copy the whole table on SQLite.
    await runner.query('ALTER TABLE "cases" ADD COLUMN "lookedAtOn" varchar(10)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "cases" DROP COLUMN "lookedAtOn"');
  }
}
