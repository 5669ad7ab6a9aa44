import type { MigrationInterface, QueryRunner } from 'typeorm';
import { hasOneWriter } from '../dialect';

/** Cases stand in the queue under their language, whatever its region: nobody who looks for Dari looks for `fa-AF`. */
export class LanguagesOfTheQueue1797000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const language = hasOneWriter(runner.dataSource)
      ? `lower(substr("facet", 10, instr(substr("facet", 10) || '-', '-') - 1))`
      : `lower(split_part(substr("facet", 10), '-', 1))`;
    await runner.query(
      `UPDATE "queue_places" SET "facet" = 'language:' || ${language} WHERE "facet" LIKE 'language:%'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `UPDATE "queue_places" SET "facet" = 'language:' || (SELECT "c"."language" FROM "cases" "c" WHERE "c"."id" = "queue_places"."caseId")
       WHERE "facet" LIKE 'language:%'`,
    );
  }
}
