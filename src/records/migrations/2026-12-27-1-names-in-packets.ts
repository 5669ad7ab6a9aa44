import { TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

const OF_A_DAY = new TableIndex({ columnNames: ['personId', 'madeOn'] });

/** Whether a name was found in a packet when it was put together, and how many somebody put together on a day. */
export class NamesInPackets1797700955000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // A statement: TypeORM would copy the whole table on SQLite.
    await runner.query('ALTER TABLE "packets" ADD COLUMN "holdsName" boolean');
    await runner.createIndex('packets', OF_A_DAY);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('packets', OF_A_DAY);
    await runner.query('ALTER TABLE "packets" DROP COLUMN "holdsName"');
  }
}
