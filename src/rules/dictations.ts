// Source: accessible intake 5.2 (telephone, letter, in person, a desk of a union); transitions 6.3 (acceptance and appeal “in any form”); states
// 6.2 (verification by the person or with intake); separation of duty 6.1; safe contact 5.1. Codes are stable: they stand in ledgers.
import type { Day } from '../platform/time';
import { addDays } from './counting';
import type { RoleCode } from './roles';

/** Whose steps can be dictated: the person herself, or who speaks for her under a mandate. */
export const SPEAKERS = ['RH', 'REP'] as const satisfies readonly RoleCode[];
export type Speaker = (typeof SPEAKERS)[number];

/** To whom the person may dictate a step: who receives what people say, and who keeps them safe. Nobody else of the house holds her pen. */
export const PEN_HOLDERS = ['INT', 'PRT'] as const satisfies readonly RoleCode[];

/** How she said it. */
export const SAID_THROUGH = {
  phone: { label: 'By telephone' },
  letter: { label: 'By letter' },
  'in-person': { label: 'In person' },
  assisted: { label: 'Through somebody who helps them' },
} as const satisfies Record<string, { label: string }>;
export const SAID_THROUGH_CODES = Object.keys(SAID_THROUGH);

/** How it is known that it was she: never by anything that identifies her to others. */
export const KNOWN_BY = {
  'KB-WORD': { label: 'By a word or question agreed with them' },
  'KB-CALLED': { label: 'We called or wrote back to the contact that they left' },
  'KB-MET': { label: 'We have met before and know them' },
  'KB-PAPER': { label: 'By a paper that only they have, such as our letter' },
} as const satisfies Record<string, { label: string }>;
export const KNOWN_BY_CODES = Object.keys(KNOWN_BY);

/** Why what somebody wrote down for her does not count: a second person refused it, or the case went on. */
export const DICTATION_REFUSALS = {
  'DR-WHO': { label: 'It is not sure enough that it was they' },
  'DR-WHAT': { label: 'It is not sure enough what they want' },
  'DR-UNSAFE': {
    label:
      'The way it reached us may not have been safe for them (they are told only that it cannot be taken in this way)',
  },
  'DR-WAY': { label: 'It cannot be taken in this way, for another reason' },
  'DR-OVER': { label: 'The case went on before a second person agreed' },
} as const satisfies Record<string, { label: string }>;
export const DICTATION_REFUSAL_CODES = Object.keys(DICTATION_REFUSALS);
/** Said by no person: it follows from what happened in the case. */
export const CASE_WENT_ON = 'DR-OVER';
/** What a second person can choose. */
export const CHOSEN_REFUSAL_CODES = DICTATION_REFUSAL_CODES.filter((code) => code !== CASE_WENT_ON);
/** What the person and those beside her are told: of a way that was not safe, whoever holds it may read along. */
export const TOLD_REFUSAL_CODES = DICTATION_REFUSAL_CODES.filter((code) => code !== 'DR-UNSAFE');

/** The code under which she is told of it. */
export function toldRefusal(code: string): string {
  return code === 'DR-UNSAFE' ? 'DR-WAY' : code;
}

/** How long she can say that it is not what she said. */
export const OBJECTION_DAYS = 30;

export function objectUntil(writtenOn: Day): Day {
  return addDays(writtenOn, OBJECTION_DAYS);
}
