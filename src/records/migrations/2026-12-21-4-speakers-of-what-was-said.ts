import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['dictations', 'messages'];

/** Under which mandate somebody spoke to staff; of what was written down before, only she, staff and nobody else is told how it was said. */
export class SpeakersOfWhatWasSaid1797700890000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // One statement each: TypeORM would copy the whole table on SQLite.
    for (const table of TABLES)
      await runner.query(`ALTER TABLE "${table}" ADD COLUMN "mandateNumber" integer`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`ALTER TABLE "${table}" DROP COLUMN "mandateNumber"`);
  }
}
