import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Words of letters and text blocks, sealed under a key of each version; those from before stay where they are until their row is next changed. */
export class SealedWordings1797300100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "wordings" ADD COLUMN "textsSealed" text');
    await runner.query('ALTER TABLE "wordings" ADD COLUMN "emptiedOn" varchar(10)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "wordings" DROP COLUMN "emptiedOn"');
    await runner.query('ALTER TABLE "wordings" DROP COLUMN "textsSealed"');
  }
}
