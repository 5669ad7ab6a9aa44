import { Allegation } from '../../records/entities/allegation';
import { recordsAreMissing } from '../../rules/inquiry';
import type { StepName } from '../../rules/steps';
import type { StepContext } from '../step-context';
import type { StepEffect } from '../step-effect';

/** Inquiry: one finding for each allegation; where records that had to be kept are missing, it says so by itself. */
export const INQUIRY_EFFECTS: Partial<Record<StepName, StepEffect>> = {
  'record-finding': async (step) => {
    await find(step);
  },
  'correct-finding': async (step) => {
    step.told.toldCorrected = 'yes';
    const { evidenceWithheld } = await find(step);
    const others = step.file.allegations.filter(({ n }) => n !== step.answers.allegationNumber);
    tellWhatIsMissing(step, [...others, { evidenceWithheld }]);
  },
  'share-findings': (step) => tellWhatIsMissing(step, step.file.allegations),
};

async function find(step: StepContext): Promise<Pick<Allegation, 'evidenceWithheld'>> {
  const { id, n } = step.file.allegations.find((each) => each.n === step.answers.allegationNumber)!;
  const seal = (column: string, name: string) => step.sealMaybe('allegations', column, id, step.text(name));
  const evidenceWithheld =
    recordsAreMissing(step.file.evidenceRequests, n) ||
    (step.answer<boolean | undefined>('evidenceWithheld') ?? null);
  await step.update(Allegation, id, {
    finding: step.answer<string>('finding'),
    findingReasonsSealed: seal('findingReasonsSealed', 'reasons'),
    foundBy: step.actor.personId,
    standardOfProof: step.answer<string | undefined>('standardOfProof') ?? null,
    evidenceWithheld,
    rootCauses: step.answer<string[] | undefined>('findingCauses') ?? null,
    missingRecordsSealed: seal('missingRecordsSealed', 'missingRecords'),
  });
  return { evidenceWithheld };
}

function tellWhatIsMissing(
  { told }: StepContext,
  allegations: readonly Pick<Allegation, 'evidenceWithheld'>[],
): void {
  if (allegations.some(({ evidenceWithheld }) => evidenceWithheld)) told.toldMissing = 'yes';
}
