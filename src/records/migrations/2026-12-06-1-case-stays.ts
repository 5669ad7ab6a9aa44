import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';
import { hasOneWriter } from '../dialect';

const stays = (): Table =>
  new Table({
    name: 'case_stays',
    columns: [
      { name: 'caseId', type: 'varchar', length: '36', isPrimary: true },
      { name: 'n', type: 'integer', isPrimary: true },
      { name: 'state', type: 'varchar', length: '64' },
      { name: 'since', type: 'varchar', length: '10' },
      { name: 'until', type: 'varchar', length: '10' },
      { name: 'days', type: 'integer' },
    ],
    foreignKeys: [{ columnNames: ['caseId'], referencedTableName: 'cases', referencedColumnNames: ['id'] }],
    indices: [{ columnNames: ['until', 'state', 'days', 'caseId'] }],
    withoutRowid: true,
  });

/** Whoever said no to statistics, of whom there are few, found among all consents. */
const saidNo = (): TableIndex =>
  new TableIndex({
    columnNames: ['caseId'],
    where: `"code" = 'CN-STAT' AND "given" = FALSE AND "endedOn" IS NULL`,
  });

/** How long cases were in each state, as the histories that are there already tell. */
export class CaseStays1796610000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(stays());
    await runner.createIndex('consents', saidNo());
    const isSqlite = hasOneWriter(runner.dataSource);
    const of = (name: string) =>
      isSqlite ? `json_extract(t."body", '$.${name}')` : `(t."body"::json->>'${name}')`;
    const daysBetween = isSqlite
      ? `CAST(julianday(m."until") - julianday(m."since") AS integer)`
      : `m."until"::date - m."since"::date`;
    await runner.query(`INSERT INTO "case_stays" ("caseId", "n", "state", "since", "until", "days")
      WITH t AS (
        SELECT c."id" AS "caseId", c."lodgedOn", e."n", CASE WHEN e."body" LIKE '{%}' THEN e."body" ELSE '{}' END AS "body"
        FROM "entries" e INNER JOIN "cases" c ON c."ledgerId" = e."ledgerId"
      ), told AS (
        SELECT t."caseId", t."n", ${of('to')} AS "state",
          CASE WHEN t."n" = 1 THEN t."lodgedOn" ELSE COALESCE(${of('on')}, substr(${of('at')}, 1, 10)) END AS "since"
        FROM t WHERE ${of('from')} <> ${of('to')}
      ), m AS (
        SELECT "caseId", "state", "since", ROW_NUMBER() OVER w AS "stay", LEAD("since") OVER w AS "until"
        FROM told WINDOW w AS (PARTITION BY "caseId" ORDER BY "n")
      )
      SELECT m."caseId", m."stay", m."state", m."since", m."until", ${daysBetween} FROM m WHERE m."until" IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('consents', saidNo());
    await runner.dropTable('case_stays');
  }
}
