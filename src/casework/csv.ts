/** Rows as CSV that spreadsheets read: no cell, and no line of one, is taken for a formula; of a list, each is told after the other. */
export async function csvOf(
  columns: readonly string[],
  rows: readonly Record<string, unknown>[],
): Promise<string> {
  const { stringify } = await import('csv-stringify/sync');
  return stringify([...rows], {
    header: true,
    columns: [...columns],
    bom: true,
    escape_formulas: true,
    record_delimiter: 'windows',
    // Beside its own end of rows it knows none that spreadsheets read as one.
    quoted_match: /[\r\n]/,
    cast: {
      boolean: (value) => (value ? 'yes' : 'no'),
      object: (value) => (Array.isArray(value) ? value.join('; ') : JSON.stringify(value)),
    },
  });
}
