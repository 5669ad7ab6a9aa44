import { Refusal } from '../../platform/refusal';
import { Case } from '../../records/entities/case';
import { QueuePlace } from '../../records/entities/queue-place';
import { isDay } from '../../rules/counting';
import { LANES } from '../../rules/queue';
import { STATES } from '../../rules/states';
import type { QueueFilter } from './views';

/** One case in the order of a list: its keys, `k0` first. */
export interface Place {
  caseId: string;
  [key: `k${number}`]: string | number;
}

/** An order of the queue: the table whose key or index it follows, and how a cursor of it is read. */
export interface Order {
  sort: 'now' | 'due' | 'lodged';
  table: typeof QueuePlace | typeof Case;
  /** The column that names the case. */
  caseId: 'caseId' | 'id';
  keys: readonly string[];
  direction: 'ASC' | 'DESC';
  /** Which rows are in the list at all; `q` is the table. */
  where: string | null;
  /** The values of the keys and the id of the case; refuses what is no cursor of this order. */
  read: (cursor: string) => (string | number)[];
}

const CASE_ID = /^[0-9a-f-]{36}$/;
const isSmall = (text: string) => /^\d$/.test(text);

/** What has ended is due no more; it is shown newest first. */
export function orderOf({ sort, state }: QueueFilter): Order {
  const hasEnded = state !== undefined && STATES[state].ended;
  if (sort === 'lodged' || hasEnded)
    return {
      sort: 'lodged',
      table: Case,
      caseId: 'id',
      keys: ['lodgedOn'],
      direction: 'DESC',
      // By its day and not by its state: with a list of states the database would sort all open cases instead of following its index.
      where: state ? null : 'q.closedOn IS NULL',
      read: reader('l', [isDay]),
    };
  if (sort === 'due')
    return {
      sort: 'due',
      table: Case,
      caseId: 'id',
      keys: ['nextDueOn'],
      direction: 'ASC',
      where: 'q.nextDueOn IS NOT NULL',
      read: reader('d', [isDay]),
    };
  return {
    sort: 'now',
    table: QueuePlace,
    caseId: 'caseId',
    keys: ['lane', 'urgency', 'dueOn'],
    direction: 'ASC',
    where: `q.lane < ${LANES.SETTLED}`,
    read: reader('n', [isSmall, isSmall, isDay]),
  };
}

/** Opaque to whoever gets it: the place after which the next page begins. */
export function cursorAfter({ sort, keys }: Order, place: Place): string {
  const values = [...keys.map((_, n) => place[`k${n}`]), place.caseId];
  return Buffer.from([sort[0], ...values].join(' ')).toString('base64url');
}

function reader(letter: string, shapes: readonly ((text: string) => boolean)[]): Order['read'] {
  return (cursor) => {
    const [first, ...parts] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ');
    const values = parts.slice(0, -1);
    const fits =
      first === letter &&
      values.length === shapes.length &&
      shapes.every((isOfShape, n) => isOfShape(values[n]!)) &&
      CASE_ID.test(parts.at(-1)!);
    if (!fits)
      throw new Refusal('invalid', 'This page cannot be continued; start again from the first page.', [
        {
          name: 'cursor',
          field: 'cursor',
          sentence: 'Leave the cursor out, or send the one of the page before.',
        },
      ]);
    return parts.map((part) => (isSmall(part) ? Number(part) : part));
  };
}

/** Whether one place comes after another. */
export function isAfter(order: Order, one: Place, other: Place): boolean {
  return compare(order, one, other) > 0;
}

/** Each case once, in the order of the list. */
export function inOrder(order: Order, found: readonly Place[]): Place[] {
  return [...new Map(found.map((place) => [place.caseId, place])).values()].sort((a, b) =>
    compare(order, a, b),
  );
}

function compare({ keys, direction }: Order, a: Place, b: Place): number {
  const names: (keyof Place)[] = [...keys.map((_, n) => `k${n}` as const), 'caseId'];
  const at = names.find((name) => a[name] !== b[name]);
  if (!at) return 0;
  return a[at]! < b[at]! === (direction === 'ASC') ? -1 : 1;
}
