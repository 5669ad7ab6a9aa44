// Source: ours. A receipt needs no account, so whoever holds one must not be able to stop a server or fill its disk with text; nobody who
// tells what happened to them comes near these numbers. Files of a case have a limit of their own (casework/evidence-files.ts).
import type { StepName } from './steps';

// All count by who writes, in one case: the person, who acts for her, or those who stand beside her. So none of them uses up hers.
/** Messages on one day; with at most 20,000 characters each, a million. */
export const MESSAGES_A_DAY = 50;

/** Times on one day that one step can be taken with a text; without a text, as often as they want. */
export const TEXTS_OF_A_STEP_A_DAY = 20;

/** Decisions on one day about one consent. A no that ends a yes is always taken (GDPR Art. 7(3)). */
export const DECISIONS_OF_A_CONSENT_A_DAY = 20;

/** Texts on one day that are kept of one step that is never refused; from then on it is taken and its text left out, and a letter says so. */
export const KEPT_TEXTS_OF_A_STEP_A_DAY = 50;

/** Whoever is in danger, or wants to end it, is never told to come back tomorrow. */
export const NEVER_REFUSED: readonly StepName[] = ['report-retaliation', 'answer-check-in', 'withdraw'];
