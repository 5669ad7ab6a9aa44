// Source: process model 6.3, last column: what the complainant is told at each step.

/** Letters to the complainant; their words are in `words/`, one text a language. */
export const LETTERS = [
  'receipt',
  'acknowledgement',
  'accepted',
  'declined',
  'referred',
  'question',
  'plan',
  'dialogue-invitation',
  'draft-findings',
  'offer',
  'agreement',
  'steps',
  'please-check',
  'thanks',
  'continuing',
  'closed',
  'appeal-received',
  'appeal-decided',
  'reopened',
  'suspended',
  'resumed',
  'withdrawn',
  'own-initiative',
  'extended',
  'retaliation-received',
  'erasure-requested',
  'erasure-refused',
  'message',
  'shared',
  'consent-recorded',
  'story-published',
  'story-taken-down',
] as const;

export type Letter = (typeof LETTERS)[number];
