/** A page of a list that grows without end: the newest rows, or those before the one of a number. */
export interface Page {
  before?: number;
  /** How many at most. */
  limit?: number;
}

/** So many rows of a list stand on one page. */
export const ROWS_ON_A_PAGE = 50;

/** Where the page before this one ends: rows are numbered from 1 without gaps. Null: this one holds the oldest. */
export function earlierThan(rows: readonly { n: number }[]): number | null {
  const first = rows[0]?.n ?? 1;
  return first > 1 ? first : null;
}
