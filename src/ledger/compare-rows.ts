import type { RowReader } from '../records/read-rows';
import type { Difference } from './difference';
import { canonical, isDigested, recorded } from './entry';
import { nameOfHistory } from './house';
import type { ToldRows } from './replay';

/** A table of a case, and where its rows have what. */
export interface CaseTable {
  name: string;
  columns: (RowReader['columns'][number] & { isDigested: boolean })[];
  id: number;
}

/** Rows of one case as they stand in the database: those of each table in the order of the tables. */
export type StoredRows = (unknown[][] | undefined)[];

const NONE_TOLD: ReadonlyMap<string, Record<string, unknown>> = new Map();

export function caseTable({ table, columns }: RowReader): CaseTable {
  return {
    name: table,
    columns: columns.map((column) => ({ ...column, isDigested: isDigested(column.name) })),
    id: columns.findIndex(({ name }) => name === 'id'),
  };
}

/** Holds the rows of one case against what its history told, column by column. */
export function compareRows(
  tables: readonly CaseTable[],
  ledgerId: string,
  told: ToldRows,
  stored: StoredRows,
): Difference[] {
  const differences: Difference[] = [];
  for (let at = 0; at < tables.length; at++) {
    const toldRows = told.get(tables[at]!.name);
    const storedRows = stored[at];
    // A case has rows in a few of its tables.
    if (toldRows || storedRows)
      compareTable(tables[at]!, ledgerId, toldRows ?? NONE_TOLD, storedRows ?? [], differences);
  }
  return differences;
}

function compareTable(
  table: CaseTable,
  ledgerId: string,
  told: ReadonlyMap<string, Record<string, unknown>>,
  stored: readonly unknown[][],
  differences: Difference[],
): void {
  const add: Add = (id, column, sentence) =>
    differences.push({
      ledgerId,
      n: null,
      table: table.name,
      column,
      sentence: `${nameOfHistory(ledgerId)}: ${table.name} ${id}${sentence}`,
    });
  let known = 0;
  for (const row of stored) {
    const id = row[table.id] as string;
    const should = told.get(id);
    if (!should) {
      add(id, null, ' stands in the database, but the history does not know it.');
      continue;
    }
    known += 1;
    if (!isAsTold(table, row, should)) compareRow(table, row, should, add);
  }
  if (known === told.size) return;
  const ids = new Set(stored.map((row) => row[table.id]));
  for (const id of told.keys())
    if (!ids.has(id)) add(id, null, ' is missing from the database; the history knows it.');
}

/**
 * True only where nothing differs; where false, columns have to be compared one by one. Most columns of most rows are null on both sides:
 * counting what is not spares looking for what the history says of them.
 */
function isAsTold(
  { columns, id }: CaseTable,
  row: readonly unknown[],
  told: Readonly<Record<string, unknown>>,
): boolean {
  let unmatched = 0;
  for (let at = 0; at < columns.length; at++) {
    const found = row[at];
    if (found === null || at === id) continue;
    const { name, isDigested, load } = columns[at]!;
    const value = load(found);
    if ((isDigested ? recorded(name, value) : value) !== told[name]) return false;
    unmatched -= 1;
  }
  for (const name in told) if (told[name] !== null) unmatched += 1;
  return unmatched === 0;
}

type Add = (id: string, column: string | null, sentence: string) => void;

function compareRow(
  { columns, id }: CaseTable,
  row: readonly unknown[],
  told: Record<string, unknown>,
  add: Add,
): void {
  for (let at = 0; at < columns.length; at++) {
    if (at === id) continue;
    const { name, isDigested, load } = columns[at]!;
    const should = told[name] ?? null;
    const found = load(row[at]);
    const value = isDigested ? recorded(name, found) : found;
    if (value === should) continue;
    const actual = canonical(value);
    const wanted = canonical(should);
    if (actual !== wanted)
      add(
        row[id] as string,
        name,
        isDigested
          ? `: column ${name} was changed; it does not have the digest that the history recorded.`
          : `: column ${name} is ${actual} in the database, but the history says ${wanted}.`,
      );
  }
}
