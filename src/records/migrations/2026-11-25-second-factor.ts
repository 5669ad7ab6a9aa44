import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

const tables = (): Table[] => [
  new Table({
    name: 'second_factor_uses',
    withoutRowid: true,
    columns: [
      { name: 'personId', type: 'varchar', length: '36', isPrimary: true },
      { name: 'step', type: 'integer', isPrimary: true },
    ],
    foreignKeys: [personOf('personId')],
  }),
  new Table({
    name: 'recoveries',
    columns: [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'personId', type: 'varchar', length: '36' },
      { name: 'proposedBy', type: 'varchar', length: '36', isNullable: true },
      { name: 'codeHash', type: 'varchar', length: '64' },
      { name: 'expiresAt', type: 'varchar', length: '24' },
      { name: 'agreedBy', type: 'varchar', length: '36', isNullable: true },
      { name: 'tokenHash', type: 'varchar', length: '64', isNullable: true },
      { name: 'endedAt', type: 'varchar', length: '24', isNullable: true },
    ],
    foreignKeys: [personOf('personId'), personOf('proposedBy'), personOf('agreedBy')],
    uniques: [{ columnNames: ['tokenHash'] }],
    indices: [{ columnNames: ['personId'] }],
  }),
];

const COLUMNS: readonly [table: string, name: string, type: string][] = [
  ['people', 'totpSealed', 'text'],
  ['people', 'binding', 'varchar(64)'],
  ['sessions', 'stage', 'varchar(16)'],
  ['sessions', 'startedAt', 'varchar(24)'],
  ['sessions', 'seenAt', 'varchar(24)'],
];

/**
 * A second factor for everybody who works here, a way back that two people open, sessions that know their last use, and accounts bound to a
 * key outside. No migration has that key: accounts from before open nothing any more.
 */
export class SecondFactor1795568400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // One statement each: TypeORM would copy the whole table on SQLite.
    for (const [table, name, type] of COLUMNS)
      await runner.query(`ALTER TABLE "${table}" ADD COLUMN "${name}" ${type}`);
    for (const table of tables()) await runner.createTable(table);
  }

  /** Whoever works here comes in with the password alone again. */
  async down(runner: QueryRunner): Promise<void> {
    for (const table of tables().reverse()) await runner.dropTable(table.name);
    for (const [table, name] of [...COLUMNS].reverse())
      await runner.query(`ALTER TABLE "${table}" DROP COLUMN "${name}"`);
  }
}

function personOf(columnName: string) {
  return { columnNames: [columnName], referencedTableName: 'people', referencedColumnNames: ['id'] };
}
