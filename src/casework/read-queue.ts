import { Injectable } from '@nestjs/common';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import type { Visitor } from '../people/visitor';
import { Refusal } from '../platform/refusal';
import { Time } from '../platform/time';
import { Assignment } from '../records/entities/assignment';
import { Case } from '../records/entities/case';
import { Transactions } from '../records/transactions';
import { isDay } from '../rules/counting';
import { INTAKE_STATES } from '../rules/sight';
import { STATES, type State } from '../rules/states';
import { leaveOutExcluded, onlyOwn, onlySeen, Sight, type Reader } from '../people/sight';
import type { QueueFilter, QueuePage, QueueRow } from './views';

const DEFAULT_LIMIT = 25;
/** Of what waits for the reader’s answer, so many are shown at the top; the others are overdue all the same. */
const MOST_ESCALATED = 50;
/** More reports than these are seen once the oldest are answered. */
const MOST_ALERTS = 100;
const NO_DUE_DAY = '9999-12-31';

/** What a row of the queue shows; nothing that is sealed. */
export const QUEUE_COLUMNS = [
  'id',
  'reference',
  'state',
  'tier',
  'language',
  'channel',
  'lodgedOn',
  'nextDueOn',
  'revision',
  'lateToldTo',
  'erasedOn',
  'alertSince',
] as const satisfies readonly (keyof Case)[];

interface Cursor {
  on: string;
  id: string;
}

/** The queue: open cases unless a state is named, a page at a time, never counted, so that it stays flat. */
@Injectable()
export class ReadQueue {
  constructor(
    private readonly transactions: Transactions,
    private readonly sight: Sight,
    private readonly time: Time,
  ) {}

  /** One page of the queue for a member of the case staff; nothing that a complainant wrote is in it. */
  async page(filter: QueueFilter, visitor: Visitor): Promise<QueuePage> {
    const reader = this.sight.readerOf(visitor);
    const limit = Math.min(Math.max(filter.limit ?? DEFAULT_LIMIT, 1), 100);
    // What has ended is due no more; it is shown newest first.
    const byDue = filter.sort !== 'lodged' && !(filter.state && STATES[filter.state].ended);
    const today = this.time.today();
    const { rows, escalated } = await this.transactions.read(async (db) => {
      const found: QueuedCase[] = [];
      for (const way of waysTo(reader, filter)) {
        const query = db.createQueryBuilder(Case, 'c').select(QUEUE_COLUMNS.map((column) => `c.${column}`));
        narrow(leaveOutExcluded(query, 'c.id', reader), filter, today);
        way(query);
        found.push(
          ...(await follow(query, filter.cursor, byDue)
            .take(limit + 1)
            .getMany()),
        );
      }
      const rows = inOrder(found, byDue).slice(0, limit + 1);
      return { rows, escalated: filter.cursor ? [] : await escalatedTo(db, reader, filter, today) };
    });
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      escalated: escalated.map((row) => queueRow(row, today)),
      cases: shown.map((row) => queueRow(row, today)),
      next:
        rows.length > limit && last
          ? encodeCursor({ on: byDue ? (last.nextDueOn ?? NO_DUE_DAY) : last.lodgedOn, id: last.id })
          : null,
    };
  }

  /** Cases in any state whose person may be in danger, oldest report first: what a protection officer looks at before everything else. */
  async alerts(visitor: Visitor): Promise<QueueRow[]> {
    const reader = this.sight.readerOf(visitor);
    if (!reader.roles.includes('PRT')) return [];
    const today = this.time.today();
    const rows = await this.transactions.read((db) => {
      const query = db.createQueryBuilder(Case, 'c').select(QUEUE_COLUMNS.map((column) => `c.${column}`));
      return leaveOutExcluded(query, 'c.id', reader)
        .andWhere('c.alertSince IS NOT NULL')
        .andWhere('c.erasedOn IS NULL')
        .orderBy('c.alertSince')
        .addOrderBy('c.id')
        .take(MOST_ALERTS)
        .getMany();
    });
    return rows.map((row) => queueRow(row, today));
  }
}

type QueuedCase = Pick<Case, (typeof QUEUE_COLUMNS)[number]>;
type Narrowing = (query: SelectQueryBuilder<Case>) => SelectQueryBuilder<Case>;

/**
 * The ways to the cases that a reader sees, each of which follows an index of its own: every case; or those at intake, state by state,
 * and the reader's own. One condition with “or” would have the database look at every open case.
 */
