// Source: ours. A receipt needs no account, so whoever holds one must not be able to stop a server or fill its disk with text; nobody who
// tells what happened to them comes near these numbers. Files of a case have a limit of their own (casework/evidence-files.ts).
import type { StepName } from './steps';

/** Messages that the side of the complainant may send in one case on one day; with at most 20,000 characters each, a million. */
export const MESSAGES_A_DAY = 50;

/** Times on one day that the side of the complainant may take one step with a text of their own; without a text, as often as they want. */
export const TEXTS_OF_A_STEP_A_DAY = 20;

/** Whoever is in danger, or wants to end it, is never told to come back tomorrow. */
export const NEVER_LIMITED: readonly StepName[] = ['report-retaliation', 'withdraw'];
