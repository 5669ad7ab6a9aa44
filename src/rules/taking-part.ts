// Source: consents and accessibility 5.2 and 5.3; features 32 and 33 (support requests with a clock of their own, corrections as new
// versions, transcripts that the person approves, translations beside the original). Codes are stable: they stand in ledgers.

/** What a person may ask for so that they can take part. */
export const SUPPORT_KINDS = ['INTERPRETER', 'SUPPORT_PERSON', 'MEETING', 'ACCESSIBLE_FORMAT'] as const;
export const SUPPORT_STATUSES = ['ASKED', 'ARRANGED', 'DECLINED', 'DONE', 'TAKEN_BACK'] as const;
export type SupportStatus = (typeof SUPPORT_STATUSES)[number];

/** What a person told at lodging and may add to or correct. What they need to take part they ask for as support. */
export const AMENDED_PARTS = [
  'narrative',
  'desiredOutcome',
  'whenHappened',
  'systemKnown',
  'reprisalText',
] as const;
export type AmendedPart = (typeof AMENDED_PARTS)[number];
export const AMEND_KINDS = ['ADDITION', 'CORRECTION'] as const;

/** What a transcript writes down. */
export const OCCASIONS = ['MEETING', 'PHONE_CALL', 'VOICE_COMPLAINT'] as const;
/** Silence approves nothing: it waits until the person says so. */
export const TRANSCRIPT_STATUSES = ['WAITING', 'APPROVED', 'DISPUTED'] as const;
export type TranscriptStatus = (typeof TRANSCRIPT_STATUSES)[number];

/** What can have a translation beside it; each is named by its number in the case, a letter by the revision that caused it. */
export const TRANSLATED_KINDS = [
  'COMPLAINT',
  'AMENDMENT',
  'MESSAGE',
  'QUESTION',
  'OFFER',
  'FINDING',
  'TRANSCRIPT',
  'LETTER',
  'FILE',
] as const;
export type TranslatedKind = (typeof TRANSLATED_KINDS)[number];
/** Who made a translation. Whatever a machine made is shown as that until a person has checked it. */
export const TRANSLATION_AUTHORS = ['PERSON', 'INTERPRETER', 'MACHINE'] as const;
/** Where a request for a translation stands; that it is late is counted from its day. */
export const TRANSLATION_REQUEST_STATUSES = ['ASKED', 'DONE', 'WITHDRAWN'] as const;
export const TRANSLATION_STATUSES = ['DRAFT', 'CHECKED'] as const;
