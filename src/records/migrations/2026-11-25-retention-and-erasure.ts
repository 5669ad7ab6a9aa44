import {
  Table,
  TableIndex,
  type MigrationInterface,
  type QueryRunner,
  type TableColumnOptions,
} from 'typeorm';

const column = (name: string, type: string, length?: string): TableColumnOptions => ({ name, type, length });
const id = (name: string) => column(name, 'varchar', '36');
const code = (name: string) => column(name, 'varchar', '64');
const day = (name: string) => column(name, 'varchar', '10');
const instant = (name: string) => column(name, 'varchar', '24');
const text = (name: string) => column(name, 'text');
const whole = (name: string) => column(name, 'integer');
const optional = (options: TableColumnOptions): TableColumnOptions => ({ ...options, isNullable: true });
const primary = (options: TableColumnOptions): TableColumnOptions => ({ ...options, isPrimary: true });
const parents = (of: Record<string, string>) =>
  Object.entries(of).map(([columnName, parent]) => ({
    columnNames: [columnName],
    referencedTableName: parent,
    referencedColumnNames: ['id'],
  }));

/** Parents before children. */
const tables = (): Table[] => [
  new Table({
    name: 'legal_holds',
    columns: [
      primary(id('id')),
      id('caseId'),
      whole('n'),
      code('ground'),
      optional(text('reasonSealed')),
      optional(id('placedBy')),
      day('placedOn'),
      optional(id('reviewedBy')),
      optional(day('reviewedOn')),
      optional(id('releasedBy')),
      optional(day('releasedOn')),
      optional(text('releaseReasonSealed')),
    ],
    foreignKeys: parents({
      caseId: 'cases',
      placedBy: 'people',
      reviewedBy: 'people',
      releasedBy: 'people',
    }),
    uniques: [{ columnNames: ['caseId', 'n'] }],
  }),
  new Table({
    name: 'erasure_requests',
    columns: [
      primary(id('id')),
      id('caseId'),
      whole('n'),
      code('scope'),
      day('requestedOn'),
      code('status'),
      optional(id('decidedBy')),
      optional(day('decidedOn')),
    ],
    foreignKeys: parents({ caseId: 'cases', decidedBy: 'people' }),
    uniques: [{ columnNames: ['caseId', 'n'] }],
  }),
  new Table({
    name: 'disposal_batches',
    columns: [
      primary(id('id')),
      code('schedule'),
      code('status'),
      id('proposedBy'),
      instant('proposedAt'),
      text('noteSealed'),
      optional(id('settledBy')),
      optional(code('settledByRole')),
      optional(instant('settledAt')),
      optional(instant('doneAt')),
    ],
    foreignKeys: parents({ proposedBy: 'people', settledBy: 'people' }),
    indices: [{ columnNames: ['status'] }],
  }),
  new Table({
    name: 'disposal_items',
    withoutRowid: true,
    columns: [
      primary(id('batchId')),
      primary(whole('n')),
      id('caseId'),
      code('status'),
      optional(code('keptBack')),
      optional(whole('entryN')),
    ],
    foreignKeys: parents({ batchId: 'disposal_batches', caseId: 'cases' }),
    indices: [{ columnNames: ['caseId', 'status'] }],
  }),
  new Table({
    name: 'doomed_files',
    withoutRowid: true,
    columns: [primary(code('id')), day('since')],
  }),
];

const CASE_COLUMNS: readonly [name: string, length: string][] = [
  ['erasedOn', '10'],
  ['erasedUnder', '64'],
];
const CLOSED = { columnNames: ['closedOn', 'id'], where: '"closedOn" IS NOT NULL' };
const closedIndex = ({ dataSource }: QueryRunner): TableIndex =>
  new TableIndex({
    ...CLOSED,
    name: dataSource.namingStrategy.indexName('cases', CLOSED.columnNames, CLOSED.where),
  });

/** Legal holds, requests for erasure, disposal in batches; a case knows that it was erased. */
export class RetentionAndErasure1795564800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // One statement each: TypeORM would copy the whole table on SQLite.
    for (const [name, length] of CASE_COLUMNS)
      await runner.query(`ALTER TABLE "cases" ADD COLUMN "${name}" varchar(${length})`);
    await runner.createIndex('cases', closedIndex(runner));
    for (const table of tables()) await runner.createTable(table);
  }

  /** What was erased stays erased; that it was stands in the ledger alone. */
  async down(runner: QueryRunner): Promise<void> {
    for (const table of tables().reverse()) await runner.dropTable(table.name);
    await runner.dropIndex('cases', closedIndex(runner));
    for (const [name] of [...CASE_COLUMNS].reverse())
      await runner.query(`ALTER TABLE "cases" DROP COLUMN "${name}"`);
  }
}
