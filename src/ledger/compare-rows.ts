import type { EntityManager } from 'typeorm';
import { CASE_TABLES } from './case-tables';
import type { Difference } from './difference';
import { canonical, isDigested, recorded } from './entry';
import type { Rows } from './replay';

/** Holds the rows of one case against what its history told, column by column. */
export function compareRows(db: EntityManager, ledgerId: string, told: Rows, stored: Rows): Difference[] {
  const differences: Difference[] = [];
  const name = (table: string, id: string) => `case ${ledgerId}: ${table} ${id}`;
  for (const entity of CASE_TABLES) {
    const { tableName: table, columns } = db.dataSource.getMetadata(entity);
    const toldRows = told.get(table);
    const storedRows = stored.get(table);
    for (const [id, row] of storedRows ?? []) {
      const expected = toldRows?.get(id);
      if (!expected) {
        differences.push({
          ledgerId,
          n: null,
          table,
          column: null,
          sentence: `${name(table, id)} stands in the database, but the history does not know it.`,
        });
        continue;
      }
      for (const { propertyName: column } of columns) {
        if (column === 'id') continue;
        const value = recorded(column, row[column]);
        const should = expected[column] ?? null;
        if (value === should) continue;
        const actual = canonical(value);
        const wanted = canonical(should);
        if (actual !== wanted)
          differences.push({
            ledgerId,
            n: null,
            table,
            column,
            sentence: isDigested(column)
              ? `${name(table, id)}: column ${column} was changed; it does not have the digest that the history recorded.`
              : `${name(table, id)}: column ${column} is ${actual} in the database, but the history says ${wanted}.`,
          });
      }
    }
    for (const id of toldRows?.keys() ?? [])
      if (!storedRows?.has(id))
        differences.push({
          ledgerId,
          n: null,
          table,
          column: null,
          sentence: `${name(table, id)} is missing from the database; the history knows it.`,
        });
  }
  return differences;
}
