import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

const id = (name: string) => ({ name, type: 'varchar', length: '36' });

/** Rules that propose a track, a role or a tier, in versions. */
export class Routing1796402000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'routing_versions',
        columns: [
          { ...id('id'), isPrimary: true },
          { name: 'n', type: 'integer' },
          { name: 'status', type: 'varchar', length: '64' },
          { name: 'revision', type: 'integer' },
          { name: 'rules', type: 'text' },
          { name: 'draftedBy', type: 'text' },
          { name: 'changedAt', type: 'varchar', length: '24' },
          { ...id('settledBy'), isNullable: true },
        ],
        foreignKeys: [
          { columnNames: ['settledBy'], referencedTableName: 'people', referencedColumnNames: ['id'] },
        ],
        uniques: [{ columnNames: ['n'] }],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('routing_versions');
  }
}
