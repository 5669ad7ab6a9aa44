import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The groups a person belongs to stand sealed. A migration has no key to seal with, so what stood there in plain text goes, and is noted
 * anew under seal; entries that told it before stay as they are, and nothing is compared with a column that is no longer there.
 */
export class SealedGroups1795568500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await renameEmpty(runner, 'groups', 'groupsSealed');
  }

  /** What is sealed cannot be opened here: it goes too. */
  async down(runner: QueryRunner): Promise<void> {
    await renameEmpty(runner, 'groupsSealed', 'groups');
  }
}

/** Both are nullable texts: renamed, the column keeps its place and SQLite does not copy the table. */
async function renameEmpty(runner: QueryRunner, from: string, to: string): Promise<void> {
  await runner.query(`UPDATE "cases" SET "${from}" = NULL`);
  await runner.query(`ALTER TABLE "cases" RENAME COLUMN "${from}" TO "${to}"`);
}
