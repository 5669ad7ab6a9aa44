import { Allegation } from '../../records/entities/allegation';
import type { StepName } from '../../rules/steps';
import type { StepEffect } from '../step-effect';

/** Inquiry: one finding for each allegation. */
export const INQUIRY_EFFECTS: Partial<Record<StepName, StepEffect>> = {
  'record-finding': async (step) => {
    const allegation = step.file.allegations.find(({ n }) => n === step.answers.allegationNumber)!;
    await step.update(Allegation, allegation.id, {
      finding: step.answer<string>('finding'),
      findingReasonsSealed: step.seal(
        'allegations',
        'findingReasonsSealed',
        allegation.id,
        step.text('reasons'),
      ),
      foundBy: step.actor.personId,
      evidenceWithheld: step.answer<boolean | undefined>('evidenceWithheld') ?? null,
    });
  },
};
