import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

const isNullable = true;
const id = (name: string, more: object = {}) => ({ name, type: 'varchar', length: '36', ...more });
const code = (name: string) => ({ name, type: 'varchar', length: '64' });
const day = (name: string, more: object = {}) => ({ name, type: 'varchar', length: '10', ...more });
const sealed = (name: string, more: object = {}) => ({ name, type: 'text', ...more });
const integer = (name: string) => ({ name, type: 'integer' });

type Columns = { name: string; type: string }[];

const table = (name: string, columns: Columns, people: string[] = []): Table =>
  new Table({
    name,
    columns: [id('id', { isPrimary: true }), id('caseId'), integer('n'), ...columns],
    foreignKeys: [
      { columnNames: ['caseId'], referencedTableName: 'cases', referencedColumnNames: ['id'] },
      ...people.map((column) => ({
        columnNames: [column],
        referencedTableName: 'people',
        referencedColumnNames: ['id'],
      })),
    ],
    uniques: [{ columnNames: ['caseId', 'n'] }],
  });

const tables = (): Table[] => [
  table('support_requests', [
    code('kind'),
    sealed('wishSealed', { isNullable }),
    code('byRole'),
    day('askedOn'),
    id('clockId'),
    day('dueOn'),
    code('status'),
    sealed('arrangementSealed', { isNullable }),
    sealed('reasonsSealed', { isNullable }),
    sealed('alternativeSealed', { isNullable }),
    day('answeredOn', { isNullable }),
    day('endedOn', { isNullable }),
  ]),
  table('amendments', [
    code('kind'),
    code('part'),
    code('language'),
    sealed('textSealed'),
    code('byRole'),
    day('writtenOn'),
  ]),
  table(
    'transcripts',
    [
      code('occasion'),
      day('heldOn'),
      code('language'),
      sealed('textSealed'),
      code('byRole'),
      id('personId'),
      day('recordedOn'),
      code('status'),
      day('answeredOn', { isNullable }),
      sealed('disputeSealed', { isNullable }),
    ],
    ['personId'],
  ),
  table(
    'translations',
    [
      code('ofKind'),
      integer('ofNumber'),
      code('language'),
      code('author'),
      code('status'),
      sealed('textSealed'),
      id('addedBy'),
      day('addedOn'),
      id('checkedBy', { isNullable }),
      day('checkedOn', { isNullable }),
    ],
    ['addedBy', 'checkedBy'],
  ),
];

/** How the person takes part: support, additions and corrections, transcripts, translations; each message knows its language. */
export class TakingPart1795910431000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const each of tables()) await runner.createTable(each);
    // One statement: TypeORM would copy the whole table on SQLite.
    await runner.query('ALTER TABLE "messages" ADD COLUMN "language" varchar(64)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "messages" DROP COLUMN "language"');
    for (const each of tables().reverse()) await runner.dropTable(each.name);
  }
}
