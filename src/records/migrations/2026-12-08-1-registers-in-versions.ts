import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

const isNullable = true;
const uuid = (name: string, more: object = {}) => ({ name, type: 'varchar', length: '36', ...more });
const id = uuid('id', { isPrimary: true });
const code = (name: string) => ({ name, type: 'varchar', length: '64' });
const day = (name: string, more: object = {}) => ({ name, type: 'varchar', length: '10', ...more });
const integer = (name: string) => ({ name, type: 'integer' });
const text = (name: string, more: object = {}) => ({ name, type: 'text', ...more });
const to = (column: string, referencedTableName: string) => ({
  columnNames: [column],
  referencedTableName,
  referencedColumnNames: ['id'],
});

/** Registers of which every version of every entry is kept, the cases that use an entry, and which texts were emptied. */
export class RegistersInVersions1796810000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'register_entries',
        columns: [
          id,
          code('register'),
          integer('number'),
          integer('revision'),
          integer('version'),
          day('retiredOn', { isNullable }),
        ],
        uniques: [{ columnNames: ['register', 'number'] }],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'register_versions',
        columns: [
          id,
          uuid('entryId'),
          integer('n'),
          text('coded'),
          text('textsSealed'),
          uuid('recordedBy', { isNullable }),
          day('recordedOn'),
          day('verifiedOn', { isNullable }),
          uuid('verifiedBy', { isNullable }),
          text('verifiedSourceSealed', { isNullable }),
        ],
        foreignKeys: [
          to('entryId', 'register_entries'),
          to('recordedBy', 'people'),
          to('verifiedBy', 'people'),
        ],
        uniques: [{ columnNames: ['entryId', 'n'] }],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'register_cases',
        columns: [
          id,
          uuid('entryId'),
          integer('n'),
          uuid('caseId'),
          uuid('linkedBy'),
          day('linkedOn'),
          day('unlinkedOn', { isNullable }),
        ],
        foreignKeys: [to('entryId', 'register_entries'), to('caseId', 'cases'), to('linkedBy', 'people')],
        uniques: [{ columnNames: ['entryId', 'n'] }],
        indices: [{ columnNames: ['caseId'] }],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'register_emptyings',
        columns: [
          id,
          code('register'),
          integer('number'),
          integer('n'),
          code('part'),
          text('reasonSealed'),
          uuid('emptiedBy'),
          day('emptiedOn'),
        ],
        foreignKeys: [to('emptiedBy', 'people')],
        uniques: [{ columnNames: ['register', 'number', 'n'] }],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['register_emptyings', 'register_cases', 'register_versions', 'register_entries'])
      await runner.dropTable(table);
  }
}
