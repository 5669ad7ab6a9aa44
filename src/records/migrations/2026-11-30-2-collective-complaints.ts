import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

const COLUMNS: readonly [name: string, type: string][] = [
  ['groupDefinitionSealed', 'text'],
  ['estimatedSize', 'integer'],
  ['membershipMode', 'varchar(64)'],
  ['individualRemedyNeeded', 'boolean'],
];

const id = (name: string, isNullable = false) => ({ name, type: 'varchar', length: '36', isNullable });
const day = (name: string, isNullable = false) => ({ name, type: 'varchar', length: '10', isNullable });
const code = (name: string) => ({ name, type: 'varchar', length: '64' });
const count = (name: string) => ({ name, type: 'integer' });
const key = { ...id('id'), isPrimary: true };
const of = (column: string, table: string) => ({
  columnNames: [column],
  referencedTableName: table,
  referencedColumnNames: ['id'],
});

const joinCodes = (): Table =>
  new Table({
    name: 'join_codes',
    columns: [
      key,
      id('caseId'),
      count('n'),
      { ...code('codeHash'), isNullable: true, isUnique: true },
      count('places'),
      count('used'),
      day('until'),
      day('madeOn'),
      day('endedOn', true),
      code('byRole'),
      id('personId', true),
    ],
    foreignKeys: [of('caseId', 'cases'), of('personId', 'people')],
    uniques: [{ columnNames: ['caseId', 'n'] }],
  });

const memberships = (): Table =>
  new Table({
    name: 'memberships',
    columns: [
      key,
      id('caseId'),
      count('n'),
      id('groupCaseId'),
      day('joinedOn'),
      day('endedOn', true),
      count('newsUpTo'),
    ],
    foreignKeys: [of('caseId', 'cases'), of('groupCaseId', 'cases')],
    uniques: [{ columnNames: ['caseId', 'n'] }],
  });

const memberNews = (): Table =>
  new Table({
    name: 'member_news',
    columns: [
      key,
      id('caseId'),
      count('n'),
      code('fromRole'),
      id('personId', true),
      day('writtenOn'),
      code('language'),
      { name: 'textSealed', type: 'text' },
    ],
    foreignKeys: [of('caseId', 'cases'), of('personId', 'people')],
    uniques: [{ columnNames: ['caseId', 'n'] }],
  });

/** Complaints of a group: what the group is, codes to join it, the cases of its members, and what is written to all of them. */
export class CollectiveComplaints1796020000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // One statement each: TypeORM would copy the whole table on SQLite.
    for (const [name, type] of COLUMNS)
      await runner.query(`ALTER TABLE "cases" ADD COLUMN "${name}" ${type}`);
    await runner.createTable(joinCodes());
    const table = memberships();
    await runner.createTable(table);
    await runner.createIndex(table, new TableIndex({ columnNames: ['groupCaseId', 'id'] }));
    await runner.createTable(memberNews());
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['member_news', 'memberships', 'join_codes']) await runner.dropTable(table);
    for (const [name] of [...COLUMNS].reverse())
      await runner.query(`ALTER TABLE "cases" DROP COLUMN "${name}"`);
  }
}
