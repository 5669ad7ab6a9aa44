/** How a part of a bar is filled: told apart by its drawing and not by a colour, from the most ink to none. */
export const FILLS = ['solid', 'cross', 'slanted', 'level', 'dots', 'open'] as const;
export type Fill = (typeof FILLS)[number];

export interface ChartInput {
  /** Unique on its page; part of the names in the drawing. */
  id: string;
  title: string;
  /** What stands beside the others in each bar; at most as many as there are fills. */
  series: readonly string[];
  /** `told`: in place of the numbers, where they are not what a part of the bar is as long as. */
  rows: readonly { label: string; counts: readonly number[]; told?: string }[];
}

export interface ChartPart {
  fill: Fill;
  /** In percent of the width. */
  x: string;
  width: string;
}

export interface ChartRow {
  /** Stands above the bar, with each of its numbers in the order of the series. */
  label: string;
  textY: number;
  barY: number;
  parts: ChartPart[];
}

/** Bars for a template to draw as SVG: lengths in percent and heights in pixels, so that letters keep their size at every width. */
export interface Chart {
  id: string;
  title: string;
  /** The same in words, for who hears the page. */
  description: string;
  height: number;
  barHeight: number;
  legend: { label: string; fill: Fill }[];
  rows: ChartRow[];
}

const ROW_IN_PIXELS = 48;
const BAR_IN_PIXELS = 18;
const LABEL_AT_MOST = 32;
/** Room for the line around the last bar. */
const EDGE_IN_PIXELS = 2;

/** Lays out stacked bars, the longest of them as wide as the drawing. Null where there is nothing to draw. */
export function barChart({ id, title, series, rows }: ChartInput): Chart | null {
  if (series.length > FILLS.length)
    throw new RangeError(`A chart tells at most ${FILLS.length} series apart; ${id} has ${series.length}.`);
  const longest = Math.max(0, ...rows.map(({ counts }) => sum(counts)));
  if (longest === 0) return null;
  return {
    id,
    title,
    description: rows
      .map(({ label, counts, told }) => `${label}: ${told ?? inWords(series, counts)}.`)
      .join(' '),
    height: rows.length * ROW_IN_PIXELS + EDGE_IN_PIXELS,
    barHeight: BAR_IN_PIXELS,
    legend: series.length > 1 ? series.map((label, n) => ({ label, fill: fillOf(n, series.length) })) : [],
    rows: rows.map(({ label, counts, told }, at) => ({
      label: `${shortened(label)}: ${told ?? counts.join(' · ')}`,
      textY: at * ROW_IN_PIXELS + 16,
      barY: at * ROW_IN_PIXELS + 23,
      parts: partsOf(counts, longest, series.length),
    })),
  };
}

function partsOf(counts: readonly number[], longest: number, series: number): ChartPart[] {
  let before = 0;
  return counts.flatMap((count, n) => {
    const x = before;
    before += count;
    if (count === 0) return [];
    return [{ fill: fillOf(n, series), x: percent(x, longest), width: percent(count, longest) }];
  });
}

/** Of few series the last one is open, as of many: it is what needs nobody yet. */
function fillOf(n: number, series: number): Fill {
  return n > 0 && n === series - 1 ? 'open' : FILLS[n]!;
}

const percent = (count: number, longest: number): string => `${((100 * count) / longest).toFixed(2)}%`;

const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);

function inWords(series: readonly string[], counts: readonly number[]): string {
  if (series.length === 1) return `${counts[0]}`;
  return `${sum(counts)}, of which ${counts.map((count, n) => `${count} ${series[n]!.toLowerCase()}`).join(', ')}`;
}

function shortened(label: string): string {
  const letters = [...label];
  return letters.length <= LABEL_AT_MOST ? label : `${letters.slice(0, LABEL_AT_MOST - 1).join('')}…`;
}
