// Source: process model 5.5 and 5.6 (PM-12), features 51 and 62 (a minimised packet): what leaves the house is chosen part by part, and
// nothing of it goes unless somebody chose it. Codes are stable: they stand in ledgers.
import { SHARED_WITH, type SharedWith } from './consents';
import type { StepAnswers } from './needs/facts';
import { REACH_OUT, type RoleCode } from './roles';

/** Who masks texts and files and puts packets together: whoever may share. */
export const SHARERS = [...REACH_OUT, 'DEC'] as const satisfies readonly RoleCode[];

/** Texts of a case that can be passed on; each is named by its number in the case. */
export const SHARED_TEXTS = {
  COMPLAINT: { label: 'Complaint' },
  AMENDMENT: { label: 'Addition or correction' },
  MESSAGE: { label: 'Message' },
  ANSWER: { label: 'Answer to a question' },
  TRANSCRIPT: { label: 'Transcript' },
  ALLEGATION: { label: 'Allegation' },
  FINDING: { label: 'Reasons of a finding' },
  REPLY: { label: 'Answer to a request for evidence' },
  TRANSLATION: { label: 'Translation' },
} as const satisfies Record<string, { label: string }>;
export type SharedText = keyof typeof SHARED_TEXTS;
export const SHARED_TEXT_CODES = Object.keys(SHARED_TEXTS) as SharedText[];

/** The same with files. */
export const SHARED_KINDS = [...SHARED_TEXT_CODES, 'FILE'] as const;
export type SharedKind = (typeof SHARED_KINDS)[number];

/**
 * What she told at lodging, and who belongs to her group as staff wrote it, by number, which is never changed. Left out is what nobody outside needs: whom she fears (`keepOut`), and what
 * she needs to take part (`accommodation`).
 */
export const COMPLAINT_PARTS = [
  'narrative',
  'desiredOutcome',
  'whenHappened',
  'systemKnown',
  'reprisalText',
  'groupDefinition',
  'groupByStaff',
] as const;

export const MOST_PASSAGES = 200;
export const PASSAGE_MAX_LENGTH = 2_000;
export const MOST_PARTS = 100;
/** All its texts together, with their headings: names are looked for in them while the case is locked. */
export const PACKET_MAX_LENGTH = 400_000;
/** All its files together: a packet is put together in memory. */
export const PACKET_MAX_BYTES = 64 * 1024 * 1024;

/**
 * Packets with texts that one person of staff puts together on a day, in all cases; and how many of them may hold a name that this person was
 * not shown: each packet tells whether one stands in it, so that guesses could be tried out.
 */
export const PACKETS_A_DAY = 20;
export const PACKETS_WITH_NAME_A_DAY = 5;

/** Packets that are made, wait for that, or are on their way out at once. */
export const PACKETS_AT_ONCE = 6;
/** How long one is on its way at most; of the largest, 36 kB each second. */
export const PACKET_LEAVES_WITHIN_MS = 30 * 60_000;

/** Steps that can pass a packet on. */
export const PASSING_STEPS = ['share', 'refer', 'request-evidence'] as const;

/** Whether those complained about get what a step passes on. */
export function goesToRespondent({ sharedWith, askedOf }: StepAnswers): boolean {
  // What is asked of a unit or a vendor goes to those with whom it would be shared.
  const to = SHARED_WITH[(sharedWith ?? askedOf) as SharedWith] as { respondent: boolean } | undefined;
  return to?.respondent === true;
}
