import { TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';

const ONE_TIME_UNTIL = { name: 'oneTimeUntil', type: 'varchar', length: '10', isNullable: true };

/** Receipts that somebody else was shown: each works once, until a day. */
export class OneTimeReceipts1795950000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('parties', new TableColumn(ONE_TIME_UNTIL));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('parties', ONE_TIME_UNTIL.name);
  }
}
