import { newId } from '../platform/ids';
import { ContactAttempt } from '../records/entities/contact-attempt';
import type { StepName } from '../rules/steps';
import { attemptsThatCount } from './attempt-rows';
import type { CaseFile } from './case-file';
import type { OpenWords } from './open-words';
import type { ContactAttemptView } from './party-views';
import { nextNumber, type StepContext } from './step-context';
import type { StepEffect } from './step-effect';

/** Each attempt to reach the person, with its day and way. Whoever is reached begins anew. */
export const CONTACT_ATTEMPT_EFFECTS: Partial<Record<StepName, StepEffect>> = {
  'record-contact-attempt': async (step: StepContext) => {
    const result = step.text('attemptResult');
    await step.insert(ContactAttempt, {
      id: newId(),
      caseId: step.caseId,
      n: nextNumber(step.file.contactAttempts),
      revision: step.file.case.revision + 1,
      triedOn: step.text('attemptOn'),
      channel: step.text('attemptChannel'),
      isSafe: step.answer<boolean>('attemptWasSafe'),
      isOnlyWay: step.answers.onlyWayReason !== undefined,
      result,
      byRole: step.actor.role,
    });
    step.patch.contactAttempts = result === 'REACHED' ? 0 : step.file.case.contactAttempts + 1;
  },
};

export function contactAttemptViews(file: CaseFile, words: OpenWords): ContactAttemptView[] {
  const counting = new Set(attemptsThatCount(file).map(({ id }) => id));
  return file.contactAttempts.map(
    ({ id, n, revision, triedOn, channel, isSafe, isOnlyWay, result, byRole }) => {
      const kept = file.answers.find((row) => row.revision === revision)!;
      const said = JSON.parse(words.text('answers', 'answersSealed', kept.id, kept.answersSealed)) as Record<
        string,
        string
      >;
      return {
        n,
        revision,
        triedOn,
        channel,
        isSafe,
        isOnlyWay,
        onlyWayReason: said.onlyWayReason ?? null,
        result,
        byRole,
        words: said.contactAttempt!,
        counts: counting.has(id),
      };
    },
  );
}
