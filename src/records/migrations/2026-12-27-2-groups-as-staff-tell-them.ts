import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who belongs to a group, as staff wrote it: apart from what the person told. */
export class GroupsAsStaffTellThem1797700956000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // A statement: TypeORM would copy the whole table on SQLite.
    await runner.query('ALTER TABLE "cases" ADD COLUMN "groupByStaffSealed" text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "cases" DROP COLUMN "groupByStaffSealed"');
  }
}
