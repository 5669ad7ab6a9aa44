import { newId } from '../../platform/ids';
import { ErasureRequest } from '../../records/entities/erasure-request';
import { LegalHold } from '../../records/entities/legal-hold';
import type { HoldGround } from '../../rules/retention';
import type { StepName } from '../../rules/steps';
import { nextNumber, type StepContext } from '../step-context';
import type { StepEffect } from '../step-effect';
import { nextHoldNumber, openRequest, standingHolds } from './holds';

/** Legal holds, and asking for erasure. */
export const ERASURE_EFFECTS: Partial<Record<StepName, StepEffect>> = {
  'place-hold': (step) => placeHold(step, step.answer('holdGround'), step.text('reasons')),
  'review-hold': async (step) => {
    const review = { reviewedBy: step.actor.personId, reviewedOn: step.today };
    await step.update(LegalHold, await rowOf(step), review);
  },
  'release-hold': async (step) => {
    const id = await rowOf(step);
    if (step.answer('holdNumber') === standingHolds(step.file).find(isFromReceipt)?.n)
      step.patch.legalHold = false;
    await step.update(LegalHold, id, {
      releasedBy: step.actor.personId,
      releasedOn: step.today,
      releaseReasonSealed: step.seal('legal_holds', 'releaseReasonSealed', id, step.text('reasons')),
    });
  },
  'request-erasure': (step) =>
    step.insert(ErasureRequest, {
      id: newId(),
      caseId: step.caseId,
      n: nextNumber(step.file.erasureRequests),
      scope: step.answer('erasureScope'),
      requestedOn: step.today,
      status: 'OPEN',
    }),
  'take-back-erasure': (step) => settle(step, 'TAKEN_BACK'),
  'refuse-erasure': (step) => settle(step, 'REFUSED'),
};

/** Places a legal hold, unless one stands on this ground already. */
export async function holdFor(step: StepContext, ground: HoldGround, reason: string): Promise<void> {
  if (standingHolds(step.file).some((hold) => hold.ground === ground)) return;
  await placeHold(step, ground, reason);
}

async function placeHold(step: StepContext, ground: string, reason: string): Promise<void> {
  const id = newId();
  await step.insert(LegalHold, {
    id,
    caseId: step.caseId,
    n: nextHoldNumber(step.file),
    ground,
    reasonSealed: step.seal('legal_holds', 'reasonSealed', id, reason),
    placedBy: step.actor.personId,
    placedOn: step.today,
  });
}

const isFromReceipt = ({ ground }: { ground: string }) => ground === 'SYSTEM_NAMED';

/** The row of the hold that was named; the one from receipt gets its row when somebody first looks at it. */
async function rowOf(step: StepContext): Promise<string> {
  const hold = standingHolds(step.file).find(({ n }) => n === step.answers.holdNumber)!;
  if (hold.row) return hold.row.id;
  const { n, ground, placedBy, placedOn } = hold;
  const id = newId();
  await step.insert(LegalHold, { id, caseId: step.caseId, n, ground, placedBy, placedOn });
  return id;
}

async function settle(step: StepContext, status: string): Promise<void> {
  await step.update(ErasureRequest, openRequest(step.file)!.id, {
    status,
    decidedBy: step.actor.personId,
    decidedOn: step.today,
  });
}
