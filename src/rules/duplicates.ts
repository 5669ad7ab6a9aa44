// Source: features 40 (duplicates: found, linked first, joined by two people). Days, words and ranks are ours. A likeness is a hint for whoever
// reads both cases: it decides nothing.
import { daysBetween } from './counting';
import type { Day } from '../platform/time';
import type { State } from './states';

/** Where a case can still be joined to another one, or declined because it is one. */
export const DUPLICATE_STATES = [
  'received',
  'acknowledged',
  'eligibility',
  'triage',
] as const satisfies readonly State[];

/** So far apart two cases are lodged at most. */
export const DUPLICATE_DAYS = 120;
/** So many words of a case are compared: those that come first by their keyed hash, which are the same ones in every case. */
export const WORDS_COMPARED = 60;
/** So many unusual words two cases have in common at least, and so large a part of those of the one that is looked at. */
const LEAST_WORDS_SHARED = 4;
const LEAST_PART_SHARED = 0.3;
export const MOST_DUPLICATES_SHOWN = 5;

const FEW = 2;
const MANY = 20;

/** A word is unusual that occurs in so many other cases at most, where so many are compared: in a tenth, from 2 to 20. */
export function unusualUpTo(cases: number): number {
  return Math.min(MANY, Math.max(FEW, Math.floor(cases / 10)));
}

/**
 * How many unusual words of a case stand in each other case that has enough of them. `cases`: for each of its words, in which others it
 * stands; null: in too many to count.
 */
export function alikeByWords(
  cases: readonly (readonly string[] | null)[],
  unusual: number,
): Map<string, number> {
  const counted = cases.filter((each): each is string[] => each !== null && each.length <= unusual);
  const words = new Map<string, number>();
  for (const id of counted.flat()) words.set(id, (words.get(id) ?? 0) + 1);
  const enough = Math.max(LEAST_WORDS_SHARED, LEAST_PART_SHARED * counted.length);
  return new Map([...words].filter(([, count]) => count >= enough));
}

/** What two cases are compared by, beside their words. */
export interface Compared {
  lodgedOn: Day;
  useDomain: string | null;
  harms: readonly string[] | null;
}

export interface Likeness {
  /** How many of the words that were compared are unusual and stand in both. */
  words: number;
  sameDomain: boolean;
  sameHarm: boolean;
  daysApart: number;
}

/** How like two cases are; what was not classified yet counts as different. */
export function likeness(one: Compared, other: Compared, words: number): Likeness {
  return {
    words,
    sameDomain: one.useDomain !== null && one.useDomain === other.useDomain,
    sameHarm: (one.harms ?? []).some((harm) => other.harms?.includes(harm)),
    daysApart: Math.abs(daysBetween(one.lodgedOn, other.lodgedOn)),
  };
}

/** The most alike first; of two that are equally like, the one lodged nearer in time. */
export function byLikeness(a: Likeness, b: Likeness): number {
  const rank = ({ words, sameDomain, sameHarm }: Likeness) =>
    words + Number(sameDomain) + 2 * Number(sameHarm);
  return rank(b) - rank(a) || a.daysApart - b.daysApart;
}
