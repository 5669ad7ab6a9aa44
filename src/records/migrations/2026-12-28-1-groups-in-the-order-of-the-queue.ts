import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

const OLD = 'searched_groups_before';

/** A group is read in the order of the queue, as everything else by which it is narrowed: its rows say where their case stands. */
export class GroupsInTheOrderOfTheQueue1797700960000 implements MigrationInterface {
  up(runner: QueryRunner): Promise<void> {
    return remake(
      runner,
      ['lane', 'urgency', 'dueOn'],
      ['caseId', 'groupHash'],
      `SELECT g."groupHash", COALESCE(q."lane", 3), COALESCE(q."urgency", 9), COALESCE(q."dueOn", '9999-12-31'), g."caseId" FROM "${OLD}" g LEFT JOIN "queue_places" q ON q."caseId" = g."caseId" AND q."facet" = 'all'`,
    );
  }

  down(runner: QueryRunner): Promise<void> {
    return remake(runner, [], ['caseId'], `SELECT "groupHash", "caseId" FROM "${OLD}"`);
  }
}

/** With another key and index, and what is selected in it. */
async function remake(
  runner: QueryRunner,
  places: readonly string[],
  index: string[],
  selected: string,
): Promise<void> {
  await runner.query(`CREATE TEMPORARY TABLE "${OLD}" AS SELECT * FROM "searched_groups"`);
  await runner.dropTable('searched_groups');
  await runner.createTable(
    new Table({
      name: 'searched_groups',
      columns: [
        { name: 'groupHash', type: 'varchar', length: '12', isPrimary: true },
        ...places.map((name) =>
          name === 'dueOn'
            ? { name, type: 'varchar', length: '10', isPrimary: true }
            : { name, type: 'integer', isPrimary: true },
        ),
        { name: 'caseId', type: 'varchar', length: '36', isPrimary: true },
      ],
      foreignKeys: [{ columnNames: ['caseId'], referencedTableName: 'cases', referencedColumnNames: ['id'] }],
      withoutRowid: true,
    }),
  );
  await runner.createIndex('searched_groups', new TableIndex({ columnNames: index }));
  await runner.query(`INSERT INTO "searched_groups" ${selected}`);
  await runner.query(`DROP TABLE "${OLD}"`);
}