function waysTo(reader: Reader, filter: QueueFilter): Narrowing[] {
  if (reader.reach === 'EVERY') return [(query) => query];
  const own: Narrowing = (query) => onlyOwn(query, 'c.id', reader);
  if (reader.reach === 'TEAM') return [own];
  const states = INTAKE_STATES.filter((state) => !filter.state || filter.state === state);
  return [
    own,
    ...states.map(
      (state): Narrowing =>
        (query) =>
          query.andWhere('c.state = :at', { at: state }),
    ),
  ];
}

/** What waits for an answer of the reader’s own roles about what is late; few at any time, found by an index of their own. */
function escalatedTo(
  db: EntityManager,
  reader: Reader,
  filter: QueueFilter,
  today: string,
): Promise<QueuedCase[]> {
  const query = db
    .createQueryBuilder(Case, 'c')
    .select(QUEUE_COLUMNS.map((column) => `c.${column}`))
    .where('c.lateToldTo IN (:...rungs)', { rungs: reader.roles });
  narrow(onlySeen(query, 'c.id', reader), filter, today);
  return query.orderBy('c.nextDueOn', 'ASC').addOrderBy('c.id', 'ASC').take(MOST_ESCALATED).getMany();
}

/** Each case once, in the order of the queue. */
function inOrder(found: readonly QueuedCase[], byDue: boolean): QueuedCase[] {
  const place = ({ id, nextDueOn, lodgedOn }: QueuedCase) => `${byDue ? nextDueOn : lodgedOn} ${id}`;
  return [...new Map(found.map((row) => [row.id, row])).values()].sort((a, b) =>
    place(a) < place(b) === byDue ? -1 : 1,
  );
}

function narrow(query: SelectQueryBuilder<Case>, filter: QueueFilter, today: string): void {
  if (filter.state) query.andWhere('c.state = :state', { state: filter.state });
  if (filter.tier) query.andWhere('c.tier = :tier', { tier: filter.tier });
  if (filter.overdue) query.andWhere('c.nextDueOn < :today', { today });
  // By its day and not by its state: with a list of states the database would sort all open cases instead of following its index.
  if (!filter.state && filter.sort === 'lodged') query.andWhere('c.closedOn IS NULL');
  if (filter.assignedTo)
    query.andWhere(
      (q) =>
        `c.id IN ${q.subQuery().select('a.caseId').from(Assignment, 'a').where('a.personId = :me').andWhere('a.endedOn IS NULL').andWhere("a.conflictDeclared = 'NONE'").getQuery()}`,
      { me: filter.assignedTo },
    );
}

/** Keyset paging on the index of the sort: (nextDueOn, id) or (lodgedOn, id). By due day only cases that have one are shown. */
function follow(
  query: SelectQueryBuilder<Case>,
  cursor: string | undefined,
  byDue: boolean,
): SelectQueryBuilder<Case> {
  const column = byDue ? 'c.nextDueOn' : 'c.lodgedOn';
  const direction = byDue ? 'ASC' : 'DESC';
  if (byDue) query.andWhere('c.nextDueOn IS NOT NULL');
  if (cursor) {
    const after = decodeCursor(cursor);
    query.andWhere(`(${column}, c.id) ${byDue ? '>' : '<'} (:on, :id)`, after);
  }
  return query.orderBy(column, direction).addOrderBy('c.id', direction);
}

export function queueRow(row: Pick<Case, (typeof QUEUE_COLUMNS)[number]>, today: string): QueueRow {
  return {
    reference: row.reference,
    state: row.state as State,
    tier: row.tier,
    language: row.language,
    channel: row.channel,
    lodgedOn: row.lodgedOn,
    nextDueOn: row.nextDueOn,
    overdue: row.nextDueOn !== null && row.nextDueOn < today,
    revision: row.revision,
    lateToldTo: row.lateToldTo,
    erasedOn: row.erasedOn,
    alertSince: row.alertSince,
  };
}

function encodeCursor(cursor: Cursor): string {
  return Buffer.from(`${cursor.on} ${cursor.id}`).toString('base64url');
}

function decodeCursor(cursor: string): Cursor {
  const [on = '', id = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ');
  if (!isDay(on) || !/^[0-9a-f-]{36}$/.test(id))
    throw new Refusal('invalid', 'This page cannot be continued; start again from the first page.', [
      {
        name: 'cursor',
        field: 'cursor',
        sentence: 'Leave the cursor out, or send the one of the page before.',
      },
    ]);
  return { on, id };
}
