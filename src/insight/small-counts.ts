import type { Counted, Statistics } from './statistics';

/** Fewer cases than this are never shown to the public: few people could be recognised in them. */
export const SMALLEST_PUBLIC_COUNT = 5;

/** Of fewer than this no share and no median is shown: it would be told by hardly more than one of them (7.4). */
export const SMALLEST_PUBLIC_BASE = 10;

/** `count` null: too few to be shown, or left out so that the few cannot be worked out from the total. */
export interface PublicCount {
  code: string | null;
  count: number | null;
}

export interface PublicStatistics {
  asOf: string;
  total: number | null;
  kinds: PublicCount[];
  /** Empty where no count could be shown; so are harms. */
  by: Record<keyof Statistics['by'], PublicCount[]>;
  harms: PublicCount[];
  /** Share of stopped clocks that were stopped in time, in whole percent; null where either side, or both together, are too few. */
  inTime: { code: string; percent: number | null }[];
  survey: { given: number | null; scores: Record<keyof Statistics['survey']['scores'], PublicCount[]> };
  daysToOutcome: { median: number | null };
}

/**
 * Leaves out every count from 1 to 4. So that none of them follows from the total, the smallest others are left out too, all that
 * are alike together, until any of what is hidden might be five or more and not all of it four; where that cannot be reached, every
 * count is left out, zeros too. Somebody who knows this rule works out none either.
 */
export function withoutSmallCounts(counts: readonly Counted[]): PublicCount[] {
  const hidden = new Set(counts.filter(({ count }) => count > 0 && count < SMALLEST_PUBLIC_COUNT));
  if (hidden.size === 0) return counts.map((each) => ({ ...each }));
  const others = counts
    .filter((each) => each.count > 0 && !hidden.has(each))
    .sort((a, b) => a.count - b.count);
  const behind = () => [...hidden].reduce((sum, { count }) => sum + count, 0);
  // Of two or more, each at least one.
  const isEnough = () =>
    hidden.size >= 2 &&
    behind() - (hidden.size - 1) >= SMALLEST_PUBLIC_COUNT &&
    behind() !== hidden.size * (SMALLEST_PUBLIC_COUNT - 1);
  let last: number | null = null;
  for (const next of others) {
    if (isEnough() && next.count !== last) break;
    hidden.add(next);
    last = next.count;
  }
  const isLeftOut = isEnough() ? (each: Counted) => hidden.has(each) : () => true;
  return counts.map((each) => ({ code: each.code, count: isLeftOut(each) ? null : each.count }));
}

/** Of a table that names only groups with cases: once no count of it is shown, the names alone would say that each has one. */
function withoutNames(counts: PublicCount[]): PublicCount[] {
  return counts.every(({ count }) => count === null) ? [] : counts;
}

/** The numbers that anybody may see. */
export function publicStatistics({
  asOf,
  total,
  kinds,
  by,
  harms,
  clocks,
  survey,
  daysToOutcome,
}: Statistics): PublicStatistics {
  const isFew = total > 0 && total < SMALLEST_PUBLIC_COUNT;
  const hide = (counts: readonly Counted[]): PublicCount[] =>
    isFew ? counts.map(({ code }) => ({ code, count: null })) : withoutSmallCounts(counts);
  return {
    asOf,
    total: isFew ? null : total,
    kinds: hide(kinds),
    by: Object.fromEntries(
      Object.entries(by).map(([name, counts]) => [name, withoutNames(hide(counts))]),
    ) as PublicStatistics['by'],
    harms: withoutNames(hide(harms)),
    inTime: clocks.map(({ code, stopped, stoppedInTime }) => ({
      code,
      percent: percentOf(stoppedInTime, stopped),
    })),
    survey: publicSurvey(survey),
    daysToOutcome: { median: daysToOutcome.count >= SMALLEST_PUBLIC_BASE ? daysToOutcome.median : null },
  };
}

/** A question that few answered is left out whole: that they all said the same would tell what each of them said. */
function publicSurvey({ given, scores }: Statistics['survey']): PublicStatistics['survey'] {
  const shown = (counts: readonly Counted[]) => {
    const answered = counts.reduce((sum, { count }) => sum + count, 0);
    return answered < SMALLEST_PUBLIC_COUNT
      ? counts.map(({ code }) => ({ code, count: null }))
      : withoutSmallCounts(counts);
  };
  return {
    given: given > 0 && given < SMALLEST_PUBLIC_COUNT ? null : given,
    scores: Object.fromEntries(
      Object.entries(scores).map(([question, counts]) => [question, shown(counts)]),
    ) as PublicStatistics['survey']['scores'],
  };
}

function percentOf(inTime: number, stopped: number): number | null {
  const late = stopped - inTime;
  const isSmall = (count: number) => count > 0 && count < SMALLEST_PUBLIC_COUNT;
  if (stopped < SMALLEST_PUBLIC_BASE || isSmall(inTime) || isSmall(late)) return null;
  return Math.round((100 * inTime) / stopped);
}
