import { TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';

const BY_ROLE = { name: 'byRole', type: 'varchar', length: '3', isNullable: true };

/** Whether the person herself answered the survey: what somebody answered for her she can answer anew. */
export class SurveyGivers1796034000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('survey_answers', new TableColumn(BY_ROLE));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('survey_answers', BY_ROLE.name);
  }
}
