import { newId } from '../../platform/ids';
import { Allegation } from '../../records/entities/allegation';
import type { StepName } from '../../rules/steps';
import { noteGroups } from '../noted-groups';
import { nextNumber } from '../step-context';
import type { StepEffect } from '../step-effect';

/** Eligibility and triage: allegations are stated here. */
export const TRIAGE_EFFECTS: Partial<Record<StepName, StepEffect>> = {
  // That a complaint is about the handling of data can first be told from its harms.
  classify: async (step, clocks) => {
    await noteGroups(step, step.answer<string[] | undefined>('groups') ?? []);
    await clocks.startLegal();
  },
  'add-allegation': async (step) => {
    const id = newId();
    await step.insert(Allegation, {
      id,
      caseId: step.caseId,
      n: nextNumber(step.file.allegations),
      harm: step.answer<string | undefined>('harm') ?? null,
      textSealed: step.seal('allegations', 'textSealed', id, step.text('allegationText')),
      finding: null,
      findingReasonsSealed: null,
      foundBy: null,
    });
  },
};
