// How the person takes part (accessibility 5.2, trauma-informed rules 5.3; features 27, 28, 32 and 33).
import { need, oneOf, type Need } from './need';
import { said } from './readings';

export const TAKING_PART_NEEDS = {
  dialogueIsOpen: need(
    'The case has ended and the time to write in it is over. The person can ask for a review, or have the case opened again.',
    (f) => f.dialogueIsOpen,
  ),
  supportAsked: oneOf('request for support that waits for an answer', 'supportNumber', (f) =>
    f.supports.filter(({ status }) => status === 'ASKED'),
  ),
  supportGoesOn: {
    ...oneOf('request for support that can be ended', 'supportNumber', (f) =>
      f.supports.filter(({ status }) =>
        (f.actor.personId === null ? ['ASKED', 'ARRANGED'] : ['ARRANGED']).includes(status),
      ),
    ),
    sentence:
      'Give the number of a request for support that is arranged; before, only the person takes it back.',
  },
  occasionNotAhead: need(
    'What is written down cannot lie ahead.',
    (f, a) => said(a, 'occasionOn') <= f.today,
  ),
  transcriptNotApproved: oneOf('transcript that is not approved yet', 'transcriptNumber', (f) =>
    f.transcripts.filter(({ status }) => ['WAITING', 'DISPUTED'].includes(status)),
  ),
  transcriptNotDisputed: oneOf(
    'transcript of which nobody said yet that it is wrong',
    'transcriptNumber',
    (f) => f.transcripts.filter(({ status }) => ['WAITING', 'APPROVED'].includes(status)),
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
  translationWaits: oneOf('request for a translation that waits', 'translationRequestNumber', (f) =>
    f.translationRequests.filter(({ status }) => status === 'ASKED'),
  ),
  translationIsDraft: oneOf('translation that nobody has checked yet', 'translationNumber', (f) =>
    f.translations.filter(({ status }) => status === 'DRAFT'),
  ),
} as const satisfies Record<string, Need>;
