import { newId } from '../platform/ids';
import { ParallelProceeding } from '../records/entities/parallel-proceeding';
import type { AskName } from '../rules/asks';
import type { Day } from '../platform/time';
import {
  KEEPING_ORDERS,
  PARALLEL_COURSES,
  type ParallelCourse,
  type ProceedingOrder,
} from '../rules/parallel-proceedings';
import type { StepName } from '../rules/steps';
import type { CaseFile } from './case-file';
import { holdFor } from './erasure/erasure-effects';
import type { OpenWords } from './open-words';
import { nextNumber, type StepContext } from './step-context';
import type { StepEffect } from './step-effect';
import type { ProceedingView } from './views';

const TABLE = 'parallel_proceedings';

/** Other routes that the person takes, and what the case does meanwhile: a register beside the case, which it neither closes nor pauses. */
export const PROCEEDING_EFFECTS: Partial<Record<StepName, StepEffect>> = {
  'record-proceeding': async (step) => {
    const id = newId();
    await step.insert(ParallelProceeding, {
      id,
      caseId: step.caseId,
      n: nextNumber(step.file.proceedings),
      type: step.answer('proceedingType'),
      course: step.answer('proceedingCourse'),
      bodySealed: step.sealMaybe(TABLE, 'bodySealed', id, step.text('proceedingBody')),
      referenceSealed: step.sealMaybe(TABLE, 'referenceSealed', id, step.text('proceedingReference')),
      begunOn: said(step, 'proceedingBegunOn'),
      country: said(step, 'proceedingCountry'),
      filedBy: said(step, 'proceedingFiledBy'),
      stayRequested: said<boolean>(step, 'stayRequested'),
      orders: null,
      orderedOn: null,
      orderSealed: null,
      toldOn: said(step, 'proceedingToldOn'),
      byRole: step.actor.role,
      recordedOn: step.today,
      endedOn: null,
      outcome: null,
      resultSealed: null,
    });
  },
  'record-proceeding-order': async (step) => {
    const { id, n, toldOn, orders, orderedOn, orderSealed } = proceedingNamed(step);
    const ordered = step.answer<ProceedingOrder[]>('proceedingOrders');
    const day = step.answer<Day>('proceedingOrderOn');
    // A later order takes nothing away of an earlier one.
    const texts = [
      orderSealed && step.unseal(TABLE, 'orderSealed', id, orderSealed),
      said(step, 'proceedingOrderText'),
    ].filter(Boolean);
    await step.update(ParallelProceeding, id, {
      orders: [...new Set([...(orders ?? []), ...ordered])],
      orderedOn: orderedOn !== null && orderedOn > day ? orderedOn : day,
      orderSealed: step.sealMaybe(TABLE, 'orderSealed', id, texts.join('\n\n') || undefined),
      toldOn: said(step, 'proceedingToldOn') ?? toldOn,
    });
    if (ordered.some((order) => KEEPING_ORDERS.includes(order)))
      await holdFor(step, 'AUTHORITY_ORDER', `Order of proceeding ${n}, ${day}.`);
  },
  'set-proceeding-course': async (step) => {
    await step.update(ParallelProceeding, proceedingNamed(step).id, {
      course: step.answer('proceedingCourse'),
    });
  },
  'end-proceeding': async (step) => {
    const { id, toldOn } = proceedingNamed(step);
    await step.update(ParallelProceeding, id, {
      endedOn: step.today,
      outcome: step.answer('proceedingOutcome'),
      toldOn: said(step, 'proceedingToldOn') ?? toldOn,
      resultSealed: step.seal(TABLE, 'resultSealed', id, step.text('proceedingResult')),
    });
  },
};

/** The case goes on: no proceeding is noted any more as one that it waits for. */
export async function goOnBeside(step: StepContext): Promise<void> {
  for (const { id, course, endedOn } of step.file.proceedings)
    if (endedOn === null && PARALLEL_COURSES[course as ParallelCourse].pausedFor !== null)
      await step.update(ParallelProceeding, id, { course: 'CONTINUE' satisfies ParallelCourse });
}

/** For staff, oldest first. */
export function proceedingViews({ proceedings }: CaseFile, words: OpenWords): ProceedingView[] {
  return proceedings.map((row) => ({
    n: row.n,
    type: row.type,
    course: row.course,
    body: words.maybe(TABLE, 'bodySealed', row.id, row.bodySealed),
    reference: words.maybe(TABLE, 'referenceSealed', row.id, row.referenceSealed),
    begunOn: row.begunOn,
    country: row.country,
    filedBy: row.filedBy,
    stayRequested: row.stayRequested,
    orders: row.orders ?? [],
    orderedOn: row.orderedOn,
    order: words.maybe(TABLE, 'orderSealed', row.id, row.orderSealed),
    toldOn: row.toldOn,
    byRole: row.byRole,
    recordedOn: row.recordedOn,
    endedOn: row.endedOn,
    outcome: row.outcome,
    result: words.maybe(TABLE, 'resultSealed', row.id, row.resultSealed),
  }));
}

const proceedingNamed = ({ file, answers }: StepContext): ParallelProceeding =>
  file.proceedings.find(({ n }) => n === answers.proceedingNumber)!;

/** What may be left out; null then. */
const said = <T = string>(step: StepContext, name: AskName): T | null =>
  step.answer<T | undefined>(name) ?? null;
