/** What was measured, over all rounds of one run. */
export interface Figure {
  name: string;
  unit: string;
  median: number;
  min: number;
  max: number;
  budget: { atLeast: number } | { atMost: number } | null;
  /** Null where there is no budget. */
  kept: boolean | null;
}

/** The value below which `part` (0 to 1) of the values lie; of an even count the upper of two. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
  if (value === undefined) throw new Error('Nothing was measured.');
  return value;
}

export function figure(
  name: string,
  unit: string,
  values: readonly number[],
  budget: Figure['budget'] = null,
): Figure {
  const median = quantile(values, 0.5);
  const kept = budget && ('atLeast' in budget ? median >= budget.atLeast : median <= budget.atMost);
  return { name, unit, median, min: Math.min(...values), max: Math.max(...values), budget, kept };
}

/** A plain table, one line a figure. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = [
    ['measured', 'median', 'min – max', 'unit', 'budget', ''],
    ...figures.map(({ name, unit, median, min, max, budget, kept }) => [
      name,
      shown(median),
      `${shown(min)} – ${shown(max)}`,
      unit,
      budget === null ? '' : 'atLeast' in budget ? `≥ ${budget.atLeast}` : `≤ ${budget.atMost}`,
      kept === null ? '' : kept ? 'kept' : 'BROKEN',
    ]),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const isNumber = (column: number) => column === 1 || column === 2;
  return rows
    .map((row) =>
      row
        .map((cell, i) => (isNumber(i) ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function shown(value: number): string {
  return value >= 1000 ? String(Math.round(value)) : value >= 100 ? value.toFixed(0) : value.toFixed(2);
}
