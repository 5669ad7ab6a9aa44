import type { MigrationInterface, QueryRunner } from 'typeorm';

const COLUMNS: readonly [name: string, type: string][] = [
  ['scopes', 'text'],
  ['lastUsedOn', 'varchar(10)'],
];

/** What a token opens, bound to its secret, and the day of its last use. No migration has the key that binds: tokens from before open nothing any more. */
export class ScopesOfTokens1795824300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [name, type] of COLUMNS)
      await runner.query(`ALTER TABLE "api_tokens" ADD COLUMN "${name}" ${type}`);
  }

  /** Without scopes, the tokens made with them open nothing either. */
  async down(runner: QueryRunner): Promise<void> {
    for (const [name] of [...COLUMNS].reverse())
      await runner.query(`ALTER TABLE "api_tokens" DROP COLUMN "${name}"`);
  }
}
