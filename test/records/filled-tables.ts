import type { DataSource, Table, TableColumn } from 'typeorm';

export type Rows = Record<string, Record<string, unknown>[]>;

const SQLITE_TABLES =
  "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'migrations'";
const POSTGRES_TABLES =
  "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migrations'";

const isSqlite = (source: DataSource): boolean => source.options.type === 'better-sqlite3';

export async function tableNames(source: DataSource): Promise<string[]> {
  const rows = await source.query<{ name: string }[]>(isSqlite(source) ? SQLITE_TABLES : POSTGRES_TABLES);
  return rows.map((row) => row.name).sort();
}

/** Everything that the database itself knows of its schema, as lines that can be compared. */
export async function schemaOf(source: DataSource): Promise<string[]> {
  const lines = isSqlite(source)
    ? await source.query<{ line: string }[]>(`
        WITH tables AS (SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'migrations')
        SELECT concat_ws(' ', 'column', tables.name, c.name, c.type, "notnull", pk, dflt_value) AS line
          FROM tables, pragma_table_xinfo(tables.name) AS c
        UNION ALL SELECT concat_ws(' ', 'parent', tables.name, "from", "table", "to", on_update, on_delete)
          FROM tables, pragma_foreign_key_list(tables.name)
        UNION ALL SELECT concat_ws(' ', 'index', tables.name, CASE origin WHEN 'c' THEN i.name ELSE origin END, "unique",
            (SELECT group_concat(name) FROM pragma_index_info(i.name)))
          FROM tables, pragma_index_list(tables.name) AS i
        UNION ALL SELECT sql FROM sqlite_master WHERE type IN ('trigger', 'view')`)
    : await source.query<{ line: string }[]>(`
        SELECT concat_ws(' ', 'column', table_name, column_name, data_type, character_maximum_length, is_nullable, column_default) AS line
          FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'migrations'
        UNION ALL SELECT concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid))
          FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> 'migrations'
        UNION ALL SELECT concat_ws(' ', 'index', indexdef) FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'migrations'
        UNION ALL SELECT concat_ws(' ', 'trigger', pg_get_triggerdef(oid)) FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT concat_ws(' ', 'function', proname, prosrc) FROM pg_proc WHERE pronamespace = 'public'::regnamespace`);
  return lines.map(({ line }) => line).sort();
}

/** Puts two rows into every table, parents first, whatever the tables are at this moment. */
export async function fillTables(source: DataSource): Promise<Rows> {
  const runner = source.createQueryRunner();
  const tables = await runner.getTables(await tableNames(source));
  const filled: Rows = {};
  for (const table of parentsFirst(tables)) {
    const rows = (filled[nameOf(table)] = [] as Record<string, unknown>[]);
    for (const n of [1, 2]) {
      const row = Object.fromEntries(
        table.columns.map((column) => [column.name, valueFor(table, column, n, filled)]),
      );
      const names = Object.keys(row);
      const places = names.map((_, index) => source.driver.createParameter('p', index));
      await runner.query(
        `INSERT INTO "${nameOf(table)}" (${names.map((name) => `"${name}"`).join(', ')}) VALUES (${places.join(', ')})`,
        Object.values(row),
      );
      rows.push(row);
    }
  }
  await runner.release();
  return readTables(source);
}

export async function readTables(source: DataSource): Promise<Rows> {
  const rows: Rows = {};
  for (const name of await tableNames(source))
    rows[name] = await source.query<Record<string, unknown>[]>(`SELECT * FROM "${name}" ORDER BY 1, 2`);
  return rows;
}

/** The same rows, cut down to the tables and columns that both sides have. */
export function inCommon(rows: Rows, other: Rows): Rows {
  return Object.fromEntries(
    Object.entries(rows)
      .filter(([name]) => name in other)
      .map(([name, list]) => [
        name,
        list.map((row) =>
          Object.fromEntries(Object.entries(row).filter(([column]) => column in (other[name]?.[0] ?? row))),
        ),
      ]),
  );
}

const nameOf = (table: Table): string => table.name.split('.').pop() as string;

function parentsFirst(tables: Table[]): Table[] {
  const ordered: Table[] = [];
  const waiting = new Set(tables);
  while (waiting.size > 0) {
    const ready = [...waiting].filter((table) =>
      table.foreignKeys.every(
        (key) => ![...waiting].some((other) => other !== table && nameOf(other) === parentOf(key)),
      ),
    );
    if (ready.length === 0)
      throw new Error('Tables are parents of each other in a circle; no order can fill them.');
    for (const table of ready) waiting.delete(table);
    ordered.push(...ready);
  }
  return ordered;
}

const parentOf = (key: { referencedTableName: string }): string =>
  key.referencedTableName.split('.').pop() as string;

function valueFor(table: Table, column: TableColumn, n: number, filled: Rows): unknown {
  const key = table.foreignKeys.find(({ columnNames }) => columnNames.includes(column.name));
  if (key) {
    const parent = filled[parentOf(key)]?.[n - 1];
    if (parent) return parent[key.referencedColumnNames[key.columnNames.indexOf(column.name)] as string];
    if (column.isNullable) return null;
  }
  if (column.type === 'integer') return n;
  if (column.type === 'boolean') return table.name.endsWith('cases') ? n % 2 : 1;
  const text = `${n} ${nameOf(table)} ${column.name}`;
  return column.length ? text.slice(0, Number(column.length)) : text;
}
