import type { EntityManager, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { Day } from '../../platform/time';
import { AiSystem } from '../../records/entities/ai-system';
import { Assignment } from '../../records/entities/assignment';
import { Case } from '../../records/entities/case';
import { CaseSystem } from '../../records/entities/case-system';
import { QueuePlace } from '../../records/entities/queue-place';
import { SearchedGroup } from '../../records/entities/searched-group';
import { addDays } from '../../rules/counting';
import { EVERY_CASE, facet, FACET_KINDS, LANES } from '../../rules/queue';
import { INTAKE_STATES } from '../../rules/sight';
import { OPEN_STATES, STATES, type State } from '../../rules/states';
import { notAhead, onlyOwn, type Reader } from '../../people/sight';
import { casesOfGroup, casesWithWord, onlyWithWords } from '../../vault/search-index';
import type { QueueFilter } from './views';
import type { Order } from './queue-order';

/** A facet with no more cases than these is walked through whole, in whatever order. */
const FEW = 1000;
const DAYS_OF_A_WEEK = 7;

/** In place of a person: cases that nobody works on. */
export const NOBODY = 'nobody';
/** No case has it. */
const NONE = '';

/** Of whatever table, and of what another query gave. */
export type Query = SelectQueryBuilder<ObjectLiteral>;

/** One way to cases of the list, along an index. */
export interface Way {
  /** Gives the query its table, by the name `q`. */
  from: (query: Query) => void;
  /** The facet that all of its cases have already. */
  has: string | null;
  /** Of all that it leads to, only the cases in one of these states; null: whatever their state. */
  states: readonly State[] | null;
}

/** What is sealed and asked for, by keyed hashes. */
export interface Hashes {
  /** Of words that occur in every case of the list, the rarest first. */
  words: readonly string[];
  group: string | null;
}

interface Asked {
  db: EntityManager;
  reader: Reader;
  filter: QueueFilter;
  order: Order;
  hashes: Hashes;
}

/**
 * The ways to the cases that a reader sees, each of which follows an index of its own: every case; or those at intake, state by state,
 * and the reader's own. One condition with “or” would have the database look at every open case.
 */
export async function waysTo(asked: Asked): Promise<Way[]> {
  const { reader, filter, order } = asked;
  const { assignee } = filter;
  const states = statesOf(filter);
  const own = fromFew(order, (query) =>
    onlyOwn(query.select('c.id', 'caseId').from(Case, 'c'), 'c.id', reader),
  );
  if (reader.reach === 'TEAM') return [{ ...own, states }];
  if (reader.reach === 'INTAKE') {
    const atIntake = INTAKE_STATES.filter((state) => states?.includes(state) ?? true);
    return [{ ...own, states }, ...(await Promise.all(atIntake.map((state) => bestWay(asked, state))))];
  }
  if (assignee && assignee !== NOBODY)
    return [
      {
        ...fromFew(order, (query) => assignments(query).andWhere('a.personId = :assignee', { assignee })),
        states,
      },
    ];
  return Promise.all((states ?? [null]).map((state) => bestWay(asked, state)));
}

/** Leaves out what does not fit the filter and the way. `caseId` is the expression that names the case. */
export function narrow(
  query: Query,
  caseId: string,
  {
    filter,
    way,
    today,
    hashes: { words, group },
  }: { filter: QueueFilter; way: Way | null; today: Day; hashes: Hashes },
): void {
  onlyWithWords(query, caseId, words);
  if (group !== null)
    query.andWhere(
      `EXISTS ${casesOfGroup(query.subQuery() as Query, group)
        .andWhere(`sg.caseId = ${caseId}`)
        .getQuery()}`,
      { ofGroup: group },
    );
  for (const [n, name] of facetsOf(filter).entries())
    if (name !== way?.has) query.andWhere(`EXISTS ${having(query, caseId, `f${n}`)}`, { [`f${n}`]: [name] });
  const states = (way ? way.states : statesOf(filter))?.map((state) => facet('state', state));
  if (states && states[0] !== way?.has)
    query.andWhere(`EXISTS ${having(query, caseId, 'inState')}`, {
      inState: states.length > 0 ? states : [NONE],
    });
  const { assignee, due } = filter;
  if (namesSystem(filter))
    query.andWhere(
      `EXISTS ${concerned(query.subQuery() as Query, filter)
        .andWhere(`cs.caseId = ${caseId}`)
        .getQuery()}`,
      { system: filter.system, vendor: filter.vendor },
    );
  if (assignee === NOBODY)
    query.andWhere(
      `NOT EXISTS ${notAhead(
        assignments(query.subQuery() as Query).andWhere(`a.caseId = ${caseId}`),
      ).getQuery()}`,
    );
  else if (assignee)
    query.andWhere(
      `${caseId} IN ${assignments(query.subQuery() as Query)
        .andWhere('a.personId = :assignee')
        .getQuery()}`,
      { assignee },
    );
  if (due) {
    const dueWhen = query
      .subQuery()
      .select('1')
      .from(QueuePlace, 'd')
      .where(`d.caseId = ${caseId}`)
      .andWhere('d.facet = :every')
      .andWhere(DUE[due]);
    query.andWhere(`EXISTS ${dueWhen.getQuery()}`, {
      every: EVERY_CASE,
      today,
      week: addDays(today, DAYS_OF_A_WEEK),
    });
  }
}

const DUE = {
  'legally-late': `d.lane = ${LANES.LEGALLY_LATE}`,
  overdue: 'd.dueOn < :today',
  today: 'd.dueOn = :today',
  week: 'd.dueOn >= :today AND d.dueOn <= :week',
} as const satisfies Record<NonNullable<QueueFilter['due']>, string>;

/** What a filter names by a code of its own; the states are apart, as a stage has several. */
function facetsOf(filter: QueueFilter): string[] {
  return FACET_KINDS.flatMap((kind) => {
    const code = kind === 'state' ? undefined : filter[kind];
    return code ? [facet(kind, code)] : [];
  });
}

/** The states that a filter names; null where it names none. */
function statesOf({ state, stage }: QueueFilter): State[] | null {
  if (state) return stage && STATES[state].stage !== stage ? [] : [state];
  return stage ? OPEN_STATES.filter((code) => STATES[code].stage === stage) : null;
}

/** Along the first facet that few cases have; where none is rare, along the order itself. */
async function bestWay(
  { db, filter, order, hashes: { words, group } }: Asked,
  state: State | null,
): Promise<Way> {
  const states = state && [state];
  const [word] = words;
  if (word !== undefined && (await isRare(casesWithWord(db.createQueryBuilder() as Query, word))))
    return { ...fromFew(order, (query) => casesWithWord(query, word)), states };
  const facets = [...facetsOf(filter), ...(state ? [facet('state', state)] : [])];
  const [first = EVERY_CASE] = facets;
  const isOfSystem = namesSystem(filter);
  if (isOfSystem && (await isRare(concerned(db.createQueryBuilder() as Query, filter))))
    return { ...fromFew(order, (query) => concerned(query, filter)), states };
  // In the order of the queue every facet and every group has an index of its own.
  const along = group === null ? alongPlaces(first) : alongGroup(group);
  const narrowers = facets.length + (group === null ? 0 : 1);
  if (order.table === QueuePlace && narrowers <= 1 && !isOfSystem) return { ...along, states };
  if (group !== null && (await isRare(casesOfGroup(db.createQueryBuilder() as Query, group))))
    return { ...fromFew(order, (query) => casesOfGroup(query, group)), states };
  for (const name of facets)
    if (await isRare(places(db.createQueryBuilder() as Query, name)))
      return { ...fromFew(order, (query) => places(query, name), name), states };
  return { ...(order.table === QueuePlace ? along : ALONG_CASES), states };
}

function alongPlaces(name: string): Omit<Way, 'states'> {
  return {
    has: name,
    from: (query) => query.from(QueuePlace, 'q').where('q.facet = :along', { along: name }),
  };
}

function alongGroup(hash: string): Omit<Way, 'states'> {
  return {
    has: null,
    from: (query) => query.from(SearchedGroup, 'q').where('q.groupHash = :alongGroup', { alongGroup: hash }),
  };
}

const ALONG_CASES: Omit<Way, 'states'> = { has: null, from: (query) => query.from(Case, 'q') };

/** First the few, then the place of each in the order. */
function fromFew(order: Order, few: (query: Query) => Query, has: string | null = null): Omit<Way, 'states'> {
  return {
    has,
    from: (query) => {
      query.from(order.table, 'q').where(`q.${order.caseId} IN ${few(query.subQuery() as Query).getQuery()}`);
      // Were it compared as it stands, SQLite would walk through every case in the order and look whether it is one of the few.
      if (order.table === QueuePlace) query.andWhere("q.facet || '' = :every", { every: EVERY_CASE });
    },
  };
}

/** Whether no more rows than a few are found; they are not counted further. */
async function isRare(query: Query): Promise<boolean> {
  const more: unknown = await query.offset(FEW).limit(1).getRawOne();
  return more === undefined;
}

function places(query: Query, name: string): Query {
  return (
    query
      .select('r.caseId', 'caseId')
      .from(QueuePlace, 'r')
      .where('r.facet = :few', { few: name })
      // In the order of the key: without it, PostgreSQL reads the table and hopes to meet enough of them soon.
      .orderBy('r.lane')
      .limit(FEW)
  );
}

const namesSystem = ({ system, vendor }: QueueFilter): boolean =>
  system !== undefined || vendor !== undefined;

/** Cases that are about a system, or about one that a vendor sold, made or brought in. */
function concerned(query: Query, { system, vendor }: QueueFilter): Query {
  query.select('cs.caseId', 'caseId').from(CaseSystem, 'cs').where('cs.unnamedOn IS NULL');
  if (system !== undefined) query.andWhere('cs.systemNumber = :system', { system });
  if (vendor === undefined) return query;
  return query
    .innerJoin(AiSystem, 'ai', 'ai.number = cs.systemNumber')
    .andWhere('(ai.vendorNumber = :vendor OR ai.providerNumber = :vendor OR ai.importerNumber = :vendor)', {
      vendor,
    });
}

/** Cases that somebody works on, whoever it is. */
function assignments(query: Query): Query {
  return query
    .select('a.caseId', 'caseId')
    .from(Assignment, 'a')
    .where('a.endedOn IS NULL')
    .andWhere("a.conflictDeclared = 'NONE'");
}

function having(query: Query, caseId: string, names: string): string {
  return query
    .subQuery()
    .select('1')
    .from(QueuePlace, names)
    .where(`${names}.caseId = ${caseId}`)
    .andWhere(`${names}.facet IN (:...${names})`)
    .getQuery();
}
