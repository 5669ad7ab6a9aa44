import { TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';

const COLUMNS = [
  { table: 'remedy_actions', name: 'agreed', type: 'boolean', isNullable: true },
  { table: 'remedy_actions', name: 'wishSealed', type: 'text', isNullable: true },
  { table: 'remedy_actions', name: 'verificationCommentSealed', type: 'text', isNullable: true },
  { table: 'messages', name: 'aboutOffer', type: 'integer', isNullable: true },
];

/** What the complainant says of each action of an offer, and messages about an offer. */
export class RemedyInTheThread1795910402000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const { table, ...column } of COLUMNS) await runner.addColumn(table, new TableColumn(column));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { table, name } of [...COLUMNS].reverse()) await runner.dropColumn(table, name);
  }
}
