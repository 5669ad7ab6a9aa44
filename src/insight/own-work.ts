import { Injectable } from '@nestjs/common';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { onlySeen, Sight, type Reader } from '../people/sight';
import type { Visitor } from '../people/visitor';
import { Time, type Day } from '../platform/time';
import { Assignment } from '../records/entities/assignment';
import { Case } from '../records/entities/case';
import { QueuePlace } from '../records/entities/queue-place';
import { Transactions } from '../records/transactions';
import { addDays } from '../rules/days';
import { EVERY_CASE, LANES } from '../rules/queue';
import { STAGES, STATES, type State } from '../rules/states';
import { TASK_KINDS } from '../rules/tasks';
import { MOST_TASKS, type Agreement, type DueCounts, type OwnWork, type Task } from './dashboard-views';
import { OWN_WORK_DEFINITIONS } from './definitions';
import { IS_LEGALLY_LATE } from './open-cases';
import { readTasks } from './own-tasks';

const DAYS_OF_A_WEEK = 7;

/** What somebody who works here has to do, across all of their cases; reads only. */
@Injectable()
export class ReadOwnWork {
  constructor(
    private readonly transactions: Transactions,
    private readonly sight: Sight,
    private readonly time: Time,
  ) {}

  /** `agreements`: what waits for the agreement of this person, which the rules of each case decide. */
  async run(visitor: Visitor, agreements: readonly Agreement[]): Promise<OwnWork> {
    const reader = this.sight.readerOf(visitor);
    const today = this.time.today();
    return this.transactions.read(async (db) => {
      const cases = await ownCases(db, reader, today);
      const tasks = await readTasks(db, reader, { today, agreements });
      return {
        asOf: today,
        definitions: OWN_WORK_DEFINITIONS,
        all: countDue(cases, today),
        stages: STAGES.map((stage) => ({
          stage,
          ...countDue(
            cases.filter(({ state }) => !STATES[state].ended && STATES[state].stage === stage),
            today,
          ),
        })),
        kinds: countKinds(tasks),
        tasks: tasks.toSorted(earliestFirst).slice(0, MOST_TASKS),
      };
    });
  }
}

interface OwnCase {
  state: State;
  dueOn: Day;
  isLate: number | boolean;
}

async function ownCases(db: EntityManager, reader: Reader, today: Day): Promise<OwnCase[]> {
  const query = ownAssignments(db.createQueryBuilder(Assignment, 'a'), reader)
    // Were it compared as it stands, SQLite would walk through every case of the queue and look whose it is.
    .innerJoin(QueuePlace, 'q', `q.caseId = a.caseId AND q.facet || '' = :everyCase`, {
      everyCase: EVERY_CASE,
    })
    .innerJoin(Case, 'c', 'c.id = a.caseId')
    .andWhere(`q.lane < ${LANES.SETTLED}`)
    .select('a.caseId', 'caseId')
    .addSelect('c.state', 'state')
    .addSelect('q.dueOn', 'dueOn')
    .addSelect(`CASE WHEN ${IS_LEGALLY_LATE} THEN 1 ELSE 0 END`, 'isLate')
    .setParameter('today', today)
    .distinct();
  return onlySeen(query, 'a.caseId', reader).getRawMany<OwnCase>();
}

/** As the queue finds the cases of a person. */
function ownAssignments(
  query: SelectQueryBuilder<Assignment>,
  { personId }: Reader,
): SelectQueryBuilder<Assignment> {
  return query
    .where('a.personId = :me', { me: personId })
    .andWhere('a.endedOn IS NULL')
    .andWhere(`a.conflictDeclared = 'NONE'`);
}

function countDue(cases: readonly OwnCase[], today: Day): DueCounts {
  const count = (holds: (each: OwnCase) => boolean) => cases.filter(holds).length;
  return {
    open: cases.length,
    legallyLate: count(({ isLate }) => Number(isLate) === 1),
    overdue: count(({ dueOn }) => dueOn < today),
    today: count(({ dueOn }) => dueOn === today),
    week: count(({ dueOn }) => dueOn >= today && dueOn <= addDays(today, DAYS_OF_A_WEEK)),
  };
}

function countKinds(tasks: readonly Task[]): OwnWork['kinds'] {
  return TASK_KINDS.flatMap((kind) => {
    const ofKind = tasks.filter((task) => task.kind === kind);
    const overdue = ofKind.filter((task) => task.overdue).length;
    return ofKind.length > 0 ? [{ kind, open: ofKind.length, overdue }] : [];
  });
}

/** What has no day comes last; no two tasks are alike in all of this. */
function earliestFirst(a: Task, b: Task): number {
  const [one, other] = [a, b].map(({ dueOn, reference, n, kind, code }) =>
    [dueOn ?? '9999', reference, n ?? 0, kind, code].join(' '),
  );
  return one! < other! ? -1 : 1;
}
