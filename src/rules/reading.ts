// Source: audit trail 6.5 (who read what, and when); feature 68 (every read of a case is logged).
// Once a person and day: that is what tells who could know, and a history in which every look is a line hides what was done.

/** That somebody was shown the case, and that they were shown its history alone. */
export const OPENING_ACTS = ['open-case', 'open-history'] as const;
export type OpeningAct = (typeof OPENING_ACTS)[number];

/** Acts that change nothing of a case but what is known of its readers: no form becomes stale by them. */
export const READING_ACTS: ReadonlySet<string> = new Set([
  ...OPENING_ACTS,
  'guest-read',
  'open-evidence',
  'open-original',
  'download-packet',
]);
