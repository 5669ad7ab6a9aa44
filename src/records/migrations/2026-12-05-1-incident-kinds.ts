import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How serious the incident is that a deployer tells of: it decides the day of the report of AI Act Art. 73. */
export class IncidentKinds1796600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // One statement: TypeORM would copy the whole table on SQLite.
    await runner.query('ALTER TABLE "article26_notices" ADD COLUMN "incidentKind" varchar(64)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "article26_notices" DROP COLUMN "incidentKind"');
  }
}
