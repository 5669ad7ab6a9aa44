import type { Day } from '../platform/time';
import { ProtectionMeasure } from '../records/entities/protection-measure';
import { Article26Notice } from '../records/entities/article26-notice';
import { EvidenceRequest } from '../records/entities/evidence-request';
import { InterimMeasure } from '../records/entities/interim-measure';
import { Offer } from '../records/entities/offer';
import { PreservationRequest } from '../records/entities/preservation-request';
import { Proposal } from '../records/entities/proposal';
import { Question } from '../records/entities/question';
import { RemedyAction } from '../records/entities/remedy-action';
import { TranslationRequest } from '../records/entities/translation-request';
import { isMoot } from '../rules/agreements';
import { addDays } from '../rules/counting';
import { protectionStands } from '../rules/protection';
import { STATES, type State } from '../rules/states';
import { nextDue } from './keep-clocks';
import type { CaseContext } from './step-context';

/**
 * The earliest day on which somebody here has to look at the case again, as it is at the end of a change: what the organisation owes by
 * a clock, promised or ordered by a day, or the day after the complainant's own time is over. Null only for a case that has ended and
 * owes nothing; an open one is never out of the queue.
 */
export async function nextDueOf(context: CaseContext, to: State): Promise<Day | null> {
  const { db, file, caseId, today } = context;
  const days: (Day | null)[] = [nextDue(file.clocks)];
  for (const { dueOn, status } of await db.findBy(RemedyAction, { caseId }))
    if (status === 'AGREED' || status === 'STARTED') days.push(dueOn);
  for (const { dueOn, status } of await db.findBy(InterimMeasure, { caseId }))
    if (status === 'IM_ORDERED') days.push(dueOn);
  for (const { reviewOn, status } of await db.findBy(ProtectionMeasure, { caseId }))
    if (protectionStands(status)) days.push(reviewOn);
  for (const { dueOn, answer } of await db.findBy(PreservationRequest, { caseId }))
    if (answer === null) days.push(addDays(dueOn, 1));
  for (const { dueOn, outcome } of await db.findBy(Article26Notice, { caseId }))
    if (outcome === null) days.push(dueOn);
  for (const { dueOn, status } of await db.findBy(TranslationRequest, { caseId }))
    if (status === 'ASKED') days.push(dueOn);
  for (const { dueOn, step } of await db.findBy(Proposal, { caseId, status: 'OPEN' }))
    if (!isMoot(step, to)) days.push(dueOn);
  days.push(
    context.patch.reprisalReviewOn !== undefined
      ? context.patch.reprisalReviewOn
      : file.case.reprisalReviewOn,
  );
  if (!STATES[to].ended) {
    days.push(
      context.patch.suspendedUntil !== undefined ? context.patch.suspendedUntil : file.case.suspendedUntil,
    );
    for (const { replyDueOn } of await db.findBy(Offer, { caseId, status: 'OPEN' }))
      if (replyDueOn) days.push(addDays(replyDueOn, 1));
    for (const { dueOn, status } of await db.findBy(EvidenceRequest, { caseId }))
      if (status === 'ASKED') days.push(addDays(dueOn, 1));
    for (const { dueOn, answeredOn } of await db.findBy(Question, { caseId }))
      if (answeredOn === null) days.push(addDays(dueOn, 1));
  }
  const earliest = days.filter((day): day is Day => day !== null).sort()[0];
  return earliest ?? (STATES[to].ended ? null : today);
}
