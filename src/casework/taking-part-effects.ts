import { newId } from '../platform/ids';
import { Amendment } from '../records/entities/amendment';
import { SupportRequest } from '../records/entities/support-request';
import { Transcript } from '../records/entities/transcript';
import { Translation } from '../records/entities/translation';
import { writtenLanguageOf } from '../rules/languages';
import type { StepName } from '../rules/steps';
import type { SupportStatus, TranscriptStatus } from '../rules/taking-part';
import type { ClockKeeper } from './keep-clocks';
import { nextNumber, type StepContext } from './step-context';
import type { StepEffect } from './step-effect';
import { translationCame } from './translation-requests';

/** Support, additions and corrections, transcripts, translations. */
export const TAKING_PART_EFFECTS: Partial<Record<StepName, StepEffect>> = {
  'request-support': async (step, clocks) => {
    const id = newId();
    const clock = (await clocks.startAnother('TARGET-SUPPORT'))!;
    await step.insert(SupportRequest, {
      id,
      caseId: step.caseId,
      n: nextNumber(step.file.supports),
      kind: step.answer('supportKind'),
      wishSealed: step.sealMaybe('support_requests', 'wishSealed', id, step.text('wish')),
      byRole: step.actor.role,
      askedOn: step.today,
      clockId: clock.id,
      dueOn: clock.dueInternal,
      status: 'ASKED' satisfies SupportStatus,
    });
    step.told.answerDueOn = clock.dueInternal;
  },
  'arrange-support': async (step, clocks) => {
    const { id } = supportNamed(step);
    await answerSupport(step, clocks, 'ARRANGED', {
      arrangementSealed: step.seal('support_requests', 'arrangementSealed', id, step.text('arrangement')),
    });
  },
  'decline-support': async (step, clocks) => {
    const { id } = supportNamed(step);
    await answerSupport(step, clocks, 'DECLINED', {
      reasonsSealed: step.seal('support_requests', 'reasonsSealed', id, step.text('reasons')),
      alternativeSealed: step.seal('support_requests', 'alternativeSealed', id, step.text('alternative')),
    });
  },
  'end-support': async (step, clocks) => {
    await endSupport(step, clocks, supportNamed(step));
  },
  'amend-complaint': async (step) => {
    const id = newId();
    await step.insert(Amendment, {
      id,
      caseId: step.caseId,
      n: nextNumber(step.file.amendments),
      kind: step.answer('amendKind'),
      part: step.answer('amendedPart'),
      language: step.answer<string | undefined>('writtenIn') ?? writtenLanguageOf(step.file.case.language),
      textSealed: step.seal('amendments', 'textSealed', id, step.text('amendText')),
      byRole: step.actor.role,
      writtenOn: step.today,
    });
  },
  'record-transcript': async (step) => {
    const id = newId();
    await step.insert(Transcript, {
      id,
      caseId: step.caseId,
      n: nextNumber(step.file.transcripts),
      occasion: step.answer('occasion'),
      heldOn: step.answer('occasionOn'),
      language: step.answer('writtenIn'),
      textSealed: step.seal('transcripts', 'textSealed', id, step.text('transcriptText')),
      byRole: step.actor.role,
      personId: step.actor.personId!,
      recordedOn: step.today,
      status: 'WAITING' satisfies TranscriptStatus,
    });
  },
  'approve-transcript': async (step) => {
    await step.update(Transcript, transcriptNamed(step).id, { status: 'APPROVED', answeredOn: step.today });
  },
  'dispute-transcript': async (step) => {
    const { id } = transcriptNamed(step);
    await step.update(Transcript, id, {
      status: 'DISPUTED',
      answeredOn: step.today,
      disputeSealed: step.seal('transcripts', 'disputeSealed', id, step.text('dispute')),
    });
  },
  'add-translation': async (step) => {
    const id = newId();
    const n = nextNumber(step.file.translations);
    await step.insert(Translation, {
      id,
      caseId: step.caseId,
      n,
      ofKind: step.answer('translatedKind'),
      ofNumber: step.answer<number | undefined>('translatedNumber') ?? 0,
      language: step.answer('translationLanguage'),
      author: step.answer('translationAuthor'),
      status: 'DRAFT',
      textSealed: step.seal('translations', 'textSealed', id, step.text('translationText')),
      addedBy: step.actor.personId!,
      addedOn: step.today,
    });
    await translationCame(step, n);
  },
  'check-translation': async (step) => {
    const { id } = step.file.translations.find(({ n }) => n === step.answers.translationNumber)!;
    await step.update(Translation, id, {
      status: 'CHECKED',
      checkedBy: step.actor.personId,
      checkedOn: step.today,
    });
  },
};

/** Whoever withdraws asks for nothing any more. */
export async function takeBackSupport(step: StepContext, clocks: ClockKeeper): Promise<void> {
  for (const support of step.file.supports)
    if (support.status === 'ASKED' || support.status === 'ARRANGED') await endSupport(step, clocks, support);
}

const supportNamed = ({ file, answers }: StepContext): SupportRequest =>
  file.supports.find(({ n }) => n === answers.supportNumber)!;
const transcriptNamed = ({ file, answers }: StepContext): Transcript =>
  file.transcripts.find(({ n }) => n === answers.transcriptNumber)!;

async function answerSupport(
  step: StepContext,
  clocks: ClockKeeper,
  status: SupportStatus,
  said: Partial<SupportRequest>,
): Promise<void> {
  const { id, clockId } = supportNamed(step);
  await clocks.stop((clock) => clock.id === clockId);
  await step.update(SupportRequest, id, { ...said, status, answeredOn: step.today });
}

async function endSupport(
  step: StepContext,
  clocks: ClockKeeper,
  { id, clockId, status }: SupportRequest,
): Promise<void> {
  await clocks.stop((clock) => clock.id === clockId);
  await step.update(SupportRequest, id, {
    status: (status === 'ASKED' ? 'TAKEN_BACK' : 'DONE') satisfies SupportStatus,
    endedOn: step.today,
  });
}
