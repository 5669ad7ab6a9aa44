import { Injectable } from '@nestjs/common';
import { type EntityManager, In, type SelectQueryBuilder } from 'typeorm';
import { appendToHouse } from '../../ledger/house-history';
import type { Visitor } from '../../people/visitor';
import { Time, type Day } from '../../platform/time';
import { Case } from '../../records/entities/case';
import { Transactions } from '../../records/transactions';
import { leaveOutExcluded, onlySeen, Sight, type Reader } from '../../people/sight';
import { SearchIndex } from '../../vault/search-index';
import { actorOf } from '../case-visitor';
import { IndexCases } from '../search/index-cases';
import { QUEUE_COLUMNS, QueueRows, type QueuedCase } from './queue-rows';
import type { QueueCount, QueueFilter, QueuePage, QueueRow } from './views';
import { narrowedBy } from './queue-filter';
import { moveForward } from './keep-places';
import { cursorAfter, inOrder, isAfter, orderOf, type Order, type Place } from './queue-order';
import { narrow, waysTo, type Hashes, type Query, type Way } from './queue-ways';

export const DEFAULT_LIMIT = 25;
/** Of what waits for the reader’s answer, so many are shown at the top; the others are overdue all the same. */
const MOST_ESCALATED = 50;
/** More reports than these are seen once the oldest are answered. */
const MOST_ALERTS = 100;
/** So many cases at most are looked at for one page: where hardly any fits, the next page goes on, and none takes long. */
const LOOKED_AT = 5000;
const LOOKED_AT_TO_COUNT = 1000;
/** From here on cases are not counted: “more than”. */
export const COUNTED_AT_MOST = 200;

/** The queue: open cases unless a state is named, what the law made late first, a page at a time. */
@Injectable()
export class ReadQueue {
  constructor(
    private readonly transactions: Transactions,
    private readonly sight: Sight,
    private readonly index: SearchIndex,
    private readonly indexCases: IndexCases,
    private readonly rows: QueueRows,
    private readonly time: Time,
  ) {}

  /**
   * One page of the queue for a member of the case staff; nothing that a complainant wrote is in it. A page of a group looks behind seals
   * as a search does: it is an entry in the history of the house before anybody has it.
   */
  async page(filter: QueueFilter, visitor: Visitor): Promise<QueuePage> {
    const page = await this.look(filter, visitor);
    if (filter.group === undefined) return page;
    const { role, personId } = actorOf(visitor);
    await this.transactions.change((db) =>
      appendToHouse(db, {
        act: 'search-cases',
        by: { role, ref: personId },
        at: this.time.instant(),
        facts: {
          words: 0,
          filter: narrowedBy(filter),
          shown: new Set([...page.escalated, ...page.cases].map(({ reference }) => reference)).size,
          goesOn: filter.cursor !== undefined,
        },
      }),
    );
    return page;
  }

  /**
   * The same for those who write their own entry. `words`: only cases in which all of these occur, by their hashes, the rarest first.
   */
  async look(filter: QueueFilter, visitor: Visitor, words: readonly string[] = []): Promise<QueuePage> {
    const reader = this.sight.readerOf(visitor);
    const limit = Math.min(Math.max(filter.limit ?? DEFAULT_LIMIT, 1), 100);
    const today = this.time.today();
    const order = orderOf(filter);
    const group = filter.group === undefined ? null : this.index.hashOfGroup(filter.group);
    const notYetSearched = group === null ? 0 : await this.indexCases.catchUp();
    await moveForward(this.transactions, today);
    return this.transactions.read(async (db) => {
      const list = { db, reader, filter, today, order, hashes: { words, group }, most: LOOKED_AT };
      const isFirst = filter.cursor === undefined;
      const { places, next } = await onePage(list, limit);
      const escalated = isFirst ? await escalatedTo(list) : [];
      return {
        escalated: await this.rows.of(db, escalated, today),
        cases: await this.rows.of(db, await casesAt(list, places), today),
        next: next && cursorAfter(order, next),
        count: isFirst ? await countOf(list) : null,
        notYetSearched,
      };
    });
  }

  /**
   * How many cases each of these filters finds for this reader, counted as on its first page, but among fewer cases, as there may be many
   * filters. Null of a group: that is a search behind seals, which nobody asked for by looking at a list of views.
   */
  async counts(filters: readonly QueueFilter[], visitor: Visitor): Promise<(QueueCount | null)[]> {
    const reader = this.sight.readerOf(visitor);
    const today = this.time.today();
    await moveForward(this.transactions, today);
    return this.transactions.read(async (db) => {
      const counted: (QueueCount | null)[] = [];
      for (const { cursor: _, ...filter } of filters) {
        const list = {
          db,
          reader,
          filter,
          today,
          order: orderOf(filter),
          hashes: { words: [], group: null },
          most: LOOKED_AT_TO_COUNT,
        };
        counted.push(filter.group === undefined ? await countOf(list) : null);
      }
      return counted;
    });
  }

  /** Cases in any state whose person may be in danger, oldest report first: what a protection officer looks at before everything else. */
  async alerts(visitor: Visitor): Promise<QueueRow[]> {
    const reader = this.sight.readerOf(visitor);
    if (!reader.roles.includes('PRT')) return [];
    const today = this.time.today();
    return this.transactions.read(async (db) => {
      const found = await leaveOutExcluded(rowsOf(db), 'c.id', reader)
        .andWhere('c.alertSince IS NOT NULL')
        .andWhere('c.erasedOn IS NULL')
        .orderBy('c.alertSince')
        .addOrderBy('c.id')
        .take(MOST_ALERTS)
        .getMany();
      return this.rows.of(db, found, today);
    });
  }
}

