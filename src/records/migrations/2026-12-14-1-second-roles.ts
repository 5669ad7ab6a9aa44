import { TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';

/** Who has to agree to what was proposed: one step may ask one or another, as the case is. */
export class SecondRoles1797400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn(
      'proposals',
      new TableColumn({ name: 'secondRole', type: 'varchar', length: '64', isNullable: true }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('proposals', 'secondRole');
  }
}
