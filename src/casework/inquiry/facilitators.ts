import { newId } from '../../platform/ids';
import { Facilitator } from '../../records/entities/facilitator';
import type { FacilitatorAnswer } from '../../rules/facilitation';
import type { StepName } from '../../rules/steps';
import type { CaseFile } from '../case-file';
import type { OpenWords } from '../open-words';
import { nextNumber, type StepContext } from '../step-context';
import type { StepEffect } from '../step-effect';
import type { FacilitatorView, MyFacilitatorView } from './views';

const TABLE = 'facilitators';

/** Who is proposed to lead the dialogue, and what each side says of it. */
export const FACILITATOR_EFFECTS: Partial<Record<StepName, StepEffect>> = {
  'propose-facilitator': async (step) => {
    const id = newId();
    await step.insert(Facilitator, {
      id,
      caseId: step.caseId,
      n: nextNumber(step.file.facilitators),
      whoSealed: step.seal(TABLE, 'whoSealed', id, step.text('facilitator')),
      neutralSealed: step.seal(TABLE, 'neutralSealed', id, step.text('facilitatorNeutral')),
      byRole: step.actor.role,
      proposedOn: step.today,
      person: 'WAITING' satisfies FacilitatorAnswer,
      personOn: null,
      personSaidSealed: null,
      unit: 'WAITING' satisfies FacilitatorAnswer,
      unitOn: null,
      unitSaidSealed: null,
    });
  },
  'accept-facilitator': (step) => answer(step, 'ACCEPTED'),
  'refuse-facilitator': (step) => answer(step, 'REFUSED'),
  'record-unit-on-facilitator': async (step) => {
    const { id } = facilitatorNamed(step);
    await step.update(Facilitator, id, {
      unit: (step.answer('unitAccepts') ? 'ACCEPTED' : 'REFUSED') satisfies FacilitatorAnswer,
      unitOn: step.today,
      unitSaidSealed: step.seal(TABLE, 'unitSaidSealed', id, step.text('unitSaid')),
    });
  },
};

async function answer(step: StepContext, person: FacilitatorAnswer): Promise<void> {
  const { id } = facilitatorNamed(step);
  await step.update(Facilitator, id, {
    person,
    personOn: step.today,
    personSaidSealed: step.sealMaybe(TABLE, 'personSaidSealed', id, step.text('comment')),
  });
}

const facilitatorNamed = ({ file, answers }: StepContext): Facilitator =>
  file.facilitators.find(({ n }) => n === answers.facilitatorNumber)!;

/** For the person: what the unit says of it by code alone. */
export function myFacilitatorViews({ facilitators }: CaseFile, words: OpenWords): MyFacilitatorView[] {
  return facilitators.map((row) => ({
    n: row.n,
    who: words.text(TABLE, 'whoSealed', row.id, row.whoSealed),
    neutral: words.text(TABLE, 'neutralSealed', row.id, row.neutralSealed),
    proposedOn: row.proposedOn,
    person: row.person,
    personOn: row.personOn,
    personSaid: words.maybe(TABLE, 'personSaidSealed', row.id, row.personSaidSealed),
    unit: row.unit,
  }));
}

/** For staff, oldest first. */
export function facilitatorViews(file: CaseFile, words: OpenWords): FacilitatorView[] {
  return myFacilitatorViews(file, words).map((view, i) => {
    const { id, byRole, unitOn, unitSaidSealed } = file.facilitators[i]!;
    return { ...view, byRole, unitOn, unitSaid: words.maybe(TABLE, 'unitSaidSealed', id, unitSaidSealed) };
  });
}
