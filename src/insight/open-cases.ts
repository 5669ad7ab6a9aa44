import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { onlySeen, type Reader } from '../people/sight';
import { Case } from '../records/entities/case';
import { QueuePlace } from '../records/entities/queue-place';
import { EVERY_CASE, facet, LANES } from '../rules/queue';
import { OPEN_STATES, STATES, type Stage, type State } from '../rules/states';

/**
 * Open cases that a reader sees, found along the places of the queue and not among all cases: nine of ten of these are closed. The place is
 * `q`, the case `c`.
 */
export function openCases(db: EntityManager, reader: Reader): SelectQueryBuilder<QueuePlace> {
  const query = db
    .createQueryBuilder(QueuePlace, 'q')
    .innerJoin(Case, 'c', 'c.id = q.caseId')
    .where('q.facet IN (:...openFacets)', { openFacets: OPEN_STATES.map((state) => facet('state', state)) });
  return onlySeen(query, 'q.caseId', reader);
}

/** Cases with something to be done, open or not; the place is `q`, on its row of every case. */
export function casesInQueue(db: EntityManager, reader: Reader): SelectQueryBuilder<QueuePlace> {
  const query = db
    .createQueryBuilder(QueuePlace, 'q')
    .where('q.facet = :everyCase', { everyCase: EVERY_CASE })
    .andWhere(`q.lane < ${LANES.SETTLED}`);
  return onlySeen(query, 'q.caseId', reader);
}

/** Whether a place is late by law: moved to the front already, or waiting for somebody to read the queue today. */
export const IS_LEGALLY_LATE = `(q.lane = ${LANES.LEGALLY_LATE} OR (q.legalDueOn IS NOT NULL AND q.legalDueOn < :today))`;

export const sumOf = (condition: string): string => `SUM(CASE WHEN ${condition} THEN 1 ELSE 0 END)`;

export const stageOf = (state: string): Stage => STATES[state as State].stage;