interface List {
  db: EntityManager;
  reader: Reader;
  filter: QueueFilter;
  today: Day;
  order: Order;
  hashes: Hashes;
  /** So many cases at most are looked at along each way. */
  most: number;
}

/** The places of one page, and where the next one begins. */
async function onePage(list: List, limit: number): Promise<{ places: Place[]; next: Place | null }> {
  const { order } = list;
  const found: Place[] = [];
  let reached: Place | null = null;
  for (const way of await waysTo(list)) {
    const fitting = await following(list, way, limit + 1);
    found.push(...fitting);
    const last = fitting.length > limit ? null : await lastLookedAt(list, way);
    if (last && (!reached || isAfter(order, reached, last))) reached = last;
  }
  // Beyond where a way ended its looking, others may have found what does not come next.
  const known = inOrder(order, found).filter((place) => !reached || !isAfter(order, place, reached));
  const places = known.slice(0, limit);
  return { places, next: known.length > limit ? places.at(-1)! : reached };
}

/** The next fitting places along one way, among the first that are looked at. */
function following(list: List, way: Way, most: number): Promise<Place[]> {
  const { db, filter, today, order, hashes } = list;
  const query = db
    .createQueryBuilder()
    .select('p.*')
    .from((looked) => looking(looked as Query, list, way).limit(list.most), 'p');
  narrow(query, 'p."caseId"', { filter, way, today, hashes });
  order.keys.forEach((_, n) => query.addOrderBy(`p."k${n}"`, order.direction));
  return query.addOrderBy('p."caseId"', order.direction).limit(most).getRawMany<Place>();
}

/** The last place that was looked at where there are more of them; null where the way was looked at to its end. */
async function lastLookedAt(list: List, way: Way): Promise<Place | null> {
  const query = looking(list.db.createQueryBuilder() as Query, list, way);
  const [last, more] = await query
    .offset(list.most - 1)
    .limit(2)
    .getRawMany<Place>();
  return more ? last! : null;
}

/** Every place along one way, in order, after the cursor. */
function looking(query: Query, { order, filter, reader }: List, way: Way): Query {
  query.select(`q.${order.caseId}`, 'caseId');
  order.keys.forEach((key, n) => query.addSelect(`q.${key}`, `k${n}`));
  way.from(query);
  // Here and not among the conditions of the list: where a page ends must not tell of a case either.
  leaveOutExcluded(query, `q.${order.caseId}`, reader, { oneByOne: true });
  if (order.where) query.andWhere(order.where);
  if (filter.cursor) {
    const columns = [...order.keys, order.caseId].map((key) => `q.${key}`);
    const values = columns.map((_, n) => `:after${n}`);
    const after = order.read(filter.cursor);
    query
      .andWhere(`(${columns.join(', ')}) ${order.direction === 'ASC' ? '>' : '<'} (${values.join(', ')})`)
      .setParameters(Object.fromEntries(after.map((value, n) => [`after${n}`, value])));
  }
  order.keys.forEach((key) => query.addOrderBy(`q.${key}`, order.direction));
  return query.addOrderBy(`q.${order.caseId}`, order.direction);
}

/** How many cases the list has, as far as they are counted. */
async function countOf(list: List): Promise<QueueCount> {
  const found: Place[] = [];
  let isMore = false;
  for (const way of await waysTo(list)) {
    const fitting = await following(list, way, COUNTED_AT_MOST + 1);
    found.push(...fitting);
    isMore ||= fitting.length > COUNTED_AT_MOST || (await lastLookedAt(list, way)) !== null;
  }
  const cases = inOrder(list.order, found).length;
  return { cases: Math.min(cases, COUNTED_AT_MOST), isMore: isMore || cases > COUNTED_AT_MOST };
}

function rowsOf(db: EntityManager): SelectQueryBuilder<Case> {
  return db.createQueryBuilder(Case, 'c').select(QUEUE_COLUMNS.map((column) => `c.${column}`));
}

/** The rows of these places. The way there was by places, which are derived; who sees a case is asked of the case itself once more. */
async function casesAt(
  { db, reader }: Pick<List, 'db' | 'reader'>,
  places: readonly Place[],
): Promise<QueuedCase[]> {
  if (places.length === 0) return [];
  const ids = places.map(({ caseId }) => caseId);
  const rows = await onlySeen(rowsOf(db).where({ id: In(ids) }), 'c.id', reader).getMany();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** What waits for an answer of the reader’s own roles about what is late; few at any time, found by an index of their own. */
function escalatedTo({ db, reader, filter, today, hashes }: List): Promise<QueuedCase[]> {
  const query = onlySeen(
    rowsOf(db).where('c.lateToldTo IN (:...rungs)', { rungs: reader.roles }),
    'c.id',
    reader,
  );
  narrow(query, 'c.id', { filter, way: null, today, hashes });
  return query.orderBy('c.nextDueOn', 'ASC').addOrderBy('c.id', 'ASC').take(MOST_ESCALATED).getMany();
}
