import type { CaseView } from '../../casework/views';
import type { TranslationView } from '../../casework/party-views';
import { languageName } from '../../rules/languages';
import { codeLabel } from './code-label';

/** A translation with its original, as staff look at them side by side. */
export interface TranslationCard extends TranslationView {
  what: string;
  label: string;
  original: string;
  originalLanguage: string | null;
}

const WHAT = {
  COMPLAINT: 'The complaint',
  AMENDMENT: 'Addition or correction',
  MESSAGE: 'Message',
  QUESTION: 'Question',
  OFFER: 'Offer',
  FINDING: 'Reasons of finding',
  TRANSCRIPT: 'Transcript',
  LETTER: 'Letter of revision',
  FILE: 'File',
} as const;

/** The translations of the case; `view` holds every text that they are of. */
export function translationCards(view: CaseView): TranslationCard[] {
  return view.translations.map((each) => ({
    ...each,
    ...originalOf(view, each),
    what: whatOf(each),
    label: `${languageName(each.language)}: ${labelOf(each)}`,
  }));
}

/** What is to be translated, beside the text itself. */
export function translationRequestCards(view: CaseView) {
  return view.translationRequests.map((each) => ({
    ...each,
    ...originalOf(view, each),
    what: whatOf(each),
    into: languageName(each.language),
  }));
}

function whatOf({ ofKind, ofNumber }: Pick<TranslationView, 'ofKind' | 'ofNumber'>): string {
  return ofKind === 'COMPLAINT' ? WHAT.COMPLAINT : `${WHAT[ofKind]} ${ofNumber}`;
}

function labelOf({ author, status, checkedOn }: TranslationView): string {
  const made = codeLabel('translationAuthor', author).toLowerCase();
  if (status === 'CHECKED') return `by ${made}, checked on ${checkedOn}`;
  return author === 'MACHINE' ? 'machine, not checked' : `by ${made}, draft, not checked`;
}

/** The text that it stands beside; empty where the reader does not see it. */
function originalOf(
  view: CaseView,
  { ofKind, ofNumber }: Pick<TranslationView, 'ofKind' | 'ofNumber'>,
): { original: string; originalLanguage: string | null } {
  const numbered = <T extends { n: number }>(rows: readonly T[]) => rows.find(({ n }) => n === ofNumber);
  const as = (original: string | null | undefined, originalLanguage: string | null = null) => ({
    original: original ?? '',
    originalLanguage,
  });
  switch (ofKind) {
    case 'COMPLAINT':
      return as(view.complaint.narrative, view.complaint.language);
    case 'AMENDMENT': {
      const found = numbered(view.amendments);
      return as(found?.text, found?.language);
    }
    case 'MESSAGE': {
      const found = numbered(view.messages);
      return as(found?.text, found?.language);
    }
    case 'TRANSCRIPT': {
      const found = numbered(view.transcripts);
      return as(found?.text, found?.language);
    }
    case 'QUESTION':
      return as(numbered(view.questions)?.text);
    case 'OFFER':
      return as(numbered(view.offers)?.text);
    case 'FINDING':
      return as(numbered(view.allegations)?.findingReasons);
    case 'FILE': {
      const found = numbered(view.evidence);
      return as(found && [found.fileName, found.describes].filter(Boolean).join('\n'));
    }
    case 'LETTER': {
      const found = view.letters.find(
        ({ revision, letter }) => revision === ofNumber && letter !== 'late-alert',
      );
      return as(found?.paragraphs.join('\n\n'), found?.language);
    }
  }
}
