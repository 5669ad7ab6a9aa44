import { TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';

/** A finding says whether evidence is missing because the organisation or the vendor lost or withheld it. */
export class WithheldEvidence1795478402000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn(
      'allegations',
      new TableColumn({ name: 'evidenceWithheld', type: 'boolean', isNullable: true }),
    );
  }

  /** Findings stay; why evidence was missing is forgotten. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('allegations', 'evidenceWithheld');
  }
}
