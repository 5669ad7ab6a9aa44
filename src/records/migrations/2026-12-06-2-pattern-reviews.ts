import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

const isNullable = true;
const code = (name: string, more: object = {}) => ({ name, type: 'varchar', length: '64', ...more });
const id = (name: string, more: object = {}) => ({ name, type: 'varchar', length: '36', ...more });
const day = (name: string, more: object = {}) => ({ name, type: 'varchar', length: '10', ...more });
const people = (name: string) => ({
  columnNames: [name],
  referencedTableName: 'people',
  referencedColumnNames: ['id'],
});
/** What somebody has to do, found by whose it is. */
const OWNED = ['interim_measures', 'protection_measures'];
const byOwner = (): TableIndex => new TableIndex({ columnNames: ['ownerId', 'status'] });

/** Reviews of what cases about one AI system have in common. */
export class PatternReviews1796611000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'pattern_reviews',
        columns: [
          id('id', { isPrimary: true }),
          { name: 'number', type: 'integer' },
          { name: 'revision', type: 'integer' },
          code('rule'),
          { name: 'systemNumber', type: 'integer' },
          code('code'),
          day('countsFrom'),
          day('foundOn'),
          day('dueOn'),
          id('ownerId', { isNullable }),
          code('status'),
          code('patternDecision', { isNullable }),
          { name: 'decisionReasons', type: 'text', isNullable },
          { name: 'textsSealed', type: 'text', isNullable },
          { name: 'assessmentRecord', type: 'integer', isNullable },
          id('decidedBy', { isNullable }),
          day('decidedOn', { isNullable }),
        ],
        foreignKeys: [
          {
            columnNames: ['systemNumber'],
            referencedTableName: 'ai_systems',
            referencedColumnNames: ['number'],
          },
          people('ownerId'),
          people('decidedBy'),
        ],
        uniques: [{ columnNames: ['number'] }],
        indices: [{ columnNames: ['systemNumber', 'rule', 'code'] }, { columnNames: ['status', 'dueOn'] }],
      }),
    );
    for (const table of OWNED) await runner.createIndex(table, byOwner());
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of OWNED) await runner.dropIndex(table, byOwner());
    await runner.dropTable('pattern_reviews');
  }
}
