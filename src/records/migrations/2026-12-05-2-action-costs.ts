import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an action of remedy cost, sealed and for staff alone. */
export class ActionCosts1796600100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // One statement: TypeORM would copy the whole table on SQLite.
    await runner.query('ALTER TABLE "remedy_actions" ADD COLUMN "costSealed" text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "remedy_actions" DROP COLUMN "costSealed"');
  }
}
