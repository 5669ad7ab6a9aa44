import type { Day } from '../platform/time';
import { STATES, type State } from '../rules/states';
import { daysOfCase, DUE_SOURCES } from './due-sources';
import { nextDue } from './keep-clocks';
import type { CaseContext } from './step-context';

/**
 * The earliest day on which somebody here has to look at the case again, as it is at the end of a change: what the organisation owes by
 * a clock, promised or ordered by a day, or the day after the complainant's own time is over. Null only for a case that has ended and
 * owes nothing; an open one is never out of the queue.
 */
export async function nextDueOf(context: CaseContext, to: State): Promise<Day | null> {
  const { db, file, caseId, patch, today } = context;
  const { reprisalReviewOn = file.case.reprisalReviewOn, suspendedUntil = file.case.suspendedUntil } = patch;
  const days: (Day | null)[] = [
    nextDue(file.clocks),
    ...daysOfCase({ reprisalReviewOn, suspendedUntil }, to).map(({ day }) => day),
  ];
  for (const { table, dayOf } of DUE_SOURCES)
    for (const row of await db.findBy(table, { caseId })) days.push(dayOf(row, to));
  const earliest = days.filter((day): day is Day => day !== null).sort()[0];
  return earliest ?? (STATES[to].ended ? null : today);
}
