import { TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';
import { resizeColumn } from '../dialect';

const COLUMNS: readonly [name: string, type: string, length?: string][] = [
  ['handling', 'varchar', '16'],
  ['heldReason', 'varchar', '16'],
  ['removed', 'text'],
  ['turnedBy', 'integer'],
  ['workingSizeInBytes', 'integer'],
  ['workingSha256', 'varchar', '64'],
];

/**
 * Files get a working copy without metadata. Rows from before stay as they are, since their history holds a
 * digest of them: no handling means held back.
 */
export class WorkingCopies1795478403000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [name, type, length] of COLUMNS)
      await runner.addColumn('evidence', new TableColumn({ name, type, length, isNullable: true }));
    await resizeColumn(runner, 'evidence', 'mediaType', 128);
  }

  /** Originals stay; working copies in the store are no longer known, nor names of kinds that were too long before. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `UPDATE "evidence" SET "mediaType" = 'application/octet-stream' WHERE LENGTH("mediaType") > 64`,
    );
    await resizeColumn(runner, 'evidence', 'mediaType', 64);
    for (const [name] of COLUMNS) await runner.dropColumn('evidence', name);
  }
}
