import type { EntityManager } from 'typeorm';
import { onlySeen, type Reader } from '../../people/sight';
import type { Day } from '../../platform/time';
import { CaseSystem } from '../../records/entities/case-system';
import { Exclusion } from '../../records/entities/exclusion';
import type { PatternReview } from '../../records/entities/pattern-review';
import { addDays } from '../../rules/days';
import { LOOKS_BACK_DAYS, PATTERN_DAYS, reviewDueOn } from '../../rules/patterns';
import { readGroupPatterns } from './group-patterns';
import {
  metOn,
  nameOfKey,
  readPatterns,
  type NamingCase,
  type Narrow,
  type Pattern,
  type PatternKey,
} from './pattern-cases';

/** A review as far as a reader may know of it. */
export interface Judged {
  review: PatternReview;
  /** As it would be without the cases that the reader is kept out of. */
  foundOn: Day;
  dueOn: Day;
  /** The cases behind it that the reader sees, each once. */
  cases: NamingCase[];
}

/**
 * Leaves out every review that would tell of a case which the reader may not see. Whoever sees all cases about its system is shown it as
 * it is. Everybody else is shown it from the day on which the cases that they see would have been enough by themselves: neither that it
 * is there, nor since when, nor how many cases it has may tell of another one.
 */
export async function judgeReviews(
  db: EntityManager,
  reader: Reader,
  reviews: readonly PatternReview[],
  calendar: string,
): Promise<Judged[]> {
  if (reviews.length === 0) return [];
  const systems = systemsOf(reviews);
  const from = addDays(reviews.map(({ foundOn }) => foundOn).sort()[0]!, -LOOKS_BACK_DAYS);
  const narrow: Narrow = (query, caseId) => onlySeen(query, caseId, reader);
  const seen = await readPatterns(db, { narrow, from, systems });
  const groups = systemsOf(reviews.filter(({ rule }) => rule === 'PT-GROUP'));
  const grouped = await readGroupPatterns(db, { narrow, from, systems: groups });
  for (const [name, pattern] of grouped) seen.set(name, pattern);
  const hiding = reader.reach === 'EVERY' ? await systemsWithHiddenCases(db, reader, systems) : null;
  return reviews.flatMap((review) => {
    const key = review as PatternReview & PatternKey;
    const pattern = seen.get(nameOfKey(key)) ?? { ...key, cases: [], versionOn: null };
    const countsFrom = countsFromOf(review);
    const cases = casesBehind(pattern, countsFrom);
    if (hiding && !hiding.has(review.systemNumber))
      return [{ review, foundOn: review.foundOn, dueOn: review.dueOn, cases }];
    const on = metOn(pattern, countsFrom);
    if (on === null) return [];
    if (on <= review.foundOn) return [{ review, foundOn: review.foundOn, dueOn: review.dueOn, cases }];
    // Cases of the day of the decision count for the next review: whoever decided may not have had them (`countsAgainFrom`).
    if (review.decidedOn !== null && review.decidedOn <= on) return [];
    return [{ review, foundOn: on, dueOn: reviewDueOn(on, calendar), cases }];
  });
}

/** From when on cases count: no further back than whoever looked on the day of the review did, however far back others of the list go. */
function countsFromOf({ rule, countsFrom, foundOn }: PatternReview): Day {
  if (rule !== 'PT-HARM' && rule !== 'PT-GROUP') return countsFrom;
  return [countsFrom, addDays(foundOn, -LOOKS_BACK_DAYS)].sort()[1]!;
}

function casesBehind({ rule, cases, versionOn }: Pattern, countsFrom: Day): NamingCase[] {
  const behind = cases.filter(({ lodgedOn }) =>
    rule === 'PT-VERSION'
      ? versionOn !== null && lodgedOn >= versionOn && lodgedOn < addDays(versionOn, PATTERN_DAYS)
      : lodgedOn >= countsFrom,
  );
  return [...new Map(behind.map((each) => [each.caseId, each])).values()];
}

const systemsOf = (reviews: readonly PatternReview[]): number[] => [
  ...new Set(reviews.map(({ systemNumber }) => systemNumber)),
];

/** Systems that a case names, or named, which somebody who sees every other case is kept out of. */
async function systemsWithHiddenCases(
  db: EntityManager,
  { personId, unitHash }: Reader,
  systems: readonly number[],
): Promise<Set<number>> {
  const rows = await db
    .createQueryBuilder(CaseSystem, 'cs')
    .innerJoin(Exclusion, 'x', 'x.caseId = cs.caseId AND x.endedOn IS NULL')
    .select('cs.systemNumber', 'systemNumber')
    .where('cs.systemNumber IN (:...systems)', { systems })
    .andWhere('(x.personId = :reader OR x.unitHash = :unitOfReader)', {
      reader: personId,
      unitOfReader: unitHash,
    })
    .getRawMany<{ systemNumber: number }>();
  return new Set(rows.map(({ systemNumber }) => systemNumber));
}
