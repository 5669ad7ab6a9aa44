import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Why and when what was written down for the person was refused, and through whom a message of hers came in. */
export class WordsOfDictations1797700200000 implements MigrationInterface {
  // One statement a column: TypeORM would copy whole tables on SQLite.
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "proposals" ADD COLUMN "refusedFor" varchar(64)');
    await runner.query('ALTER TABLE "proposals" ADD COLUMN "refusedOn" varchar(10)');
    await runner.query('ALTER TABLE "messages" ADD COLUMN "penRole" varchar(64)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "messages" DROP COLUMN "penRole"');
    await runner.query('ALTER TABLE "proposals" DROP COLUMN "refusedOn"');
    await runner.query('ALTER TABLE "proposals" DROP COLUMN "refusedFor"');
  }
}
