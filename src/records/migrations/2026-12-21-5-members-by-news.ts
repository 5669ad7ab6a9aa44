import { TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

const TABLE = 'memberships';
const byNews = () => new TableIndex({ columnNames: ['groupCaseId', 'newsUpTo'] });
const byId = () => new TableIndex({ columnNames: ['groupCaseId', 'id'] });

/** Whom a message to all members has not reached yet is found without reading every membership. */
export class MembersByNews1797700895000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createIndex(TABLE, byNews());
    await runner.dropIndex(TABLE, byId());
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.createIndex(TABLE, byId());
    await runner.dropIndex(TABLE, byNews());
  }
}
