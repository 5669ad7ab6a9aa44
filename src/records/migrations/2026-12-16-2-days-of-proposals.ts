import { TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

const open = (): TableIndex =>
  new TableIndex({ columnNames: ['step', 'caseId'], where: `"status" = 'OPEN'` });

const FLAG = 'flag:AWAITS_SECOND';

/** By when a second person agrees, or refuses; and cases are found in which somebody waits for that. */
export class DaysOfProposals1797600100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // One statement: TypeORM would copy the whole table on SQLite.
    await runner.query('ALTER TABLE "proposals" ADD COLUMN "dueOn" varchar(10)');
    await runner.createIndex('proposals', open());
    await runner.query(
      `INSERT INTO "queue_places" ("facet", "lane", "urgency", "dueOn", "caseId", "legalDueOn")
       SELECT '${FLAG}', p."lane", p."urgency", p."dueOn", p."caseId", NULL FROM "queue_places" p
       WHERE p."facet" = 'all' AND p."caseId" IN (SELECT "caseId" FROM "proposals" WHERE "status" = 'OPEN')`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM "queue_places" WHERE "facet" = '${FLAG}'`);
    await runner.dropIndex('proposals', open());
    await runner.query('ALTER TABLE "proposals" DROP COLUMN "dueOn"');
  }
}
