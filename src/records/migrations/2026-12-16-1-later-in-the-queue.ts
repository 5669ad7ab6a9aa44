import type { MigrationInterface, QueryRunner } from 'typeorm';

const NO_DAY = `"dueOn" = '9999-12-31'`;
const HAS_ENDED = `"caseId" IN (SELECT "id" FROM "cases" WHERE "state" IN ('closed', 'declined', 'referred', 'withdrawn'))`;
const IN_DANGER = `"caseId" IN (SELECT "id" FROM "cases" WHERE "alertSince" IS NOT NULL)`;

/**
 * Cases that have ended stand behind what is due until their day is near. All of them go there; those whose day is near already come
 * forward when somebody reads the queue.
 */
export class LaterInTheQueue1797600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`UPDATE "queue_places" SET "lane" = 3 WHERE "lane" = 2 AND ${NO_DAY}`);
    await runner.query(
      `UPDATE "queue_places" SET "lane" = 2 WHERE "lane" = 1 AND ${HAS_ENDED} AND NOT ${IN_DANGER}`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`UPDATE "queue_places" SET "lane" = 1 WHERE "lane" = 2 AND ${HAS_ENDED}`);
    await runner.query(`UPDATE "queue_places" SET "lane" = 2 WHERE "lane" = 3 AND ${NO_DAY}`);
  }
}
