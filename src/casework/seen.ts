import { In, Like, MoreThan, type EntityManager } from 'typeorm';
import { actIn } from '../ledger/acts-in-sql';
import { readEntry } from '../ledger/entry';
import type { Visitor } from '../people/visitor';
import { Answers } from '../records/entities/answers';
import type { Case } from '../records/entities/case';
import { Entry } from '../records/entities/entry';
import { MEMBER_ACTS } from '../rules/collective';
import { SAID_TO_GUESTS } from '../rules/guests';
import { READING_ACTS } from '../rules/reading';

/**
 * What a form saw of a case: its revision, or for whoever must not learn how often others read it a mark: the beginning of the hash of the
 * last entry that made forms stale, which counts nothing.
 */
export type Seen = number | string | SeenByGuest;

/** What a guest’s form saw: how many steps were told to guests. Whatever else happens in the case is not theirs to learn, not even that it does. */
export interface SeenByGuest {
  told: number;
}

export const MARK = /^[0-9a-f]{16}$/;

/** So many entries at most are looked through before a form counts as stale. */
const SINCE_AT_MOST = 500;

/**
 * Acts by which no form becomes stale: that others read the case, and in a collective complaint that members came and went.
 */
function quietActs({ complainantRole }: Case): ReadonlySet<string> {
  return complainantRole === 'group' ? new Set([...READING_ACTS, ...MEMBER_ACTS]) : READING_ACTS;
}

/** What a form of this visitor saw, where it says a number. */
export function seenBy(visitor: Visitor, seen: Seen | undefined): Seen | undefined {
  const isGuest = visitor.kind === 'officer' && visitor.guest !== undefined;
  return isGuest && typeof seen === 'number' ? { told: seen } : seen;
}

/** The mark of a case as it is now. */
export async function markOf(db: EntityManager, row: Case): Promise<string> {
  const quiet = actIn(quietActs(row), 'quiet');
  const { leafHash } = await db
    .createQueryBuilder(Entry, 'e')
    .where('e.ledgerId = :ledgerId', { ledgerId: row.ledgerId })
    .andWhere(`NOT ${quiet.condition}`, quiet.parameters)
    .orderBy('e.n', 'DESC')
    .limit(1)
    .getOneOrFail();
  return leafHash.slice(0, 16);
}

/** Whether nothing happened since somebody saw it that makes a form stale. */
export async function isAsSeen(db: EntityManager, row: Case, seen: Seen): Promise<boolean> {
  const { id: caseId, revision, ledgerId } = row;
  if (typeof seen === 'object')
    return (await db.countBy(Answers, { caseId, step: In([...SAID_TO_GUESTS]) })) === seen.told;
  const n = await entrySeen(db, row, seen);
  if (n === revision) return true;
  if (n > revision || n < revision - SINCE_AT_MOST) return false;
  const since = await db.findBy(Entry, { ledgerId, n: MoreThan(n) });
  return since.every(({ body }) => quietActs(row).has(readEntry(body)?.act ?? ''));
}

/** The newest entry that a form saw; one that none is where its mark is none. */
export function entrySeen(db: EntityManager, { ledgerId }: Case, seen: number | string): Promise<number> {
  return typeof seen === 'number' ? Promise.resolve(seen) : entryOfMark(db, ledgerId, seen);
}

/** Its number; one that none has where the mark is none. */
async function entryOfMark(db: EntityManager, ledgerId: string, mark: string): Promise<number> {
  const found = MARK.test(mark) && (await db.findOneBy(Entry, { ledgerId, leafHash: Like(`${mark}%`) }));
  return found ? found.n : Infinity;
}
