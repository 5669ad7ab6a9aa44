import { And, LessThan, Like, MoreThan, Or, type EntityManager } from 'typeorm';
import { Entry } from './entities/entry';

/** Which entries of a history are meant. */
export interface WhichEntries {
  /** Their text is like one pattern of each of these lists. */
  like: readonly (readonly string[])[];
  after?: number | undefined;
  before?: number | undefined;
  /** So many of the newest; all when left out. */
  newest?: number;
}

/** Entries of one history, oldest first; no other row is read. */
export async function findEntries(
  db: EntityManager,
  ledgerId: string,
  { like, after, before, newest }: WhichEntries,
): Promise<Entry[]> {
  const bounds = [
    ...(after === undefined ? [] : [MoreThan(after)]),
    ...(before === undefined ? [] : [LessThan(before)]),
  ];
  const entries = await db.find(Entry, {
    where: {
      ledgerId,
      body: And(...like.map((patterns) => Or(...patterns.map((pattern) => Like(pattern))))),
      ...(bounds.length > 0 ? { n: And(...bounds) } : {}),
    },
    order: { n: 'DESC' },
    ...(newest === undefined ? {} : { take: newest }),
  });
  return entries.reverse();
}
