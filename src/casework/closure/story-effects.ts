import { newId } from '../../platform/ids';
import { Story } from '../../records/entities/story';
import type { StepName } from '../../rules/steps';
import { newestOf } from '../consent-rows';
import { nextNumber, type StepContext } from '../step-context';
import type { StepEffect } from '../step-effect';

/** Telling a closed case to the public, and taking it down again. */
export const STORY_EFFECTS: Partial<Record<StepName, StepEffect>> = {
  'publish-story': async (step) => {
    await endStories(step);
    const id = newId();
    await step.insert(Story, {
      id,
      caseId: step.caseId,
      n: nextNumber(step.file.stories),
      language: step.answer('storyLanguage'),
      textSealed: step.seal('stories', 'textSealed', id, step.text('storyText')),
      consentN: newestOf(step.file).find(({ code }) => code === 'CN-STORY')!.n,
      publishedOn: step.today,
      endedOn: null,
    });
  },
  'take-down-story': endStories,
};

/** Whatever was told of this case is told no more. */
export async function endStories(step: StepContext): Promise<void> {
  for (const { id } of step.file.stories.filter(({ endedOn }) => endedOn === null))
    await step.update(Story, id, { endedOn: step.today });
}
