import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

const passkeys = (): Table =>
  new Table({
    name: 'passkeys',
    columns: [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'personId', type: 'varchar', length: '36' },
      { name: 'credentialHash', type: 'varchar', length: '64' },
      { name: 'credentialSealed', type: 'text' },
      { name: 'publicKey', type: 'text' },
      { name: 'labelSealed', type: 'text' },
      { name: 'addedOn', type: 'varchar', length: '10' },
      { name: 'disabledOn', type: 'varchar', length: '10', isNullable: true },
      { name: 'lastUsedOn', type: 'varchar', length: '10', isNullable: true },
      { name: 'counter', type: 'varchar', length: '10' },
      { name: 'binding', type: 'varchar', length: '64' },
    ],
    foreignKeys: [
      { columnNames: ['personId'], referencedTableName: 'people', referencedColumnNames: ['id'] },
    ],
    uniques: [{ columnNames: ['credentialHash'] }],
    indices: [{ columnNames: ['personId'] }],
  });

const COLUMNS: readonly [table: string, name: string, type: string][] = [
  ['people', 'passkeys', 'text'],
  ['sessions', 'challengeHash', 'varchar(64)'],
  ['sessions', 'challengeEndsAt', 'varchar(24)'],
];

/** Passkeys beside the authenticator app. Accounts without one are bound as before, so that those from before go on. */
export class Passkeys1795824100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // One statement each: TypeORM would copy the whole table on SQLite.
    for (const [table, name, type] of COLUMNS)
      await runner.query(`ALTER TABLE "${table}" ADD COLUMN "${name}" ${type}`);
    await runner.createTable(passkeys());
  }

  /** Accounts with passkeys are bound to them and open nothing afterwards: have these removed before. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('passkeys');
    for (const [table, name] of [...COLUMNS].reverse())
      await runner.query(`ALTER TABLE "${table}" DROP COLUMN "${name}"`);
  }
}
