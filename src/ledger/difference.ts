/** Something that does not agree: where, and a sentence that says what stands in the database and what the history says. */
export interface Difference {
  ledgerId: string;
  n: number | null;
  table: string;
  column: string | null;
  sentence: string;
}
