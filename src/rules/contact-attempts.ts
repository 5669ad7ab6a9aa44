// Source: states 6.2 and transitions 6.3 (verification: three documented attempts on a safe channel without reply); safe contact 5.1. Three
// different days and two ways are our own design. Codes are stable: they stand in ledgers.
import type { Day } from '../platform/time';

/** The ways in which we reach out to somebody. */
export const CONTACT_CHANNELS = {
  PAGE: { label: 'A message on the page of their case' },
  PHONE: { label: 'Telephone' },
  TEXT: { label: 'Text message' },
  EMAIL: { label: 'E-mail' },
  POST: { label: 'Letter' },
  IN_PERSON: { label: 'In person' },
  SOMEBODY: { label: 'Through somebody whom they named' },
} as const satisfies Record<string, { label: string }>;
export const CONTACT_CHANNEL_CODES = Object.keys(CONTACT_CHANNELS);

export const CONTACT_RESULTS = {
  NO_ANSWER: { label: 'No answer' },
  NOT_DELIVERED: { label: 'It did not reach them: returned, wrong number, no such address' },
  WORD_LEFT: { label: 'Nothing but a neutral word was left, and no answer came' },
  SOMEBODY_ELSE: { label: 'Somebody else answered; nothing was said of the case' },
  REACHED: { label: 'They were reached' },
} as const satisfies Record<string, { label: string }>;
export const CONTACT_RESULT_CODES = Object.keys(CONTACT_RESULTS);

export const DAYS_TO_TRY = 3;
export const WAYS_TO_TRY = 2;
/** An attempt is written down while it is remembered. */
export const WRITE_DOWN_WITHIN_DAYS = 7;

export interface Attempt {
  triedOn: Day;
  channel: string;
  /** Whether the person had agreed that this way is safe. */
  isSafe: boolean;
  /** Whether it was said why no other way is safe. */
  isOnlyWay: boolean;
}

/**
 * What is still missing before the person counts as not to be reached, as sentences; empty: nothing. Only ways count that the person agreed
 * to as safe: what she could not safely answer tells nothing.
 */
export function missingAttempts(attempts: readonly Attempt[]): string[] {
  const safe = attempts.filter(({ isSafe }) => isSafe);
  const days = new Set(safe.map(({ triedOn }) => triedOn)).size;
  const ways = new Set(safe.map(({ channel }) => channel)).size;
  const isOnlyWay = safe.some((attempt) => attempt.isOnlyWay);
  return [
    ...(days < DAYS_TO_TRY
      ? [`${days} of ${DAYS_TO_TRY} days on which you tried by a way that is safe for the person`]
      : []),
    ...(ways < WAYS_TO_TRY && !isOnlyWay
      ? [`${ways} of ${WAYS_TO_TRY} safe ways; where only one is safe, say why`]
      : []),
  ];
}
