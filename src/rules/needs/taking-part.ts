// How the person takes part (accessibility 5.2, trauma-informed rules 5.3; features 27, 28, 32 and 33).
import type { CaseFacts, StepAnswers } from './facts';
import { need, type Need } from './need';
import { said } from './readings';

const supportNamed = (facts: CaseFacts, answers: StepAnswers) =>
  facts.supports.find(({ n }) => n === answers.supportNumber)?.status;
const transcriptNamed = (facts: CaseFacts, answers: StepAnswers) =>
  facts.transcripts.find(({ n }) => n === answers.transcriptNumber)?.status;

export const TAKING_PART_NEEDS = {
  dialogueIsOpen: need(
    'The case has ended and the time to write in it is over. The person can ask for a review, or have the case opened again.',
    (f) => f.dialogueIsOpen,
  ),
  supportAsked: need(
    'Give the number of a request for support that waits for an answer.',
    (f, a) => supportNamed(f, a) === 'ASKED',
  ),
  supportGoesOn: need(
    'Give the number of a request for support that is arranged; before, only the person takes it back.',
    (f, a) =>
      (f.actor.personId === null ? ['ASKED', 'ARRANGED'] : ['ARRANGED']).includes(supportNamed(f, a) ?? ''),
  ),
  occasionNotAhead: need(
    'What is written down cannot lie ahead.',
    (f, a) => said(a, 'occasionOn') <= f.today,
  ),
  transcriptNotApproved: need('Give the number of a transcript that is not approved yet.', (f, a) =>
    ['WAITING', 'DISPUTED'].includes(transcriptNamed(f, a) ?? ''),
  ),
  transcriptNotDisputed: need(
    'Give the number of a transcript of which nobody said yet that it is wrong.',
    (f, a) => ['WAITING', 'APPROVED'].includes(transcriptNamed(f, a) ?? ''),
  ),
  textIsThere: need(
    'Give the number of a text of this kind that stands in the case; of the complaint itself, no number.',
    (f) => f.named.textIsThere,
  ),
  translationNotAskedYet: need(
    'A translation of this text into this language is asked for already.',
    (f, a) =>
      f.translationRequests.every(
        (row) =>
          row.status !== 'ASKED' ||
          row.ofKind !== a.translatedKind ||
          row.ofNumber !== (a.translatedNumber ?? 0) ||
          row.language !== a.translationLanguage,
      ),
  ),
  translationWaits: need('Give the number of a request for a translation that waits.', (f, a) =>
    f.translationRequests.some(({ n, status }) => n === a.translationRequestNumber && status === 'ASKED'),
  ),
  translationIsDraft: need('Give the number of a translation that nobody has checked yet.', (f, a) =>
    f.translations.some(({ n, status }) => n === a.translationNumber && status === 'DRAFT'),
  ),
} as const satisfies Record<string, Need>;
