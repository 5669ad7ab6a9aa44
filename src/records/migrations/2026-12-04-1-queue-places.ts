import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';
import { hasOneWriter } from '../dialect';

const places = (): Table =>
  new Table({
    name: 'queue_places',
    columns: [
      { name: 'facet', type: 'varchar', length: '64', isPrimary: true },
      { name: 'lane', type: 'integer', isPrimary: true },
      { name: 'urgency', type: 'integer', isPrimary: true },
      { name: 'dueOn', type: 'varchar', length: '10', isPrimary: true },
      { name: 'caseId', type: 'varchar', length: '36', isPrimary: true },
      { name: 'legalDueOn', type: 'varchar', length: '10', isNullable: true },
    ],
    foreignKeys: [{ columnNames: ['caseId'], referencedTableName: 'cases', referencedColumnNames: ['id'] }],
    indices: [
      { columnNames: ['caseId', 'facet'] },
      { columnNames: ['legalDueOn', 'caseId'], where: '"legalDueOn" IS NOT NULL' },
    ],
    withoutRowid: true,
  });

const views = (): Table =>
  new Table({
    name: 'saved_views',
    columns: [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'personId', type: 'varchar', length: '36' },
      { name: 'nameSealed', type: 'text' },
      { name: 'filter', type: 'text' },
      { name: 'isShared', type: 'boolean' },
      { name: 'savedOn', type: 'varchar', length: '10' },
    ],
    foreignKeys: [
      { columnNames: ['personId'], referencedTableName: 'people', referencedColumnNames: ['id'] },
    ],
    indices: [{ columnNames: ['personId'] }],
  });

/** The queue followed these before. */
const byState = (): TableIndex => new TableIndex({ columnNames: ['state', 'nextDueOn', 'id'] });
const byTier = (): TableIndex =>
  new TableIndex({ columnNames: ['tier', 'nextDueOn', 'id'], where: '"tier" IS NOT NULL' });

/** Where a case stands that is there already, as the rules of this day say; whether a legal day has passed is looked at by whoever reads the queue first. */
const placeBy = (
  facet: string,
): string => `INSERT INTO "queue_places" ("facet", "lane", "urgency", "dueOn", "caseId", "legalDueOn")
  SELECT DISTINCT ${facet}, CASE WHEN c."nextDueOn" IS NULL THEN 2 ELSE 1 END,
    CASE c."tier" WHEN 'CRITICAL' THEN 0 WHEN 'SEVERE' THEN 2 WHEN 'MODERATE' THEN 6 WHEN 'LOW' THEN 8 ELSE 4 END
      + CASE WHEN c."delayMakesIrremediable" THEN 0 ELSE 1 END,
    COALESCE(c."nextDueOn", '9999-12-31'), c."id",
    ${facet === EVERY ? `CASE WHEN c."nextDueOn" IS NOT NULL THEN (SELECT MIN(k."dueLegalLatest") FROM "clocks" k WHERE k."caseId" = c."id" AND k."basis" = 'legal' AND k."status" = 'RUNNING') END` : 'NULL'}
  FROM "cases" c`;

const EVERY = `'all'`;
const ONE_CODE: readonly (readonly [facet: string, where: string])[] = [
  [EVERY, 'TRUE'],
  [`'state:' || c."state"`, 'TRUE'],
  [`'language:' || c."language"`, 'TRUE'],
  [`'tier:' || c."tier"`, 'c."tier" IS NOT NULL'],
  [`'domain:' || c."useDomain"`, 'c."useDomain" IS NOT NULL'],
  [`'reprisal:' || c."reprisalLevel"`, 'c."reprisalLevel" IS NOT NULL'],
  [`'flag:ALERT'`, 'c."alertSince" IS NOT NULL'],
  [`'flag:LATE_TOLD'`, 'c."lateToldTo" IS NOT NULL'],
  [`'flag:DELAY'`, 'c."delayMakesIrremediable"'],
  [`'flag:UNASSESSED'`, 'c."tier" IS NULL'],
  [`'flag:VULNERABLE'`, 'c."vulnerable"'],
  [`'flag:FEAR'`, `c."fearOfReprisal" = 'serious'`],
  [`'flag:DEFENDER'`, 'c."isDefender"'],
  [`'flag:WORKER'`, 'c."reporterIsWorker"'],
  [`'flag:DATA_REQUEST'`, 'c."isDataRightsRequest"'],
  [`'flag:GROUP'`, `c."complainantRole" = 'group'`],
  [`'flag:PAUSED'`, 'c."suspendedGround" IS NOT NULL'],
];

/** The queue in an order of its own, by every code that it can be narrowed by, and what of it people keep under a name. */
export class QueuePlaces1796500000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(views());
    await runner.createTable(places());
    for (const [facet, where] of ONE_CODE) await runner.query(`${placeBy(facet)} WHERE ${where}`);
    const each = hasOneWriter(runner.dataSource) ? 'json_each' : 'json_array_elements_text';
    const json = hasOneWriter(runner.dataSource) ? '' : '::json';
    for (const kind of ['harm', 'right'])
      await runner.query(
        `${placeBy(`'${kind}:' || e.value`)} CROSS JOIN ${each}((CASE WHEN c."${kind}s" LIKE '[%]' THEN c."${kind}s" ELSE '[]' END)${json}) AS e`,
      );
    await runner.dropIndex('cases', byState());
    await runner.dropIndex('cases', byTier());
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.createIndex('cases', byTier());
    await runner.createIndex('cases', byState());
    await runner.dropTable('queue_places');
    await runner.dropTable('saved_views');
  }
}
