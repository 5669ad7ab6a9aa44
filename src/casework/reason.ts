import { newId } from '../platform/ids';
import { Refusal } from '../platform/refusal';
import { Answers } from '../records/entities/answers';
import { REASON_MAX_LENGTH, REASON_MIN_LENGTH } from '../rules/asks';
import type { CaseContext } from './step-context';

/** The reason that opening something sealed needs; throws what is wrong with it. */
export function checkedReason(reason: unknown, title: string): string {
  if (
    typeof reason !== 'string' ||
    reason.trim().length < REASON_MIN_LENGTH ||
    reason.length > REASON_MAX_LENGTH ||
    !reason.isWellFormed()
  )
    throw new Refusal('invalid', title, [
      {
        name: 'reason',
        field: 'reason',
        sentence: `Give a reason of at least ${REASON_MIN_LENGTH} characters.`,
      },
    ]);
  return reason;
}

/** Keeps the reason sealed with the case, under the act that it was given for. */
export async function keepReason(context: CaseContext, act: string, reasons: string): Promise<void> {
  const id = newId();
  await context.insert(Answers, {
    id,
    caseId: context.caseId,
    revision: context.file.case.revision + 1,
    step: act,
    byRole: context.actor.role,
    personId: context.actor.personId,
    answersSealed: context.seal('answers', 'answersSealed', id, JSON.stringify({ reasons })),
  });
}
