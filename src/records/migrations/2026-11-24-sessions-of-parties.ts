import { TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';

/** A session knows whose receipt opened it: a case has several receipts, and each can be replaced or ended on its own. */
export class SessionsOfParties1795478401000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn(
      'sessions',
      new TableColumn({ name: 'partyId', type: 'varchar', length: '36', isNullable: true }),
    );
  }

  /** Sessions stay; whose they are is forgotten. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('sessions', 'partyId');
  }
}
