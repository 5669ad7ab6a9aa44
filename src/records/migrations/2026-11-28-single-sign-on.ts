import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

const uses = (): Table =>
  new Table({
    name: 'single_sign_on_uses',
    columns: [
      { name: 'flowHash', type: 'varchar', length: '64', isPrimary: true },
      { name: 'expiresAt', type: 'varchar', length: '24' },
    ],
    indices: [{ columnNames: ['expiresAt'] }],
  });

const subjects = (): TableIndex => new TableIndex({ columnNames: ['subjectHash'], isUnique: true });

/** Who somebody is at the identity provider, and which ways to it and back were used. */
export class SingleSignOn1795824200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // A plain statement: TypeORM would copy the whole table on SQLite.
    await runner.query('ALTER TABLE "people" ADD COLUMN "subjectHash" varchar(64)');
    await runner.createIndex('people', subjects());
    await runner.createTable(uses());
  }

  /** An account that was linked is bound to more than is left, and opens nothing until two people open it again. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('single_sign_on_uses');
    await runner.dropIndex('people', subjects());
    await runner.query('ALTER TABLE "people" DROP COLUMN "subjectHash"');
  }
}
