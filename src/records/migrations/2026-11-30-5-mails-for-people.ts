import { TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';

const IS_FOR_PEOPLE = { name: 'isForPeople', type: 'boolean', isNullable: true };

/** Mails that were taken and yet are not deleted: all they say stood in files that could not be taken. */
export class MailsForPeople1796035000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('taken_mails', new TableColumn(IS_FOR_PEOPLE));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('taken_mails', IS_FOR_PEOPLE.name);
  }
}
