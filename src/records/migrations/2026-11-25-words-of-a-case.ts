import { TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';

/** How many words of a case search knows: there is a most, and counting them anew for each text would grow with the case. */
export class WordsOfACase1795564820000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('searched_cases', new TableColumn({ name: 'words', type: 'integer', default: 0 }));
    await runner.query(
      'UPDATE "searched_cases" SET "words" = (SELECT COUNT(*) FROM "search_words" WHERE "search_words"."place" = "searched_cases"."place")',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('searched_cases', 'words');
  }
}
