import { newId } from '../../platform/ids';
import { InterimMeasure } from '../../records/entities/interim-measure';
import { Appeal } from '../../records/entities/appeal';
import { Case } from '../../records/entities/case';
import { CaseLink } from '../../records/entities/case-link';
import { Question } from '../../records/entities/question';
import type { ConsentCode } from '../../rules/consents';
import type { ClockCode } from '../../rules/clocks';
import { pauseEnd } from '../../rules/pauses';
import { INTERIM_STATES, type InterimState } from '../../rules/outcomes';
import { computeTier, tierChange, type Severity, type Tier } from '../../rules/severity';
import type { StepName } from '../../rules/steps';
import { replaceProposals } from '../replace-proposals';
import { writeConsents } from '../write-consents';
import type { ClockKeeper } from '../keep-clocks';
import { nextNumber, type StepContext } from '../step-context';
import { goOnBeside } from '../proceedings';
import type { StepEffect } from '../step-effect';
import { takeBackSupport } from '../taking-part-effects';
import { askOwner, joinSelf } from '../team/team-effects';

/** What was proposed on the danger as it was known then: agreed to after a threat, it would overrule what the person reported. */
const RESTS_ON_DANGER: readonly StepName[] = ['lower-reprisal', 'publish-story'];

/** Intake, and what may happen in any open case. */
export const INTAKE_EFFECTS: Partial<Record<StepName, StepEffect>> = {
  acknowledge: async (step, clocks) => {
    await joinSelf(step);
    await clocks.startLegal();
  },
  'begin-eligibility': (step) => joinSelf(step),
  'assess-legal-facts': async (step, clocks) =>
    clocks.startLegal(step.answer<string | undefined>('requestReceivedOn')),
  'ask-question': async (step) => {
    const id = newId();
    await step.insert(Question, {
      id,
      caseId: step.caseId,
      n: nextNumber(step.file.questions),
      textSealed: step.seal('questions', 'textSealed', id, step.text('questionText')),
      whySealed: step.seal('questions', 'whySealed', id, step.text('why')),
      dueOn: step.answer('dueOn'),
      answeredOn: null,
    });
  },
  'answer-question': async (step) => {
    const answered = { answeredOn: step.today, answeredRevision: step.file.case.revision + 1 };
    for (const question of step.file.questions.filter(({ answeredOn }) => answeredOn === null))
      await step.update(Question, question.id, answered);
  },
  'set-severity': rate,
  'lower-severity': rate,
  'assess-reprisal': (step) => replaceProposals(step, RESTS_ON_DANGER),
  'lower-reprisal': (step) => replaceProposals(step, ['publish-story']),
  'report-retaliation': expectReprisal,
  'respond-to-retaliation': async (step) => {
    step.patch.alertSince = null;
    await replaceProposals(step, RESTS_ON_DANGER);
  },
  withdraw: async (step, clocks) => {
    if (step.answer('withdrawalPressure') === true) await expectReprisal(step, clocks);
    await takeBackSupport(step, clocks);
    for (const appeal of step.file.appeals.filter(({ decidedOn }) => decidedOn === null))
      await step.update(Appeal, appeal.id, { decidedOn: step.today });
  },
  'order-interim-measure': async (step) => {
    const id = newId();
    await step.insert(InterimMeasure, {
      id,
      caseId: step.caseId,
      n: nextNumber(step.file.measures),
      measure: step.answer('measure'),
      status: 'IM_ORDERED',
      reasonSealed: step.seal('interim_measures', 'reasonSealed', id, step.text('measureReason')),
      ownerId: step.answer('owner'),
      dueOn: step.answer('dueOn'),
      decidedBy: step.actor.personId!,
    });
    await askOwner(step, step.answer<string>('owner'));
    step.patch.interimDecision = 'IM_ORDERED';
  },
  'activate-interim-measure': (step) => setMeasure(step, 'IM_ACTIVE'),
  'lift-interim-measure': (step) => setMeasure(step, 'IM_LIFTED'),
  'link-case': async (step) => {
    const other = await step.db.findOneByOrFail(Case, { reference: step.answer<string>('otherCase') });
    const type = step.answer<string>('linkType');
    if (step.file.links.some((link) => link.otherCaseId === other.id && link.type === type)) return;
    await step.insert(CaseLink, {
      id: newId(),
      caseId: step.caseId,
      otherCaseId: other.id,
      type,
      linkedBy: step.actor.personId,
    });
  },
  'record-consent': async (step) => {
    const decision = {
      code: step.answer<ConsentCode>('consent'),
      given: step.answer<boolean>('consentGiven'),
      scope: step.text('limits'),
    };
    await writeConsents(step, [decision], step.file.case.language);
  },
  'answer-data-request': (_step, clocks) => clocks.answerRequest(),
  'extend-clock': async (step, clocks) => {
    await clocks.extend(step.answer<ClockCode>('clockCode'), step.text('reasons'));
  },
  suspend: async (_step, clocks) => clocks.pause(),
  pause: async (step, clocks) => {
    const until = pauseEnd(step.answer('pauseFor'), step.today);
    step.patch.suspendedGround = 'COMPLAINANT_REQUEST';
    step.patch.suspendedUntil = until;
    step.told.suspendedUntil = until;
    await clocks.pause();
  },
  resume: async (step, clocks) => {
    step.patch.suspendedGround = null;
    step.patch.suspendedUntil = null;
    await goOnBeside(step);
    await clocks.resume();
  },
};

async function rate(step: StepContext, clocks: ClockKeeper): Promise<void> {
  const { tier, interimMeasuresRequired } = computeTier(step.answers as unknown as Severity);
  step.patch.tier = tier;
  step.patch.likelihood =
    step.answers.nature === 'POTENTIAL' ? (step.answer<number>('likelihood') ?? null) : null;
  await clocks.followTier(tier);
  if (interimIsOpen(step, tier, interimMeasuresRequired)) await clocks.start('TARGET-INTERIM');
}

/** Whether interim measures are to be decided on: for the first time, or anew, as what was decided was decided of a lesser harm and nothing holds it back. */
function interimIsOpen({ file }: StepContext, tier: Tier, isRequired: boolean): boolean {
  const { interimDecision, tier: before } = file.case;
  if (interimDecision === null) return true;
  if (file.measures.some(({ status }) => INTERIM_STATES[status as InterimState].inForce)) return false;
  return isRequired || (before !== null && tierChange(before as Tier, tier) === 'RAISE');
}

async function setMeasure(step: StepContext, status: string): Promise<void> {
  const measure = step.file.measures.find(({ n }) => n === step.answers.measureNumber)!;
  await step.update(InterimMeasure, measure.id, { status });
}

/** Somebody was threatened or pressed: the risk of reprisal is at least high from now on, and a protection officer looks at it first. */
export async function expectReprisal(step: StepContext, clocks: ClockKeeper): Promise<void> {
  await replaceProposals(step, RESTS_ON_DANGER);
  await clocks.start('TARGET-RETALIATION');
  step.patch.alertSince = step.file.case.alertSince ?? step.today;
  if (step.file.case.reprisalLevel !== 'EXTREME') step.patch.reprisalLevel = 'HIGH';
}
