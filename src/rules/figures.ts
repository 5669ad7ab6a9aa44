// Source: features 75 and 66 (medians and 90th percentiles, ageing, warnings at 50, 75 and 90 percent of a clock). The bands are our own design.
import type { Day } from '../platform/time';
import { daysBetween } from './days';

/** How old a case is in days since it was lodged, both bounds included; null: without an upper one. */
export const AGE_BANDS = {
  'TO-7': { label: '0 to 7 days', from: 0, to: 7 },
  'TO-30': { label: '8 to 30 days', from: 8, to: 30 },
  'TO-60': { label: '31 to 60 days', from: 31, to: 60 },
  'TO-90': { label: '61 to 90 days', from: 61, to: 90 },
  'TO-180': { label: '91 to 180 days', from: 91, to: 180 },
  OLDER: { label: 'More than 180 days', from: 181, to: null },
} as const satisfies Record<string, { label: string; from: number; to: number | null }>;
export type AgeBand = keyof typeof AGE_BANDS;
export const AGE_BAND_CODES = Object.keys(AGE_BANDS) as AgeBand[];

export function ageBandOf(days: number): AgeBand {
  return AGE_BAND_CODES.find((code) => days <= (AGE_BANDS[code].to ?? Infinity))!;
}

/** How much of its time a running clock has used. */
export const CLOCK_BANDS = {
  'TO-50': { label: 'Less than 50 %' },
  'TO-75': { label: '50 to 75 %' },
  'TO-90': { label: '75 to 90 %' },
  'TO-100': { label: '90 to 100 %' },
  OVER: { label: 'Over' },
} as const satisfies Record<string, { label: string }>;
export type ClockBand = keyof typeof CLOCK_BANDS;
export const CLOCK_BAND_CODES = Object.keys(CLOCK_BANDS) as ClockBand[];

/**
 * The share of its time that a clock has used, in whole percent, rounded down, so that nobody is warned too early by a fraction. 100 on its
 * last day, and more after it. A clock that ends on the day on which it began has used all of it.
 */
export function percentUsed({ startedOn, dueOn }: { startedOn: Day; dueOn: Day }, today: Day): number {
  const length = daysBetween(startedOn, dueOn);
  const used = daysBetween(startedOn, today);
  if (length <= 0) return 100 + Math.max(0, used - length);
  return Math.max(0, Math.floor((100 * used) / length));
}

export function clockBandOf(clock: { startedOn: Day; dueOn: Day }, today: Day): ClockBand {
  if (clock.dueOn < today) return 'OVER';
  const percent = percentUsed(clock, today);
  if (percent >= 90) return 'TO-100';
  if (percent >= 75) return 'TO-90';
  return percent >= 50 ? 'TO-75' : 'TO-50';
}

/** How often each value came. */
export type Tally = readonly { value: number; count: number }[];

export interface Spread {
  /** Of how many the two others are. */
  n: number;
  median: number | null;
  p90: number | null;
}

/** Median and 90th percentile by the nearest rank: the smallest value that at least that share of all does not exceed. Null of none. */
export function spreadOf(tally: Tally): Spread {
  const sorted = tally.filter(({ count }) => count > 0).toSorted((a, b) => a.value - b.value);
  const n = sorted.reduce((sum, { count }) => sum + count, 0);
  const atRank = (rank: number): number | null => {
    let before = 0;
    return sorted.find(({ count }) => (before += count) >= rank)?.value ?? null;
  };
  return { n, median: atRank(Math.ceil(n / 2)), p90: atRank(Math.ceil((9 * n) / 10)) };
}
