import { TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';

const TABLES = ['vendors', 'ai_systems', 'system_records'];

/** Free texts of registers, sealed under a key of each row; those from before stay where they are until their row is next changed. */
export class SealedTextsOfRegisters1796820000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES)
      await runner.addColumn(table, new TableColumn({ name: 'textsSealed', type: 'text', isNullable: true }));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.dropColumn(table, 'textsSealed');
  }
}
