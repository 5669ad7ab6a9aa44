// Source: UN Guiding Principle 31 (a source of continuous learning) with its commentary: how a mechanism does is measured by those it is
// for, process and outcome apart. The questions, numbers and times are ours.
import type { Day } from '../platform/time';
import { addDays } from './counting';

/** Three about the process, the last about the outcome; each answered from 1 (not at all) to 5 (fully), or not. */
export const SURVEY_QUESTIONS = ['easy', 'respect', 'informed', 'fair'] as const;
export type SurveyQuestion = (typeof SURVEY_QUESTIONS)[number];

export const SURVEY_SCORES = [1, 2, 3, 4, 5] as const;

/** Longest text that may be added. */
export const SURVEY_COMMENT_MAX_LENGTH = 5000;

/** Times that one survey can be given and changed: whoever holds a receipt must not be able to fill a disk. */
export const SURVEY_CHANGES = 20;

const DAYS_TO_CHANGE = 30;

/** The last day on which answers that were first given on this day can be changed. */
export function changeableUntil(givenOn: Day): Day {
  return addDays(givenOn, DAYS_TO_CHANGE);
}
