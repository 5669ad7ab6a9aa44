import { Table, type MigrationInterface, type QueryRunner, type TableColumnOptions } from 'typeorm';

const isNullable = true;
const id = (name: string) => ({ name, type: 'varchar', length: '36' });
const code = (name: string) => ({ name, type: 'varchar', length: '64' });
const day = (name: string, more: object = {}) => ({ name, type: 'varchar', length: '10', ...more });
const integer = (name: string, more: object = {}) => ({ name, type: 'integer', ...more });
const key = (column: string, referencedTableName: string, referenced = 'id') => ({
  columnNames: [column],
  referencedTableName,
  referencedColumnNames: [referenced],
});

const ofCase = (
  name: string,
  columns: TableColumnOptions[],
  foreignKeys: ReturnType<typeof key>[],
  indices: { columnNames: string[] }[] = [],
): Table =>
  new Table({
    name,
    columns: [{ ...id('id'), isPrimary: true }, id('caseId'), integer('n'), ...columns],
    foreignKeys: [key('caseId', 'cases'), ...foreignKeys],
    uniques: [{ columnNames: ['caseId', 'n'] }],
    indices,
  });

/** Texts of cases that are to be translated; what is learnt from cases about AI systems. */
export class TranslationRequestsAndLessons1796710100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      ofCase(
        'translation_requests',
        [
          code('ofKind'),
          integer('ofNumber'),
          code('language'),
          id('ownerId'),
          code('byRole'),
          id('askedBy'),
          day('askedOn'),
          day('dueOn'),
          code('status'),
          day('settledOn', { isNullable }),
          integer('translation', { isNullable }),
        ],
        [key('ownerId', 'people'), key('askedBy', 'people')],
        [{ columnNames: ['ownerId', 'status'] }],
      ),
    );
    await runner.createTable(
      ofCase(
        'lessons',
        [
          integer('systemNumber'),
          integer('recordNumber', { isNullable }),
          { name: 'rootCauses', type: 'text' },
          { name: 'textSealed', type: 'text' },
          code('byRole'),
          id('personId'),
          day('recordedOn'),
        ],
        [key('systemNumber', 'ai_systems', 'number'), key('personId', 'people')],
      ),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('lessons');
    await runner.dropTable('translation_requests');
  }
}
