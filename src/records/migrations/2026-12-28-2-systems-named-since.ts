import { TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

const INDEX = new TableIndex({ columnNames: ['systemNumber', 'namedOn'] });

/** Patterns of a system are looked for among what named it lately, however many cases named it before. */
export class SystemsNamedSince1797700960001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createIndex('case_systems', INDEX.clone());
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('case_systems', INDEX.clone());
  }
}
