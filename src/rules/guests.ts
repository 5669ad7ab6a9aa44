// Source: feature 50 (guests from outside: one case, until a day, watermarked, logged); consents 5.5; separation of duty 6.1.
import { GUEST_CONSENTS, type GuestRole } from './consents';
import type { RoleCode } from './roles';

/** What somebody from outside may be in a case. */
export const GUEST_ROLE_CODES = Object.keys(GUEST_CONSENTS) as GuestRole[];

/** Who brings a guest in, from the team of the case; while the link waits, it ends with their right. */
export const GUEST_INVITERS = ['TRI', 'INV', 'DEC', 'PRT'] as const satisfies readonly RoleCode[];

/** How far ahead the last day of a guest may lie. */
export const GUEST_DAYS = 180;

/** How often a guest's reading of the case is written into its history, at most. */
export const GUEST_READ_EVERY_MINUTES = 60;

/** What was said at a step and is the guest's to read: the inquiry and the remedy, not how the house keeps people safe or apart. */
export const SAID_TO_GUESTS: ReadonlySet<string> = new Set([
  'ask-question',
  'answer-question',
  'add-allegation',
  'start-investigation',
  'open-dialogue',
  'move-to-dialogue',
  'return-to-investigation',
  'record-finding',
  'correct-finding',
  'determine-involvement',
  'share-findings',
  'comment-on-findings',
  'answer-comment',
  'give-opinion',
  'plan-action',
  'propose-agreement',
  'propose-remedy',
  'propose-fast-remedy',
  'accept-offer',
  'refuse-offer',
  'counter-offer',
  'renew-offer',
  'record-transcript',
  'approve-transcript',
  'dispute-transcript',
]);

/** Of the assessment, what tells of danger or of groups that the person belongs to: not for guests. */
export const KEPT_FROM_GUESTS: readonly string[] = [
  'groups',
  'reprisalLevel',
  'reprisalReviewOn',
  'isDefender',
  'withdrawalPressure',
];
