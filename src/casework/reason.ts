import { newId } from '../platform/ids';
import { Refusal } from '../platform/refusal';
import { Answers } from '../records/entities/answers';
import { REASON_MAX_LENGTH, REASON_MIN_LENGTH } from '../rules/asks';
import { isStorableText } from './intake/complaint-form';
import { goesOnWithoutPerson } from '../rules/needs/facts';
import { seenLength } from '../rules/seen-length';
import type { CaseContext } from './step-context';

/** The reason that opening something sealed needs; throws what is wrong with it. */
export function checkedReason(reason: unknown, title: string): string {
  if (typeof reason !== 'string' || seenLength(reason) < REASON_MIN_LENGTH)
    throw refused(title, `Give a reason of at least ${REASON_MIN_LENGTH} characters.`);
  if (reason.length > REASON_MAX_LENGTH)
    throw refused(title, `Shorten the reason to ${REASON_MAX_LENGTH} characters.`);
  if (!isStorableText(reason))
    throw refused(title, 'The reason holds characters that cannot be read. Type it again.');
  return reason;
}

function refused(title: string, sentence: string): Refusal {
  return new Refusal('invalid', title, [{ name: 'reason', field: 'reason', sentence }]);
}

/** After a withdrawal nothing is opened any more that could say who the person is, whatever the reason. */
export function refuseWithoutPerson({ file }: CaseContext): void {
  if (goesOnWithoutPerson(file.answers.map(({ step, byRole: role }) => ({ step, role }))))
    throw new Refusal(
      'conflict',
      'This case goes on without the person who withdrew: who they are stays out of it.',
    );
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
