import { In, type EntityManager } from 'typeorm';
import { onlySeen, type Reader } from '../../people/sight';
import { Case } from '../../records/entities/case';
import { addDays } from '../../rules/counting';
import {
  alikeByWords,
  byLikeness,
  DUPLICATE_DAYS,
  DUPLICATE_STATES,
  likeness,
  MOST_DUPLICATES_SHOWN,
  unusualUpTo,
  WORDS_COMPARED,
} from '../../rules/duplicates';
import type { State } from '../../rules/states';
import type { Policy } from '../../rules/policy';
import { agreementsOf } from '../../rules/workflow';
import type { SearchIndex } from '../../vault/search-index';
import type { CaseFile } from '../case-file';
import type { LikelyDuplicate } from './views';

/** A word that stands in more cases than this is looked at no further. */
const CASES_OF_A_WORD = 50;
const CASES_COUNTED = 200;

/**
 * Cases that may tell of the same as this one, the most alike first, while it can still be joined to one: found by the keyed hashes of their
 * words, so that no text is opened, and among those alone that the reader may see. What is linked already is left out. Only whoever may
 * join it to another one, or agree to that, is told: nobody else can do anything with it.
 */
export async function likelyDuplicates(
  db: EntityManager,
  index: SearchIndex,
  { case: row, links, policy }: CaseFile,
  reader: Reader,
): Promise<LikelyDuplicate[]> {
  if (!(DUPLICATE_STATES as readonly string[]).includes(row.state) || !mayMerge(policy, reader)) return [];
  const from = addDays(row.lodgedOn, -DUPLICATE_DAYS);
  const before = addDays(row.lodgedOn, DUPLICATE_DAYS + 1);
  const shared = await index.sharing(db, row.id, {
    from,
    before,
    words: WORDS_COMPARED,
    most: CASES_OF_A_WORD,
  });
  const ids = [...new Set(shared.flatMap((each) => each ?? []))];
  if (ids.length === 0) return [];
  const known = new Set(links.map(({ otherCaseId }) => otherCaseId));
  const named = db
    .createQueryBuilder(Case, 'c')
    .select(['c.id', 'c.reference', 'c.state', 'c.lodgedOn', 'c.useDomain', 'c.harms'])
    .where({ id: In(ids) })
    .andWhere('c.erasedOn IS NULL');
  const seen = await onlySeen(named, 'c.id', reader).getMany();
  // A word is as usual as it is among the cases that the reader sees.
  const seenIds = new Set(seen.map(({ id }) => id));
  const words = alikeByWords(
    shared.map((each) => each?.filter((id) => seenIds.has(id)) ?? null),
    unusualUpTo(await casesBetween(db, from, before, reader)),
  );
  return seen
    .filter(({ id }) => words.has(id) && !known.has(id))
    .map((other) => ({
      reference: other.reference,
      state: other.state as State,
      lodgedOn: other.lodgedOn,
      ...likeness(row, other, words.get(other.id)!),
    }))
    .sort((a, b) => byLikeness(a, b) || a.reference.localeCompare(b.reference))
    .slice(0, MOST_DUPLICATES_SHOWN);
}

/** Whether somebody takes the step that joins two cases, or agrees to it. */
function mayMerge(policy: Policy, { roles, onlyCase }: Reader): boolean {
  const row = policy.row('close-merged');
  const mergers = [...row.by, ...agreementsOf(row).map(({ role }) => role)];
  return onlyCase === null && mergers.some((role) => roles.includes(role));
}

/** How many cases the reader sees that were lodged from a day on and before another one, up to a limit. */
async function casesBetween(
  db: EntityManager,
  from: string,
  before: string,
  reader: Reader,
): Promise<number> {
  const query = db
    .createQueryBuilder(Case, 'c')
    .select('c.id')
    .where('c.lodgedOn >= :from AND c.lodgedOn < :before', { from, before });
  // By day, which has an index: otherwise PostgreSQL reads cases as they lie, and those of this time lie last.
  if (reader.reach === 'EVERY') query.orderBy('c.lodgedOn').addOrderBy('c.id');
  return (await onlySeen(query, 'c.id', reader).limit(CASES_COUNTED).getMany()).length;
}
